"""The steps of meetings, their agenda, minutes and decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings_builders import JUNE, make_decision, make_item, make_meeting, make_participant, make_series, make_table
from noaber.apps.accounts.acting import Acting
from noaber.apps.meetings import services
from noaber.apps.meetings.enums import Answer
from noaber.apps.meetings.values import ItemData, MeetingData, ParticipantData, SeriesData
from steps import Step
from steps.actions import of_brussels


def with_meeting(make: Callable[[Acting, Any], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    """A meeting of Brussels, or what is made in it."""

    def made() -> tuple[Acting, Any]:
        table = make_table()
        return table.brussels, make(table.brussels, table.meeting) if make else table.meeting

    return made


def convened(acting: Acting, meeting: Any) -> Any:
    services.convene(acting, meeting)
    return meeting


def held(acting: Acting, meeting: Any) -> Any:
    services.hold(acting, convened(acting, meeting))
    return meeting


def called_off(acting: Acting, meeting: Any) -> Any:
    services.call_off(acting, meeting, reason="Storm.")
    return meeting


def two_items(acting: Acting, meeting: Any) -> Any:
    make_item(acting, meeting)
    return make_item(acting, meeting, "Radio")


def item_and_next(acting: Acting, meeting: Any) -> Any:
    return make_item(acting, meeting), make_meeting(acting, title="The next one")


def of_hague() -> tuple[Acting, Any]:
    table = make_table()
    return table.hague, table.meeting.participants.get(organisation=table.hague.organisation)


STEPS = {
    "add_series": Step(of_brussels, lambda acting, _centre: make_series(acting)),
    "change_series": Step(
        with_meeting(lambda acting, _meeting: make_series(acting)),
        lambda acting, record: services.change_series(acting, record, SeriesData({"en": "Directors"})),
    ),
    "add_meeting": Step(of_brussels, lambda acting, _centre: make_meeting(acting)),
    "change_meeting": Step(
        with_meeting(),
        lambda acting, record: services.change_meeting(acting, record, MeetingData("Directors", "en", JUNE)),
    ),
    "convene": Step(with_meeting(), services.convene),
    "hold": Step(with_meeting(convened), services.hold),
    "close": Step(with_meeting(held), services.close),
    "call_off": Step(with_meeting(), lambda acting, record: services.call_off(acting, record, reason="Storm.")),
    "plan_again": Step(with_meeting(called_off), services.plan_again),
    "invite": Step(
        with_meeting(), lambda acting, record: services.invite(acting, record, ParticipantData(function="guest"))
    ),
    "disinvite": Step(
        with_meeting(lambda acting, meeting: make_participant(acting, meeting, acting)), services.disinvite
    ),
    "answer_invitation": Step(
        of_hague, lambda acting, record: services.answer_invitation(acting, record, Answer.ACCEPTED)
    ),
    "add_item": Step(with_meeting(), make_item),
    "change_item": Step(
        with_meeting(make_item),
        lambda acting, record: services.change_item(acting, record, ItemData("Radio", "en")),
    ),
    "finish_item": Step(
        with_meeting(make_item), lambda acting, record: services.finish_item(acting, record, finished=True)
    ),
    "move_item": Step(
        with_meeting(two_items),
        lambda acting, record: services.move_item(acting, record, by=-1),
        told_by="the order of the agenda",
    ),
    "remove_item": Step(with_meeting(make_item), services.remove_item),
    "carry_over": Step(with_meeting(item_and_next), lambda acting, both: services.carry_over(acting, *both)),
    "add_decision": Step(with_meeting(), make_decision),
    "change_decision": Step(
        with_meeting(make_decision),
        lambda acting, record: services.change_decision(acting, record, text="It is kept.", language="en"),
    ),
    "save_minutes": Step(
        with_meeting(make_item),
        lambda acting, record: services.save_minutes(acting, record, "Agreed.", language="en", base=None),
        told_by="the version that it makes",
    ),
    "keep_draft": Step(
        with_meeting(make_item),
        lambda acting, record: services.keep_draft(acting, record, "Agr", language="en", base=None),
        told_by="nothing: it is not said yet",
    ),
}
NO_STEPS = {
    "leave_draft": "takes back what the one who acts has not said yet",
    "drafts_of": "reads",
    "place_carried": "a part of add_meeting and carry_over",
}
