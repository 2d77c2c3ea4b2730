"""An invitation waits at the desk of whom it was sent to, until they answer or it is over."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from meetings_builders import make_table
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.meetings import services
from noaber.apps.meetings.enums import Answer
from noaber.apps.meetings.waiting import waiting_invitations
from noaber.apps.planner.presenters.waiting import own_rows
from noaber.web import clock
from registry_builders import make_acting

pytestmark = pytest.mark.django_db
BEFORE = datetime.datetime(2024, 6, 20, 9, tzinfo=datetime.UTC)


def texts(acting: Acting, at: datetime.datetime = BEFORE) -> list[str]:
    return [row.text for row in waiting_invitations(acting, "Exercise", at)]


def test_an_invitation_waits_until_it_is_answered():
    table = make_table(tlp=TlpLabel.RED)
    assert texts(table.hague) == []
    services.convene(table.brussels, table.meeting)
    assert texts(table.hague) == texts(table.dusseldorf) == ["Invitation: Meeting of the directors"]
    assert texts(table.brussels) == []
    invited = table.meeting.participants.get(organisation=table.hague.organisation)
    services.answer_invitation(table.hague, invited, Answer.DECLINED)
    assert texts(table.hague) == []
    assert texts(table.dusseldorf) != []


def test_an_invitation_to_what_is_over_or_that_one_may_not_answer_does_not_wait():
    table = make_table()
    services.convene(table.brussels, table.meeting)
    assert texts(table.hague, BEFORE + datetime.timedelta(days=5)) == []
    assert texts(make_acting(table.hague.organisation, Role.OBSERVER)) == []


def test_an_exercise_that_plays_before_a_meeting_was_planned_does_not_know_its_invitation(settings: Any):
    settings.NOABER_STATUS = "Exercise"
    with clock.at(BEFORE - datetime.timedelta(days=20)):
        table = make_table()
        services.convene(table.brussels, table.meeting)
    with clock.at(BEFORE - datetime.timedelta(days=1100)):
        assert [row.has_come for row in waiting_invitations(table.hague, "Exercise", clock.now())] == [False]
        assert own_rows(table.hague, "Exercise", clock.now(), {}) == []
    with clock.at(BEFORE):
        assert [row.text for row in own_rows(table.hague, "Exercise", clock.now(), {})] == [
            "Invitation: Meeting of the directors"
        ]
