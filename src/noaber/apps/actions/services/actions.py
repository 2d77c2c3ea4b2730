"""Actions: agreed, changed, reported on, done with evidence, dropped, taken up again."""

from __future__ import annotations

import datetime

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.enums import ACTION_STEPS, ActionState, RecommendationState
from noaber.apps.actions.models import Action, ProgressNote, Recommendation
from noaber.apps.actions.origins import origin_of
from noaber.apps.actions.permissions import check_can_report
from noaber.apps.library.enums import Relation
from noaber.apps.library.links import linked_with
from noaber.apps.library.services.links import check_seen, lead_on, link
from noaber.apps.records.history import Author
from noaber.apps.records.kinds import kind_of
from noaber.apps.records.words import Values, check_words
from noaber.apps.records.writing import add, write
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


def add_action(acting: Acting, values: Values, *, source: models.Model | None = None) -> Action:
    """Write down what is to be done; it belongs to the organisation that does, and `source` led to it.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where nothing is written.
    NotFound
        Where the organisation does not see `source`.
    """
    with transaction.atomic():
        said = {"origin": origin_of(source), **values}
        record = add(acting, Action, said, addressees=[values["responsible"]])
        lead_on(acting, source, record)
        return record


def add_action_of(acting: Acting, recommendation: Recommendation, values: Values) -> Action:
    """Make an action from a recommendation, which a declined one does not become."""
    if recommendation.state == RecommendationState.DECLINED:
        raise NotAllowed("recommendation.declined")
    return add_action(acting, values, source=recommendation)


def change_action(acting: Acting, record: Action, values: Values) -> None:
    """Change what is to be done, by whom or until when; its number and day stay. Who could see it before is told."""
    with write(acting, record) as writing:
        writing.set(values)
        writing.address(writing.record.responsible)


def assign_action(acting: Acting, record: Action, responsible: Organisation, *, function: str = "") -> None:
    """Let another organisation do it, or another function there."""
    change_action(acting, record, {"responsible": responsible, "responsible_function": function})


def report_progress(acting: Acting, record: Action, text: str, *, language: str) -> ProgressNote:
    """Say how far it is. The first report on an open action sets it to work."""
    words = check_words(text, "text")
    with write(acting, record, check_reporter) as writing:
        if not writing.record.is_under_way:
            raise NotAllowed("action.closed")
        if writing.record.state == ActionState.OPEN:
            writing.step(ACTION_STEPS, ActionState.IN_PROGRESS)
        return ProgressNote.objects.create(
            action=writing.record,
            at=now(),
            organisation=acting.organisation,
            by=Author.of(acting).by,
            text=words,
            language=language,
        )


def finish_action(
    acting: Acting,
    record: Action,
    *,
    done_on: datetime.date,
    evidence: str = "",
    language: str = "",
    shown_by: models.Model | None = None,
) -> None:
    """It is done, and this shows it: a text, a record that the organisation sees (now or linked before), or both.

    Raises
    ------
    InvalidInput
        Where there is no evidence, or the day lies before the action or ahead.
    """
    words = evidence.strip() and check_words(evidence, "evidence")
    with write(acting, record, check_reporter) as writing:
        locked = writing.record
        if not words and shown_by is None and not _is_shown(acting, locked):
            raise InvalidInput([Problem("action.no-evidence", "evidence")])
        if done_on < locked.made_on or done_on > acting.today:
            raise InvalidInput([Problem("action.done-when", "done_on", {"made_on": locked.made_on.isoformat()})])
        if shown_by is not None:
            check_seen(acting.organisation, shown_by)
            link(Author.of(acting), shown_by, Relation.SHOWS, locked, now=now())
        shown = {"done_on": done_on, "evidence": words, "evidence_language": language if words else ""}
        writing.step(ACTION_STEPS, ActionState.DONE, fields=shown)


def _is_shown(acting: Acting, record: Action) -> bool:
    """Whether a record that the organisation sees is linked as evidence."""
    evidence = (Relation.SHOWS, kind_of(record).code, record.pk)
    links = [end.link for end in linked_with(acting.organisation, record)]
    return any((link.relation, link.to_kind, link.to_id) == evidence for link in links)


def drop_action(acting: Acting, record: Action, *, reason: str, language: str) -> None:
    """It will not be done; why is kept with it."""
    words = check_words(reason, "reason")
    with write(acting, record) as writing:
        writing.step(ACTION_STEPS, ActionState.DROPPED, reason=words, language=language)


def reopen_action(acting: Acting, record: Action, *, reason: str, language: str) -> None:
    """What was done or dropped is to be done after all. The evidence so far stays in the history."""
    words = check_words(reason, "reason")
    unproven = {"done_on": None, "evidence": "", "evidence_language": ""}
    with write(acting, record) as writing:
        writing.step(ACTION_STEPS, ActionState.OPEN, reason=words, language=language, fields=unproven)


def check_reporter(acting: Acting, record: Action) -> None:
    """Raise `NotAllowed` unless they report for whoever is to do it, or keep it."""
    kept = keeps(acting.organisation)
    check_can_report(acting.roles, owner=record.owner_id, responsible=record.responsible_id, kept=kept)
