"""The list of texts on a day: how each stands, what is open in it, and what is open over the whole inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy

from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.legal_words import FIELDS, KINDS, LEVELS
from noaber.apps.registry.presenters.standings import StandingView, standing_of, standing_view
from noaber.apps.registry.queries import agreement_of
from noaber.core.agreements import ESTABLISHED_FIELDS, Agreement, unknown_fields
from noaber.core.agreements.standing import Standing
from noaber.web.tables import Column


@dataclass(frozen=True)
class TextRow:
    """One text in the list."""

    code: str
    title: str
    kind: str
    level: str
    level_key: str
    parties: str
    standing: StandingView
    on: date
    signed: date | None
    in_force: date | None
    gives_help: bool
    unknown: tuple[str, ...]
    checked_on: date
    checked_by: str
    tlp: str
    owner: str
    haystack: str

    @property
    def open_facts(self) -> int:
        return len(self.unknown)

    @property
    def open_words(self) -> str:
        """Which facts are open."""
        return ", ".join(str(FIELDS[name]) for name in self.unknown)


@dataclass(frozen=True)
class Wanted:
    """What the list is cut by; empty for everything."""

    text: str = ""
    level: str = ""
    standing: str = ""
    unknown: str = ""


def text_rows(rows: Iterable[AgreementRow], on: date) -> list[TextRow]:
    """Every text that the reader sees, as it stands on a day."""
    pairs = [(row, agreement_of(row)) for row in rows]
    texts = [text for _row, text in pairs]
    return [_text_row(row, text, texts, on) for row, text in pairs]


def cut(rows: Sequence[TextRow], wanted: Wanted) -> list[TextRow]:
    """The rows that fit."""
    text = wanted.text.casefold().strip()
    return [
        row
        for row in rows
        if text in row.haystack
        and wanted.level in ("", row.level_key)
        and wanted.standing in ("", row.standing.key)
        and (not wanted.unknown or wanted.unknown in row.unknown)
    ]


def _text_row(row: AgreementRow, text: Agreement, texts: Sequence[Agreement], on: date) -> TextRow:
    titles = " ".join(text.title.in_language(language) for language in text.title.languages)
    return TextRow(
        code=row.code,
        title=title_of(text),
        kind=str(KINDS[text.kind]),
        level=str(LEVELS[text.level]),
        level_key=text.level.value,
        parties=", ".join(text.parties),
        standing=standing_of(text, texts, on),
        on=on,
        signed=row.signed_on,
        in_force=text.in_force if isinstance(text.in_force, date) else None,
        gives_help=text.gives_help,
        unknown=unknown_fields(text),
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        tlp=row.tlp,
        owner=row.owner.code,
        haystack=" ".join([row.code, titles, *text.parties]).casefold(),
    )


@dataclass(frozen=True)
class Counted:
    """How often something occurs in the list."""

    key: str
    words: str
    count: int
    icon: str = ""


def count_standings(rows: Iterable[TextRow]) -> list[Counted]:
    """How many texts stand how; only what occurs."""
    counts = Counter(row.standing.key for row in rows)
    views = [standing_view(standing) for standing in Standing]
    return [Counted(view.key, view.words, counts[view.key], view.icon) for view in views if counts[view.key]]


def count_unknown(rows: Iterable[TextRow]) -> list[Counted]:
    """In how many texts each field is open, the most first."""
    counts = Counter(name for row in rows for name in row.unknown)
    found = [Counted(name, str(FIELDS[name]), counts[name]) for name in ESTABLISHED_FIELDS if counts[name]]
    return sorted(found, key=lambda counted: -counted.count)


COLUMNS: Final = (
    Column("title", gettext_lazy("Text"), lambda row: row.title),
    Column("level", gettext_lazy("Level"), lambda row: row.level),
    Column("parties", gettext_lazy("Parties"), lambda row: row.parties),
    Column("standing", gettext_lazy("On that day"), lambda row: row.standing.words),
    Column("signed", gettext_lazy("Signed"), lambda row: row.signed),
    Column("force", gettext_lazy("In force"), lambda row: row.in_force),
    Column("open", gettext_lazy("Open facts"), lambda row: row.open_facts, numeric=True),
    Column("checked", gettext_lazy("Checked on"), lambda row: row.checked_on),
)
FILE_COLUMNS: Final = (
    Column("id", gettext_lazy("Id"), lambda row: row.code),
    *COLUMNS,
    Column("by", gettext_lazy("Checked by"), lambda row: row.checked_by),
    Column("on", gettext_lazy("As of"), lambda row: row.on),
    Column("unknown", gettext_lazy("What is open"), lambda row: row.open_words),
)
"""What leaves the page as a file."""
