"""The deployments that run, along the hours around now: the same facts as bars and in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from noaber.apps.exchange.models import Deployment, RequestLine
from noaber.apps.planner.presenters.running import DeploymentRow
from noaber.core.messages.states import DeploymentState
from noaber.core.timeline import Axis, Bar, Course

_LEFT = frozenset({DeploymentState.EN_ROUTE, DeploymentState.AT_BORDER})
_ENDED = frozenset(
    {
        DeploymentState.RELEASED,
        DeploymentState.RECALLED,
        DeploymentState.RETURNING,
        DeploymentState.RETURNED,
        DeploymentState.SETTLED,
    }
)


@dataclass(frozen=True)
class TimelineRow:
    """One deployment.

    Parameters
    ----------
    is_own
        Means of one's own, for whomever: drawn in grey.
    late_minutes
        How much later than needed it is to arrive; 0 in time, None where it has arrived or nothing says when.
    """

    row: DeploymentRow
    bars: list[Bar]
    is_own: bool
    late_minutes: float | None
    has_ended: bool


def timeline_rows(rows: Sequence[DeploymentRow], axis: Axis) -> list[TimelineRow]:
    """Those who arrive first stand first; one statement for the deadlines."""
    lines = [row.deployment.line_id for row in rows]
    needed = dict(RequestLine.objects.filter(pk__in=lines).values_list("pk", "needed_at")) if lines else {}
    found = [_timeline_row(row, axis, needed.get(row.deployment.line_id)) for row in rows]
    return sorted(found, key=_order)


def _order(found: TimelineRow) -> tuple[bool, datetime.datetime]:
    one = found.row.deployment
    return found.has_ended, one.arrived_at or one.estimated_arrival_at or one.end_at or one.changed_at


def _timeline_row(row: DeploymentRow, axis: Axis, needed_at: datetime.datetime | None) -> TimelineRow:
    course, expected, late = _course(row.deployment), row.expected_at, None
    if expected is not None and needed_at is not None and course.ended_at is None:
        late = max(0.0, (expected - needed_at).total_seconds() / 60)
    is_own = row.given or row.deployment.is_alert
    return TimelineRow(row, axis.bars(course), is_own, late, course.ended_at is not None)


def _course(one: Deployment) -> Course:
    return Course(
        left_at=_first(one, _LEFT),
        arrives_at=one.arrived_at or one.estimated_arrival_at,
        has_arrived=one.arrived_at is not None,
        until=one.end_at,
        ended_at=_first(one, _ENDED),
    )


def _first(one: Deployment, states: frozenset[DeploymentState]) -> datetime.datetime | None:
    """When it first came into one of `states`."""
    moments = [change["at"] for change in one.changes if change["state"] in states]
    return min(map(datetime.datetime.fromisoformat, moments), default=None)
