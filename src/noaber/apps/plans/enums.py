"""The kinds and states of plans, which state may follow which, and what becomes of a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanKind(TextChoices):
    ANNUAL = "annual", _("annual plan")
    MULTI_YEAR = "multi-year", _("multi-year programme")


class PlanState(TextChoices):
    DRAFT = "draft", pgettext_lazy("a plan", "draft")
    CONSULTATION = "consultation", pgettext_lazy("a plan", "in consultation")
    ADOPTED = "adopted", pgettext_lazy("a plan", "adopted")
    CLOSED = "closed", pgettext_lazy("a plan", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("a plan", "withdrawn")


class VersionKind(TextChoices):
    DRAFT = "draft", pgettext_lazy("a version of a plan", "draft sent for consultation")
    ADOPTED = "adopted", pgettext_lazy("a version of a plan", "adopted text")


class Outcome(TextChoices):
    """What became of a comment."""

    TAKEN_OVER = "taken-over", pgettext_lazy("a comment", "taken over")
    PARTLY = "partly", pgettext_lazy("a comment", "taken over in part")
    NOT = "not", pgettext_lazy("a comment", "not taken over")


WRITABLE: Final = (PlanState.DRAFT, PlanState.CONSULTATION)
"""While its objectives may still be worded; afterwards the text stands, and only work goes on."""

OVER: Final = (PlanState.CLOSED, PlanState.WITHDRAWN)
"""When nothing of it changes any more and nobody works by it."""

PLAN_STEPS: Final[Mapping[str, tuple[PlanState, ...]]] = {
    PlanState.DRAFT: (PlanState.CONSULTATION, PlanState.ADOPTED, PlanState.WITHDRAWN),
    PlanState.CONSULTATION: (PlanState.DRAFT, PlanState.ADOPTED, PlanState.WITHDRAWN),
    PlanState.ADOPTED: (PlanState.DRAFT, PlanState.CLOSED),
    PlanState.CLOSED: (),
    PlanState.WITHDRAWN: (PlanState.DRAFT,),
}
