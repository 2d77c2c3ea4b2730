"""Rows of actions and recommendations for pages and files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.actions.enums import ActionState, Origin, RecommendationState
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.actions.subjects import decode_subject
from noaber.web.ordering import by, by_choice, by_label, by_text
from noaber.web.tables import Column

STATE_LOOKS: Final[dict[str, tuple[str, str]]] = {
    ActionState.OPEN: ("", "unknown"),
    ActionState.IN_PROGRESS: ("tag--info", "part"),
    ActionState.DONE: ("tag--ok", "yes"),
    ActionState.DROPPED: ("", "no"),
    RecommendationState.PROPOSED: ("", "unknown"),
    RecommendationState.ACCEPTED: ("tag--info", "part"),
    RecommendationState.DECLINED: ("", "no"),
    RecommendationState.CARRIED_OUT: ("tag--ok", "yes"),
}
"""Of each state, the colour of its tag and its icon; the word says the same."""


@dataclass(frozen=True)
class StateView:
    label: str
    css: str
    icon: str


@dataclass(frozen=True)
class ActionRow:
    """An action on a day. `mine` where the reader's organisation is to do it."""

    action: Action
    overdue: bool
    mine: bool
    today: datetime.date

    @property
    def state(self) -> StateView:
        return _state(self.action)

    @property
    def days_late(self) -> int:
        return self.action.days_late(self.today)


@dataclass(frozen=True)
class RecommendationRow:
    recommendation: Recommendation

    @property
    def state(self) -> StateView:
        return _state(self.recommendation)

    @property
    def about(self) -> str:
        subject = decode_subject(self.recommendation.about)
        return subject.title if subject else ""


def present_recommendations(recommendations: Iterable[Recommendation]) -> list[RecommendationRow]:
    return [RecommendationRow(record) for record in recommendations]


def _state(record: Action | Recommendation) -> StateView:
    css, icon = STATE_LOOKS[record.state]
    return StateView(str(record.get_state_display()), css, icon)


def present_actions(actions: Iterable[Action], today: datetime.date, kept: frozenset[int]) -> list[ActionRow]:
    return [present_action(action, today, kept) for action in actions]


def present_action(action: Action, today: datetime.date, kept: frozenset[int]) -> ActionRow:
    return ActionRow(action, action.is_overdue(today), action.responsible_id in kept, today)


def _action(name: str) -> Any:
    return lambda row: getattr(row.action, name)


def _recommendation(name: str) -> Any:
    return lambda row: getattr(row.recommendation, name)


_BY_ORIGIN: Final = by_label("origin", Origin.choices)
COLUMNS: Final = (
    Column("number", _("Number"), _action("number"), by("number")),
    Column("what", _("What"), _action("title"), by_text("title")),
    Column("who", _("Done by"), lambda row: row.action.responsible.code, by_text("responsible__code")),
    Column("due", _("Due on"), _action("due_on"), by("due_on")),
    Column("state", _("State"), lambda row: row.state.label, by_choice("state", ActionState)),
    Column("origin", _("Came from"), lambda row: str(row.action.get_origin_display()), _BY_ORIGIN),
)
FILE_COLUMNS: Final = (
    *COLUMNS[:2],
    Column("language", _("Language"), _action("language")),
    Column("more", _("More about it"), _action("description")),
    Column("who", _("Done by"), lambda row: row.action.responsible.code),
    Column("function", _("By whom there"), _action("responsible_function")),
    Column("made", _("Agreed on"), _action("made_on")),
    Column("due", _("Due on"), _action("due_on")),
    Column("overdue", _("Overdue"), lambda row: row.overdue),
    Column("state", _("State"), lambda row: row.state.label),
    Column("done", _("Done on"), _action("done_on")),
    Column("evidence", _("Evidence"), _action("evidence")),
    Column("origin", _("Came from"), lambda row: str(row.action.get_origin_display())),
    Column("keeper", _("Kept by"), lambda row: row.action.owner.code),
    Column("tlp", "TLP", _action("tlp")),
)
RECOMMENDATION_COLUMNS: Final = (
    Column("number", _("Number"), _recommendation("number"), by("number")),
    Column("text", _("Recommendation"), _recommendation("text"), by_text("text")),
    Column("made", _("Made on"), _recommendation("made_on"), by("made_on")),
    Column("state", _("State"), lambda row: row.state.label, by_choice("state", RecommendationState)),
    Column("origin", _("Came from"), lambda row: str(row.recommendation.get_origin_display()), _BY_ORIGIN),
)
RECOMMENDATION_FILE_COLUMNS: Final = (
    *RECOMMENDATION_COLUMNS[:2],
    Column("language", _("Language"), _recommendation("language")),
    Column("made", _("Made on"), _recommendation("made_on")),
    Column("by", _("Made by"), _recommendation("made_by")),
    Column("about", _("About"), lambda row: row.about),
    Column("state", _("State"), lambda row: row.state.label),
    Column("why", _("Why"), _recommendation("state_reason")),
    Column("origin", _("Came from"), lambda row: str(row.recommendation.get_origin_display())),
    Column("keeper", _("Kept by"), lambda row: row.recommendation.owner.code),
    Column("tlp", "TLP", _recommendation("tlp")),
)
