"""Reads for the pages of events; each begins with the sharing rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.events.enums import EVENT
from noaber.apps.events.models import EventDossier, LiaisonShift, RiskNote
from noaber.apps.library.links import Linked, linked_with
from noaber.apps.practices.models import Lesson, Practice
from noaber.apps.registry.models import Capacity, Reservation
from noaber.apps.registry.queries.reservations import reservations_of
from noaber.apps.registry.seen import seen_capacities


def list_events(
    reader: Organisation, status: str, *, text: str = "", kind: str = "", organisation: str = ""
) -> list[EventDossier]:
    """The events that fit, of those that `reader` sees, in the order in which they begin."""
    rows = EventDossier.objects.visible_to(reader).filter(status=status).select_related("lead", "owner")
    if kind:
        rows = rows.filter(kind=kind)
    if organisation:
        rows = rows.filter(Q(lead__code=organisation) | Q(partners__organisation__code=organisation)).distinct()
    wanted = text.casefold().split()
    return [event for event in rows.prefetch_related("places") if all(word in _haystack(event) for word in wanted)]


def _haystack(event: EventDossier) -> str:
    places = (place.name for place in event.places.all())
    return " ".join((event.code, *event.titles.values(), event.lead.code, *places)).casefold()


def events_between(
    reader: Organisation, status: str, first: datetime.datetime, end: datetime.datetime
) -> list[EventDossier]:
    """The events that run at some moment from `first` until `end`."""
    rows = EventDossier.objects.visible_to(reader).filter(status=status, begins_at__lt=end, ends_at__gt=first)
    return list(rows.select_related("lead"))


def get_event(reader: Organisation, status: str, pk: int) -> EventDossier:
    """The event, or `NotFound`."""
    return EventDossier.objects.select_related("lead", "owner").get_visible(reader, pk=pk, status=status)


def own_shifts(reader: Organisation, events: Iterable[EventDossier]) -> QuerySet[LiaisonShift]:
    """The shifts of officers of the reader, or of whom it keeps, at these events."""
    rows = LiaisonShift.objects.filter(event__in=list(events), organisation__in=keeps(reader))
    return rows.select_related("event", "organisation")


def parties_of(event: EventDossier) -> set[int]:
    """Who keeps the dossier, leads the event, or takes part in it."""
    partners = event.partners.values_list("organisation_id", flat=True)
    return {event.owner_id, event.lead_id, *partners}


def seen_risks(reader: Organisation, event: EventDossier) -> QuerySet[RiskNote]:
    """The risk notes of the event that `reader` may see: each has its own label."""
    return RiskNote.objects.visible_to(reader).filter(event=event).select_related("owner")


def seen_reservations(reader: Organisation, event: EventDossier) -> list[tuple[Reservation, Capacity]]:
    """What is reserved for the event, of the capacities that `reader` sees; with what it sees of each capacity."""
    held = list(reservations_of(EVENT, event.pk))
    found = seen_capacities(reader, event.status).filter(pk__in={one.capacity_id for one in held})
    seen = {capacity.pk: capacity for capacity in found.prefetch_related("capability_rows", "reservations")}
    return [(one, seen[one.capacity_id]) for one in held if one.capacity_id in seen]


def tasks_of(ends: Iterable[Linked]) -> list[Action]:
    """The actions at the other ends of its links, by their day; those without one last."""
    actions = {end.record.pk: end.record for end in ends if isinstance(end.record, Action)}
    return sorted(actions.values(), key=lambda action: (action.due_on or datetime.date.max, action.number))


def findings_of(ends: Iterable[Linked]) -> list[Linked]:
    """What was learned: lessons, practices and recommendations."""
    return [end for end in ends if isinstance(end.record, Lesson | Practice | Recommendation)]


def ends_of(reader: Organisation, event: EventDossier) -> list[Linked]:
    """What the event is linked with, as far as `reader` sees it."""
    return linked_with(reader, event)
