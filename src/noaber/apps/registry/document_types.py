"""Which files may stand beside a text, told by what they begin with and never by their name alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from noaber.core.problems import InvalidInput, Problem

SUFFIXES: Final = ".pdf, .docx, .odt, .txt, .png, .jpg"
"""What a reader of the form is offered."""


@dataclass(frozen=True)
class DocumentType:
    """A kind of file: its media type, and the suffix that it gets."""

    media_type: str
    suffix: str


PDF: Final = DocumentType("application/pdf", ".pdf")
DOCX: Final = DocumentType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
ODT: Final = DocumentType("application/vnd.oasis.opendocument.text", ".odt")
TXT: Final = DocumentType("text/plain; charset=utf-8", ".txt")
PNG: Final = DocumentType("image/png", ".png")
JPEG: Final = DocumentType("image/jpeg", ".jpg")


def type_of(content: bytes) -> DocumentType:
    """What kind of document this is.

    Raises
    ------
    InvalidInput
        Where it is none that may stand beside a text.
    """
    for kind, is_kind in _SIGNS:
        if is_kind(content):
            return kind
    raise InvalidInput([Problem("registry.document-type", "file", {"kinds": SUFFIXES})])


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings)


def _holds(entry: str) -> Callable[[bytes], bool]:
    """Whether the file is an archive with that entry; of its content nothing is unpacked."""

    def is_kind(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return entry in archive.namelist()
        except zipfile.BadZipFile:
            return False

    return is_kind


def _is_opendocument_text(content: bytes) -> bool:
    return content[:4] == b"PK\x03\x04" and b"mimetypeapplication/vnd.oasis.opendocument.text" in content[:120]


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in "\t\n\f\r" for character in text)


_SIGNS: Final[tuple[tuple[DocumentType, Callable[[bytes], bool]], ...]] = (
    (PDF, _begins(b"%PDF-")),
    (PNG, _begins(b"\x89PNG\r\n\x1a\n")),
    (JPEG, _begins(b"\xff\xd8\xff")),
    (DOCX, _holds("word/document.xml")),
    (ODT, _is_opendocument_text),
    (TXT, _is_plain_text),
)
