"""What the services do, for whom, and what they refuse."""

from __future__ import annotations

import datetime

import pytest

from actions_builders import WORKSHOP, make_action, make_centres, make_recommendation
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.accounts.models import Feed
from noaber.apps.actions import services
from noaber.apps.actions.enums import ActionState, Origin, RecommendationState
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.actions.subjects import GapSubject, decode_subject
from noaber.apps.library.links import linked_with
from noaber.apps.records.history import history_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from registry_builders import make_acting, make_organisation

pytestmark = pytest.mark.django_db


def test_numbers_last_and_run_by_year():
    brussels, hague, _ = make_centres()
    numbers = [make_action(brussels).number, make_action(hague).number]
    numbers.append(make_action(brussels, made_on=datetime.date(2025, 1, 9)).number)
    assert numbers == ["A-2024-001", "A-2024-002", "A-2025-001"]
    assert make_recommendation(hague).number == "R-2024-001"


def test_the_thousandth_number_follows_the_last_one():
    brussels, _, _ = make_centres()
    record = make_action(brussels)
    Action.objects.filter(pk=record.pk).update(number="A-2024-1203")
    assert make_action(brussels).number == "A-2024-1204"


def test_a_recommendation_becomes_an_action_that_says_where_it_came_from():
    brussels, hague, _ = make_centres()
    recommendation = make_recommendation(brussels, groups=["BENELUX"], origin=Origin.WORKSHOP)
    data = {"title": "Make the list", "language": "en", "responsible": hague.organisation, "made_on": WORKSHOP}
    action = services.add_action_of(brussels, recommendation, data)
    assert action.origin == Origin.RECOMMENDATION
    assert [(str(one.how), one.title) for one in linked_with(hague.organisation, action)] == [
        ("came from", "R-2024-001 Share one contact list.")
    ]
    assert [one.record for one in linked_with(hague.organisation, recommendation)] == [action]


def test_a_declined_recommendation_becomes_none_until_it_is_accepted():
    brussels, _, _ = make_centres()
    recommendation = make_recommendation(brussels)
    services.decline_recommendation(brussels, recommendation, reason="Done elsewhere.", language="en")
    recommendation.refresh_from_db()
    data = {"title": "List", "language": "en", "responsible": brussels.organisation, "made_on": WORKSHOP}
    with pytest.raises(NotAllowed):
        services.add_action_of(brussels, recommendation, data)
    services.accept_recommendation(brussels, recommendation)
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.state_reason) == (RecommendationState.ACCEPTED, "")
    services.carry_out_recommendation(brussels, recommendation)
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.CARRIED_OUT


def test_declining_needs_a_reason():
    brussels, _, _ = make_centres()
    with pytest.raises(InvalidInput):
        services.decline_recommendation(brussels, make_recommendation(brussels), reason="  ", language="en")


def test_a_gap_is_kept_as_codes():
    brussels, _, _ = make_centres()
    gap = GapSubject(("BE33", "NL42"), "HCP", "flood")
    recommendation = make_recommendation(brussels, about=gap, origin=Origin.GAP)
    assert decode_subject(Recommendation.objects.get(pk=recommendation.pk).about) == gap
    assert "No text between" in gap.title


def test_the_responsible_always_sees_it_and_another_one_does_not():
    brussels, hague, dusseldorf = make_centres()
    action = make_action(brussels, responsible=hague.organisation, tlp=TlpLabel.RED)
    seen = [Action.objects.visible_to(one.organisation).exists() for one in (brussels, hague, dusseldorf)]
    assert seen == [True, True, False]
    services.assign_action(brussels, action, dusseldorf.organisation, function="Duty desk")
    seen = [Action.objects.visible_to(one.organisation).exists() for one in (brussels, hague, dusseldorf)]
    assert seen == [True, False, True]


def test_who_could_see_it_before_hears_that_it_was_given_to_another():
    brussels, hague, dusseldorf = make_centres()
    action = make_action(brussels, responsible=hague.organisation)
    before = Feed.objects.get(organisation=hague.organisation).version
    services.assign_action(brussels, action, dusseldorf.organisation)
    assert Feed.objects.get(organisation=hague.organisation).version > before


def test_the_first_report_sets_it_to_work():
    brussels, hague, _ = make_centres()
    action = make_action(brussels, responsible=hague.organisation)
    services.report_progress(hague, action, "A draft is there.", language="en")
    services.report_progress(hague, action, "It was sent round.", language="en")
    action.refresh_from_db()
    assert action.state == ActionState.IN_PROGRESS
    assert [note.text for note in action.notes.all()] == ["It was sent round.", "A draft is there."]


@pytest.mark.parametrize(
    ("where", "role", "may"),
    [
        ("responsible", Role.DUTY_OFFICER, True),
        ("responsible", Role.OBSERVER, False),
        ("keeper", Role.POLICY_OFFICER, True),
        ("keeper", Role.DUTY_OFFICER, False),
        ("other", Role.POLICY_OFFICER, False),
    ],
)
def test_who_may_report(where: str, role: Role, may: bool):
    brussels, hague, dusseldorf = make_centres()
    action = make_action(brussels, responsible=hague.organisation, groups=["BENELUX"], tlp=TlpLabel.GREEN)
    organisation = {"keeper": brussels, "responsible": hague, "other": dusseldorf}[where].organisation
    acting = make_acting(organisation, role)
    if may:
        services.report_progress(acting, action, "Under way.", language="en")
    else:
        with pytest.raises(NotAllowed):
            services.report_progress(acting, action, "Under way.", language="en")


def test_only_who_cooperates_adds_and_only_the_keeper_changes():
    brussels, hague, _ = make_centres()
    with pytest.raises(NotAllowed):
        make_action(make_acting(brussels.organisation, Role.DUTY_OFFICER))
    action = make_action(brussels, responsible=hague.organisation)
    with pytest.raises(NotAllowed):
        services.drop_action(hague, action, reason="No.", language="en")
    with pytest.raises(NotAllowed):
        services.assign_action(hague, action, brussels.organisation)


def test_done_needs_evidence_and_a_day_that_has_come():
    brussels, _, _ = make_centres()
    action = make_action(brussels)
    with pytest.raises(InvalidInput, match="what shows"):
        services.finish_action(brussels, action, done_on=WORKSHOP)
    for day in (WORKSHOP - datetime.timedelta(days=1), datetime.date(2199, 1, 1)):
        with pytest.raises(InvalidInput, match="Choose a day"):
            services.finish_action(brussels, action, done_on=day, evidence="Minutes.", language="en")
    services.finish_action(brussels, action, done_on=WORKSHOP, evidence="Minutes.", language="en")
    action.refresh_from_db()
    assert (action.state, action.done_on, action.evidence) == (ActionState.DONE, WORKSHOP, "Minutes.")
    with pytest.raises(NotAllowed):
        services.report_progress(brussels, action, "More.", language="en")


def test_a_record_is_evidence_if_one_sees_it():
    brussels, hague, _ = make_centres()
    action = make_action(hague)
    hidden = make_recommendation(brussels, tlp=TlpLabel.RED)
    with pytest.raises(NotFound):
        services.finish_action(hague, action, done_on=WORKSHOP, shown_by=hidden)
    services.finish_action(hague, action, done_on=WORKSHOP, shown_by=make_recommendation(hague))
    assert [str(one.how) for one in linked_with(hague.organisation, action)] == ["has as evidence"]


def test_reopening_keeps_the_evidence_in_the_history():
    brussels, _, _ = make_centres()
    action = make_action(brussels)
    services.finish_action(brussels, action, done_on=WORKSHOP, evidence="Minutes.", language="en")
    services.reopen_action(brussels, action, reason="The list is old.", language="en")
    action.refresh_from_db()
    assert (action.state, action.done_on, action.evidence) == (ActionState.OPEN, None, "")
    assert history_of(action)[0].fields["evidence"] == ["Minutes.", ""]
    with pytest.raises(NotAllowed):
        services.reopen_action(brussels, action, reason="Again.", language="en")


def test_a_part_without_noaber_is_reported_on_by_the_one_above_it():
    brussels, _, _ = make_centres()
    part = make_organisation("BE-VLI", parent=brussels.organisation, connected=False)
    action = make_action(brussels, responsible=part)
    services.report_progress(make_acting(brussels.organisation, Role.DUTY_OFFICER), action, "By phone.", language="en")


def test_overdue_is_a_matter_of_the_day():
    brussels, _, _ = make_centres()
    action = make_action(brussels, due_on=datetime.date(2024, 9, 1))
    assert not action.is_overdue(datetime.date(2024, 9, 1))
    assert action.is_overdue(datetime.date(2024, 9, 2))
    services.drop_action(brussels, action, reason="No need.", language="en")
    action.refresh_from_db()
    assert not action.is_overdue(datetime.date(2024, 9, 2))
