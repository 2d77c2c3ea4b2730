"""The steps of plans, objectives, indicators and consultations."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from actions_builders import make_action, make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome, PlanKind
from noaber.apps.plans.models import Consultation, Indicator, Objective, Plan
from noaber.apps.plans.values import IndicatorData, ObjectiveData, PlanData
from placements_builders import AUTUMN
from plans_builders import MADE_ON, director_of, make_objective, make_plan, make_serving
from steps import Step
from steps.actions import of_brussels

UNTIL = datetime.date(2024, 11, 30)


def with_plan(make: Callable[[Acting, Plan], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    """A draft of Brussels, or what is made in it."""

    def made() -> tuple[Acting, Any]:
        brussels, *_ = make_centres()
        plan = make_plan(brussels)
        return brussels, make(brussels, plan) if make else plan

    return made


def to_consult() -> tuple[Acting, Any]:
    brussels, hague, _ = make_centres()
    return brussels, (make_plan(brussels), hague.organisation)


def consulted_plan() -> tuple[Acting, Acting, Consultation]:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    consultation = services.open_consultation(brussels, plan, [hague.organisation], until=UNTIL)
    return brussels, hague, consultation


def to_comment() -> tuple[Acting, Any]:
    _, hague, consultation = consulted_plan()
    return hague, consultation


def to_close() -> tuple[Acting, Any]:
    brussels, _, consultation = consulted_plan()
    return brussels, consultation


def comment() -> tuple[Acting, Any]:
    brussels, hague, consultation = consulted_plan()
    return brussels, services.comment_on(hague, consultation, "Say who.", language="en")


def draft_to_adopt() -> tuple[Acting, Any]:
    brussels, plan = with_plan()()
    return director_of(brussels), plan


def adopt(acting: Acting, plan: Plan) -> Plan:
    services.adopt_plan(acting, plan, adopted_on=MADE_ON, adopted_by="The directors")
    return plan


def adopted(acting: Acting, plan: Plan) -> Plan:
    return adopt(director_of(acting), plan)


def withdrawn(acting: Acting, plan: Plan) -> Plan:
    services.withdraw_plan(acting, plan, reason="Begun by mistake.", language="en")
    return plan


def indicator(acting: Acting, plan: Plan) -> Indicator:
    return services.add_indicator(acting, make_objective(acting, plan), IndicatorData("Texts read", "en"))


def second(acting: Acting, plan: Plan) -> Objective:
    make_objective(acting, plan)
    return make_objective(acting, plan, "Call each other")


def served(acting: Acting, plan: Plan) -> tuple[Objective, Any]:
    objective = make_objective(acting, plan)
    return objective, make_serving(acting, objective)


def to_serve(acting: Acting, plan: Plan) -> tuple[Objective, Any]:
    return make_objective(acting, plan), make_action(acting)


def late() -> tuple[Acting, Any]:
    brussels, hague, _ = make_centres()
    plan = make_plan(brussels)
    due_on = AUTUMN.date() - datetime.timedelta(days=1)
    make_serving(brussels, make_objective(brussels, plan), responsible=hague.organisation, due_on=due_on)
    return brussels, adopted(brussels, plan)


def changed(plan: Plan) -> PlanData:
    return PlanData(PlanKind.ANNUAL, {"en": "Another title"}, plan.first_year, plan.last_year)


STEPS = {
    "add_plan": Step(of_brussels, lambda acting, _centre: make_plan(acting)),
    "change_plan": Step(with_plan(), lambda acting, plan: services.change_plan(acting, plan, changed(plan))),
    "adopt_plan": Step(draft_to_adopt, adopt),
    "revise_plan": Step(with_plan(adopted), lambda acting, plan: services.revise_plan(acting, plan, reason="Late.")),
    "close_plan": Step(with_plan(adopted), services.close_plan),
    "freeze_plan": Step(with_plan(adopted), services.freeze_plan, told_by="the state that it keeps"),
    "withdraw_plan": Step(with_plan(), withdrawn),
    "take_up_plan": Step(with_plan(withdrawn), services.take_up_plan),
    "add_objective": Step(with_plan(), make_objective),
    "change_objective": Step(
        with_plan(make_objective),
        lambda acting, record: services.change_objective(acting, record, ObjectiveData("Call", "en", 2024, 2024)),
    ),
    "move_objective": Step(
        with_plan(second), lambda acting, record: services.move_objective(acting, record, down=False)
    ),
    "place_objective": Step(with_plan(second), lambda acting, record: services.place_objective(acting, record, 0)),
    "remove_objective": Step(with_plan(make_objective), services.remove_objective),
    "add_action_for": Step(with_plan(make_objective), make_serving),
    "serve_objective": Step(
        with_plan(to_serve), lambda acting, both: services.serve_objective(acting, *both), told_by="the link"
    ),
    "weigh_action": Step(with_plan(served), lambda acting, both: services.weigh_action(acting, *both, 3)),
    "add_indicator": Step(with_plan(), indicator),
    "change_indicator": Step(
        with_plan(indicator),
        lambda acting, record: services.change_indicator(acting, record, IndicatorData("Texts kept", "en")),
    ),
    "remove_indicator": Step(with_plan(indicator), services.remove_indicator),
    "measure": Step(
        with_plan(indicator),
        lambda acting, record: services.measure(acting, record, on=MADE_ON, value=Decimal(3), source="The list"),
        told_by="the measurement",
    ),
    "open_consultation": Step(
        to_consult, lambda acting, both: services.open_consultation(acting, both[0], [both[1]], until=UNTIL)
    ),
    "comment_on": Step(
        to_comment,
        lambda acting, record: services.comment_on(acting, record, "Say who.", language="en"),
        told_by="the comment",
    ),
    "finish_commenting": Step(to_comment, services.finish_commenting, told_by="the list of who is consulted"),
    "answer_comment": Step(
        comment,
        lambda acting, record: services.answer_comment(acting, record, Outcome.TAKEN_OVER, "So done.", language="en"),
    ),
    "close_consultation": Step(to_close, services.close_consultation),
    "remind_late": Step(late, services.remind_late),
    "remind_silent": Step(to_close, services.remind_silent),
}
NO_STEPS = {
    "step": "a part of each step that takes a plan to another state",
    "keep_version": "a part of adopt_plan and open_consultation",
}
