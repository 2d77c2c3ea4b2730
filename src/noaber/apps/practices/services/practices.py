"""Practices: written down, changed, translated, taken over by others."""

from __future__ import annotations

from typing import Any, Final

from django.db import models, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.services.links import check_seen, lead_on
from noaber.apps.practices.enums import ReuseResult
from noaber.apps.practices.models import LONGEST_TITLE, Practice, Reuse, Translation
from noaber.apps.practices.services.common import check_past, set_codes
from noaber.apps.practices.values import PracticeData, ReuseData, WordsData
from noaber.apps.records.history import Author, Changes, set_fields
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import check_words
from noaber.apps.records.writing import add, write
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

_FIELDS: Final = ("occasion", "occasion_name", "contact_function", "illustrative", "source")
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
    record = Practice(owner=acting.organisation, made_on=data.made_on, tlp=data.tlp, **_values(data))
    with transaction.atomic():
        add(acting, record, "GP", groups=data.groups)
        set_codes(record, data.about)
        lead_on(acting, source, record)
        return record


def change_practice(acting: Acting, record: Practice, data: PracticeData) -> None:
    """Change what is written; its number and day stay. Who could see it before is told."""
    values = _values(data)
    with write(acting, record) as writing:
        if writing.record.translations.filter(language=data.words.language).exists():
            raise InvalidInput([Problem("practice.language-taken", "language")])
        writing.set(values)
        writing.share(tlp=data.tlp, groups=data.groups)
        writing.tell(set_codes(writing.record, data.about))


def translate_practice(acting: Acting, record: Practice, data: WordsData) -> Translation:
    """Put the practice into another language, or better the translation that is there; whoever sees it may.

    Raises
    ------
    InvalidInput
        Where it is the language in which the practice is written.
    """
    acting.check_may(Permission.COOPERATE)
    values = _words(data)
    with write(acting, record, check_reader) as writing:
        locked = writing.record
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
        writing.tell(changes, data.language)
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
    with write(acting, record, check_reader) as writing:
        made = Reuse.objects.create(
            practice=writing.record, organisation=acting.organisation, by=Author.of(acting).by, at=now(), **values
        )
        writing.tell(_told({name: (None, value) for name, value in values.items()}), made.organisation.code)
        return made


def change_reuse(acting: Acting, reuse: Reuse, data: ReuseData) -> None:
    """Say what came of it since; only the organisation that reuses does."""
    acting.check_may(Permission.COOPERATE)
    values = _reuse_values(acting, data)
    with write(acting, reuse.practice, check_reader) as writing:
        locked = lock_row(Reuse.objects.all(), reuse.pk)
        if locked.organisation_id not in keeps(acting.organisation):
            raise NotAllowed("practice.reuse-of-another")
        changes = set_fields(locked, values)
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


def _values(data: PracticeData) -> dict[str, Any]:
    return _words(data.words) | {name: getattr(data, name) for name in _FIELDS}


def _words(data: WordsData) -> dict[str, str]:
    needed = {
        "language": data.language,
        "title": check_words(data.title, "title", longest=LONGEST_TITLE),
        "summary": check_words(data.summary, "summary"),
    }
    given = {name: getattr(data, name).strip() for name in _OPTIONAL}
    return needed | {name: text and check_words(text, name, longest=_OPTIONAL[name]) for name, text in given.items()}
