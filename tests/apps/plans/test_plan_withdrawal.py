"""A draft that is withdrawn: by whom, what then no longer counts, what stays, and how it is taken up again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError

from actions_builders import make_action, make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.library.links import linked_with
from noaber.apps.library.search import Wanted, search
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome, PlanState
from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.queries import comments_for, objectives_of
from noaber.apps.plans.values import IndicatorData, PlanData
from noaber.apps.plans.waiting import waiting_consultations, waiting_late
from noaber.apps.records.history import history_of
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.core.search.question import read_question
from noaber.web import clock
from plans_builders import director_of, make_objective, make_plan, make_programme, make_serving
from registry_builders import make_acting

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
NOW = datetime.datetime(2024, 10, 1, 9, tzinfo=datetime.UTC)
UNTIL = datetime.date(2024, 11, 15)
WHY = "Begun twice: P-2024-01 is the plan."


@pytest.fixture(autouse=True)
def october(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(NOW):
        yield


@contextmanager
def refused(code: str, kind: type[InvalidInput] | type[NotAllowed] = NotAllowed) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    error: Any = caught.value
    problems = error.problems if isinstance(error, InvalidInput) else [error.problem]
    assert [problem.code for problem in problems] == [code]


def withdraw(acting: Acting, plan: Plan, reason: str = WHY) -> Plan:
    services.withdraw_plan(acting, plan, reason=reason, language="en")
    return Plan.objects.get(pk=plan.pk)


def test_a_draft_is_withdrawn_with_the_reason_and_its_history_stays() -> None:
    brussels, _, _ = make_centres()
    plan = withdraw(brussels, make_plan(brussels))
    assert (plan.state, plan.withdrawal, plan.withdrawn_at) == (PlanState.WITHDRAWN, WHY, NOW)
    assert plan.withdrawer == brussels.function
    last, first = history_of(plan)
    assert (last.fields, last.reason) == ({"state": ["draft", "withdrawn"]}, WHY)
    assert first.action == "added"


def test_whoever_may_change_it_withdraws_it_and_nobody_else() -> None:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    for other in (hague, make_acting(brussels.organisation, Role.DUTY_OFFICER)):
        with pytest.raises(NotAllowed):
            withdraw(other, plan)
    with refused("request.no-words", InvalidInput):
        withdraw(brussels, plan, " ")
    colleague = make_acting(brussels.organisation, Role.POLICY_OFFICER)
    plan = withdraw(colleague, plan)
    with refused("plan.withdrawn"):
        withdraw(brussels, plan)
    with pytest.raises(NotAllowed):
        services.take_up_plan(hague, plan)
    services.take_up_plan(brussels, plan)
    plan.refresh_from_db()
    assert (plan.state, plan.withdrawal, plan.withdrawn_by, plan.withdrawn_at) == (PlanState.DRAFT, "", "", None)
    assert WHY in {change.reason for change in history_of(plan)}


def test_what_was_adopted_once_is_not_withdrawn() -> None:
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    services.adopt_plan(director_of(brussels), plan, adopted_on=NOW.date(), adopted_by="The directors")
    with refused("plan.was-adopted"):
        withdraw(brussels, plan)
    services.revise_plan(brussels, plan, reason="A word was wrong.")
    with refused("plan.was-adopted"):
        withdraw(brussels, plan)


def test_only_what_is_withdrawn_is_taken_up_again() -> None:
    brussels, _, dusseldorf = make_centres()
    plan = make_plan(brussels)
    services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    with refused("plan.step-gone"):
        services.take_up_plan(brussels, plan)
    plan.refresh_from_db()
    assert plan.state == PlanState.CONSULTATION


def test_its_number_is_not_given_again() -> None:
    brussels, _, _ = make_centres()
    make_plan(brussels)
    withdrawn = withdraw(brussels, make_plan(brussels))
    assert [withdrawn.number, make_plan(brussels).number] == ["P-2024-02", "P-2024-03"]


def test_its_consultation_ends_and_what_was_said_stays() -> None:
    brussels, _, dusseldorf = make_centres()
    plan = make_plan(brussels)
    consultation = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    comment = services.comment_on(dusseldorf, consultation, "Name us.", language="en")
    withdraw(brussels, plan)
    consultation.refresh_from_db()
    assert consultation.closed_at == NOW
    with refused("plan.withdrawn"):
        services.comment_on(dusseldorf, consultation, "One more.", language="en")
    with refused("plan.withdrawn"):
        services.finish_commenting(dusseldorf, consultation)
    with refused("plan.withdrawn"):
        services.answer_comment(brussels, comment, Outcome.NOT, "It is withdrawn.", language="en")
    assert list(comments_for(dusseldorf.organisation, consultation)) == [comment]
    services.take_up_plan(brussels, plan)
    with refused("plan.consultation-over"):
        services.comment_on(dusseldorf, consultation, "One more.", language="en")
    services.answer_comment(brussels, comment, Outcome.TAKEN_OVER, "You are.", language="en")
    again = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    services.comment_on(dusseldorf, again, "Thank you.", language="en")


def test_nothing_of_it_changes() -> None:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    action = make_serving(
        brussels, objective, due_on=datetime.date(2024, 9, 1), responsible=hague.organisation, groups=["BENELUX"]
    )
    indicator = services.add_indicator(brussels, objective, IndicatorData("Texts read", "en"))
    plan = withdraw(brussels, plan)
    data = PlanData(kind=plan.kind, titles={"en": "Other"}, first_year=2024, last_year=2024)
    refusals: list[Callable[[], Any]] = [
        lambda: services.change_plan(brussels, plan, data),
        lambda: make_objective(brussels, plan, "One more"),
        lambda: services.remove_objective(brussels, objective),
        lambda: make_serving(brussels, objective, "One more"),
        lambda: services.serve_objective(brussels, objective, action),
        lambda: services.weigh_action(brussels, objective, action, 3),
        lambda: services.measure(brussels, indicator, on=NOW.date(), value=Decimal(1), source="Count"),
        lambda: services.freeze_plan(brussels, plan),
        lambda: services.remind_late(brussels, plan),
        lambda: services.open_consultation(brussels, plan, [hague.organisation], until=UNTIL),
    ]
    for do in refusals:
        with refused("plan.withdrawn"):
            do()
    with refused("plan.step-gone"):
        services.adopt_plan(director_of(brussels), plan, adopted_on=NOW.date(), adopted_by="The directors")


def test_nobody_is_asked_at_the_desk_about_it_any_more() -> None:
    brussels, hague, dusseldorf = make_centres()
    plan = make_plan(brussels)
    late = {"due_on": datetime.date(2024, 9, 1), "responsible": hague.organisation}
    make_serving(brussels, make_objective(brussels, plan), **late)
    services.remind_late(brussels, plan)
    asked = [dusseldorf.organisation, hague.organisation]
    consultation = services.open_consultation(brussels, plan, asked, until=UNTIL)
    services.comment_on(dusseldorf, consultation, "Name us.", language="en")

    def desk() -> list[int]:
        rows = (waiting_consultations, waiting_late)
        return [
            sum(len(list(find(acting, "Exercise", NOW))) for find in rows) for acting in (brussels, hague, dusseldorf)
        ]

    assert desk() == [1, 2, 1]
    withdraw(brussels, plan)
    assert desk() == [0, 0, 0]


def test_search_finds_neither_it_nor_its_objectives_until_it_is_taken_up_again() -> None:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels, titles={"en": "Annual plan on floods"})
    make_objective(brussels, plan, "Floods are known in time")

    def found() -> list[type[Any]]:
        hits = search(hague.organisation, Wanted(read_question("floods"), configured.NOABER_STATUS)).hits
        return sorted((type(hit.record) for hit in hits), key=lambda one: one.__name__)

    assert found() == [Objective, Plan]
    withdraw(brussels, plan)
    assert found() == []
    services.take_up_plan(brussels, plan)
    assert found() == [Objective, Plan]


def test_what_is_linked_with_it_says_so() -> None:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    action = make_serving(brussels, make_objective(brussels, plan))
    withdraw(brussels, plan)
    [linked] = linked_with(hague.organisation, action)
    assert linked.title == "1 Know who may help, P-2024-01 (withdrawn)"


def test_a_programme_is_not_withdrawn_under_an_annual_plan_that_one_sees() -> None:
    brussels, hague, _ = make_centres()
    programme = make_programme(brussels)
    make_objective(brussels, programme)
    annual = make_plan(brussels, first_year=2025, last_year=2025, programme=programme)
    with pytest.raises(NotAllowed) as caught:
        withdraw(brussels, programme)
    assert caught.value.problem.code == "plan.has-parts"
    assert caught.value.problem.params["numbers"] == annual.number
    withdraw(brussels, annual)
    hidden = make_plan(hague, first_year=2026, last_year=2026, programme=programme, tlp=TlpLabel.RED)
    assert len(objectives_of(hague.organisation, hidden)) == 1
    programme = withdraw(brussels, programme)
    assert objectives_of(hague.organisation, hidden) == [], "what was withdrawn is no part of a year"
    with refused("plan.programme-withdrawn", InvalidInput):
        make_plan(hague, first_year=2027, last_year=2027, programme=programme)
    data = PlanData(hidden.kind, {"en": "Ours"}, 2026, 2026, programme=programme, tlp=TlpLabel.RED)
    services.change_plan(hague, hidden, data)
    hidden.refresh_from_db()
    assert hidden.title == "Ours", "what is part of it already can be changed"


def test_the_database_keeps_no_withdrawal_without_a_reason() -> None:
    brussels, _, _ = make_centres()
    plan = make_plan(brussels)
    make_action(brussels)
    with pytest.raises(IntegrityError):
        Plan.objects.filter(pk=plan.pk).update(state=PlanState.WITHDRAWN)
