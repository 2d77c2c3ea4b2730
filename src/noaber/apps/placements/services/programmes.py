"""Programmes and their calls: opened, closed, ranked."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.placements.enums import CALL_STEPS, CallState
from noaber.apps.placements.models import LONGEST_TITLE, ExchangeCall, ExchangeProgramme
from noaber.apps.placements.services.common import check_order, check_runs, lock_call, tell_call
from noaber.apps.placements.values import CallData, ProgrammeData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, keep_history, set_fields
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import LONGEST_TEXT, check_words
from noaber.core.problems import NotAllowed


def add_programme(acting: Acting, data: ProgrammeData) -> ExchangeProgramme:
    """Begin a programme; it belongs to the organisation that does.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where it has no title.
    """
    acting.check_may(Permission.COOPERATE)
    values = _programme(data)
    with transaction.atomic():
        record = ExchangeProgramme.objects.create(owner=acting.organisation, **values)
        record.groups.set(group_keys(data.groups).values())
        keep_history(acting, record, ChangeAction.ADDED)
        announce_readers(record)
        return record


def change_programme(acting: Acting, record: ExchangeProgramme, data: ProgrammeData) -> None:
    """Change what it says or who sees it; who could see it before is told."""
    values = _programme(data)
    with transaction.atomic():
        locked = ExchangeProgramme.objects.select_for_update().get(pk=record.pk)
        check_runs(acting, locked.owner_id)
        saw = list(readers_of(locked))
        changes = set_fields(locked, values)
        locked.save()
        locked.groups.set(group_keys(data.groups).values())
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def _programme(data: ProgrammeData) -> dict[str, Any]:
    return {
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "purpose": check_words(data.purpose, "purpose", longest=LONGEST_TEXT) if data.purpose.strip() else "",
        "language": data.language,
        "tlp": data.tlp,
        "illustrative": data.illustrative,
        "source": data.source,
    }


def add_call(acting: Acting, programme: ExchangeProgramme, data: CallData) -> ExchangeCall:
    """Prepare a call: its owner alone sees it until it opens."""
    values = _call(data)
    with transaction.atomic():
        check_runs(acting, programme.owner_id)
        call = ExchangeCall.objects.create(programme=programme, **values)
        keep_history(acting, call, ChangeAction.ADDED)
        tell_call(call)
        return call


def change_call(acting: Acting, call: ExchangeCall, data: CallData) -> None:
    """Change its words or days, until it is matched."""
    values = _call(data)
    with transaction.atomic():
        locked = lock_call(call.pk)
        check_runs(acting, locked.programme.owner_id)
        if locked.state == CallState.MATCHED:
            raise NotAllowed("action.step-gone")
        changes = set_fields(locked, values)
        locked.save()
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        tell_call(locked)


def _call(data: CallData) -> dict[str, Any]:
    check_order(data.closes_at, data.ranked_by, "ranked_by")
    check_order(data.opens_on, data.closes_at.date(), "closes_at")
    return {
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "conditions": check_words(data.conditions, "conditions") if data.conditions.strip() else "",
        "language": data.language,
        "opens_on": data.opens_on,
        "closes_at": data.closes_at,
        "ranked_by": data.ranked_by,
    }


def step_call(acting: Acting, call: ExchangeCall, state: CallState) -> None:
    """Open it for applications, let the hosts rank, or take applications again. Matching is `confirm_matching`.

    Raises
    ------
    NotAllowed
        Where the step does not follow, it opens before its day, or there is no place for which to rank.
    """
    with transaction.atomic():
        locked = lock_call(call.pk)
        check_runs(acting, locked.programme.owner_id)
        if state not in CALL_STEPS[locked.state] or state == CallState.MATCHED:
            raise NotAllowed("action.step-gone")
        if state == CallState.OPEN and acting.today < locked.opens_on:
            raise NotAllowed("placement.too-early", day=locked.opens_on.isoformat())
        if state == CallState.RANKING and not locked.places.exists():
            raise NotAllowed("placement.no-place")
        changes = set_fields(locked, {"state": state})
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, changes)
        tell_call(locked)
