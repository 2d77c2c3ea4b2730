"""The steps of actions and recommendations."""

from __future__ import annotations

from typing import Any

from actions_builders import WORKSHOP, make_action, make_centres, make_recommendation
from noaber.apps.accounts.acting import Acting
from noaber.apps.actions import services
from noaber.apps.records.words import Values
from steps import Step


def of_brussels() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, brussels.organisation


def action() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, make_action(brussels)


def dropped() -> tuple[Acting, Any]:
    brussels, record = action()
    services.drop_action(brussels, record, reason="Done elsewhere.", language="en")
    return brussels, record


def recommendation() -> tuple[Acting, Any]:
    brussels, *_ = make_centres()
    return brussels, make_recommendation(brussels)


def accepted() -> tuple[Acting, Any]:
    brussels, record = recommendation()
    services.accept_recommendation(brussels, record)
    return brussels, record


def to_do(acting: Acting) -> Values:
    return {"title": "Call each other", "language": "en", "responsible": acting.organisation, "made_on": WORKSHOP}


STEPS = {
    "add_action": Step(of_brussels, lambda acting, centre: make_action(acting, responsible=centre)),
    "add_action_of": Step(accepted, lambda acting, record: services.add_action_of(acting, record, to_do(acting))),
    "change_action": Step(
        action, lambda acting, record: services.change_action(acting, record, {"title": "Call each other"})
    ),
    "assign_action": Step(
        action,
        lambda acting, record: services.assign_action(acting, record, record.responsible, function="head of unit"),
    ),
    "report_progress": Step(
        action, lambda acting, record: services.report_progress(acting, record, "Half of it.", language="en")
    ),
    "finish_action": Step(
        action,
        lambda acting, record: services.finish_action(
            acting, record, done_on=WORKSHOP, evidence="The list.", language="en"
        ),
    ),
    "drop_action": Step(
        action, lambda acting, record: services.drop_action(acting, record, reason="Done elsewhere.", language="en")
    ),
    "reopen_action": Step(
        dropped, lambda acting, record: services.reopen_action(acting, record, reason="Not done.", language="en")
    ),
    "add_recommendation": Step(of_brussels, lambda acting, _centre: make_recommendation(acting)),
    "change_recommendation": Step(
        recommendation,
        lambda acting, record: services.change_recommendation(acting, record, {"text": "Share two lists."}),
    ),
    "accept_recommendation": Step(recommendation, services.accept_recommendation),
    "decline_recommendation": Step(
        recommendation,
        lambda acting, record: services.decline_recommendation(acting, record, reason="It is there.", language="en"),
    ),
    "carry_out_recommendation": Step(accepted, services.carry_out_recommendation),
}
NO_STEPS = {
    "get_feed": "the calendar of whoever asks",
    "renew_feed": "the calendar of whoever asks",
}
