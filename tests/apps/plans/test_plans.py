"""Plans and objectives: what the services do, for whom, and what they refuse; progress as each reader sees it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from actions_builders import make_action, make_centres
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.actions import services as action_services
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with
from noaber.apps.plans import services
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.presenters.snapshots import read_snapshots
from noaber.apps.plans.standing import plan_on
from noaber.apps.plans.values import IndicatorData, ObjectiveData
from noaber.apps.records.history import history_of
from noaber.core.plans.progress import Standing
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock
from plans_builders import director_of, make_objective, make_plan, make_programme, make_serving
from registry_builders import make_acting

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 11, 12)


@pytest.fixture(autouse=True)
def november(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(datetime.datetime(2024, 11, 12, 9, tzinfo=datetime.UTC)):
        yield


def test_a_plan_has_a_lasting_number_and_is_shared_as_it_says():
    brussels, hague, dusseldorf = make_centres()
    plan = make_plan(brussels)
    assert [plan.number, make_plan(hague).number] == ["P-2024-01", "P-2024-02"]
    assert plan in Plan.objects.visible_to(hague.organisation)
    assert plan not in Plan.objects.visible_to(dusseldorf.organisation)
    green = make_plan(brussels, tlp=TlpLabel.GREEN)
    assert green in Plan.objects.visible_to(dusseldorf.organisation)


def test_a_duty_officer_begins_no_plan():
    brussels, _, _ = make_centres()
    with pytest.raises(NotAllowed):
        make_plan(make_acting(brussels.organisation, Role.DUTY_OFFICER))


@pytest.mark.parametrize("fields", [{"titles": {"en": "  "}}, {"last_year": 2025}, {"first_year": 2025}])
def test_a_plan_needs_a_title_and_years_that_fit(fields):
    brussels, _, _ = make_centres()
    with pytest.raises(InvalidInput):
        make_plan(brussels, **fields)


def test_progress_is_counted_from_the_actions_that_serve_and_each_says_why_it_is_late():
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    part = make_objective(brussels, plan, "The cost rules", parent=objective)
    done = make_serving(brussels, objective)
    action_services.finish_action(brussels, done, done_on=TODAY, evidence="18 texts", language="en")
    late = make_serving(
        brussels, part, "Find the rule of 1984", due_on=datetime.date(2024, 11, 3), responsible=hague.organisation
    )
    action_services.report_progress(hague, late, "The archive was asked.", language="en")
    services.weigh_action(brussels, objective, done, 3)
    view = plan_on(brussels.organisation, plan, TODAY)
    assert (view.progress.done, view.progress.late, view.progress.share) == (1, 1, Fraction(3, 4))
    [line] = view.late
    assert (line.standing, line.days_late, line.why and line.why.text) == (Standing.LATE, 9, "The archive was asked.")
    assert [one.objective.number for one in view.objectives[0].every] == ["1", "1.1"]


def test_what_one_does_not_see_is_not_counted():
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    make_serving(brussels, objective)
    make_serving(brussels, objective, "Between us", tlp=TlpLabel.RED)
    assert plan_on(brussels.organisation, plan, TODAY).progress.total == 2
    assert plan_on(hague.organisation, plan, TODAY).progress.total == 1


def test_an_action_that_serves_two_objectives_counts_once_in_the_plan():
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    one, other = make_objective(brussels, plan), make_objective(brussels, plan, "Another")
    action = make_serving(brussels, one)
    services.serve_objective(brussels, other, action)
    view = plan_on(brussels.organisation, plan, TODAY)
    assert [view.progress.total, *(part.progress.total for part in view.objectives)] == [1, 1, 1]


def test_evidence_is_the_record_that_shows_it():
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    action = make_serving(brussels, make_objective(brussels, plan))
    other = make_action(brussels, title="The report")
    action_services.finish_action(brussels, action, done_on=TODAY, shown_by=other)
    [line] = plan_on(brussels.organisation, plan, TODAY).lines
    assert [linked.record for linked in line.evidence] == [other]
    assert {linked.link.relation for linked in linked_with(brussels.organisation, action)} == {
        Relation.SHOWS,
        Relation.SERVES,
    }


def test_an_annual_plan_is_the_part_of_its_programme_that_falls_into_the_year():
    brussels, _, _ = make_centres()
    programme = make_programme(brussels)
    objective = make_objective(brussels, programme)
    make_objective(brussels, programme, "Only later", first_year=2027)
    for year in (2025, 2026):
        make_serving(brussels, objective, f"In {year}", due_on=datetime.date(year, 6, 1))
    annual = make_plan(brussels, first_year=2026, last_year=2026, programme=programme)
    view = plan_on(brussels.organisation, annual, TODAY)
    assert [one.objective.title for one in view.objectives] == ["Know who may help"]
    assert [line.action.title for line in view.lines] == ["In 2025", "In 2026"], "what is not done is carried over"
    with pytest.raises(NotAllowed):
        make_objective(brussels, annual)
    with pytest.raises(InvalidInput):
        make_plan(brussels, first_year=2024, programme=programme)


def test_objectives_change_places_and_close_up():
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    first, second, third = (make_objective(brussels, plan, title) for title in ("one", "two", "three"))

    def order() -> list[str]:
        return [str(one) for one in Objective.objects.filter(plan=plan)]

    services.move_objective(brussels, first, down=True)
    assert order() == ["1 two", "2 one", "3 three"]
    services.place_objective(brussels, third, 0)
    assert order() == ["1 three", "2 two", "3 one"]
    services.move_objective(brussels, first, down=True)
    assert order() == ["1 three", "2 two", "3 one"], "the last one stays"
    services.remove_objective(brussels, second)
    assert order() == ["1 three", "2 one"]


def test_an_objective_has_parts_and_those_have_none():
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    part = make_objective(brussels, plan, parent=make_objective(brussels, plan))
    with pytest.raises(NotAllowed):
        make_objective(brussels, plan, parent=part)


def test_only_a_director_of_the_keeper_adopts_and_the_text_then_stands():
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    for someone in (brussels, director_of(hague)):
        with pytest.raises(NotAllowed):
            services.adopt_plan(someone, plan, adopted_on=TODAY, adopted_by="The directors")
    services.adopt_plan(director_of(brussels), plan, adopted_on=TODAY, adopted_by="The directors")
    plan.refresh_from_db()
    assert (plan.state, plan.versions.get().content["objectives"][0]["title"]) == (PlanState.ADOPTED, objective.title)
    words = ObjectiveData(title="Otherwise", language="en", first_year=2024, last_year=2024)
    objective.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.change_objective(brussels, objective, words)
    make_serving(brussels, objective)
    services.revise_plan(brussels, plan, reason="One more objective.")
    services.change_objective(brussels, objective, words)
    assert next(change.reason for change in history_of(plan)) == "One more objective."


def test_a_closed_plan_keeps_its_state_and_takes_nothing_more():
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    make_serving(brussels, objective)
    services.adopt_plan(director_of(brussels), plan, adopted_on=TODAY, adopted_by="The directors")
    services.close_plan(brussels, plan)
    assert plan.snapshots.get().on == datetime.date(2024, 12, 31)
    with pytest.raises(NotAllowed):
        make_serving(brussels, objective)


def test_a_kept_state_stays_and_shows_each_reader_only_what_they_see():
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    action = make_serving(brussels, objective)
    make_serving(brussels, objective, "Between us", tlp=TlpLabel.RED)
    snapshot = services.freeze_plan(brussels, plan)
    action_services.finish_action(brussels, action, done_on=TODAY, evidence="Read", language="en")
    (ours,), (theirs,) = (read_snapshots(reader.organisation, [snapshot]) for reader in (brussels, hague))
    assert (ours.progress.total, ours.progress.done) == (2, 0)
    assert [line.row["title"] for line in theirs.objectives[0].lines] == ["Read every text"]
    assert services.freeze_plan(brussels, plan).pk == snapshot.pk
    with pytest.raises(NotAllowed):
        services.freeze_plan(hague, plan)


def test_whoever_leads_an_objective_measures_it_with_a_source():
    brussels, hague, dusseldorf = make_centres()
    plan = make_plan(brussels, tlp=TlpLabel.GREEN)
    objective = make_objective(brussels, plan, responsible=hague.organisation)
    data = IndicatorData(name="Contacts confirmed", language="en", unit="%", baseline=Decimal(60), target=Decimal(90))
    indicator = services.add_indicator(brussels, objective, data)
    services.measure(hague, indicator, on=TODAY, value=Decimal(75), source="Count")
    line = plan_on(brussels.organisation, plan, TODAY).objectives[0].indicators[0]
    assert (line.value, line.percent, line.target_words) == (75, 50, "90 %")
    with pytest.raises(NotAllowed):
        services.measure(dusseldorf, indicator, on=TODAY, value=Decimal(1), source="Count")
    with pytest.raises(InvalidInput):
        services.measure(hague, indicator, on=TODAY, value=Decimal(1), source=" ")
    with pytest.raises(InvalidInput):
        services.measure(hague, indicator, on=datetime.date(2024, 11, 13), value=Decimal(1), source="Count")


def test_another_centre_changes_nothing_and_links_only_what_it_sees():
    brussels, hague, dusseldorf = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    with pytest.raises(NotAllowed):
        services.remove_objective(hague, objective)
    with pytest.raises(NotFound):
        services.serve_objective(brussels, objective, make_action(dusseldorf))


def test_only_an_annual_plan_is_part_of_a_programme():
    brussels, _, _ = make_centres()
    programme = make_programme(brussels)
    with pytest.raises(InvalidInput) as refused:
        make_programme(brussels, programme=programme)
    assert [problem.code for problem in refused.value.problems] == ["plan.part-is-annual"]
