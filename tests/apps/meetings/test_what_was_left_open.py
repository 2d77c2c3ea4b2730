"""Nothing agreed is forgotten: what each meeting of a series finds of those before it, and takes up."""

from __future__ import annotations

import datetime

import pytest

from actions_builders import make_action
from meetings_builders import Table, make_decision, make_item, make_meeting, make_series, make_table
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions import services as action_services
from noaber.apps.meetings import services
from noaber.apps.meetings.before import Before, look_back
from noaber.apps.meetings.models import Meeting, Series
from noaber.apps.meetings.queries import agenda_of
from noaber.core.problems import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
DECEMBER, MARCH, JUNE = datetime.date(2024, 12, 6), datetime.date(2025, 3, 20), datetime.date(2025, 6, 10)


@pytest.fixture
def table() -> Table:
    return make_table()


@pytest.fixture
def series(table: Table) -> Series:
    """Of which the meeting of June 2024 was the first."""
    made = make_series(table.brussels)
    Meeting.objects.filter(pk=table.meeting.pk).update(series=made)
    services.hold(table.brussels, table.meeting)
    table.meeting.refresh_from_db()
    return made


def take_place(table: Table, series: Series, day: datetime.date) -> Meeting:
    meeting = make_meeting(table.brussels, series=series, starts_on=day)
    services.hold(table.brussels, meeting)
    return meeting


def found(reader: Organisation, series: Series, day: datetime.date) -> Before:
    before = look_back(reader, series, day)
    assert before is not None
    return before


def titles(table: Table, meeting: Meeting) -> list[str]:
    return [item.title for item in agenda_of(table.brussels.organisation, meeting)]


def test_a_new_meeting_begins_with_what_the_last_one_left_open(table: Table, series: Series):
    make_item(table.brussels, table.meeting, "Finished", is_finished=True)
    make_item(table.brussels, table.meeting, "Left open", members_only=True)
    reader = table.brussels.organisation
    before = found(reader, series, DECEMBER)
    assert before.last == table.meeting
    following = make_meeting(table.brussels, series=series, starts_on=DECEMBER, carried=before.points)
    make_item(table.brussels, following, "New")
    shown = agenda_of(reader, following)
    assert [(item.title, item.carried_from) for item in shown] == [("Left open", before.points[0]), ("New", None)]
    assert found(reader, series, MARCH).points == []
    assert found(table.dusseldorf.organisation, series, MARCH).points == []


def test_what_two_meetings_ago_left_open_is_not_forgotten(table: Table, series: Series):
    make_item(table.brussels, table.meeting, "Nordic exchange")
    decision = make_decision(table.brussels, table.meeting)
    late = make_action(table.brussels, came_from=decision)
    done = make_action(table.brussels, came_from=table.meeting)
    action_services.finish_action(table.brussels, done, done_on=DECEMBER, evidence="Done.", language="en")
    december = take_place(table, series, DECEMBER)
    fresh = make_action(table.brussels, came_from=december)
    before = found(table.brussels.organisation, series, MARCH)
    assert (before.last, before.actions, before.older_actions) == (december, [fresh], [late])
    assert [item.title for item in before.points] == ["Nordic exchange"]
    assert before.decisions == []
    assert not before.is_settled
    theirs = found(table.dusseldorf.organisation, series, MARCH)
    assert (theirs.actions, theirs.older_actions) == ([], []), "an observer sees what was shared with it"


def test_a_point_is_taken_up_by_a_meeting_that_was_planned_before(table: Table, series: Series):
    first, second = (make_item(table.brussels, table.meeting, title) for title in ("First", "Second"))
    planned = make_meeting(table.brussels, series=series, starts_on=DECEMBER)
    make_item(table.brussels, planned, "New")
    services.carry_over(table.brussels, first, planned)
    services.carry_over(table.brussels, second, planned)
    assert titles(table, planned) == ["First", "Second", "New"]
    with pytest.raises(NotAllowed, match="another meeting took it up"):
        services.carry_over(table.brussels, first, planned)
    services.remove_item(table.brussels, agenda_of(table.brussels.organisation, planned)[0])
    assert found(table.brussels.organisation, series, DECEMBER).points == [first]


def test_a_meeting_that_is_called_off_takes_nothing_with_it(table: Table, series: Series):
    point = make_item(table.brussels, table.meeting, "Left open")
    planned = make_meeting(table.brussels, series=series, starts_on=DECEMBER, carried=[point])
    services.call_off(table.brussels, planned, reason="Storm.")
    assert found(table.brussels.organisation, series, MARCH).points == [point]


def test_a_point_that_one_does_not_see_or_keep_is_not_taken_up(table: Table, series: Series):
    hidden = make_item(table.brussels, table.meeting, "For members", members_only=True)
    theirs = make_meeting(table.dusseldorf, starts_on=DECEMBER)
    with pytest.raises(NotAllowed):
        services.carry_over(table.dusseldorf, hidden, theirs)
    assert theirs.items.count() == 0
    ours = make_meeting(table.brussels, series=series, starts_on=JUNE)
    with pytest.raises(NotAllowed):
        services.carry_over(table.hague, hidden, ours)
    with pytest.raises(NotFound):
        make_meeting(table.dusseldorf, carried=[hidden])
