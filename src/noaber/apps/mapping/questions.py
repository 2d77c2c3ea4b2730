"""The open questions of the inventory: every unknown that a reader sees, and how far it is.

An unknown is open by itself; a row of `FieldQuestion` says who was asked. What the text says by now decides: a field
that became known is answered, however it did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.models import FieldQuestion
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.queries import agreement_of, inventory_rows
from noaber.core.agreements import ESTABLISHED_FIELDS, Agreement, unknown_fields
from noaber.core.problems import NotFound


@dataclass(frozen=True)
class OpenQuestion:
    """One field of one text that is unknown, or was when someone was asked."""

    row: AgreementRow
    text: Agreement
    field: str
    asked: FieldQuestion | None
    is_unknown: bool

    @property
    def state(self) -> QuestionState:
        """How far it is; a field that became unknown again is asked as before."""
        if not self.is_unknown:
            return QuestionState.ANSWERED
        if self.asked is None:
            return QuestionState.OPEN
        if self.asked.state == QuestionState.NOT_FOUND:
            return QuestionState.NOT_FOUND
        return QuestionState.ASSIGNED

    @property
    def due_on(self) -> date | None:
        return self.asked.due_on if self.asked and self.state == QuestionState.ASSIGNED else None

    def is_overdue(self, today: date) -> bool:
        """Whether an answer was wanted before today."""
        return self.due_on is not None and self.due_on < today

    def is_asked_of(self, organisation: Organisation) -> bool:
        """Whether it waits for that organisation."""
        asked = self.asked
        return self.state == QuestionState.ASSIGNED and asked is not None and asked.organisation_id == organisation.pk


def open_questions(reader: Organisation) -> list[OpenQuestion]:
    """Every unknown of every text that `reader` sees, and what became of those that someone was asked about."""
    rows = inventory_rows(reader)
    asked: dict[int, dict[str, FieldQuestion]] = {}
    questions = FieldQuestion.objects.filter(agreement__in=[row.pk for row in rows])
    for question in questions.select_related("organisation", "asker", "check_of"):
        asked.setdefault(question.agreement_id, {})[question.field] = question
    return [found for row in rows for found in _of_text(row, asked.get(row.pk, {}))]


def questions_of(row: AgreementRow) -> list[OpenQuestion]:
    """The questions of one text, which the caller has read as its reader sees it."""
    questions = FieldQuestion.objects.filter(agreement=row).select_related("organisation", "asker", "check_of")
    return list(_of_text(row, {question.field: question for question in questions}))


def get_question(row: AgreementRow, field: str, *, was_open: bool = False) -> OpenQuestion:
    """One question of a text, or `NotFound` where the field is known and nobody was ever asked.

    One that `was_open` when somebody looked is found also where it became known meanwhile.
    """
    found = next((question for question in questions_of(row) if question.field == field), None)
    if found is not None:
        return found
    if was_open and field in ESTABLISHED_FIELDS:
        return OpenQuestion(row, agreement_of(row), field, None, False)
    raise NotFound


def _of_text(row: AgreementRow, asked: dict[str, FieldQuestion]) -> Iterable[OpenQuestion]:
    text = agreement_of(row)
    unknown = set(unknown_fields(text))
    for name in ESTABLISHED_FIELDS:
        if name in unknown or name in asked:
            yield OpenQuestion(row, text, name, asked.get(name), name in unknown)


def count_asked_of(organisation: Organisation) -> int:
    """How many questions wait for an organisation."""
    seen = AgreementRow.objects.visible_to(organisation).values("pk")
    waiting = FieldQuestion.objects.filter(organisation=organisation, state=QuestionState.ASSIGNED)
    return waiting.filter(agreement__in=seen).count()
