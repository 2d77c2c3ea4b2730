"""Asking someone to find out what a text says, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.mapping.models import FieldQuestion
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.mapping.questions import OpenQuestion
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.records.rows import lock_row
from noaber.apps.registry.models import AgreementRow, FieldCheck
from noaber.apps.registry.queries import agreement_of
from noaber.apps.registry.services.field_checks import check_seen_field, may_state, record_reading
from noaber.core.agreements import Agreement, unknown_fields
from noaber.core.agreements.reading import Reading
from noaber.core.problems import InvalidInput, NotAllowed, Problem


@dataclass(frozen=True)
class Asking:
    """Of whom an answer is wanted, and by when."""

    organisation: Organisation
    due_on: date
    function: str = ""
    note: str = ""


def ask(acting: Acting, row: AgreementRow, field: str, asking: Asking, *, now: datetime) -> FieldQuestion:
    """Ask an organisation that sees the text to find out a field; asked again, the new one counts.

    Raises
    ------
    InvalidInput
        Where the field is known, the organisation does not see the text, or the day lies in the past.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    _check_asking(row, field, asking, now.astimezone(acting.zone).date())
    author = Author.of(acting)
    with transaction.atomic():
        before = FieldQuestion.objects.filter(agreement=row, field=field).first()
        question = before or FieldQuestion(agreement=row, field=field)
        was = _told(question) if before else {}
        question.state = QuestionState.ASSIGNED
        question.organisation, question.function = asking.organisation, asking.function
        question.due_on, question.note = asking.due_on, asking.note
        question.asked_at, question.asked_by, question.asker = now, author.by, acting.organisation
        question.reason, question.closed_at, question.closed_by, question.check_of = "", None, "", None
        question.save()
        action = ChangeAction.CHANGED if before else ChangeAction.ADDED
        _append(author, question, was, action, reason=asking.note, now=now)
        return question


def _check_asking(row: AgreementRow, field: str, asking: Asking, today: date) -> None:
    if field not in unknown_fields(agreement_of(row)):
        raise InvalidInput([Problem("mapping.question-known", "field")])
    if not readers_of(row).filter(pk=asking.organisation.pk).exists():
        params = {"organisation": asking.organisation.code}
        raise InvalidInput([Problem("mapping.question-reader", "organisation", params)])
    if asking.due_on < today:
        raise InvalidInput([Problem("mapping.question-due", "due_on")])


def may_answer(acting: Acting, question: OpenQuestion) -> bool:
    """Whether someone may write down what they found: who was asked, who keeps the text, a party to it."""
    if not acting.may(Permission.EDIT_AGREEMENTS):
        return False
    asked = question.asked is not None and question.asked.organisation_id == acting.organisation.pk
    return asked or may_state(acting, question.row)


def answer(
    acting: Acting,
    question: OpenQuestion,
    reading: Reading,
    inventory: Collection[Agreement],
    *,
    on: date,
    note: str,
    seen: str = "",
    now: datetime,
) -> FieldCheck:
    """Write down what was found, with its source; `close_answered` closes the question where the field is known now.

    Parameters
    ----------
    seen
        The `field_digest` of what they were shown of it, where they were.

    Raises
    ------
    NotAllowed
        For whoever was not asked, does not keep the text and is no party to it.
    InvalidInput
        Where the text would not be sound with the answer, or says something else by now than what they were shown.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    if not may_answer(acting, question):
        raise NotAllowed("registry.not-party")
    with transaction.atomic():
        check_seen_field(question.row, question.field, seen)
        return record_reading(Author.of(acting), question.row, reading, inventory, on=on, note=note, now=now)


def close_answered(check: FieldCheck, author: Author) -> None:
    """A field was read: whoever was asked about it need not look any more, if it is known now."""
    row = check.agreement
    question = FieldQuestion.objects.filter(agreement=row, field=check.field).first()
    if question is None or check.field in unknown_fields(agreement_of(row)):
        return
    before = _told(question)
    question.state, question.check_of = QuestionState.ANSWERED, check
    question.closed_at, question.closed_by, question.reason = check.at, check.by, ""
    question.save()
    _append(author, question, before, ChangeAction.CHECKED, reason=check.source, now=check.at)


def may_give_up(acting: Acting, question: OpenQuestion) -> bool:
    """Whether someone may say that it cannot be found: who was asked, who asked, who keeps the text."""
    if not acting.may(Permission.EDIT_AGREEMENTS):
        return False
    near = {question.asked.organisation_id, question.asked.asker_id} if question.asked else set()
    return acting.organisation.pk in near or question.row.owner_id in keeps(acting.organisation)


def give_up(acting: Acting, question: OpenQuestion, reason: str, *, now: datetime) -> FieldQuestion:
    """Say that it cannot be found, and why. The field stays unknown.

    Raises
    ------
    NotAllowed
        For whoever was not asked, did not ask, and does not keep the text.
    InvalidInput
        Where it is known by now.
    """
    acting.check_may(Permission.EDIT_AGREEMENTS)
    if not may_give_up(acting, question):
        raise NotAllowed("mapping.question-not-asked")
    author = Author.of(acting)
    with transaction.atomic():
        row = lock_row(AgreementRow.objects.all(), question.row.pk)
        if question.field not in unknown_fields(agreement_of(row)):
            raise InvalidInput([Problem("mapping.question-known")])
        asked = question.asked or FieldQuestion(
            agreement=question.row,
            field=question.field,
            organisation=acting.organisation,
            asker=acting.organisation,
            due_on=now.astimezone(acting.zone).date(),
            asked_at=now,
            asked_by=author.by,
        )
        before = _told(asked) if asked.pk else {}
        asked.state, asked.reason = QuestionState.NOT_FOUND, reason
        asked.closed_at, asked.closed_by = now, author.by
        asked.save()
        _append(author, asked, before, ChangeAction.CHANGED, reason=reason, now=now)
        return asked


def _told(question: FieldQuestion) -> dict[str, str]:
    """What the history tells of a question."""
    return {
        "state": question.state,
        "organisation": question.organisation.code,
        "function": question.function,
        "due_on": question.due_on.isoformat(),
    }


def _append(
    author: Author, question: FieldQuestion, before: dict[str, str], action: ChangeAction, *, reason: str, now: datetime
) -> None:
    after = _told(question)
    changes = {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
    append_changes(author, FieldQuestion, [Changed(question.pk, action, changes)], at=now, reason=reason)
    announce_readers(question.agreement)
