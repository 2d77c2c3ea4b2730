"""Host places, and the ranking of those who wish to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.models import LONGEST_TITLE, ExchangeCall, HostPeriod, HostPlace, HostRank
from noaber.apps.placements.queries import ranking_digest, to_rank
from noaber.apps.placements.services.common import check_hosts, check_order, lock_call, lock_place, tell_call
from noaber.apps.placements.values import PlaceData, RankData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import keep_history, set_fields
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, Problem

LONGEST_REASON = 300


def add_place(acting: Acting, call: ExchangeCall, data: PlaceData) -> HostPlace:
    """Offer a place, until the hosts rank.

    Raises
    ------
    NotAllowed
        Where they do not write for the host, or it is too late.
    InvalidInput
        Where no period is as long as the stay.
    """
    values = _place(data)
    with transaction.atomic():
        locked = lock_call(call.pk)
        check_hosts(acting, locked, data.organisation)
        _check_early(locked)
        place = HostPlace.objects.create(call=locked, organisation=data.organisation, **values)
        _set_periods(place, data)
        keep_history(acting, place, ChangeAction.ADDED)
        tell_call(locked, data.organisation)
        return place


def change_place(acting: Acting, place: HostPlace, data: PlaceData) -> None:
    """Change what is offered, until the hosts rank; the host stays."""
    values = _place(data)
    with transaction.atomic():
        locked = lock_place(place.pk)
        check_hosts(acting, locked.call, locked.organisation)
        _check_early(locked.call)
        changes = set_fields(locked, values)
        locked.save()
        _set_periods(locked, data)
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        tell_call(locked.call)


def _check_early(call: ExchangeCall) -> None:
    if call.state not in (CallState.PREPARED, CallState.OPEN):
        raise NotAllowed("placement.ranking-begun")


def _place(data: PlaceData) -> dict[str, Any]:
    for number, (begins, ends) in enumerate(data.periods, 1):
        check_order(begins, ends, f"ends_{number}")
    if not any((ends - begins).days + 1 >= data.weeks * 7 for begins, ends in data.periods):
        raise InvalidInput([Problem("placement.period-short", "ends_1", {"weeks": data.weeks})])
    return {
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "description": check_words(data.description, "description") if data.description.strip() else "",
        "language": data.language,
        "town": data.town.strip(),
        "weeks": data.weeks,
        "capacity": data.capacity,
        "languages": dict(data.languages or {}),
        "functions": list(data.functions),
    }


def _set_periods(place: HostPlace, data: PlaceData) -> None:
    place.periods.all().delete()
    for begins, ends in data.periods:
        HostPeriod.objects.create(place=place, begins_on=begins, ends_on=ends)


def rank_applicants(acting: Acting, place: HostPlace, ranking: Sequence[RankData], *, seen: str = "") -> None:
    """Say in which order the host wants those who wish to come, and whom it does not take, while the hosts rank.

    Parameters
    ----------
    seen
        The digest of the ranking from which they began (`ranking_digest`), where they saw one.

    Raises
    ------
    NotAllowed
        Where they do not write for the host, or the hosts do not rank now.
    InvalidInput
        Where the ranking does not name each of them once, or somebody ranked them since.
    """
    with transaction.atomic():
        locked = lock_place(place.pk)
        check_hosts(acting, locked.call, locked.organisation)
        if locked.call.state != CallState.RANKING:
            raise NotAllowed("placement.not-ranking")
        wanted = {one.application.pk for one in to_rank(locked)}
        if len(ranking) != len(wanted) or {row.application for row in ranking} != wanted:
            raise InvalidInput([Problem("placement.ranking-incomplete", "ranking")])
        if seen and seen != ranking_digest(locked):
            raise InvalidInput([Problem("placement.ranked-since", "ranking")])
        locked.ranks.all().delete()
        rank = 0
        for row in ranking:
            reason = check_words(row.refused, "ranking", longest=LONGEST_REASON) if row.refused else ""
            rank += not reason
            HostRank.objects.create(
                place=locked, application_id=row.application, rank=None if reason else rank, reason=reason
            )
        keep_history(acting, locked, ChangeAction.STATE)
        tell_call(locked.call, locked.organisation)
