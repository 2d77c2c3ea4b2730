"""A frozen version in words, as a file, and beside another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.items import FIELD_LABELS, value_words
from noaber.apps.campaigns.presenters.parts import FoundView, found_view
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.presenters.agreements import Line, title_of
from noaber.apps.registry.presenters.fields import field_fact
from noaber.apps.registry.presenters.history import field_label
from noaber.core.agreements import Agreement
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.reading import is_unknown_value
from noaber.core.campaigns import RowDifference, Tally, count_findings
from noaber.core.problems import InvalidInput
from noaber.web.tables import Column

_MODELS: Final = {Part.CAPACITIES.value: Capacity, Part.CONTACTS.value: ContactPoint}


@dataclass(frozen=True)
class ValueView:
    label: str
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        return "; ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class FrozenRow:
    """One row of a version."""

    part: str
    title: str
    detail: str
    values: tuple[ValueView, ...]
    found: FoundView | None
    who: str
    note: str
    by: str

    @property
    def words(self) -> str:
        return "\n".join(f"{value.label}: {value.words}" for value in self.values)


class VersionWords:
    """Reads rows; the texts that they name are fetched once."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        codes = {row["code"] for row in rows if row["part"] == Part.AGREEMENTS}
        self.data = dict(AgreementRow.objects.filter(code__in=codes).values_list("code", "data"))

    def row(self, row: dict[str, Any]) -> FrozenRow:
        return FrozenRow(
            part=str(Part(row["part"]).label),
            title=self.title(row),
            detail=row["code"],
            values=tuple(self.value(row, name) for name in row["values"]),
            found=found_view(row["finding"]) if row["finding"] else None,
            who=row["who"],
            note=row["note"],
            by=read_function(row["by"]),
        )

    def title(self, row: dict[str, Any]) -> str:
        match row["part"]:
            case Part.AGREEMENTS:
                text = self._text(row, row["values"])
                name = str(FIELD_LABELS[Part.AGREEMENTS].get(row["field"], row["field"]))
                return f"{title_of(text)}: {name}" if text else name
            case Part.CAPACITIES:
                return str(row["title"])
            case _:
                fields = dict(ContactField.choices)
                return str(capfirst(fields.get(row["code"], row["code"])))

    def value(self, row: dict[str, Any], name: str) -> ValueView:
        value = row["values"][name]
        if row["part"] == Part.AGREEMENTS:
            label = str(FIELD_LABELS[Part.AGREEMENTS].get(name, name))
            if is_unknown_value(value):
                return ValueView(label, ())
            text = self._text(row, {name: value})
            return ValueView(label, tuple(field_fact(text, name, {}).lines) if text else (Line(str(value)),))
        model = _MODELS[row["part"]]
        label = str(FIELD_LABELS[row["part"]].get(name) or field_label(model, name))
        if value in (None, "", [], False):
            return ValueView(label, ())
        return ValueView(label, (Line(value_words(model, name, value)),))

    def _text(self, row: dict[str, Any], values: dict[str, Any]) -> Agreement | None:
        """The text with what the version says of it; nothing where it is gone, or cannot be read so any more."""
        data = self.data.get(row["code"])
        if data is None:
            return None
        try:
            return decode_agreement({**data, **values})
        except InvalidInput:
            return None


@dataclass(frozen=True)
class DifferenceView:
    """One row that two versions do not share: `changes` are label, before, after."""

    kind: str
    part: str
    title: str
    changes: tuple[tuple[str, ValueView | None, ValueView | None], ...]


def present_differences(found: Iterable[RowDifference]) -> list[DifferenceView]:
    differences = list(found)
    words = VersionWords([dict(one.row) for one in differences])
    return [_difference(words, one) for one in differences]


def _difference(words: VersionWords, one: RowDifference) -> DifferenceView:
    before, after = one.before, one.after
    changes = []
    for name in one.names:
        was = words.value(dict(before), name) if before and name in before["values"] else None
        now = words.value(dict(after), name) if after and name in after["values"] else None
        label = (now or was).label  # type: ignore[union-attr]  # a name comes from one of the two
        changes.append((label, was, now))
    row = dict(one.row)
    return DifferenceView(one.difference.value, str(Part(row["part"]).label), words.title(row), tuple(changes))


def tally_of(rows: Iterable[dict[str, Any]]) -> Tally:
    return count_findings(row["finding"] or None for row in rows)


VERSION_COLUMNS: Final = (
    Column("part", _("Part"), lambda row: row.part),
    Column("what", _("What"), lambda row: row.title),
    Column("code", _("Id"), lambda row: row.detail),
    Column("says", _("What stands there"), lambda row: row.words),
    Column("found", _("Found"), lambda row: row.found.label if row.found else ""),
    Column("who", _("Who could know"), lambda row: row.who),
    Column("note", _("Note"), lambda row: row.note),
    Column("by", _("By"), lambda row: row.by),
)


@dataclass(frozen=True)
class Outcome:
    """How far an organisation was when the campaign was closed, and which version it had signed."""

    code: str
    version: int | None
    digest: str
    tally: Tally

    @classmethod
    def of(cls, code: str, told: dict[str, Any]) -> Outcome:
        counted = ("asked", "confirmed", "corrected", "added", "unknown", "not-ours")
        return cls(code, told["version"], told["digest"], Tally(*(told[name] for name in counted)))


OUTCOME_COLUMNS: Final = (
    Column("organisation", _("Organisation"), lambda row: row.code),
    Column("version", _("Signed version"), lambda row: row.version),
    Column("digest", "SHA-256", lambda row: row.digest),
    Column("asked", _("Asked"), lambda row: row.tally.asked),
    Column("confirmed", _("Right as it was"), lambda row: row.tally.confirmed),
    Column("corrected", _("Corrected"), lambda row: row.tally.corrected),
    Column("added", _("Added"), lambda row: row.tally.added),
    Column("unknown", _("Unknown"), lambda row: row.tally.unknown),
    Column("not-ours", _("Not ours"), lambda row: row.tally.not_ours),
    Column("open", _("Open"), lambda row: row.tally.open),
)
