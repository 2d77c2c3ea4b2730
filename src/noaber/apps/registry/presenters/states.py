"""The page of a control room: its teams in rows, and what was reported last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from noaber.apps.accounts.functions import read_function
from noaber.apps.records.models import Change
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.presenters.capacities import STATE_TAGS, CapacityView, present_capacity
from noaber.apps.registry.presenters.capacity_changes import capacity_changed

MOST_BUTTONS: Final = 12
"""Up to so many teams a number is a button; beyond that one types it."""


@dataclass(frozen=True)
class Touch:
    """A state that a row offers. Its value is what the button sends."""

    value: str
    words: str
    icon: str
    tag: str
    is_now: bool


@dataclass(frozen=True)
class TeamView:
    """One row: `fewer` are the numbers to which it may be reduced by a touch."""

    view: CapacityView
    seen: int
    by: str
    touches: list[Touch]
    fewer: list[int]
    most: int
    reduced_to: int | None


@dataclass(frozen=True)
class ReportView:
    """One line of what was reported last."""

    at: datetime
    name: str
    by: str
    words: str
    reason: str


def present_team(row: Any, seen: int, last: Change | None, now: datetime) -> TeamView:
    most = row.quantity - 1
    return TeamView(
        view=present_capacity(row, now),
        seen=seen,
        by=read_function(last.by) if last else "",
        touches=[_touch(state, row.state) for state in CapacityState if state is not CapacityState.REDUCED],
        fewer=list(range(most, 0, -1)) if most <= MOST_BUTTONS else [],
        most=most,
        reduced_to=row.reduced_to,
    )


def _touch(state: CapacityState, now: str) -> Touch:
    tag, icon = STATE_TAGS[state]
    return Touch(state.value, str(state.label), icon, tag, state == now)


def present_reports(changes: Iterable[Change], names: Mapping[int, str]) -> list[ReportView]:
    return [
        ReportView(change.at, names.get(change.subject_id, ""), read_function(change.by), _words(change), change.reason)
        for change in changes
    ]


def _words(change: Change) -> str:
    """From which state to which; nothing where it was confirmed."""
    if "state" in change.fields:
        before, after = capacity_changed("state", *change.fields["state"]) or ("", "")
        left = change.fields.get("reduced_to", (None, None))[1]
        return f"{before} → {after}" + (f" ({left})" if left else "")
    if "reduced_to" in change.fields:
        before, after = change.fields["reduced_to"]
        return f"{before} → {after}"
    return ""
