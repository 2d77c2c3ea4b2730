"""What the pages of a meeting share: what the reader may do with it, and steps that ask for nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from noaber.apps.accounts.acting import Acting, ActingRequest
from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import do_once
from noaber.apps.meetings.enums import MeetingState
from noaber.apps.meetings.models import Meeting
from noaber.apps.meetings.permissions import can_write
from noaber.apps.meetings.services.common import member_keys
from noaber.apps.records.permissions import can_change

_SHUT = (MeetingState.CLOSED, MeetingState.CALLED_OFF)


@dataclass(frozen=True)
class Rights:
    """What the reader may do with a meeting."""

    change: bool
    """Its agenda, participants and decisions, while it is open."""
    write: bool
    """Its minutes, while it is open."""
    keep: bool
    """Its state: whoever keeps it."""


def rights_of(acting: Acting, meeting: Meeting) -> Rights:
    kept = keeps(acting.organisation)
    keep = can_change(acting.roles, owner=meeting.owner_id, kept=kept)
    write = can_write(acting.roles, owner=meeting.owner_id, members=member_keys(meeting), kept=kept)
    is_open = meeting.state not in _SHUT
    return Rights(change=keep and is_open, write=write and is_open, keep=keep)


def known_organisations() -> list[Organisation]:
    """The centres, partners and secretariats first, then all others, each by its code."""
    first = {OrganisationKind.NATIONAL_CENTRE: 0, OrganisationKind.REGIONAL_PARTNER: 1, OrganisationKind.SECRETARIAT: 1}
    return sorted(Organisation.objects.all(), key=lambda one: (first.get(OrganisationKind(one.kind), 2), one.code))


def take_step(request: ActingRequest, work: Callable[[], object], told: str, to: str) -> HttpResponse:
    """Do `work` once, say so, and lead on."""

    def once() -> str:
        work()
        return to

    location = do_once(request.POST.get("once", ""), request.acting.person, once)
    messages.success(request, told)
    return redirect(location)
