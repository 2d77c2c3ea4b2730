"""Practices: written down, changed, translated, taken over by others."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.actions.services.common import check_words, save_numbered
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.practices.enums import ReuseResult
from noaber.apps.practices.models import LONGEST_TITLE, Practice, Reuse, Translation
from noaber.apps.practices.permissions import check_can_change
from noaber.apps.practices.services.common import Changes, check_past, keep_history, set_codes, set_fields, stored
from noaber.apps.practices.values import PracticeData, ReuseData, WordsData
from noaber.apps.registry.enums import ChangeAction
from noaber.apps.registry.services.author import Author, announce_readers
from noaber.apps.registry.services.capacities import group_keys
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

_FIELDS: Final = ("occasion", "occasion_name", "contact_function", "tlp", "illustrative", "source")
_OPTIONAL: Final = {"description": 10_000, "place": LONGEST_TITLE, "audience": LONGEST_TITLE}


def add_practice(acting: Acting, data: PracticeData, *, source: models.Model | None = None) -> Practice:
    """Write a practice down; it belongs to the organisation that does, and `source` led to it.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Where its title or summary is missing, or a code is unknown.
    NotFound
        Where the organisation does not see `source`.
    """
    acting.check_may(Permission.COOPERATE)
    values = _words(data.words) | {name: getattr(data, name) for name in _FIELDS}
    with transaction.atomic():
        record = Practice(owner=acting.organisation, made_on=data.made_on, **values)
        save_numbered(record, "GP")
        record.groups.set(group_keys(data.groups).values())
        set_codes(record, data.about)
        if source is not None:
            check_seen(acting.organisation, source)
            link(Author.of(acting), source, Relation.LED_TO, record, now=now())
        keep_history(acting, record, ChangeAction.ADDED, {})
        announce_readers(record)
        return record


def change_practice(acting: Acting, record: Practice, data: PracticeData) -> None:
    """Change what is written; its number and day stay. Who could see it before is told."""
    values = _words(data.words) | {name: getattr(data, name) for name in _FIELDS}
    with transaction.atomic():
        locked = _lock(record)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        if locked.translations.filter(language=data.words.language).exists():
            raise InvalidInput([Problem("practice.language-taken", "language")])
        saw = list(readers_of(locked))
        changes = set_fields(locked, values) | set_codes(locked, data.about)
        locked.groups.set(group_keys(data.groups).values())
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def translate_practice(acting: Acting, record: Practice, data: WordsData) -> Translation:
    """Put the practice into another language, or better the translation that is there; whoever sees it may.

    Raises
    ------
    InvalidInput
        Where it is the language in which the practice is written.
    """
    acting.check_may(Permission.COOPERATE)
    values = _words(data)
    with transaction.atomic():
        locked = _lock(record)
        check_seen(acting.organisation, locked)
        if data.language == locked.language:
            raise InvalidInput([Problem("practice.own-language", "language")])
        author = Author.of(acting)
        before = locked.translations.filter(language=data.language).first()
        made, _created = Translation.objects.update_or_create(
            practice=locked,
            language=data.language,
            defaults=values | {"organisation": acting.organisation, "by": author.by, "at": now()},
        )
        told = {name: (getattr(before, name, None), value) for name, value in values.items() if name != "language"}
        changes = {name: pair for name, pair in told.items() if (pair[0] or "") != pair[1]}
        keep_history(acting, locked, ChangeAction.CHANGED, changes, data.language)
        announce_readers(locked)
        return made


def reuse_practice(acting: Acting, record: Practice, data: ReuseData) -> Reuse:
    """Say that the acting organisation takes the practice over, which it sees.

    Raises
    ------
    InvalidInput
        Where it is not said where, the day is still to come, or it is over and not said what came of it.
    """
    acting.check_may(Permission.COOPERATE)
    values = _reuse_values(acting, data)
    with transaction.atomic():
        locked = _lock(record)
        check_seen(acting.organisation, locked)
        made = Reuse.objects.create(
            practice=locked, organisation=acting.organisation, by=Author.of(acting).by, at=now(), **values
        )
        _keep_reuse(acting, locked, made, {})
        return made


def change_reuse(acting: Acting, reuse: Reuse, data: ReuseData) -> None:
    """Say what came of it since; only the organisation that reuses does."""
    acting.check_may(Permission.COOPERATE)
    values = _reuse_values(acting, data)
    with transaction.atomic():
        locked = Reuse.objects.select_for_update().get(pk=reuse.pk)
        if locked.organisation_id not in keeps(acting.organisation):
            raise NotAllowed("practice.reuse-of-another")
        check_seen(acting.organisation, locked.practice)
        before = {name: getattr(locked, name) for name in values}
        for name, value in values.items():
            setattr(locked, name, value)
        locked.by, locked.at = Author.of(acting).by, now()
        locked.save()
        _keep_reuse(acting, locked.practice, locked, before)


def _keep_reuse(acting: Acting, practice: Practice, reuse: Reuse, before: dict[str, Any]) -> None:
    names = ("place", "since", "result", "note")
    told = {name: (stored(before.get(name)), stored(getattr(reuse, name))) for name in names}
    changes: Changes = {name: pair for name, pair in told.items() if (pair[0] or "") != (pair[1] or "")}
    keep_history(acting, practice, ChangeAction.CHANGED, changes, reuse.organisation.code)
    announce_readers(practice)


def _reuse_values(acting: Acting, data: ReuseData) -> dict[str, Any]:
    check_past(data.since, "since", acting)
    is_over = data.result != ReuseResult.UNDER_WAY
    return {
        "place": check_words(data.place, "place", longest=LONGEST_TITLE),
        "since": data.since,
        "result": data.result,
        "note": check_words(data.note, "note") if data.note.strip() or is_over else "",
        "language": data.language,
    }


def _words(data: WordsData) -> dict[str, str]:
    needed = {
        "language": data.language,
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "summary": check_words(data.summary, "summary"),
    }
    given = {name: getattr(data, name).strip() for name in _OPTIONAL}
    return needed | {name: text and check_words(text, name, longest=_OPTIONAL[name]) for name, text in given.items()}


def _lock(record: Practice) -> Practice:
    return Practice.objects.select_for_update().get(pk=record.pk)
