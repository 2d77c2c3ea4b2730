"""From a `Document` to the bytes of a PDF, by Typst. The texts travel as data (JSON), never as markup."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.core.plain_text import UNFIT
from noaber.web import wording
from noaber.web.parts import STATUS_WORDS
from noaber.web.pdf.blocks import Document
from noaber.web.reader import reader_language

PDF_TYPE: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_name("house.typ")
_DIGEST_SIGNS: Final = 16
_UNSHOWN: Final = re.compile(r'(?:the text|the codepoint) `"([^"`]+)"`')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(document: Document) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1; the same document gives the same bytes.

    A sign that our letters do not have, such as one of another script, is named by its code: [U+4F60].
    """
    language = document.language or reader_language()
    with translation.override(language):
        data = json.dumps(_frame(document, language), ensure_ascii=False)
    made_at = int(document.made_at.timestamp())
    try:
        return _compile(data, made_at)
    except typst.TypstError as error:
        unshown = _find_unshown(str(error.diagnostic))
        if not unshown:
            raise
        return _compile(data.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in unshown}), made_at)


def _compile(data: str, made_at: int) -> bytes:
    compiler = typst.Compiler(
        input=str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=made_at)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter answered no document")
    return made


def _find_unshown(diagnostic: str) -> set[str]:
    """The signs that the typesetter names as not in our letters, or not allowed in an archive."""
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(diagnostic))
    return {sign for text in texts for sign in text if not sign.isascii()}


def pdf_response(document: Document, *, name: str) -> HttpResponse:
    """The PDF as a file to keep; its name says what it is, in which language and of when."""
    language = document.language or reader_language()
    day = timezone.localtime(document.made_at)
    response = HttpResponse(typeset(document), content_type=PDF_TYPE)
    file_name = f"noaber-{slugify(name) or 'document'}-{language}-{day:%Y%m%d-%H%M}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def content_digest(document: Document) -> str:
    """SHA-256 of what the document says, in its language."""
    with translation.override(document.language or reader_language()):
        said = json.dumps(_plain((document.title, document.facts, document.blocks)), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _frame(document: Document, language: str) -> dict[str, Any]:
    """The document and the words of the house around it, all in its language."""
    digest = document.digest or content_digest(document)
    return {
        "title": _plain(document.title),
        "subtitle": _plain(document.subtitle),
        "organisation": _plain(document.organisation),
        "language": language,
        "status": document.status.lower(),
        "status_word": str(STATUS_WORDS[document.status]),
        "status_note": _plain(document.status_note),
        "tlp": document.tlp,
        "facts": _plain(document.facts),
        "contents": document.contents,
        "numbered": document.numbered,
        "blocks": _plain(document.blocks),
        "words": {
            "page": pgettext("foot of a page", "Page %(page)s of %(pages)s"),
            "contents": _("Contents"),
            "made": _("Made on %(moment)s as %(organisation)s sees it")
            % {"moment": wording.moment_in_full(document.made_at), "organisation": _plain(document.organisation)},
            "digest": _("Digest %(digest)s") % {"digest": digest[:_DIGEST_SIGNS]},
            "signature": _("Name, date, signature"),
        },
    }


@cache
def _fonts() -> Any:
    """The letters that come with the wheels, so that every machine sets the same page."""
    folder = files("fontpkg_source_sans_3") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def _plain(value: Any) -> Any:
    """Blocks and texts as JSON: a block says its kind, a text is a string without signs that no page can show."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = getattr(value, "kind", type(value).__name__.lower())
        return {"kind": kind} | {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, (str, Promise)):
        return UNFIT.sub("\N{REPLACEMENT CHARACTER}", str(value))
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    return value
