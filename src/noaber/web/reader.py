"""Who reads: the language of the page, and of a paper that is asked for."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language

from noaber.core.problems import NotFound
from noaber.reference.texts import LANGUAGES

PDF_LANGUAGES: Final = LANGUAGES
"""The languages of every paper, in the order in which its page offers them."""


def reader_language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en")[:2]


def asked_language(request: HttpRequest) -> str:
    """The language that `?language=` asks for; that of the page without it, `NotFound` for one that is none of ours."""
    asked = request.GET.get("language", reader_language())
    if asked not in PDF_LANGUAGES:
        raise NotFound
    return asked
