"""What every write of exchanges needs: who may, the history, who hears of it."""

from __future__ import annotations

import datetime
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.services import announce
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, HostPlace
from noaber.apps.placements.permissions import can_report, can_report_as_host, check_can_host, check_can_write_for
from noaber.core.problems import InvalidInput, Problem

Changes = dict[str, tuple[Any, Any]]


def check_runs(acting: Acting, owner: int) -> None:
    """Raise `NotAllowed` unless they run the programme of that owner."""
    check_can_write_for(acting.roles, organisation=owner, kept=keeps(acting.organisation))


def check_hosts(acting: Acting, call: ExchangeCall, host: Organisation) -> None:
    """Raise `NotAllowed` unless they write for the host."""
    check_can_host(
        acting.roles,
        host=host.pk,
        connected=host.connected,
        owner=call.programme.owner_id,
        kept=keeps(acting.organisation),
    )


def reports_as_guest(acting: Acting, record: ExchangePlacement) -> bool:
    """Whether they may write the report of the one who goes."""
    return can_report(acting.roles, sender=record.sender.pk, kept=keeps(acting.organisation))


def reports_as_host(acting: Acting, record: ExchangePlacement) -> bool:
    """Whether they may write the report of the host."""
    return can_report_as_host(
        acting.roles,
        host=record.host.pk,
        connected=record.host.connected,
        owner=record.owner_id,
        kept=keeps(acting.organisation),
    )


def lock_call(pk: int) -> ExchangeCall:
    """The call, so that its places, applications and rankings stand still."""
    return ExchangeCall.objects.select_for_update(of=("self",)).select_related("programme__owner").get(pk=pk)


def lock_place(pk: int) -> HostPlace:
    """The place and, before it, its call."""
    place = HostPlace.objects.select_related("organisation").get(pk=pk)
    place.call = lock_call(place.call_id)
    return place


def tell_call(call: ExchangeCall, *more: Organisation) -> None:
    """Wake the open pages of everyone who sees the programme, and of `more`."""
    announce([*readers_of(call.programme), *more])


def check_order(first: datetime.date, last: datetime.date, where: str) -> None:
    """Raise `InvalidInput` where the last day or moment lies before the first."""
    if last < first:
        raise InvalidInput([Problem("event.order", where)])
