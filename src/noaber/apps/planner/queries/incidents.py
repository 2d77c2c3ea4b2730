"""Reads for the pages of incidents. What an organisation sees is decided by the sharing rule, in the query."""

from __future__ import annotations

from typing import cast

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.sharing import SharedQuerySet, lies_with
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Incident, IncidentEvent, LogNote, Need, Proposal
from noaber.core.problems import NotFound

SHARED_EVENTS = (
    EventKind.OPENED,
    EventKind.CHANGED,
    EventKind.NEED_ADDED,
    EventKind.NEED_CHANGED,
    EventKind.DEADLINE_MOVED,
    EventKind.NEED_REMOVED,
    EventKind.NEAR_MISS_ACCEPTED,
    EventKind.CLOSED,
    EventKind.REOPENED,
)
"""What everyone who sees an incident may read in its log; the rest is what an organisation considered for itself."""


def list_incidents(organisation: Organisation, status: str, *, closed: bool | None = None) -> QuerySet[Incident]:
    """The incidents of one status kind that the organisation sees, the newest first."""
    found = Incident.objects.visible_to(organisation).filter(status=status).select_related("owner")
    if closed is not None:
        found = found.filter(closed_at__isnull=not closed)
    return with_territory(found, organisation).annotate(needs_count=Count("needs")).order_by("-opened_at")


def with_territory(found: SharedQuerySet[Incident], organisation: Organisation) -> SharedQuerySet[Incident]:
    """Each incident with `in_our_territory`: another's, where the organisation answers for what happens."""
    theirs = lies_with(Incident, organisation) & ~Q(owner=organisation)
    marked = found.annotate(in_our_territory=ExpressionWrapper(theirs, output_field=BooleanField()))
    return cast("SharedQuerySet[Incident]", marked)


def get_incident(organisation: Organisation, number: str) -> Incident:
    """The incident, or `NotFound`."""
    found: SharedQuerySet[Incident] = Incident.objects.select_related("owner", "opened_by")
    return with_territory(found, organisation).get_visible(organisation, number=number)


def get_need(organisation: Organisation, number: str, code: str) -> Need:
    """A need of an incident that the organisation sees, or `NotFound`."""
    need = get_incident(organisation, number).needs.filter(code=code).select_related("incident").first()
    if need is None:
        raise NotFound
    return need


def events_of(organisation: Organisation, incident: Incident, *, most: int = 50) -> list[IncidentEvent]:
    """The newest lines of the log that the organisation may read: its own, and the common ones."""
    readable = Q(organisation=organisation) | Q(kind__in=SHARED_EVENTS)
    return list(incident.events.filter(readable).select_related("organisation", "by")[:most])


def notes_of(organisation: Organisation, incident: Incident, *, most: int = 50) -> list[LogNote]:
    """The newest lines of logs that the organisation may read: its own, and those that others chose to share."""
    readable = Q(organisation=organisation) | Q(is_shared=True)
    return list(incident.notes.filter(readable).select_related("organisation", "by", "struck_by")[:most])


def adjustments_of(organisation: Organisation, incident: Incident) -> list[Adjustment]:
    found = Adjustment.objects.filter(organisation=organisation, incident=incident)
    return list(found.select_related("need", "by"))


def get_proposal(organisation: Organisation, incident: Incident, pk: int) -> Proposal:
    """A proposal that the organisation made itself, or `NotFound`: nobody else sees it."""
    found = Proposal.objects.filter(organisation=organisation, incidents=incident, pk=pk).first()
    if found is None:
        raise NotFound
    return found
