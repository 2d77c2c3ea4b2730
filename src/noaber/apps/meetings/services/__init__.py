"""The only writers of meetings. Each opens its transaction and tells who sees the meeting."""

from __future__ import annotations

from noaber.apps.meetings.services.agenda import (
    add_item,
    carry_over,
    change_item,
    finish_item,
    move_item,
    remove_item,
)
from noaber.apps.meetings.services.decisions import add_decision, change_decision
from noaber.apps.meetings.services.meetings import (
    add_meeting,
    call_off,
    change_meeting,
    close,
    convene,
    hold,
    plan_again,
)
from noaber.apps.meetings.services.minutes import Outcome, drafts_of, keep_draft, leave_draft, save_minutes
from noaber.apps.meetings.services.people import answer_invitation, disinvite, invite
from noaber.apps.meetings.services.series import add_series, change_series

__all__ = [
    "Outcome",
    "add_decision",
    "add_item",
    "add_meeting",
    "add_series",
    "answer_invitation",
    "call_off",
    "carry_over",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_series",
    "close",
    "convene",
    "disinvite",
    "drafts_of",
    "finish_item",
    "hold",
    "invite",
    "keep_draft",
    "leave_draft",
    "move_item",
    "plan_again",
    "remove_item",
    "save_minutes",
]
