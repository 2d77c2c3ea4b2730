"""What the pages of the exercise say of themselves, in the reader's language."""

from __future__ import annotations

from django.utils.functional import lazystr
from django.utils.translation import get_language

from noaber.reference.demo.scenario import load_scenario


class _Disclaimer:
    """Read when it is shown: the settings are read long before a language is known."""

    def __str__(self) -> str:
        return load_scenario().disclaimer.in_language(get_language() or "en")


disclaimer = lazystr(_Disclaimer())
