"""The only writers of recommendations, actions and calendars. Each opens its transaction and tells who sees it."""

from __future__ import annotations

from noaber.apps.actions.services.actions import (
    add_action,
    add_action_of,
    assign_action,
    change_action,
    drop_action,
    finish_action,
    reopen_action,
    report_progress,
)
from noaber.apps.actions.services.feeds import get_feed, renew_feed
from noaber.apps.actions.services.recommendations import (
    accept_recommendation,
    add_recommendation,
    carry_out_recommendation,
    change_recommendation,
    decline_recommendation,
)

__all__ = [
    "accept_recommendation",
    "add_action",
    "add_action_of",
    "add_recommendation",
    "assign_action",
    "carry_out_recommendation",
    "change_action",
    "change_recommendation",
    "decline_recommendation",
    "drop_action",
    "finish_action",
    "get_feed",
    "renew_feed",
    "reopen_action",
    "report_progress",
]
