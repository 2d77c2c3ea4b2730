"""Placements: confirmed, moved, reported on before and after, called off; what was learned becomes a practice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.placements.enums import PLACEMENT_STEPS, PlacementState
from noaber.apps.placements.models import ExchangePlacement
from noaber.apps.placements.permissions import can_write_for
from noaber.apps.placements.services.common import (
    check_hosts,
    check_order,
    check_runs,
    reports_as_guest,
    reports_as_host,
)
from noaber.apps.practices.enums import Occasion
from noaber.apps.practices.models import Practice
from noaber.apps.practices.services import add_practice
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, keep_history, set_fields
from noaber.apps.records.words import check_words
from noaber.core.problems import NotAllowed


def step_placement(acting: Acting, record: ExchangePlacement, state: PlacementState, *, reason: str = "") -> None:
    """Confirm it, say that it is done, call it off with the reason, or plan it again.

    Raises
    ------
    NotAllowed
        Where they do not run the programme, or the step does not follow.
    """
    words = check_words(reason, "reason", longest=300) if state == PlacementState.CANCELLED else ""
    with transaction.atomic():
        locked = _lock(record)
        check_runs(acting, locked.owner_id)
        if state not in PLACEMENT_STEPS[locked.state]:
            raise NotAllowed("action.step-gone")
        if state == PlacementState.PLANNED and _is_full(locked):
            raise NotAllowed("placement.full")
        changes = set_fields(locked, {"state": state, "sequence": locked.sequence + 1})
        locked.save()
        keep_history(acting, locked, ChangeAction.STATE, {"state": changes["state"]}, words)
        announce_readers(locked)


def _is_full(record: ExchangePlacement) -> bool:
    others = record.place.placements.exclude(pk=record.pk).exclude(state=PlacementState.CANCELLED)
    return others.count() >= record.place.capacity


def move_stay(acting: Acting, record: ExchangePlacement, begins: datetime.date, ends: datetime.date) -> None:
    """Agree on other days; the host or whoever runs the programme writes them down."""
    check_order(begins, ends, "ends_on")
    with transaction.atomic():
        locked = _lock(record)
        check_hosts(acting, locked.application.call, locked.host)
        if locked.state not in (PlacementState.PLANNED, PlacementState.CONFIRMED):
            raise NotAllowed("action.step-gone")
        changes = set_fields(locked, {"begins_on": begins, "ends_on": ends})
        if changes:
            locked.sequence += 1
        locked.save()
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked)


def report_before(acting: Acting, record: ExchangePlacement, text: str, *, language: str) -> None:
    """What the one who goes wants to learn."""
    _report(acting, record, "before", text, language)


def report_after(acting: Acting, record: ExchangePlacement, text: str, *, language: str) -> None:
    """What the one who went learned, when the stay has begun."""
    _check_begun(acting, record)
    _report(acting, record, "after", text, language)


def report_as_host_before(acting: Acting, record: ExchangePlacement, text: str, *, language: str) -> None:
    """What the host prepares, and what it hopes to hear from the one who comes."""
    _report(acting, record, "host_before", text, language)


def report_as_host_after(acting: Acting, record: ExchangePlacement, text: str, *, language: str) -> None:
    """How it went for the host, and what it learned, when the stay has begun."""
    _check_begun(acting, record)
    _report(acting, record, "host_after", text, language)


def _check_begun(acting: Acting, record: ExchangePlacement) -> None:
    if acting.today < record.begins_on:
        raise NotAllowed("placement.not-begun")


def _report(acting: Acting, record: ExchangePlacement, name: str, text: str, language: str) -> None:
    words = check_words(text, "text")
    with transaction.atomic():
        locked = _lock(record)
        reports = reports_as_host if name.startswith("host") else reports_as_guest
        if not reports(acting, locked):
            raise NotAllowed("placement.not-ours")
        if locked.state == PlacementState.CANCELLED:
            raise NotAllowed("action.step-gone")
        changes = set_fields(locked, {name: words, f"{name}_language": language})
        locked.save()
        keep_history(acting, locked, ChangeAction.CHANGED, {key: told for key, told in changes.items() if key == name})
        announce_readers(locked)


def keep_as_practice(
    acting: Acting, record: ExchangePlacement, *, title: str, summary: str, language: str, themes: Sequence[str]
) -> Practice:
    """Write down as a practice what sender or host learned, linked with the placement that led to it.

    By the `themes`, codes of their list, it is found in every language.

    Raises
    ------
    NotAllowed
        Where they write for neither, or the one for whom they write has not reported what it learned.
    """
    sends = can_write_for(acting.roles, organisation=record.sender.pk, kept=keeps(acting.organisation))
    if not sends:
        check_hosts(acting, record.application.call, record.host)
    if not (record.after if sends else record.host_after):
        raise NotAllowed("placement.no-report")
    data = {
        "language": language,
        "title": title,
        "summary": summary,
        "place": record.place.town,
        "made_on": min(record.ends_on, acting.today),
        "themes": themes,
        "occasion": Occasion.EXCHANGE,
        "occasion_name": record.application.call.title,
        "groups": list(record.application.call.programme.groups.values_list("code", flat=True)),
        "illustrative": record.application.call.programme.illustrative,
    }
    return add_practice(acting, data, source=record)


def _lock(record: ExchangePlacement) -> ExchangePlacement:
    rows = ExchangePlacement.objects.select_for_update(of=("self",))
    return rows.select_related("application__organisation", "application__call__programme", "place__organisation").get(
        pk=record.pk
    )
