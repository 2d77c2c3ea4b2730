"""What each column of a file of capacities holds, in words: shown where one chooses a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.csv_columns import COLUMNS
from noaber.apps.registry.file_tables import MAIN
from noaber.apps.registry.part_import import KEY
from noaber.apps.registry.parts import PARTS, CellKind, Part, PartColumn
from noaber.apps.registry.presenters.packages import PART_LABELS, column_label
from noaber.web import wording

HELP: Final[Mapping[str, Promise]] = {
    "id": _("By which the capacity is named, once for each owner: letters, digits, dots, hyphens, underscores."),
    "owner": _("The code of the owner; must be the one for whom you import."),
    "status": _("Actual, Exercise or Test; must be the one of this page."),
    "name": _("What people call it; the id where it is empty."),
    "territory": _("The NUTS 2021 code in which the base lies, such as BE335."),
    "capabilities": _("Codes of the vocabulary with | between them, the main one first: FRB|BOAT."),
    "quantity": _("How many identical teams there are."),
    "share_up_to": _("How many may go; others then see this number and not the stock."),
    "base": _("Where they stand: a place."),
    "lon": _("Longitude of the base in degrees, WGS 84."),
    "lat": _("Latitude of the base in degrees, WGS 84."),
    "mobilisation": _("Minutes from the decision until they leave."),
    "languages": _("Codes with | between them: nl|de."),
    "state": _("available, reduced, committed or out-of-service; available where it is empty."),
    "reduced_to": _("How many teams are left, where the state is reduced."),
    "state_until": _("Until when, with the offset from UTC: 2021-07-15T12:00:00+02:00."),
    "state_reason": _("Why."),
    "state_at": _("When the state was seen; the moment of the import where it is empty and the state is new."),
    "host_needs": _("What the host must provide, as codes with | between them: fuel|beds."),
    "host_note": _("More for the host, in free words."),
    "host_note_language": _("The language of those words: nl, fr, de or en."),
    "cost_per_day_eur": _("Estimated cost of one team for a day, in euro: 1250.00."),
    "cost_mobilisation_eur": _("Estimated cost of getting one team under way, in euro."),
    "cost_per_km_eur": _("Estimated cost of one team for a kilometre, in euro."),
    "cost_as_of": _("The day of which these costs are: 2021-07-14."),
    "cost_basis": _("What they are based on: a tariff, a calculation, an earlier deployment."),
    "attributes": _("Properties as code=value with | between them: flow_m3_per_h=1000|night=yes."),
    "release_function": _("The function that releases it."),
    "release_organisation": _("The organisation of that function."),
    "release_channel": _("How that function is reached: a number, an address, a channel."),
    "tlp": _("CLEAR, GREEN, AMBER, AMBER+STRICT or RED; as chosen below where it is empty and the capacity is new."),
    "groups": _("Codes of sharing groups with | between them; as chosen below where the column is absent."),
    "illustrative": _("yes where the figures are invented, else no."),
    "source": _("Where the figures come from."),
}


PART_HELP: Final[Mapping[str, Promise]] = {
    "team": _("Who goes with one team: a line for each function."),
    "vehicles": _("With what one team drives: a line for each kind."),
    "kit": _("What one team brings: a line for each item."),
    "needs": _("What one team needs where it works, with amounts."),
    "certificates": _("What is certified, by whom, until when."),
    "exercises": _("In which exercises it has been tried, and how that went."),
}

KIND_HELP: Final[Mapping[CellKind, Promise]] = {
    CellKind.TEXT: _("free words, %(longest)s signs at most"),
    CellKind.WHOLE: _("a whole number from 1"),
    CellKind.NUMBER: _("a number from 0"),
    CellKind.DAY: _("a day: 2021-07-14 or 14/07/2021"),
}


@dataclass(frozen=True)
class ColumnHelp:
    name: str
    required: bool
    words: str


@dataclass(frozen=True)
class PartHelp:
    """One table of a part, with its columns."""

    name: str
    label: str
    words: str
    columns: list[ColumnHelp]


def column_rows() -> list[ColumnHelp]:
    """Every column, in the order of the export."""
    return [ColumnHelp(column.name, column.required, str(HELP[column.name])) for column in COLUMNS]


def part_rows() -> list[PartHelp]:
    """The tables of the parts, in the order of the export."""
    return [
        PartHelp(part.name, str(PART_LABELS[part.name]), str(PART_HELP[part.name]), _part_columns(part))
        for part in PARTS
    ]


def _part_columns(part: Part) -> list[ColumnHelp]:
    key = ColumnHelp(KEY, True, gettext("The id of the capacity in the table of capacities."))
    return [key, *(ColumnHelp(column.name, column.required, _words(part, column)) for column in part.columns)]


def _words(part: Part, column: PartColumn) -> str:
    label = wording.label(column_label(part.name, column.name))
    if column.kind is CellKind.CODE:
        return f"{label} {', '.join(column.known_codes())}"
    return f"{label} {KIND_HELP[column.kind] % {'longest': column.longest}}"


def explained() -> list[tuple[str, str, str, str]]:
    """The rows of the sheet that says what the columns hold, its head first."""
    head = (gettext("Table"), gettext("Column"), gettext("Required"), gettext("What it holds"))
    tables = [(MAIN, column_rows()), *((part.name, part.columns) for part in part_rows())]
    return [head, *((table, *_cells(column)) for table, columns in tables for column in columns)]


def _cells(column: ColumnHelp) -> tuple[str, str, str]:
    return column.name, gettext("yes") if column.required else "", column.words
