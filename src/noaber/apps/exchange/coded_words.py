"""A coded reason in a message that has no place for a code: its name is the first line of the text, in the writer's
language, and is read back as the code in the reader's.
"""

from __future__ import annotations

from noaber.core.messages.model import FreeText
from noaber.reference.vocabulary import load_reasons


def write_reason(code: str, note: str, language: str) -> str:
    """The words that stand for a coded reason and a note."""
    known = load_reasons().get(code)
    named = known.names.in_language(language) if known else ""
    return "\n".join(part for part in (named, note.strip()) if part)


def read_reason(text: FreeText) -> tuple[str, FreeText | None]:
    """The code that the first line names (empty where it names none), and the rest of the text."""
    first, _, rest = text.text.partition("\n")
    for code, reason in load_reasons().items():
        if reason.names.in_language(text.language) == first:
            return code, FreeText(rest, text.language) if rest else None
    return "", text
