"""How texts are marked for translation where nothing is translated: in the core, and in data."""

from __future__ import annotations


def _(text: str) -> str:
    """The text as it is; `tools/messages.py` finds it by this name, and whoever shows it translates it."""
    return text
