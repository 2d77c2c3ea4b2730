"""The question about two places of one's choice."""

from __future__ import annotations

import datetime
from typing import Any

from noaber.apps.mapping.forms.page_queries import USUAL_HAZARD, USUAL_HELP, QuestionForm
from noaber.apps.registry.forms.places import TerritoryOnlyFields
from noaber.core.agreements import Agreement, Answer, Question, may_help


class TwoPlacesForm(QuestionForm):
    """From where help would come, and to where it would go."""

    field_order = ("capability", "hazard", "on")

    def __init__(self, query: Any, *, today: datetime.date) -> None:
        super().__init__(query or None, initial={"capability": USUAL_HELP, "hazard": USUAL_HAZARD, "on": today})
        self.today = today
        self.owner = TerritoryOnlyFields(query or None, prefix="from")
        self.place = TerritoryOnlyFields(query or None, prefix="to")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.owner.is_valid(), self.place.is_valid()])

    def answer(self, texts: tuple[Agreement, ...]) -> Answer:
        """Only after `is_valid()`."""
        question = Question(
            owner_territory=self.owner.cleaned_data["territory"],
            place_territory=self.place.cleaned_data["territory"],
            capability=self.cleaned_data["capability"] or None,
            hazard=self.cleaned_data["hazard"] or None,
        )
        return may_help(question, texts, self.cleaned_data["on"] or self.today)
