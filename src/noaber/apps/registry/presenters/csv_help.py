"""What each column of a file of capacities holds, in words: shown where one chooses a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.registry.csv_columns import COLUMNS

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
    "attributes": _("Properties as code=value with | between them: flow_m3_per_h=1000|night=yes."),
    "tlp": _("CLEAR, GREEN, AMBER, AMBER+STRICT or RED; as chosen below where it is empty and the capacity is new."),
    "groups": _("Codes of sharing groups with | between them; as chosen below where the column is absent."),
    "illustrative": _("yes where the figures are invented, else no."),
    "source": _("Where the figures come from."),
}


@dataclass(frozen=True)
class ColumnHelp:
    name: str
    required: bool
    words: Promise


def column_rows() -> list[ColumnHelp]:
    """Every column, in the order of the export."""
    return [ColumnHelp(column.name, column.required, HELP[column.name]) for column in COLUMNS]
