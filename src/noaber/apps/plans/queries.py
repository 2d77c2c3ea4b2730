"""Reads for the pages of plans; each begins with the sharing rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.models import Action, ProgressNote
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import Linked, linked_with_all
from noaber.apps.library.models import Link
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.models import (
    ActionWeight,
    Comment,
    Consultation,
    Consulted,
    Indicator,
    Objective,
    Plan,
)
from noaber.core.plans.progress import belongs_to_year
from noaber.core.problems import NotFound


def list_plans(reader: Organisation) -> QuerySet[Plan]:
    return Plan.objects.visible_to(reader).select_related("programme").prefetch_related("owner")


def get_plan(reader: Organisation, number: str) -> Plan:
    """The plan, or `NotFound`."""
    return Plan.objects.select_related("owner", "programme").get_visible(reader, number=number)


def programme_of(reader: Organisation, plan: Plan) -> Plan | None:
    """The programme that a plan is the year's part of, where the reader sees it."""
    return list_plans(reader).filter(pk=plan.programme_id).first() if plan.programme_id else None


def get_objective(reader: Organisation, pk: int) -> Objective:
    """The objective of a plan that the reader sees, or `NotFound`."""
    rows = Objective.objects.select_related("plan__owner", "parent", "responsible")
    found = rows.filter(pk=pk, plan__in=Plan.objects.visible_to(reader).values("pk")).first()
    if found is None:
        raise NotFound
    return found


def get_indicator(reader: Organisation, pk: int) -> Indicator:
    """The indicator of a plan that the reader sees, or `NotFound`."""
    indicator = Indicator.objects.filter(pk=pk).first()
    if indicator is None:
        raise NotFound
    indicator.objective = get_objective(reader, indicator.objective_id)
    return indicator


def objectives_of(reader: Organisation, plan: Plan) -> list[Objective]:
    """The objectives of a plan, parts behind the one they belong to; of an annual plan of a programme, the year's.

    A programme that was withdrawn has none for the year.
    """
    rows = Objective.objects.select_related("parent", "responsible").prefetch_related("indicators__measurements")
    if plan.programme_id is None:
        found = rows.filter(plan=plan)
    else:
        shown = Plan.objects.visible_to(reader).exclude(state=PlanState.WITHDRAWN)
        seen = shown.filter(pk=plan.programme_id).values("pk")
        found = rows.filter(plan__in=seen, first_year__lte=plan.last_year, last_year__gte=plan.first_year)
    return sorted(found, key=_place)


def _place(objective: Objective) -> tuple[int, int, int, int]:
    """Where it stands: behind its parent, which stands before its parts."""
    if objective.parent is None:
        return (objective.position, objective.pk, 0, 0)
    return (objective.parent.position, objective.parent.pk, objective.position, objective.pk)


def served_by(reader: Organisation, objectives: Iterable[Objective], plan: Plan) -> dict[int, list[Action]]:
    """The actions that serve each objective, of those that the reader sees; of a year's part, the year's."""
    links = Link.objects.filter(
        relation=Relation.SERVES,
        from_kind="action",
        to_kind="objective",
        to_id__in=[objective.pk for objective in objectives],
    ).values_list("to_id", "from_id")
    serving = list(links)
    notes = Prefetch("notes", ProgressNote.objects.order_by("-at", "-pk"))
    rows = Action.objects.visible_to(reader).filter(pk__in={key for _objective, key in serving})
    actions = {action.pk: action for action in rows.prefetch_related("responsible", "owner", notes)}
    served: dict[int, list[Action]] = defaultdict(list)
    for objective, key in serving:
        action = actions.get(key)
        if action is not None and is_part_of(action, plan):
            served[objective].append(action)
    return {key: sorted(found, key=_by_day) for key, found in served.items()}


def _by_day(action: Action) -> tuple[bool, object, str]:
    return action.due_on is None, action.due_on or action.made_on, action.number


def is_part_of(action: Action, plan: Plan) -> bool:
    """Whether an action of a programme falls into the year of `plan`; of any other plan every action does."""
    return plan.programme_id is None or belongs_to_year(
        plan.first_year,
        made_on=action.made_on,
        due_on=action.due_on,
        done_on=action.done_on,
        is_under_way=action.is_under_way,
    )


def weights_of(objectives: Iterable[Objective]) -> dict[tuple[int, int], int]:
    """The weights that are not 1, by objective and action."""
    rows = ActionWeight.objects.filter(objective__in=[objective.pk for objective in objectives])
    return {(row.objective_id, row.action_id): row.weight for row in rows}


def evidence_of(reader: Organisation, actions: list[Action]) -> dict[int, list[Linked]]:
    """The records that show each action, of those that the reader sees."""
    found = linked_with_all(reader, list(actions))
    return {
        key: [linked for linked in ends if linked.link.relation == Relation.SHOWS and _shows(linked, key)]
        for key, ends in found.items()
    }


def _shows(linked: Linked, key: int) -> bool:
    return (linked.link.to_kind, linked.link.to_id) == ("action", key)


def consultations_of(plan: Plan) -> QuerySet[Consultation]:
    return plan.consultations.prefetch_related("consulted__organisation")


def get_last_consultation(plan: Plan) -> Consultation:
    """The consultation of a plan that is open, else the last one, or `NotFound`."""
    found = consultations_of(plan).first()
    if found is None:
        raise NotFound
    return found


def was_asked(reader: Organisation, plan: Plan) -> bool:
    """Whether the reader is or was consulted on a plan."""
    return Consulted.objects.filter(consultation__plan=plan, organisation=reader).exists()


def comments_for(reader: Organisation, consultation: Consultation) -> QuerySet[Comment]:
    """What the reader may read of a consultation: all of it as keeper of the plan, else its own and what is shared."""
    rows = consultation.comments.select_related("organisation", "objective__parent")
    kept = keeps(reader)
    if consultation.plan.owner_id in kept:
        return rows
    return rows.filter(Q(organisation__in=kept) | Q(shared=True))


def get_comment(reader: Organisation, pk: int) -> Comment:
    """The comment, or `NotFound` where the reader may not read it."""
    comment = Comment.objects.select_related("consultation__plan__owner").filter(pk=pk).first()
    if comment is None or not Plan.objects.visible_to(reader).filter(pk=comment.consultation.plan_id).exists():
        raise NotFound
    if not comments_for(reader, comment.consultation).filter(pk=pk).exists():
        raise NotFound
    return comment
