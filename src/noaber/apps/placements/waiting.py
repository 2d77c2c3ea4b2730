"""What exchanges want of an organisation, as rows of its desk: only for who works on the cooperation, and never a name.

Who applies hears of calls that close soon; hosts of applicants to rank; who sends of reports before and after a stay;
who runs a programme of calls to move on, stays to confirm or to close, and personal data whose day has come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, HostPlace
from noaber.apps.placements.permissions import can_host
from noaber.apps.placements.queries import list_calls, list_placements, list_places, to_rank
from noaber.apps.records.desk import DeskRow, end_of, start_of

SOON: Final = datetime.timedelta(days=14)
"""How long before it closes a call is told to those who have not applied."""
AHEAD: Final = datetime.timedelta(days=28)
"""How long before a stay what its guest wants to learn is asked for."""
MOST_AT_THE_DESK: Final = 5
_COMING: Final = (PlacementState.PLANNED, PlacementState.CONFIRMED)
_GONE: Final = (PlacementState.CONFIRMED, PlacementState.DONE)


def waiting_exchanges(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    if not acting.may(Permission.COOPERATE):
        return
    kept = keeps(acting.organisation)
    for rows in (_calls(acting, kept, at), _stays(acting, kept, at), _to_erase(acting, kept, at)):
        yield from islice(rows, MOST_AT_THE_DESK)


def _calls(acting: Acting, kept: frozenset[int], at: datetime.datetime) -> Iterator[DeskRow]:
    """Calls that are open or ranked, the one first whose time is up first."""
    calls = list_calls(acting.organisation).filter(state__in=(CallState.OPEN, CallState.RANKING))
    for call in calls.order_by("closes_at", "pk"):
        is_ours = call.programme.owner_id in kept
        if call.state == CallState.RANKING:
            yield from _rankings(acting, kept, call, at)
        elif at > call.closes_at:
            if is_ours:
                yield _call_row(call, _("Call that has closed: %(call)s"), _("Let the hosts rank"), _applied(call))
        elif at >= call.closes_at - SOON and not call.applications.filter(organisation__in=kept).exists():
            yield _call_row(call, _("Call that closes: %(call)s"), pgettext("to do", "Apply"), _("nobody applied yet"))


def _rankings(acting: Acting, kept: frozenset[int], call: ExchangeCall, at: datetime.datetime) -> Iterator[DeskRow]:
    """The places of which we rank the applicants; for who runs it the call, once all are ranked or its time is up."""
    owner = call.programme.owner_id
    places = list(list_places(call))
    ours = [place for place in places if _ranks(acting, kept, place, owner)]
    new = {place: sum(one.is_new for one in to_rank(place)) for place in (places if owner in kept else ours)}
    for place in ours:
        if new[place]:
            yield _to_rank(call, place, new[place])
    if owner in kept and (at > call.ranked_by or not any(new.values())):
        url = reverse("exchange-matching", args=[call.pk])
        yield _call_row(call, _("Call to match: %(call)s"), pgettext("to do", "Match"), _applied(call), url=url)


def _ranks(acting: Acting, kept: frozenset[int], place: HostPlace, owner: int) -> bool:
    host = place.organisation
    return can_host(acting.roles, host=host.pk, connected=host.connected, owner=owner, kept=kept)


def _applied(call: ExchangeCall) -> str:
    count = call.applications.count()
    return ngettext("%(count)s application", "%(count)s applications", count) % {"count": count}


def _call_row(call: ExchangeCall, text: str, action: str, detail: str, *, url: str = "") -> DeskRow:
    return DeskRow(
        key=f"call-{call.pk}",
        text=text % {"call": call.title},
        detail=detail,
        other=call.programme.owner.code,
        other_detail=_("runs the programme"),
        url=url or call.get_absolute_url(),
        action=action,
        due_at=call.deadline,
        since=(call.deadline or call.closes_at) - SOON,
        made_at=start_of(call.opens_on),
    )


def _to_rank(call: ExchangeCall, place: HostPlace, count: int) -> DeskRow:
    return DeskRow(
        key=f"ranking-{place.pk}",
        text=_("Applicants to rank: %(place)s") % {"place": place.title},
        detail=ngettext("%(count)s new", "%(count)s new", count) % {"count": count},
        other=place.organisation.code,
        other_detail=_("hosts"),
        url=reverse("host-ranking", args=[place.pk]),
        action=pgettext("to do", "Rank"),
        due_at=call.ranked_by,
        since=call.closes_at,
    )


def _stays(acting: Acting, kept: frozenset[int], at: datetime.datetime) -> Iterator[DeskRow]:
    """Stays of which a step or a report is awaited from us, the earliest first."""
    today = at.astimezone(acting.zone).date()
    is_ours = Q(owner__in=kept) | Q(application__organisation__in=kept) | Q(place__organisation__in=kept)
    ours = list_placements(acting.organisation).filter(is_ours)
    for record in ours.select_related("application__call__matching").order_by("begins_on", "pk"):
        if record.owner_id in kept and record.state == PlacementState.PLANNED:
            yield _before_row(record, _("Placement to confirm: %(stay)s"), _("Confirm"), acting)
        if (
            record.owner_id in kept
            and record.state == PlacementState.CONFIRMED
            and record.after
            and _is_over(record, today)
        ):
            yield _after_row(record, _("Placement that is over: %(stay)s"), pgettext("a request", "Close"), acting)
        if record.sender.pk in kept:
            yield from _reports(record, today, acting)
        if record.host.pk in kept:
            yield from _reports_of_host(record, today, acting)


def _reports(record: ExchangePlacement, today: datetime.date, acting: Acting) -> Iterator[DeskRow]:
    if record.state in _COMING and not record.before and record.begins_on - AHEAD <= today <= record.ends_on:
        yield _before_row(record, _("Report before the stay: %(stay)s"), _("Report"), acting)
    if record.state in _GONE and not record.after and _is_over(record, today):
        yield _after_row(record, _("Report after the stay: %(stay)s"), _("Report"), acting)


def _reports_of_host(record: ExchangePlacement, today: datetime.date, acting: Acting) -> Iterator[DeskRow]:
    if record.state in _COMING and not record.host_before and record.begins_on - AHEAD <= today <= record.ends_on:
        yield _before_row(record, _("Report of the host before the stay: %(stay)s"), _("Report"), acting)
    if record.state in _GONE and not record.host_after and _is_over(record, today):
        yield _after_row(record, _("Report of the host after the stay: %(stay)s"), _("Report"), acting)


def _is_over(record: ExchangePlacement, today: datetime.date) -> bool:
    return record.ends_on < today


def _before_row(record: ExchangePlacement, text: str, action: str, acting: Acting) -> DeskRow:
    """Due on the day on which the stay begins."""
    begins = end_of(record.begins_on, acting.zone)
    return _stay_row(record, text, action, due_at=begins, since=begins - AHEAD)


def _after_row(record: ExchangePlacement, text: str, action: str, acting: Acting) -> DeskRow:
    """Nothing says until when; it waits since the day after the stay."""
    over = start_of(record.ends_on + datetime.timedelta(days=1), acting.zone)
    return _stay_row(record, text, action, due_at=None, since=over)


def _stay_row(
    record: ExchangePlacement, text: str, action: str, *, due_at: datetime.datetime | None, since: datetime.datetime
) -> DeskRow:
    return DeskRow(
        key=f"stay-{record.pk}-{text}",
        text=text % {"stay": str(record)},
        detail=record.place.title,
        other=record.host.code,
        other_detail=_("hosts"),
        url=record.get_absolute_url(),
        action=action,
        due_at=due_at,
        since=since,
        made_at=start_of(record.application.call.opens_on),
    )


def _to_erase(acting: Acting, kept: frozenset[int], at: datetime.datetime) -> Iterator[DeskRow]:
    """Calls of our programmes with applications whose personal data are kept no longer."""
    today = at.astimezone(acting.zone).date()
    due = Count("applications", filter=Q(applications__kept_until__lt=today, applications__erased=False))
    calls = ExchangeCall.objects.filter(programme__owner__in=kept).annotate(due=due).filter(due__gt=0)
    for call in calls.select_related("programme__owner"):
        oldest = call.applications.filter(erased=False).order_by("kept_until").values_list("kept_until", flat=True)[0]
        yield _erase_row(call, call.due, end_of(oldest, acting.zone))  # type: ignore[attr-defined]


def _erase_row(call: ExchangeCall, count: int, until: datetime.datetime) -> DeskRow:
    return DeskRow(
        key=f"erase-{call.pk}",
        text=_("Personal data to erase: %(call)s") % {"call": call.title},
        detail=ngettext("%(count)s application", "%(count)s applications", count) % {"count": count},
        other=call.programme.owner.code,
        other_detail=_("runs the programme"),
        url=call.get_absolute_url(),
        action=pgettext("to do", "Erase"),
        due_at=until,
        since=until - AHEAD,
    )
