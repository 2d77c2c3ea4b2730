"""What the meetings of a series left to the next one: points, actions and decisions, however long ago."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.enums import UNDER_WAY
from noaber.apps.actions.models import Action
from noaber.apps.meetings.enums import TOOK_PLACE, MeetingState
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting, Series
from noaber.apps.meetings.queries import actions_of, decisions_of


@dataclass(frozen=True)
class Before:
    """What a meeting finds: the last of its series, and what that one and all before it left open.

    `older_actions` came of a meeting before the last one; `points` stand on no later agenda, the oldest first.
    """

    last: Meeting
    actions: list[Action]
    decisions: list[Decision]
    older_actions: list[Action]
    points: list[AgendaItem]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open, and the last one decided nothing."""
        return not (self.actions or self.decisions or self.older_actions or self.points)


def look_back(reader: Organisation, series: Series | None, day: datetime.date, *, without: int = 0) -> Before | None:
    """What the meetings of the series that took place until `day` left, as far as `reader` sees it.

    None where there is none. `without` is the key of the meeting that looks back.
    """
    meetings = _meetings_before(reader, series, day, without=without)
    if not meetings:
        return None
    last, older = meetings[0], meetings[1:]
    actions = _under_way(actions_of(reader, [last]))
    known = {action.pk for action in actions}
    return Before(
        last=last,
        actions=actions,
        decisions=decisions_of(reader, [last]),
        older_actions=[action for action in _under_way(actions_of(reader, older)) if action.pk not in known],
        points=unfinished_points(reader, meetings),
    )


def unfinished_points(reader: Organisation, meetings: Iterable[Meeting]) -> list[AgendaItem]:
    """The points that these meetings left open and that no other meeting took up; one called off took up nothing."""
    taken_up = AgendaItem.objects.exclude(carried_from=None).exclude(meeting__state=MeetingState.CALLED_OFF)
    rows = AgendaItem.objects.visible_to(reader).filter(meeting__in=list(meetings), is_finished=False)
    rows = rows.exclude(pk__in=taken_up.values("carried_from"))
    return list(rows.select_related("meeting").order_by("meeting__starts_on", "meeting", "position", "pk"))


def _meetings_before(reader: Organisation, series: Series | None, day: datetime.date, *, without: int) -> list[Meeting]:
    """The last first."""
    if series is None:
        return []
    rows = Meeting.objects.visible_to(reader).filter(series=series, state__in=TOOK_PLACE, starts_on__lte=day)
    return list(rows.exclude(pk=without).order_by("-starts_on", "-pk"))


def _under_way(actions: Iterable[Action]) -> list[Action]:
    return [action for action in actions if action.state in UNDER_WAY]
