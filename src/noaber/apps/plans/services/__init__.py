"""The only writers of plans. Each opens its transaction, keeps who changed what, and tells who sees it."""

from __future__ import annotations

from noaber.apps.plans.services.consultations import (
    answer_comment,
    close_consultation,
    comment_on,
    finish_commenting,
    open_consultation,
)
from noaber.apps.plans.services.indicators import add_indicator, change_indicator, measure, remove_indicator
from noaber.apps.plans.services.objectives import (
    add_action_for,
    add_objective,
    change_objective,
    move_objective,
    place_objective,
    remove_objective,
    serve_objective,
    weigh_action,
)
from noaber.apps.plans.services.plans import add_plan, adopt_plan, change_plan, close_plan, freeze_plan, revise_plan
from noaber.apps.plans.services.reminders import remind_late, remind_silent
from noaber.apps.plans.services.withdrawal import take_up_plan, withdraw_plan

__all__ = [
    "add_action_for",
    "add_indicator",
    "add_objective",
    "add_plan",
    "adopt_plan",
    "answer_comment",
    "change_indicator",
    "change_objective",
    "change_plan",
    "close_consultation",
    "close_plan",
    "comment_on",
    "finish_commenting",
    "freeze_plan",
    "measure",
    "move_objective",
    "open_consultation",
    "place_objective",
    "remind_late",
    "remind_silent",
    "remove_indicator",
    "remove_objective",
    "revise_plan",
    "serve_objective",
    "take_up_plan",
    "weigh_action",
    "withdraw_plan",
]
