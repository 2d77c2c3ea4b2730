"""Applications: sent, changed, withdrawn, and their personal data erased when their day has come."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.placements.enums import CallState
from noaber.apps.placements.models import ExchangeApplication, ExchangeCall, Wish
from noaber.apps.placements.permissions import check_can_write_for
from noaber.apps.placements.queries import due_for_erasure
from noaber.apps.placements.services.common import check_order, check_runs, lock_call, tell_call
from noaber.apps.placements.values import ApplicationData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import keep_history
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

LONGEST_RETENTION: Final = datetime.timedelta(days=3 * 365)


def send_application(acting: Acting, call: ExchangeCall, data: ApplicationData) -> ExchangeApplication:
    """Apply for someone of the organisation, while the call is open.

    Raises
    ------
    NotAllowed
        Where they do not write for the organisation, or the call takes no applications.
    InvalidInput
        Where no place of the call is wished, or the days do not fit.
    """
    with transaction.atomic():
        locked = lock_call(call.pk)
        _check_may(acting, locked, data.organisation.pk)
        values = _application(data, locked)
        number = (locked.applications.aggregate(last=Max("number"))["last"] or 0) + 1
        record = ExchangeApplication.objects.create(
            call=locked, organisation=data.organisation, number=number, **values
        )
        _set_wishes(record, data)
        keep_history(acting, record, ChangeAction.ADDED)
        tell_call(locked)
        return record


def change_application(acting: Acting, record: ExchangeApplication, data: ApplicationData) -> None:
    """Change it while the call is open. The history does not repeat what it said: that would outlive its erasure."""
    with transaction.atomic():
        locked = lock_call(record.call_id)
        _check_may(acting, locked, record.organisation_id)
        record = lock_row(ExchangeApplication.objects.all(), record.pk)
        for name, value in _application(data, locked).items():
            setattr(record, name, value)
        record.save()
        _set_wishes(record, data)
        keep_history(acting, record, ChangeAction.CHANGED)
        tell_call(locked)


def withdraw_application(acting: Acting, record: ExchangeApplication) -> None:
    """Take it back and delete it, until it is matched."""
    with transaction.atomic():
        locked = lock_call(record.call_id)
        check_can_write_for(acting.roles, organisation=record.organisation_id, kept=keeps(acting.organisation))
        if locked.state == CallState.MATCHED:
            raise NotAllowed("action.step-gone")
        lock_row(ExchangeApplication.objects.all(), record.pk)
        keep_history(acting, record, ChangeAction.WITHDRAWN)
        record.delete()
        tell_call(locked)


def erase_due(acting: Acting, call: ExchangeCall) -> int:
    """Erase the personal data whose day has passed; answers of how many people."""
    with transaction.atomic():
        locked = lock_call(call.pk)
        check_runs(acting, locked.programme.owner_id)
        due = list(due_for_erasure(locked, acting.today))
        for record in due:
            record.initials = record.function = record.motivation = record.consent_by = ""
            record.erased = True
            record.save()
            keep_history(acting, record, ChangeAction.STATE)
        tell_call(locked)
        return len(due)


def _check_may(acting: Acting, call: ExchangeCall, organisation: int) -> None:
    check_can_write_for(acting.roles, organisation=organisation, kept=keeps(acting.organisation))
    if call.state != CallState.OPEN or now() > call.closes_at:
        raise NotAllowed("placement.not-open")


def _application(data: ApplicationData, call: ExchangeCall) -> dict[str, Any]:
    check_order(data.free_from, data.free_until, "free_until")
    check_order(data.free_until, data.kept_until, "kept_until")
    if data.kept_until > data.free_until + LONGEST_RETENTION:
        raise InvalidInput([Problem("placement.kept-long", "kept_until")])
    offered = set(call.places.values_list("pk", flat=True))
    if not data.wishes or len(set(data.wishes)) != len(data.wishes) or not offered.issuperset(data.wishes):
        raise InvalidInput([Problem("placement.wishes", "wish_1")])
    return {
        "initials": check_words(data.initials, "initials", longest=8),
        "function": check_words(data.function, "function", longest=120),
        "work": data.work,
        "languages": dict(data.languages),
        "free_from": data.free_from,
        "free_until": data.free_until,
        "motivation": check_words(data.motivation, "motivation") if data.motivation.strip() else "",
        "language": data.language,
        "consent": data.consent,
        "consent_by": data.consent_by.strip(),
        "kept_until": data.kept_until,
    }


def _set_wishes(record: ExchangeApplication, data: ApplicationData) -> None:
    record.wishes.all().delete()
    for rank, place in enumerate(data.wishes, 1):
        Wish.objects.create(application=record, place_id=place, rank=rank)
