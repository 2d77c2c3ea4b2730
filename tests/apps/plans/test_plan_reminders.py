"""Reminding all who are late, and all who have not commented: whom it reaches, how often, and what stands at a desk."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.actions import services as action_services
from noaber.apps.plans import services
from noaber.apps.plans.models import Plan, Reminder
from noaber.apps.plans.reminders import late_lines
from noaber.apps.plans.standing import plan_on
from noaber.apps.plans.waiting import waiting_consultations, waiting_late
from noaber.core.problems import NotAllowed
from noaber.web import clock
from plans_builders import director_of, make_objective, make_plan, make_serving
from registry_builders import make_acting, make_organisation

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2024, 11, 12, 9, tzinfo=datetime.UTC)
NEXT_DAY = NOW + datetime.timedelta(days=1)
DUE_ON = datetime.date(2024, 11, 3)
UNTIL = datetime.date(2024, 11, 30)


@pytest.fixture(autouse=True)
def november(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(NOW):
        yield


@pytest.fixture
def late(november: None, db: None) -> tuple[Acting, Acting, Plan]:
    """Brussels keeps a plan; The Hague and Brussels are late, Düsseldorf too, which does not see the plan."""
    brussels, hague, dusseldorf = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    for acting in (brussels, hague, dusseldorf):
        make_serving(brussels, objective, f"For {acting}", responsible=acting.organisation, due_on=DUE_ON)
    return brussels, hague, plan


def desk(acting: Acting, source: Any) -> list[tuple[str, str]]:
    return [(row.text, row.other_detail) for row in source(acting, "Exercise", clock.now())]


def test_all_others_who_are_late_and_see_the_plan_are_reminded(late):
    brussels, hague, plan = late
    assert services.remind_late(brussels, plan) == [hague.organisation]
    told = {
        one.line.action.responsible.code: one.reminded_at
        for one in late_lines(plan_on(brussels.organisation, plan, NOW.date()), brussels.zone)
    }
    assert told == {"BE-NCCN": None, "NL-NCC": NOW, "DE-NW": None}


def test_nobody_is_reminded_of_the_same_twice_a_day(late):
    brussels, _, plan = late
    services.remind_late(brussels, plan)
    with pytest.raises(NotAllowed):
        services.remind_late(brussels, plan)
    with clock.at(NEXT_DAY):
        services.remind_late(brussels, plan)
    assert Reminder.objects.count() == 2


def test_it_stands_at_their_desk_until_it_is_done(late):
    brussels, hague, plan = late
    assert desk(hague, waiting_late) == []
    services.remind_late(brussels, plan)
    assert desk(hague, waiting_late) == [("Late in the plan: Annual plan 2024", "reminded you on 12 November 2024")]
    assert desk(brussels, waiting_late) == []
    officer = make_acting(hague.organisation, Role.DUTY_OFFICER)
    assert desk(officer, waiting_late) == []
    [action] = [
        line.action
        for line in plan_on(hague.organisation, plan, NOW.date()).late
        if line.action.responsible == hague.organisation
    ]
    action_services.finish_action(hague, action, done_on=NOW.date(), evidence="The letter.", language="en")
    assert desk(hague, waiting_late) == []


def test_a_reminder_from_before_does_not_count_for_what_is_late_since(late):
    brussels, hague, plan = late
    services.remind_late(brussels, plan)
    fresh = make_serving(
        brussels, plan.objectives.get(), "Another", responsible=hague.organisation, due_on=datetime.date(2024, 11, 13)
    )
    with clock.at(NOW + datetime.timedelta(days=2)):
        lines = late_lines(plan_on(brussels.organisation, plan, clock.now().date()), brussels.zone)
    assert [one.reminded_at for one in lines if one.line.action == fresh] == [None]


def test_only_who_keeps_the_plan_reminds_and_only_while_it_runs(late):
    brussels, hague, plan = late
    with pytest.raises(NotAllowed):
        services.remind_late(hague, plan)
    services.adopt_plan(director_of(brussels), plan, adopted_on=NOW.date(), adopted_by="The directors")
    services.close_plan(brussels, plan)
    with pytest.raises(NotAllowed):
        services.remind_late(brussels, plan)


def test_nobody_late_is_said(late):
    brussels, _, _ = late
    with pytest.raises(NotAllowed):
        services.remind_late(brussels, make_plan(brussels, tlp=TlpLabel.RED))


def test_only_those_who_have_not_spoken_are_reminded_to_comment():
    brussels, _, dusseldorf = make_centres()
    mainz, metz, liege = (make_acting(make_organisation(code), Role.PLANNER) for code in ("DE-RP", "FR-GE", "BE-LG"))
    plan = make_plan(brussels)
    asked = [acting.organisation for acting in (dusseldorf, mainz, metz)]
    consultation = services.open_consultation(brussels, plan, asked, until=UNTIL)
    services.comment_on(dusseldorf, consultation, "Name the region.", language="en")
    services.finish_commenting(mainz, consultation)
    assert services.remind_silent(brussels, consultation) == [metz.organisation]
    assert desk(metz, waiting_consultations) == [
        ("Draft to comment on: Annual plan 2024", "reminded you on 12 November 2024")
    ]
    assert desk(liege, waiting_consultations) == []
    with pytest.raises(NotAllowed):
        services.remind_silent(brussels, consultation)
    with pytest.raises(NotAllowed):
        services.remind_silent(metz, consultation)
    with clock.at(NEXT_DAY + datetime.timedelta(days=30)), pytest.raises(NotAllowed):
        services.remind_silent(brussels, consultation)
