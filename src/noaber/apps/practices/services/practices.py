"""Practices: written down, changed, translated, taken over by others."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.services.links import check_seen, lead_on
from noaber.apps.practices.enums import ReuseResult
from noaber.apps.practices.models import Practice, Reuse, Translation
from noaber.apps.practices.services.codes import check_past, set_codes, split_codes
from noaber.apps.records.history import Author, Changes, set_fields
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import Values, check_values, check_words
from noaber.apps.records.writing import add, write
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now


def add_practice(acting: Acting, values: Values, *, source: models.Model | None = None) -> Practice:
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
    said, codes = split_codes(values)
    with transaction.atomic():
        record = add(acting, Practice, {"tlp": TlpLabel.GREEN, **said})
        set_codes(record, codes)
        lead_on(acting, source, record)
        return record


def change_practice(acting: Acting, record: Practice, values: Values) -> None:
    """Change what is written; its number and day stay. Who could see it before is told."""
    said, codes = split_codes(values)
    with write(acting, record) as writing:
        if writing.record.translations.filter(language=said.get("language")).exists():
            raise InvalidInput([Problem("practice.language-taken", "language")])
        writing.set(said)
        writing.tell(set_codes(writing.record, codes))


def translate_practice(acting: Acting, record: Practice, values: Values) -> Translation:
    """Put the practice into another language, or better the translation that is there; whoever sees it may.

    Raises
    ------
    InvalidInput
        Where it is the language in which the practice is written.
    """
    acting.check_may(Permission.COOPERATE)
    words = check_values(Translation, values, new=True)
    with write(acting, record, check_reader) as writing:
        locked = writing.record
        if words["language"] == locked.language:
            raise InvalidInput([Problem("practice.own-language", "language")])
        author = Author.of(acting)
        before = locked.translations.filter(language=words["language"]).first()
        made, _created = Translation.objects.update_or_create(
            practice=locked,
            language=words["language"],
            defaults=words | {"organisation": acting.organisation, "by": author.by, "at": now()},
        )
        told = {name: (getattr(before, name, None), value) for name, value in words.items() if name != "language"}
        changes = {name: pair for name, pair in told.items() if (pair[0] or "") != pair[1]}
        writing.tell(changes, words["language"])
        return made


def reuse_practice(acting: Acting, record: Practice, values: Values) -> Reuse:
    """Say that the acting organisation takes the practice over, which it sees.

    Raises
    ------
    InvalidInput
        Where it is not said where, the day is still to come, or it is over and not said what came of it.
    """
    acting.check_may(Permission.COOPERATE)
    said = _checked_reuse(acting, values)
    with write(acting, record, check_reader) as writing:
        made = Reuse.objects.create(
            practice=writing.record, organisation=acting.organisation, by=Author.of(acting).by, at=now(), **said
        )
        writing.tell(_told({name: (None, value) for name, value in said.items()}), made.organisation.code)
        return made


def change_reuse(acting: Acting, reuse: Reuse, values: Values) -> None:
    """Say what came of it since; only the organisation that reuses does."""
    acting.check_may(Permission.COOPERATE)
    said = _checked_reuse(acting, values)
    with write(acting, reuse.practice, check_reader) as writing:
        locked = lock_row(Reuse.objects.all(), reuse.pk)
        if locked.organisation_id not in keeps(acting.organisation):
            raise NotAllowed("practice.reuse-of-another")
        changes = set_fields(locked, said)
        locked.by, locked.at = Author.of(acting).by, now()
        locked.save()
        writing.tell(_told(changes), locked.organisation.code)


def check_reader(acting: Acting, record: Practice) -> None:
    """Raise `NotFound` unless the organisation sees it."""
    check_seen(acting.organisation, record)


def _told(changes: Changes) -> Changes:
    """What is new about a reuse; a note that stays empty is not."""
    told = {name: changes[name] for name in ("place", "since", "result", "note") if name in changes}
    return {name: (before, after) for name, (before, after) in told.items() if before or after}


def _checked_reuse(acting: Acting, values: Values) -> dict[str, Any]:
    """Once it is over, what came of it has to be said."""
    said = {"note": "", **check_values(Reuse, values, new=True)}
    check_past(said["since"], "since", acting)
    if said.setdefault("result", ReuseResult.UNDER_WAY) != ReuseResult.UNDER_WAY:
        check_words(said["note"], "note")
    return said
