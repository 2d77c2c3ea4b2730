"""Meetings: planned, changed, convened, held, closed, called off."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings.enums import STEPS, MeetingState
from noaber.apps.meetings.models import LONGEST_TITLE, AgendaItem, Meeting, Participant, Series
from noaber.apps.meetings.queries import drafts_about, is_writing, open_conflicts
from noaber.apps.meetings.services.agenda import place_carried
from noaber.apps.meetings.services.common import lock_meeting, readers_now, spread_sharing, tell
from noaber.apps.meetings.values import MeetingData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import keep_history, set_fields
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import check_words
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.web.clock import now

_FIELDS: Final = (
    "title",
    "language",
    "starts_on",
    "starts_time",
    "ends_time",
    "time_zone",
    "kind",
    "series",
    "place",
    "video_link",
    "host",
    "tlp",
    "illustrative",
    "source",
)
_TOLD: Final = frozenset(
    {"title", "starts_on", "ends_on", "starts_time", "ends_time", "time_zone", "place", "video_link"}
)
"""What a calendar must hear of when it changes after the meeting was convened."""


def add_meeting(
    acting: Acting,
    data: MeetingData,
    *,
    carried: Iterable[AgendaItem] = (),
    invited: Iterable[Participant] = (),
) -> Meeting:
    """Plan a meeting; it belongs to the organisation that does.

    Its agenda begins with the points in `carried`; those in `invited`, from a meeting before, are asked again.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where the title is empty, or the end lies before the beginning.
    NotFound
        Where the organisation does not see the series, a point that is carried over, or the meeting before.
    """
    acting.check_may(Permission.COOPERATE)
    values = _values(acting, data)
    with transaction.atomic():
        meeting = Meeting.objects.create(owner=acting.organisation, **values)
        meeting.groups.set(group_keys(data.groups).values())
        for somebody in invited:
            _invite_again(acting, somebody, meeting)
        spread_sharing(meeting)
        for position, item in enumerate(carried, start=1):
            place_carried(acting, item, meeting, position)
        keep_history(acting, meeting, ChangeAction.ADDED)
        tell(meeting)
        return meeting


def _invite_again(acting: Acting, somebody: Participant, meeting: Meeting) -> None:
    """The same for the new meeting, not yet answered; an address is known to who keeps the meeting before only."""
    before = Meeting.objects.get_visible(acting.organisation, pk=somebody.meeting_id)
    mail = somebody.mail if before.owner_id in keeps(acting.organisation) else ""
    Participant.objects.create(
        meeting=meeting,
        organisation=somebody.organisation,
        function=somebody.function,
        mail=mail,
        capacity=somebody.capacity,
    )


def change_meeting(acting: Acting, meeting: Meeting, data: MeetingData) -> None:
    """Change a meeting; once it is convened, a change of what, when or where makes a new version of the invitation."""
    values = _values(acting, data)
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        saw = readers_now(locked)
        changes = set_fields(locked, values)
        if locked.state == MeetingState.CONVENED and _TOLD & set(changes):
            locked.sequence += 1
        locked.save()
        locked.groups.set(group_keys(data.groups).values())
        spread_sharing(locked)
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        tell(locked, *saw)


def convene(acting: Acting, meeting: Meeting) -> None:
    """Send the invitation out: from now on the meeting stands in calendars."""
    _step(acting, meeting, MeetingState.CONVENED, version=1)


def hold(acting: Acting, meeting: Meeting) -> None:
    """It took place; or it is open again, after it was closed."""
    _step(acting, meeting, MeetingState.HELD)


def close(acting: Acting, meeting: Meeting) -> None:
    """The minutes are adopted; nobody writes in them any more.

    Raises
    ------
    NotAllowed
        Where two versions of the minutes of a point still stand beside each other, or somebody is writing about one.
    """
    unsettled = open_conflicts(meeting.items.all())
    if unsettled:
        raise NotAllowed("meeting.unsettled", title=unsettled[0].item.title)
    at = now()
    for draft in drafts_about(meeting.items.all()):
        if draft.has_words and is_writing(draft, at):
            raise NotAllowed("meeting.being-written", who=draft.writer, title=draft.item.title)
    _step(acting, meeting, MeetingState.CLOSED)


def call_off(acting: Acting, meeting: Meeting, *, reason: str) -> None:
    """It does not take place; who was invited finds it cancelled in the calendar."""
    _step(acting, meeting, MeetingState.CALLED_OFF, version=1, reason=check_words(reason, "reason", longest=1000))


def plan_again(acting: Acting, meeting: Meeting) -> None:
    """What was called off is planned again."""
    _step(acting, meeting, MeetingState.PLANNED, version=1)


def _step(acting: Acting, meeting: Meeting, state: MeetingState, *, version: int = 0, reason: str = "") -> None:
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        if state not in STEPS[locked.state]:
            raise NotAllowed("action.step-gone")
        before, locked.state = locked.state, state
        locked.sequence += version
        locked.save(update_fields=["state", "sequence"])
        keep_history(acting, locked, ChangeAction.STATE, {"state": (before, state.value)}, reason)
        tell(locked)


def _values(acting: Acting, data: MeetingData) -> dict[str, Any]:
    if (
        data.series is not None
        and not Series.objects.visible_to(acting.organisation).filter(pk=data.series.pk).exists()
    ):
        raise NotFound
    values = {name: getattr(data, name) for name in _FIELDS}
    values["title"] = check_words(data.title, "title", longest=LONGEST_TITLE)
    values["ends_on"] = data.ends_on or data.starts_on
    _check_order(values["starts_on"], data.starts_time, values["ends_on"], data.ends_time)
    return values


def _check_order(
    starts_on: datetime.date, starts_time: datetime.time | None, ends_on: datetime.date, ends_time: datetime.time | None
) -> None:
    if ends_on < starts_on:
        raise InvalidInput([Problem("meeting.ends-before", "ends_on")])
    if ends_time is not None and starts_time is None:
        raise InvalidInput([Problem("meeting.no-start", "starts_time")])
    if starts_time is not None and ends_time is not None and ends_on == starts_on and ends_time <= starts_time:
        raise InvalidInput([Problem("meeting.ends-before", "ends_time")])
