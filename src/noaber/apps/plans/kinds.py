"""Plans and objectives as links and search know them. Comments are not searched: not everyone reads them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.plans.models import Indicator, Objective, Plan
from noaber.apps.plans.waiting import waiting_consultations, waiting_late
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText


def _seen_objectives(reader: Organisation) -> QuerySet[Objective]:
    seen = Plan.objects.visible_to(reader).values("pk")
    return Objective.objects.filter(plan__in=seen).select_related("plan", "parent")


def _titled(plan: Plan, title: str) -> str:
    """A link to what was withdrawn says so."""
    return gettext("%(title)s (withdrawn)") % {"title": title} if plan.is_withdrawn else title


def _plan(plan: Plan) -> IndexDocument | None:
    if plan.is_withdrawn:
        return None
    return IndexDocument(
        title=(FreeText(plan.number, ""), *(FreeText(text, code) for code, text in plan.titles.items())),
        texts=(plan.words, FreeText(plan.years, "")),
        owner=plan.owner,
        on=plan.first_on,
    )


def _objective(objective: Objective) -> IndexDocument | None:
    if objective.plan.is_withdrawn:
        return None
    led_by = (objective.responsible,) if objective.responsible else ()
    return IndexDocument(
        title=(objective.words,),
        texts=(objective.more, *(indicator.words for indicator in objective.indicators.all())),
        organisations=led_by,
        owner=objective.plan.owner,
        on=objective.plan.first_on,
        languages=(objective.language,),
    )


add_kind(
    Kind(
        code="plan",
        label=_("plan"),
        plural=_("plans"),
        icon="cooperation",
        model=Plan,
        title=lambda plan: _titled(plan, f"{plan.number} {plan.title}"),
        searched=_plan,
        related=("owner",),
        pages=Pages(
            "cooperation",
            "plans",
            (
                "plan",
                "plan-new",
                "plan-edit",
                "plan-steps",
                "plan-compare",
                "plan-consultation",
                "plan-snapshot",
                "objective",
                "objective-new",
                "objective-edit",
                "indicator-new",
                "indicator",
            ),
            tab=pgettext_lazy("of the cooperation", "Plans"),
            rank=30,
        ),
        waiting=waiting_consultations,
    )
)
add_kind(
    Kind(
        code="objective",
        label=_("objective"),
        plural=_("objectives"),
        icon="pin",
        model=Objective,
        visible=_seen_objectives,
        title=lambda one: _titled(one.plan, f"{one.number} {one.title}, {one.plan.number}"),
        searched=_objective,
        related=("plan__owner", "parent", "responsible", "indicators"),
        parts=((Indicator, "objective"),),
        waiting=waiting_late,
    )
)
