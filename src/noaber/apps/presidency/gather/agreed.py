"""What was agreed: decisions, recommendations and actions, as they stood on the day of the dossier.

What carries days is told as of the day: an action made later is not in it, one that was finished later still is open.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from noaber.apps.actions.enums import UNDER_WAY, ActionState, RecommendationState
from noaber.apps.actions.models import Action
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with_all
from noaber.apps.plans.enums import PlanState
from noaber.apps.presidency.gather.asked import Asked
from noaber.core.plans.progress import Standing, standing_of
from noaber.core.presidency.dossier import End, Line, Section


def done_lines(asked: Asked) -> Iterator[Line]:
    """What was finished while the giver held the presidency, with its evidence."""
    rows = asked.pair.rows("action").filter(state=ActionState.DONE, done_on__gte=asked.since, done_on__lte=asked.on)
    actions = list(rows.order_by("done_on", "number"))
    ends = _ends(asked, actions)
    for action in actions:
        yield Line(
            section=Section.DONE,
            kind="action",
            key=action.pk,
            tlp=action.tlp,
            texts={action.language: action.title},
            number=action.number,
            who=action.responsible.code,
            on=action.done_on.isoformat(),
            state=Standing.DONE,
            more=action.evidence,
            more_language=action.evidence_language,
            ends=ends.get(action.pk, ()),
        )


def action_lines(asked: Asked) -> Iterator[Line]:
    """What is still to be done, the longest due first."""
    actions = sorted(_open_actions(asked), key=lambda one: (one.due_on or datetime.date.max, one.number))
    ends = _ends(asked, actions)
    for action in actions:
        yield Line(
            section=Section.ACTIONS,
            kind="action",
            key=action.pk,
            tlp=action.tlp,
            texts={action.language: action.title},
            number=action.number,
            who=action.responsible.code,
            on=action.due_on.isoformat() if action.due_on else "",
            state=state_on(action, asked.on),
            ends=ends.get(action.pk, ()),
        )


def state_on(action: Action, on: datetime.date) -> str:
    """Where an action stood on a day: one that was finished later was still under way."""
    finished_later = action.done_on is not None and action.done_on > on
    return standing_of(ActionState.IN_PROGRESS if finished_later else action.state, action.due_on, on)


def _open_actions(asked: Asked) -> list[Action]:
    still = Q(state__in=UNDER_WAY) | Q(done_on__gt=asked.on)
    return list(asked.pair.rows("action").filter(still, made_on__lte=asked.on).select_related("responsible"))


def _ends(asked: Asked, actions: list[Action]) -> dict[int, tuple[End, ...]]:
    """What each action serves and came from, of what both see; a plan that was withdrawn is served by nothing."""
    rows = {
        "objective": asked.pair.rows("objective").exclude(plan__state=PlanState.WITHDRAWN),
        "recommendation": asked.pair.rows("recommendation"),
    }
    seen = {kind: set(found.values_list("pk", flat=True)) for kind, found in rows.items()}
    return {
        key: tuple(
            End(end.kind.code, end.record.pk, _name(end.record), end.link.relation)
            for end in found
            if end.record.pk in seen.get(end.kind.code, ())
        )
        for key, found in linked_with_all(asked.pair.giver, list(actions)).items()
    }


def _name(record: Any) -> str:
    plan = getattr(record, "plan", None)
    return f"{plan.number}, {record.number}" if plan else str(record.number)


def decision_lines(asked: Asked) -> Iterator[Line]:
    """Decisions that led to nothing yet, or to actions that are not all done."""
    decisions = list(asked.pair.rows("decision").filter(made_on__lte=asked.on).order_by("made_on", "number"))
    linked = linked_with_all(asked.pair.giver, list(decisions))
    seen = set(asked.pair.rows("action").values_list("pk", flat=True))
    plans = set(asked.pair.rows("plan").exclude(state=PlanState.WITHDRAWN).values_list("pk", flat=True))
    for decision in decisions:
        came = [end for end in linked.get(decision.pk, []) if end.link.relation == Relation.LED_TO]
        if any(end.kind.code == "plan" and end.record.pk in plans for end in came):
            continue
        actions = [end.record for end in came if end.kind.code == "action" and end.record.pk in seen]
        ends = tuple(End("action", one.pk, one.number, state_on(one, asked.on)) for one in actions)
        if ends and all(end.state in (Standing.DONE, Standing.DROPPED) for end in ends):
            continue
        yield Line(
            section=Section.DECISIONS,
            kind="decision",
            key=decision.pk,
            tlp=decision.tlp,
            texts={decision.language: decision.text},
            number=decision.number,
            on=decision.made_on.isoformat(),
            ends=ends,
        )


def recommendation_lines(asked: Asked) -> Iterator[Line]:
    """What was recommended and neither carried out nor declined."""
    waiting = (RecommendationState.PROPOSED, RecommendationState.ACCEPTED)
    rows = asked.pair.rows("recommendation").filter(state__in=waiting, made_on__lte=asked.on)
    for one in rows.order_by("made_on", "number"):
        yield Line(
            section=Section.RECOMMENDATIONS,
            kind="recommendation",
            key=one.pk,
            tlp=one.tlp,
            texts={one.language: one.text},
            number=one.number,
            who=one.owner.code,
            on=one.made_on.isoformat(),
            state=one.state,
        )
