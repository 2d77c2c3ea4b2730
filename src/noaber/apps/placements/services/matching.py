"""The matching of a call: confirmed once, kept with its input, and what was arranged by hand after it."""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import (
    ExchangeApplication,
    ExchangeCall,
    ExchangePlacement,
    HostPlace,
    MatchingRun,
)
from noaber.apps.placements.queries import read_market
from noaber.apps.placements.services.common import check_runs, lock_call, lock_place, tell_call
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, keep_history, set_fields
from noaber.apps.records.words import check_words
from noaber.core.placements.market import Market, Period
from noaber.core.placements.rules import broken_rules, first_stay
from noaber.core.placements.stable import match
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


def confirm_matching(acting: Acting, call: ExchangeCall, *, digest: str) -> MatchingRun:
    """Match, keep from what, and make the placements.

    Parameters
    ----------
    digest
        Of the input that the person looked at: where it changed since, nothing is confirmed.

    Raises
    ------
    NotAllowed
        Where the hosts do not rank now, or something changed since the preview.
    """
    with transaction.atomic():
        locked = lock_call(call.pk)
        check_runs(acting, locked.programme.owner_id)
        if locked.state != CallState.RANKING:
            raise NotAllowed("action.step-gone")
        market = read_market(locked)
        if market.digest() != digest:
            raise NotAllowed("placement.changed-since")
        pairs = match(market)
        run = MatchingRun.objects.create(
            call=locked,
            at=now(),
            organisation=acting.organisation,
            by=Author.of(acting).by,
            digest=digest,
            market=market.encode(),
            pairs={str(application): place for application, place in sorted(pairs.items())},
        )
        for application, place in sorted(pairs.items()):
            _place(acting, market, application, place)
        changes = set_fields(locked, {"state": CallState.MATCHED})
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, changes)
        tell_call(locked)
        return run


def place_by_hand(
    acting: Acting, application: ExchangeApplication, place: HostPlace, *, reason: str, language: str
) -> ExchangePlacement:
    """Give an applicant another place than the matching did, or one at all, with the reason; it shows from then on.

    Raises
    ------
    NotAllowed
        Where the place is full, a hard rule stands against it, or the placement is confirmed already.
    """
    words = check_words(reason, "reason", longest=300)
    with transaction.atomic():
        locked = lock_place(place.pk)
        call = locked.call
        check_runs(acting, call.programme.owner_id)
        if call.state != CallState.MATCHED or application.call_id != call.pk:
            raise NotAllowed("action.step-gone")
        market = Market.decode(MatchingRun.objects.get(call=call).market)
        if broken_rules(market.applicants[application.pk], market.places[locked.pk]):
            raise NotAllowed("placement.rule")
        others = locked.placements.exclude(application=application).exclude(state=PlacementState.CANCELLED)
        if others.count() >= locked.capacity:
            raise NotAllowed("placement.full")
        old = ExchangePlacement.objects.filter(application=application).first()
        if old is not None and old.state not in (PlacementState.PLANNED, PlacementState.CANCELLED):
            raise NotAllowed("placement.placed-already")
        told = [] if old is None else [old.host]
        record = _place(acting, market, application.pk, locked.pk, reason=words, language=language, old=old)
        announce_readers(record, *told)
        tell_call(call)
        return record


def _place(
    acting: Acting,
    market: Market,
    application: int,
    place: int,
    *,
    reason: str = "",
    language: str = "",
    old: ExchangePlacement | None = None,
) -> ExchangePlacement:
    """A placement for the first stay that fits, which the sender and the host see."""
    stay = _stay(market, application, place)
    applicant = ExchangeApplication.objects.select_related("organisation", "call__programme").get(pk=application)
    record = old or ExchangePlacement(owner=applicant.call.programme.owner, application=applicant)
    before = record.place.title if old else ""
    record.place = HostPlace.objects.select_related("organisation").get(pk=place)
    record.begins_on, record.ends_on, record.state = stay.begins, stay.ends, PlacementState.PLANNED
    record.override_reason, record.override_language = reason, language if reason else ""
    record.sequence += old is not None
    record.save()
    record.addressees.set(_concerned(record))
    keep_history(
        acting,
        record,
        ChangeAction.CHANGED if old else ChangeAction.ADDED,
        {"place": (before, record.place.title)},
        reason,
    )
    return record


def _stay(market: Market, application: int, place: int) -> Period:
    stay = first_stay(market.applicants[application], market.places[place])
    if stay is None:
        raise NotAllowed("placement.rule")
    return stay


def _concerned(record: ExchangePlacement) -> list[Organisation]:
    return [record.sender, record.host]
