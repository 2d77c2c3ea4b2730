"""The matrix of contact points: cells with shape and word, counts, and the same as a list for files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from noaber.apps.registry.contact_state import Freshness
from noaber.apps.registry.enums import ContactField
from noaber.apps.registry.presenters.contacts import state_words
from noaber.apps.registry.queries.contact_gaps import MISSING, STATES, GapCell, GapRow
from noaber.web import wording
from noaber.web.tables import Column

WORDS: Final = {
    Freshness.FRESH.value: gettext_lazy("verified"),
    Freshness.SOON.value: gettext_lazy("due soon"),
    Freshness.EXPIRED.value: pgettext_lazy("a contact point", "expired"),
    Freshness.NEVER.value: gettext_lazy("never verified"),
    MISSING: pgettext_lazy("a contact point", "missing"),
}
ICONS: Final = {
    Freshness.FRESH.value: "yes",
    Freshness.SOON.value: "clock",
    Freshness.EXPIRED.value: "warn",
    Freshness.NEVER.value: "unknown",
    MISSING: "no",
}


@dataclass(frozen=True)
class GapCellView:
    state: str
    icon: str
    word: str
    """The day by which it is due, else the state."""
    label: str
    url: str
    """Empty where nothing is there and the reader may add nothing."""


@dataclass(frozen=True)
class GapMatrix:
    fields: list[tuple[str, int]]
    """Each field with how many organisations can be rung for it and relied on."""
    rows: list[tuple[GapRow, list[GapCellView]]]
    counts: list[tuple[str, str, str, int]]
    """State, icon, word, how many."""


def present_gaps(rows: Sequence[GapRow], *, today: date, may_add: bool) -> GapMatrix:
    cells = [cell for row in rows for cell in row.cells]
    counted = Counter(cell.state for cell in cells)
    filled = Counter(cell.field for cell in cells if cell.state in (Freshness.FRESH, Freshness.SOON))
    return GapMatrix(
        fields=[(str(label), filled[value]) for value, label in ContactField.choices],
        rows=[(row, [_cell(cell, today, may_add) for cell in row.cells]) for row in rows],
        counts=[(state, ICONS[state], str(WORDS[state]), counted[state]) for state in STATES],
    )


def _cell(cell: GapCell, today: date, may_add: bool) -> GapCellView:
    contact = cell.contact
    words = state_words(contact, Freshness(cell.state)) if contact else str(WORDS[MISSING])
    url = contact.get_absolute_url() if contact else _add_url(cell) if may_add else ""
    due = contact.expires_on if contact and cell.state != Freshness.NEVER else None
    named = {"organisation": cell.organisation.code, "field": ContactField(cell.field).label, "state": words}
    return GapCellView(
        state=cell.state,
        icon=ICONS[cell.state],
        word=wording.day_from(due, today) if due else str(WORDS[cell.state]),
        label=_("%(organisation)s, %(field)s: %(state)s") % named,
        url=url,
    )


def _add_url(cell: GapCell) -> str:
    query = urlencode({"organisation": cell.organisation.code, "field": cell.field})
    return f"{reverse('contact-new')}?{query}"


FILE_COLUMNS: Final = (
    Column("organisation", gettext_lazy("Organisation"), lambda cell: cell.organisation.code),
    Column("name", gettext_lazy("Name"), lambda cell: cell.organisation.name),
    Column("for", gettext_lazy("For"), lambda cell: str(ContactField(cell.field).label)),
    Column("state", gettext_lazy("State"), lambda cell: str(WORDS[cell.state])),
    Column("function", gettext_lazy("Function"), lambda cell: cell.contact.function if cell.contact else None),
    Column("phone", gettext_lazy("Phone"), lambda cell: cell.contact.phone if cell.contact else None),
    Column("verified", gettext_lazy("Verified on"), lambda cell: cell.contact.verified_on if cell.contact else None),
    Column(
        "expires",
        gettext_lazy("To be verified again by"),
        lambda cell: cell.contact.expires_on if cell.contact else None,
    ),
)
