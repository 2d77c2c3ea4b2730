"""Recommendations and actions as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.library.kinds import Kind, add_kind


def add_kinds() -> None:
    add_kind(
        Kind(
            code="recommendation",
            label=_("recommendation"),
            plural=_("recommendations"),
            icon="info",
            model=Recommendation,
            visible=Recommendation.objects.visible_to,
            title=lambda record: record.title,
        )
    )
    add_kind(
        Kind(
            code="action",
            label=_("action"),
            plural=_("actions"),
            icon="yes",
            model=Action,
            visible=Action.objects.visible_to,
            title=lambda record: f"{record.number} {record.title}",
        )
    )
