"""What other apps have to say about a field of a text: the page of the text shows it beside the field.

The registry does not know who asks what of whom; whoever does adds a source here when the program starts, and hears
of every reading of a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.dispatch import Signal

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import AgreementRow


@dataclass(frozen=True)
class FieldNote:
    """A short remark with the page that it leads to; `kind` is ok, warn, bad or info."""

    words: str
    url: str
    kind: str = "info"
    icon: str = "people"


NotesOf = Callable[[Organisation, AgreementRow], Mapping[str, FieldNote]]

field_read = Signal()
"""A field was read in the text: sent with `check` and `author`, inside the transaction that wrote it down."""

_sources: list[NotesOf] = []


def add_field_notes(notes_of: NotesOf) -> None:
    """Ask `notes_of` for the notes of every text that is shown; once, however often it is added."""
    if notes_of not in _sources:
        _sources.append(notes_of)


def field_notes(reader: Organisation, row: AgreementRow) -> dict[str, FieldNote]:
    """The notes of a text by field, for a reader."""
    notes: dict[str, FieldNote] = {}
    for notes_of in _sources:
        notes |= notes_of(reader, row)
    return notes
