"""What the organisation is to do soon, or is late with: rows of the desk, and the number in the navigation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.models import Action
from noaber.apps.actions.permissions import can_report
from noaber.apps.actions.queries import SOON, pressing_actions
from noaber.apps.records.desk import DeskRow, end_of, start_of

MOST_AT_THE_DESK: Final = 8
"""The list has the others; the desk is for what burns."""


def waiting_actions(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each action of the organisation that presses, for those who report on it. Actions have no status."""
    kept = keeps(acting.organisation)
    today = at.astimezone(acting.zone).date()
    for action in pressing_actions(acting.organisation, kept, today)[:MOST_AT_THE_DESK]:
        if can_report(acting.roles, owner=action.owner_id, responsible=action.responsible_id, kept=kept):
            yield _row(action, acting)


def _row(action: Action, acting: Acting) -> DeskRow:
    due_on = action.due_on or datetime.date.max
    return DeskRow(
        key=f"action-{action.pk}",
        text=_("Action %(number)s: %(title)s") % {"number": action.number, "title": action.title},
        detail=action.responsible_function,
        other=action.owner.code,
        other_detail=_("keeps the action"),
        url=action.get_absolute_url(),
        action=_("Report"),
        due_at=end_of(due_on, acting.zone),
        since=start_of(due_on - SOON, acting.zone),
    )


def count_pressing(request: HttpRequest) -> int:
    """How many actions of the organisation are due within two weeks or late."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return pressing_actions(acting.organisation, keeps(acting.organisation), acting.today).count()
