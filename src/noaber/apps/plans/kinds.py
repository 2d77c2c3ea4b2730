"""Plans and objectives as links and search know them. Comments are not searched: not everyone reads them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.apps.plans.models import Indicator, Objective, Plan
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="plan",
            label=_("plan"),
            plural=_("plans"),
            icon="cooperation",
            model=Plan,
            visible=Plan.objects.visible_to,
            title=lambda plan: _titled(plan, f"{plan.number} {plan.title}"),
            searched=_plan,
            related=("owner",),
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
        )
    )


def _seen_objectives(reader: Organisation) -> QuerySet[Objective]:
    seen = Plan.objects.visible_to(reader).values("pk")
    return Objective.objects.filter(plan__in=seen).select_related("plan", "parent")


def _titled(plan: Plan, title: str) -> str:
    """A link to what was withdrawn says so."""
    return gettext("%(title)s (withdrawn)") % {"title": title} if plan.is_withdrawn else title


def _plan(plan: Plan) -> Searched | None:
    if plan.is_withdrawn:
        return None
    return Searched(
        title=(FreeText(plan.number, ""), *(FreeText(text, code) for code, text in plan.titles.items())),
        texts=(plan.words, FreeText(plan.years, "")),
        owner=plan.owner,
        on=plan.first_on,
    )


def _objective(objective: Objective) -> Searched | None:
    if objective.plan.is_withdrawn:
        return None
    led_by = (objective.responsible,) if objective.responsible else ()
    return Searched(
        title=(objective.words,),
        texts=(objective.more, *(indicator.words for indicator in objective.indicators.all())),
        organisations=led_by,
        owner=objective.plan.owner,
        on=objective.plan.first_on,
        languages=(objective.language,),
    )
