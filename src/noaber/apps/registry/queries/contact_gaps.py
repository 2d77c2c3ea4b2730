"""Which organisation has a function for which field, as far as the reader may see: a matrix with its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import list_organisations
from noaber.apps.registry.contact_state import Freshness
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries.contacts import freshness_of, seen_contacts

MISSING = "missing"
STATES = (Freshness.FRESH.value, Freshness.SOON.value, Freshness.EXPIRED.value, Freshness.NEVER.value, MISSING)


@dataclass(frozen=True)
class GapCell:
    """One field of one organisation: its function, or `missing`."""

    organisation: Organisation
    field: str
    state: str
    contact: ContactPoint | None


@dataclass(frozen=True)
class GapRow:
    organisation: Organisation
    cells: tuple[GapCell, ...]

    @property
    def gaps(self) -> int:
        """How many fields nobody can rely on: missing, expired or never verified."""
        return sum(cell.state not in (Freshness.FRESH, Freshness.SOON) for cell in self.cells)


def contact_gaps(
    reader: Organisation, status: str, *, on: date, kind: str = "", country: str = "", only_gaps: bool = False
) -> list[GapRow]:
    """The organisations that use Noaber or of which a contact is known, by code, each with every field."""
    rows = gaps_among(seen_contacts(reader, status), on=on, kind=kind, country=country)
    return [row for row in rows if row.gaps or not only_gaps]


def gaps_among(contacts: Iterable[ContactPoint], *, on: date, kind: str = "", country: str = "") -> list[GapRow]:
    """The same of some contact points, whoever sees them."""
    best: dict[tuple[int, str], GapCell] = {}
    for contact in contacts:
        cell = GapCell(contact.organisation, contact.field, freshness_of(contact, on).value, contact)
        key = (contact.organisation_id, contact.field)
        if key not in best or STATES.index(cell.state) < STATES.index(best[key].state):
            best[key] = cell
    known = {organisation for organisation, _field in best}
    listed = [row for row in list_organisations(kind=kind, country=country) if row.connected or row.pk in known]
    return [_row(organisation, best) for organisation in listed]


def _row(organisation: Organisation, best: Mapping[tuple[int, str], GapCell]) -> GapRow:
    return GapRow(
        organisation,
        tuple(
            best.get((organisation.pk, field)) or GapCell(organisation, field, MISSING, None)
            for field in ContactField.values
        ),
    )
