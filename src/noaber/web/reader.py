"""Who reads: the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language


def reader_language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en")[:2]
