"""Meetings, agenda, participants, decisions: what the services do, for whom, and what they refuse."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from icalendar import Calendar

from actions_builders import make_action, make_recommendation
from meetings_builders import JUNE, make_decision, make_item, make_meeting, make_participant, make_table
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.models import Feed
from noaber.apps.actions.enums import Origin
from noaber.apps.library.links import linked_with
from noaber.apps.meetings import services
from noaber.apps.meetings.calendar import write_feed, write_invitation
from noaber.apps.meetings.enums import Answer, Capacity
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting, Participant
from noaber.apps.meetings.queries import actions_of, agenda_of, came_of, recommendations_of
from noaber.apps.meetings.values import ItemData, MeetingData, ParticipantData
from noaber.apps.records.history import history_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from registry_builders import make_acting

pytestmark = pytest.mark.django_db


def test_who_is_on_the_list_sees_the_meeting_and_off_it_no_more():
    table = make_table(tlp=TlpLabel.RED)
    seen = [Meeting.objects.visible_to(one.organisation).exists() for one in (table.hague, table.dusseldorf)]
    assert seen == [True, True]
    services.disinvite(table.brussels, table.meeting.participants.get(organisation=table.dusseldorf.organisation))
    assert not Meeting.objects.visible_to(table.dusseldorf.organisation).exists()


@pytest.mark.parametrize("tlp", [TlpLabel.CLEAR, TlpLabel.GREEN, TlpLabel.AMBER, TlpLabel.RED])
def test_a_point_for_members_only_is_not_there_for_an_observer(tlp: TlpLabel):
    table = make_table(tlp=tlp, groups=["BENELUX"])
    make_item(table.brussels, table.meeting, "For all")
    secret = make_item(table.brussels, table.meeting, "For members", members_only=True)
    decided = make_decision(table.brussels, table.meeting, item=secret)
    titles = {
        one.organisation.code: [item.title for item in agenda_of(one.organisation, table.meeting)]
        for one in (table.brussels, table.hague, table.dusseldorf)
    }
    assert titles == {"BE-NCCN": ["For all", "For members"], "NL-NCC": ["For all", "For members"], "DE-NW": ["For all"]}
    assert [Decision.objects.visible_to(one.organisation).exists() for one in (table.hague, table.dusseldorf)] == [
        True,
        False,
    ]
    services.change_item(table.brussels, secret, ItemData(title="For all now", language="en"))
    assert Decision.objects.visible_to(table.dusseldorf.organisation).get() == decided


def test_a_decision_has_a_number_that_lasts():
    table = make_table()
    first, second = (make_decision(table.brussels, table.meeting) for _one in range(2))
    later = make_decision(table.brussels, table.meeting, made_on=datetime.date(2025, 1, 9))
    assert [one.number for one in (first, second, later)] == ["D-2024-001", "D-2024-002", "D-2025-001"]
    services.change_decision(table.brussels, first, text="In better words.", language="en")
    first.refresh_from_db()
    assert (first.number, first.text) == ("D-2024-001", "In better words.")
    assert history_of(first)[0].fields["text"] == ["The inventory is made.", "In better words."]


def test_an_action_of_a_decision_leads_back_to_the_meeting():
    table = make_table()
    decision = make_decision(table.brussels, table.meeting)
    action = make_action(table.brussels, came_from=decision)
    recommendation = make_recommendation(table.brussels, came_from=table.meeting)
    assert action.origin == Origin.DECISION
    assert recommendations_of(table.brussels.organisation, table.meeting) == [recommendation]
    assert [one.record for one in linked_with(table.brussels.organisation, decision)] == [table.meeting, action]
    assert actions_of(table.brussels.organisation, [table.meeting]) == [action]
    assert [(one.action, one.serves) for one in came_of(table.brussels.organisation, decision)] == [(action, [])]
    assert came_of(table.dusseldorf.organisation, decision) == []


def test_those_of_the_last_meeting_are_asked_again():
    table = make_table()
    make_participant(table.brussels, table.meeting, table.hague, function="director", mail="someone@example.org")
    Participant.objects.update(answer=Answer.ACCEPTED)
    before = list(table.meeting.participants.all())

    def asked(meeting: Meeting) -> list[tuple[Any, ...]]:
        return list(meeting.participants.values_list("organisation__code", "function", "mail", "capacity", "answer"))

    following = make_meeting(table.brussels, starts_on=datetime.date(2024, 12, 6), invited=before)
    assert asked(following) == [(*row[:4], Answer.INVITED) for row in asked(table.meeting)]
    assert Meeting.objects.visible_to(table.dusseldorf.organisation).filter(pk=following.pk).exists()
    theirs = make_meeting(table.hague, starts_on=datetime.date(2025, 1, 6), invited=before)
    assert [row[2] for row in asked(theirs)] == ["", "", ""], "an address is no business of another organisation"


def test_nobody_is_asked_from_a_meeting_that_one_does_not_see():
    table = make_table()
    hidden = make_meeting(table.brussels)
    somebody = make_participant(table.brussels, hidden, table.hague)
    with pytest.raises(NotFound):
        make_meeting(table.dusseldorf, invited=[somebody])


def test_the_order_of_the_agenda():
    table = make_table()
    first, second, third = (make_item(table.brussels, table.meeting, title) for title in "abc")
    services.move_item(table.brussels, third, by=-1)
    services.move_item(table.brussels, first, by=-1)
    assert [item.title for item in agenda_of(table.hague.organisation, table.meeting)] == ["a", "c", "b"]
    services.remove_item(table.brussels, second)
    services.save_minutes(table.brussels, third, "Words.", language="en", base=None)
    with pytest.raises(NotAllowed):
        services.remove_item(table.brussels, third)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "  "},
        {"ends_on": JUNE - datetime.timedelta(days=1)},
        {"ends_time": datetime.time(9)},
        {"starts_time": datetime.time(10), "ends_time": datetime.time(9)},
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any]):
    table = make_table()
    with pytest.raises(InvalidInput):
        make_meeting(table.brussels, **fields)


def test_only_the_keeper_changes_and_each_answers_for_itself():
    table = make_table()
    data = MeetingData(title="Other", language="en", starts_on=JUNE)
    for one in (table.hague, make_acting(table.brussels.organisation, Role.DUTY_OFFICER)):
        with pytest.raises(NotAllowed):
            services.change_meeting(one, table.meeting, data)
    hers = table.meeting.participants.get(organisation=table.hague.organisation)
    services.answer_invitation(table.hague, hers, Answer.ACCEPTED)
    hers.refresh_from_db()
    assert hers.answer == Answer.ACCEPTED
    with pytest.raises(NotAllowed):
        services.answer_invitation(table.dusseldorf, hers, Answer.DECLINED)
    with pytest.raises(InvalidInput):
        services.invite(table.brussels, table.meeting, ParticipantData())


def test_the_states_follow_one_another_and_others_hear_of_it():
    table = make_table()
    before = Feed.objects.get(organisation=table.hague.organisation).version
    services.convene(table.brussels, table.meeting)
    assert Feed.objects.get(organisation=table.hague.organisation).version > before
    with pytest.raises(NotAllowed):
        services.close(table.brussels, table.meeting)
    services.hold(table.brussels, table.meeting)
    services.close(table.brussels, table.meeting)
    with pytest.raises(NotAllowed):
        make_item(table.brussels, table.meeting)
    services.hold(table.brussels, table.meeting)
    make_item(table.brussels, table.meeting)


def invitation(meeting: Meeting) -> Any:
    meeting.refresh_from_db()
    people = meeting.participants.select_related("organisation")
    now = datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC)
    return Calendar.from_ical(write_invitation(meeting, people, address=lambda path: path, now=now))


def test_an_invitation_updates_and_is_cancelled_under_one_uid():
    table = make_table(starts_time=datetime.time(10), ends_time=datetime.time(12))
    table.meeting.participants.filter(organisation=table.hague.organisation).update(mail="desk@example.org")
    services.convene(table.brussels, table.meeting)
    first = invitation(table.meeting)
    data = MeetingData(title="Moved", language="en", starts_on=JUNE, starts_time=datetime.time(14))
    services.change_meeting(table.brussels, table.meeting, data)
    moved = invitation(table.meeting)
    services.call_off(table.brussels, table.meeting, reason="Storm.")
    gone = invitation(table.meeting)
    methods = [one["method"] for one in (first, moved, gone)]
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]
    (a,), (b,), (c,) = (one.walk("VEVENT") for one in (first, moved, gone))
    assert a["uid"] == b["uid"] == c["uid"]
    assert [one["sequence"] for one in (a, b, c)] == [1, 2, 3]
    assert a["dtstart"].dt == datetime.datetime(2024, 6, 24, 8, tzinfo=datetime.UTC)
    assert b["dtstart"].dt == datetime.datetime(2024, 6, 24, 12, tzinfo=datetime.UTC)
    assert c["status"] == "CANCELLED"
    assert [("Storm." in one["description"]) for one in (a, b, c)] == [False, False, True]
    assert [str(who) for who in a["attendee"]] == ["mailto:desk@example.org", "invalid:nomail"]
    assert [who.params["ROLE"] for who in a["attendee"]] == ["REQ-PARTICIPANT", "OPT-PARTICIPANT"]


def test_a_meeting_without_known_hours_takes_whole_days():
    table = make_table(ends_on=JUNE + datetime.timedelta(days=1))
    now = datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC)
    (entry,) = Calendar.from_ical(write_feed([table.meeting], address=lambda path: path, now=now)).walk("VEVENT")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (JUNE, JUNE + datetime.timedelta(days=2))


def test_a_member_who_joins_sees_the_points_for_members():
    table = make_table()
    make_item(table.brussels, table.meeting, members_only=True)
    make_participant(table.brussels, table.meeting, table.dusseldorf, capacity=Capacity.MEMBER)
    assert AgendaItem.objects.visible_to(table.dusseldorf.organisation).exists()
