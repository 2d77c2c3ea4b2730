"""What the pages of the exercise say of themselves, in the reader's language."""

from __future__ import annotations

from django.utils.functional import lazystr

from noaber.reference.demo.scenario import load_scenario
from noaber.web.reader import reader_language


class _Disclaimer:
    """Read when it is shown: the settings are read long before a language is known."""

    def __str__(self) -> str:
        return load_scenario().disclaimer.in_language(reader_language())


disclaimer = lazystr(_Disclaimer())
