"""The open questions as rows: what waits for the reader first, then what is overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.functions import read_function
from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.forms.questions import EVERY_STATE, Sought
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.mapping.questions import OpenQuestion, questions_of
from noaber.apps.registry.field_notes import FieldNote
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.fields import field_fact
from noaber.apps.registry.presenters.legal_words import FIELDS, LEVELS
from noaber.apps.registry.presenters.text_list import Counted
from noaber.core.agreements import ESTABLISHED_FIELDS
from noaber.web import wording
from noaber.web.clock import now
from noaber.web.tables import Column

_STATES: Final = (QuestionState.ASSIGNED, QuestionState.OPEN, QuestionState.NOT_FOUND, QuestionState.ANSWERED)
_SIGNS: Final = {
    QuestionState.OPEN: ("", "unknown"),
    QuestionState.ASSIGNED: ("tag--info", "people"),
    QuestionState.NOT_FOUND: ("", "no"),
    QuestionState.ANSWERED: ("tag--ok", "yes"),
}


@dataclass(frozen=True)
class QuestionRow:
    """One question in the list."""

    code: str
    title: str
    level: str
    level_key: str
    field: str
    label: str
    supposed: str
    state: QuestionState
    state_words: str
    tag: str
    icon: str
    asked_of: str
    function: str
    due_on: date | None
    is_overdue: bool
    is_mine: bool
    note: str
    reason: str
    url: str
    haystack: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.code}:{self.field}"

    @property
    def rank(self) -> tuple[int, int, date, str]:
        """What waits for the reader first, then what is overdue, then by day."""
        return (
            0 if self.is_mine else 1,
            _STATES.index(self.state),
            self.due_on or date.max,
            self.title.casefold(),
        )


def question_row(question: OpenQuestion, reader: Organisation, today: date) -> QuestionRow:
    """One question, as `reader` sees it today."""
    asked, state = question.asked, question.state
    tag, icon = _SIGNS[state]
    fact = field_fact(question.text, question.field, {})
    title = title_of(question.text)
    return QuestionRow(
        code=question.row.code,
        title=title,
        level=str(LEVELS[question.text.level]),
        level_key=question.text.level.value,
        field=question.field,
        label=str(FIELDS[question.field]),
        supposed=fact.supposed,
        state=state,
        state_words=str(state.label),
        tag=tag,
        icon=icon,
        asked_of=asked.organisation.code if asked and state != QuestionState.OPEN else "",
        function=asked.function if asked else "",
        due_on=question.due_on,
        is_overdue=question.is_overdue(today),
        is_mine=question.is_asked_of(reader),
        note=asked.note if asked else "",
        reason=asked.reason if asked and state == QuestionState.NOT_FOUND else "",
        url=reverse("question", args=[question.row.code, question.field]),
        haystack=" ".join([question.row.code, title, *question.text.parties]).casefold(),
    )


def cut(rows: Sequence[QuestionRow], sought: Sought) -> list[QuestionRow]:
    """The rows that fit; without a state, all that are not answered."""
    text = sought.text.casefold().strip()
    return [
        row
        for row in rows
        if text in row.haystack
        and _fits_state(row, sought.state)
        and sought.field in ("", row.field)
        and sought.level in ("", row.level_key)
        and sought.organisation in ("", row.asked_of)
        and (not sought.mine or row.is_mine)
        and (not sought.overdue or row.is_overdue)
    ]


def _fits_state(row: QuestionRow, state: str) -> bool:
    if not state:
        return row.state != QuestionState.ANSWERED
    return state in (EVERY_STATE[0], row.state.value)


@dataclass(frozen=True)
class Counts:
    """What the list holds before it is cut."""

    unknown: int
    mine: int
    overdue: int
    states: list[Counted]
    """Each state that occurs."""
    fields: list[Counted]
    """In how many texts each field is open, the most first."""


def count_rows(rows: Iterable[QuestionRow]) -> Counts:
    listed = list(rows)
    states = Counter(row.state for row in listed)
    fields = Counter(row.field for row in listed if row.state != QuestionState.ANSWERED)
    named = [Counted(name, str(FIELDS[name]), fields[name]) for name in ESTABLISHED_FIELDS if fields[name]]
    return Counts(
        unknown=sum(fields.values()),
        mine=sum(row.is_mine for row in listed),
        overdue=sum(row.is_overdue for row in listed),
        states=[
            Counted(one.value, str(one.label), states[one], _SIGNS[one][1]) for one in QuestionState if states[one]
        ],
        fields=sorted(named, key=lambda counted: -counted.count),
    )


COLUMNS: Final = (
    Column("text", gettext_lazy("Text"), lambda row: row.title),
    Column("field", gettext_lazy("Field"), lambda row: row.label),
    Column("state", gettext_lazy("State"), lambda row: row.rank),
    Column("asked", gettext_lazy("Asked of"), lambda row: row.asked_of or None),
    Column("due", gettext_lazy("Wanted by"), lambda row: row.due_on),
)
FILE_COLUMNS: Final = (
    Column("id", gettext_lazy("Id"), lambda row: row.code),
    Column("text", gettext_lazy("Text"), lambda row: row.title),
    Column("level", gettext_lazy("Level"), lambda row: row.level),
    Column("field", gettext_lazy("Field"), lambda row: row.label),
    Column("supposed", gettext_lazy("Supposed meanwhile"), lambda row: row.supposed),
    Column("state", gettext_lazy("State"), lambda row: row.state_words),
    Column("asked", gettext_lazy("Asked of"), lambda row: row.asked_of),
    Column("function", gettext_lazy("Function or person"), lambda row: row.function),
    Column("due", gettext_lazy("Wanted by"), lambda row: row.due_on),
    Column("note", gettext_lazy("Note"), lambda row: row.note),
    Column("reason", gettext_lazy("Why it cannot be found"), lambda row: row.reason),
)


@dataclass(frozen=True)
class AskedView:
    """Who asked whom, for the page of one question."""

    by: str
    closed_by: str


def asked_view(question: OpenQuestion) -> AskedView | None:
    """Who asked and who closed, in the reader's language."""
    asked = question.asked
    if asked is None:
        return None
    return AskedView(f"{read_function(asked.asked_by)}, {asked.asker.code}", read_function(asked.closed_by))


def notes_of(reader: Organisation, row: AgreementRow) -> dict[str, FieldNote]:
    """What the page of a text says beside each unknown field: who was asked, or that nobody was."""
    today = now().date()
    return {question.field: _note(question, today) for question in questions_of(row) if question.is_unknown}


def _note(question: OpenQuestion, today: date) -> FieldNote:
    url = reverse("question", args=[question.row.code, question.field])
    asked = question.asked
    match question.state:
        case QuestionState.ASSIGNED if asked:
            who = {"organisation": asked.organisation.code, "day": wording.day(asked.due_on)}
            if question.is_overdue(today):
                return FieldNote(_("%(organisation)s, was due by %(day)s") % who, url, "bad", "clock")
            return FieldNote(_("%(organisation)s finds out by %(day)s") % who, url, "info", "people")
        case QuestionState.NOT_FOUND:
            return FieldNote(_("cannot be found"), url, "", "no")
        case _:
            return FieldNote(_("nobody was asked"), url, "", "unknown")
