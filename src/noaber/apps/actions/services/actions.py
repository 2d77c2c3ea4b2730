"""Actions: agreed, changed, reported on, done with evidence, dropped, taken up again."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.actions.enums import ACTION_STEPS, ActionState, RecommendationState
from noaber.apps.actions.models import LONGEST_TITLE, Action, ProgressNote, Recommendation
from noaber.apps.actions.permissions import check_can_change, check_can_report
from noaber.apps.actions.services.common import check_words, origin_of, save_numbered
from noaber.apps.actions.values import ActionData
from noaber.apps.library.enums import Relation
from noaber.apps.library.kinds import kind_of
from noaber.apps.library.links import linked_with
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.services.author import Author, Changed, announce_readers, append_changes
from noaber.apps.registry.services.capacities import group_keys
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

_FIELDS: Final = (
    "title",
    "description",
    "language",
    "responsible_function",
    "due_on",
    "tlp",
    "illustrative",
    "source",
)


def add_action(acting: Acting, data: ActionData, *, source: models.Model | None = None) -> Action:
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
    acting.check_may(Permission.COOPERATE)
    title = check_words(data.title, "title", longest=LONGEST_TITLE)
    with transaction.atomic():
        record = Action(
            owner=acting.organisation,
            responsible=data.responsible,
            made_on=data.made_on,
            origin=origin_of(data.origin, source),
            **_values(data, title),
        )
        save_numbered(record, "A")
        _share(record, data)
        if source is not None:
            check_seen(acting.organisation, source)
            link(Author.of(acting), source, Relation.LED_TO, record, now=now())
        _append(acting, record, ChangeAction.ADDED, {})
        announce_readers(record)
        return record


def add_action_of(acting: Acting, recommendation: Recommendation, data: ActionData) -> Action:
    """Make an action from a recommendation, which a declined one does not become."""
    if recommendation.state == RecommendationState.DECLINED:
        raise NotAllowed("recommendation.declined")
    return add_action(acting, data, source=recommendation)


def change_action(acting: Acting, record: Action, data: ActionData) -> None:
    """Change what is to be done, by whom or until when; its number and day stay. Who could see it before is told."""
    title = check_words(data.title, "title", longest=LONGEST_TITLE)
    with transaction.atomic():
        locked = _lock(record)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        saw = list(readers_of(locked))
        after = _values(data, title) | {"origin": data.origin or locked.origin}
        changes = {
            name: (_stored(getattr(locked, name)), _stored(new))
            for name, new in after.items()
            if getattr(locked, name) != new
        }
        if locked.responsible_id != data.responsible.pk:
            changes["responsible"] = (locked.responsible.code, data.responsible.code)
            locked.responsible = data.responsible
        for name, value in after.items():
            setattr(locked, name, value)
        locked.save()
        _share(locked, data)
        _append(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def assign_action(acting: Acting, record: Action, responsible: Organisation, *, function: str = "") -> None:
    """Let another organisation do it, or another function there."""
    kept: dict[str, Any] = {name: getattr(record, name) for name in _FIELDS}
    data = ActionData(
        responsible=responsible,
        made_on=record.made_on,
        groups=list(record.groups.values_list("code", flat=True)),
        **kept | {"responsible_function": function},
    )
    change_action(acting, record, data)


def report_progress(acting: Acting, record: Action, text: str, *, language: str) -> ProgressNote:
    """Say how far it is. The first report on an open action sets it to work."""
    words = check_words(text, "text")
    with transaction.atomic():
        locked = _lock_for_report(acting, record)
        if not locked.is_under_way:
            raise NotAllowed("action.closed")
        author = Author.of(acting)
        note = ProgressNote.objects.create(
            action=locked, at=now(), organisation=acting.organisation, by=author.by, text=words, language=language
        )
        if locked.state == ActionState.OPEN:
            _step(acting, locked, ActionState.IN_PROGRESS)
        announce_readers(locked)
        return note


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
    if not words and shown_by is None and not _is_shown(acting, record):
        raise InvalidInput([Problem("action.no-evidence", "evidence")])
    if done_on < record.made_on or done_on > now().astimezone(acting.zone).date():
        raise InvalidInput([Problem("action.done-when", "done_on", {"made_on": record.made_on.isoformat()})])
    with transaction.atomic():
        locked = _lock_for_report(acting, record)
        locked.done_on, locked.evidence = done_on, words
        locked.evidence_language = language if words else ""
        if shown_by is not None:
            check_seen(acting.organisation, shown_by)
            link(Author.of(acting), shown_by, Relation.SHOWS, locked, now=now())
        _step(acting, locked, ActionState.DONE)


def _is_shown(acting: Acting, record: Action) -> bool:
    """Whether a record that the organisation sees is linked as evidence."""
    evidence = (Relation.SHOWS, kind_of(record).code, record.pk)
    links = [end.link for end in linked_with(acting.organisation, record)]
    return any((link.relation, link.to_kind, link.to_id) == evidence for link in links)


def drop_action(acting: Acting, record: Action, *, reason: str, language: str) -> None:
    """It will not be done; why is kept with it."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = _lock(record)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        _step(acting, locked, ActionState.DROPPED, reason=words, language=language)


def reopen_action(acting: Acting, record: Action, *, reason: str, language: str) -> None:
    """What was done or dropped is to be done after all. The evidence so far stays in the history."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = _lock(record)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        locked.done_on, locked.evidence, locked.evidence_language = None, "", ""
        _step(acting, locked, ActionState.OPEN, reason=words, language=language)


def _step(acting: Acting, locked: Action, state: ActionState, *, reason: str = "", language: str = "") -> None:
    stored = Action.objects.get(pk=locked.pk)
    if state not in ACTION_STEPS[stored.state]:
        raise NotAllowed("action.step-gone")
    locked.state, locked.state_reason, locked.state_language = state, reason, language
    locked.save()
    names = ("state", "done_on", "evidence")
    changes = {
        name: (_stored(getattr(stored, name)), _stored(getattr(locked, name)))
        for name in names
        if getattr(stored, name) != getattr(locked, name)
    }
    _append(acting, locked, ChangeAction.STATE, changes, reason)
    announce_readers(locked)


def _lock(record: Action) -> Action:
    return Action.objects.select_for_update().get(pk=record.pk)


def _lock_for_report(acting: Acting, record: Action) -> Action:
    locked = _lock(record)
    kept = keeps(acting.organisation)
    check_can_report(acting.roles, owner=locked.owner_id, responsible=locked.responsible_id, kept=kept)
    return locked


def _share(record: Action, data: ActionData) -> None:
    record.groups.set(group_keys(data.groups).values())
    record.addressees.set([data.responsible])


def _values(data: ActionData, title: str) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _FIELDS} | {"title": title}


def _stored(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _append(
    acting: Acting, record: Action, action: ChangeAction, changes: dict[str, tuple[Any, Any]], reason: str = ""
) -> None:
    append_changes(Author.of(acting), Action, [Changed(record.pk, action, changes)], at=now(), reason=reason)
