"""What the page of an event shows: tasks in time, reserved teams and what is left, whom to ring, the map."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action
from noaber.apps.actions.presenters import ActionRow, present_action
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace, LiaisonShift, RiskNote, WhatIf
from noaber.apps.events.presenters.roster import Roster
from noaber.apps.library.links import Linked
from noaber.apps.records.models import Change
from noaber.apps.registry.coded import capability_name, hazard_name
from noaber.apps.registry.models import AgreementRow, Capacity, Reservation
from noaber.apps.registry.presenters.contacts import ContactView, present_contact
from noaber.apps.registry.presenters.history import ChangeView, present_history
from noaber.apps.registry.queries.contacts import number_to_ring
from noaber.apps.registry.queries.reservations import most_held
from noaber.reference.region import NATURAL_EARTH_ATTRIBUTION

PART_WORDS: Final[dict[str, str | Promise]] = {
    "places": gettext_lazy("Place"),
    "partners": gettext_lazy("Partner"),
    "shifts": gettext_lazy("Shift"),
    "what_ifs": gettext_lazy("What to do if"),
    "reservations": gettext_lazy("Reserved teams"),
    "titles": gettext_lazy("Title"),
}


@dataclass(frozen=True)
class Milestone:
    """A day of the timeline: a task, or where `row` is None the beginning or the end of the event."""

    on: datetime.date | None
    label: str
    row: ActionRow | None
    days_before: int


def present_timeline(
    event: EventDossier, tasks: Sequence[Action], *, today: datetime.date, kept: frozenset[int], acting_zone: Any
) -> list[Milestone]:
    """The tasks by their day, between them when the event begins and ends; tasks without a day last."""
    begins = event.begins_at.astimezone(acting_zone).date()
    ends = event.last_at.astimezone(acting_zone).date()
    marks = [Milestone(begins, _("The event begins"), None, 0), Milestone(ends, _("The event ends"), None, 0)]
    rows = [
        Milestone(task.due_on, "", present_action(task, today, kept), (begins - task.due_on).days if task.due_on else 0)
        for task in tasks
    ]
    return sorted([*marks, *rows], key=lambda one: (one.on or datetime.date.max, one.row is None))


@dataclass(frozen=True)
class HeldRow:
    """Teams reserved for the event, and how many of their base are left meanwhile."""

    reservation: Reservation
    capacity: Capacity
    capability: str
    left: int
    may_change: bool

    @property
    def total(self) -> int:
        return int(self.capacity.seen_available)  # type: ignore[attr-defined]


def present_held(found: Iterable[tuple[Reservation, Capacity]], kept: frozenset[int]) -> list[HeldRow]:
    return [_held(one, capacity, kept) for one, capacity in found]


def _held(one: Reservation, capacity: Capacity, kept: frozenset[int]) -> HeldRow:
    """Left is what its owner has ready now, less all that is reserved at the fullest moment."""
    available: int = capacity.seen_available  # type: ignore[attr-defined]
    held = most_held(capacity.reservations.all(), one.begins_at, one.ends_at)
    first = next(iter(capacity.capability_rows.all()), None)
    name = capability_name(first.capability) if first else ""
    return HeldRow(one, capacity, name, max(0, available - held), capacity.owner_id in kept)


@dataclass(frozen=True)
class CallRow:
    """Whom to ring at one organisation; `view` is None where the reader knows no number."""

    organisation: Organisation
    role: str
    view: ContactView | None


def present_calls(
    event: EventDossier,
    partners: Sequence[EventPartner],
    shifts: Sequence[LiaisonShift],
    cards: Sequence[WhatIf],
    *,
    reader: Organisation,
    at: datetime.datetime,
    kept: frozenset[int],
) -> list[CallRow]:
    """Lead, partners, who sends liaison officers, who calls or is called: each once, with its registered number."""
    roles: dict[int, tuple[Organisation, str]] = {event.lead_id: (event.lead, _("lead"))}
    for partner in partners:
        roles.setdefault(partner.organisation_id, (partner.organisation, partner.role))
    for shift in shifts:
        roles.setdefault(shift.organisation_id, (shift.organisation, _("liaison officer")))
    for organisation in (other for card in cards for other in (card.caller, card.called) if other):
        roles.setdefault(organisation.pk, (organisation, _("what to do if")))
    rows = []
    for organisation, role in roles.values():
        found = number_to_ring(organisation, reader=reader, status=event.status, on=at.date())
        rows.append(CallRow(organisation, role, present_contact(found, at, kept) if found else None))
    return rows


@dataclass(frozen=True)
class RiskRow:
    note: RiskNote
    hazard: str
    may_change: bool


def present_risks(notes: Iterable[RiskNote], kept: frozenset[int], *, works: bool) -> list[RiskRow]:
    return [RiskRow(note, hazard_name(note.hazard), works and note.owner_id in kept) for note in notes]


def event_map(places: Iterable[EventPlace], held: Iterable[HeldRow]) -> Mapping[str, Any]:
    """The places, and the bases of the reserved teams; the tables beside it say the same."""
    features = [
        _point(row.capacity.lon, row.capacity.lat, kind="base", label=row.capacity.base, title=row.capacity.name)
        for row in held
    ]
    features += [_point(place.lon, place.lat, kind="incident", label=place.name, title=place.name) for place in places]
    lons = [feature["geometry"]["coordinates"][0] for feature in features]
    lats = [feature["geometry"]["coordinates"][1] for feature in features]
    bounds = [min(lons) - 0.4, min(lats) - 0.3, max(lons) + 0.4, max(lats) + 0.3] if features else None
    shown: dict[str, Any] = {
        "features": {"type": "FeatureCollection", "features": features},
        "boundaries": reverse("boundaries"),
        "attribution": _(NATURAL_EARTH_ATTRIBUTION),
    }
    return shown | ({"bounds": bounds} if bounds else {})


def _point(lon: float, lat: float, **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def present_event_history(changes: Iterable[Change]) -> list[ChangeView]:
    """The history in words; parts of the dossier under their names."""
    return present_history(changes, EventDossier, PART_WORDS)


@dataclass(frozen=True)
class CardRow:
    """What to do if; `agreement` is empty where the reader may not see that text."""

    card: WhatIf
    capabilities: str
    agreement: str


def present_cards(cards: Iterable[WhatIf], reader: Organisation) -> list[CardRow]:
    cards = list(cards)
    texts = AgreementRow.objects.visible_to(reader).filter(pk__in={card.agreement_id for card in cards})
    codes = dict(texts.values_list("pk", "code"))
    return [
        CardRow(card, ", ".join(map(capability_name, card.capabilities)), codes.get(card.agreement_id or 0, ""))
        for card in cards
    ]


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a dossier, part by part."""

    places: list[EventPlace]
    partners: list[EventPartner]
    risks: list[RiskRow]
    held: list[HeldRow]
    roster: Roster
    calls: list[CallRow]
    cards: list[CardRow]
    timeline: list[Milestone]
    findings: list[Linked]
