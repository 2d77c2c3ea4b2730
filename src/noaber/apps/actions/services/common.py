"""What both kinds of record need: numbers that last, and ends of links that the author sees."""

from __future__ import annotations

import datetime
from typing import Any, Final, Protocol

from django.db import IntegrityError, models, transaction

from noaber.apps.actions.enums import Origin
from noaber.apps.library.kinds import kind_of
from noaber.core.plain_text import find_unfit
from noaber.core.problems import InvalidInput, NotAllowed, Problem

LONGEST_TEXT: Final = 10_000
_TRIES: Final = 5


class Numbered(Protocol):
    """A record under a number of its year."""

    number: str
    made_on: datetime.date

    def save(self, *, force_insert: bool) -> None: ...


def save_numbered(record: Numbered, letter: str) -> None:
    """Save a new record under the next number of its year; again where someone else took that at the same moment."""
    for _try in range(_TRIES):
        record.number = _next_number(record, f"{letter}-{record.made_on.year}-")
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NotAllowed("action.overtaken")


def _next_number(record: Any, prefix: str) -> str:
    """A letter, the year, and a running number over all organisations: A-2024-012."""
    taken = type(record)._default_manager.filter(number__startswith=prefix).values_list("number", flat=True)
    running = max((int(number.removeprefix(prefix)) for number in taken), default=0) + 1
    return f"{prefix}{running:03d}"


def check_words(text: str, where: str, *, longest: int = LONGEST_TEXT) -> str:
    """The text without spaces around it.

    Raises
    ------
    InvalidInput
        Where nothing is left, it is too long, or a character stands in it that no file could carry.
    """
    words = text.strip()
    if character := find_unfit(words):
        raise InvalidInput([Problem("text.character", where, {"character": character})])
    if not words:
        raise InvalidInput([Problem("request.no-words", where)])
    if len(words) > longest:
        raise InvalidInput([Problem("capacity.too-long", where, {"length": len(words), "longest": longest})])
    return words


def origin_of(given: Origin | None, source: models.Model | None) -> Origin:
    """What was said, else what the source is, else unknown."""
    if given is not None:
        return given
    if source is None:
        return Origin.UNKNOWN
    code = kind_of(source).code
    return Origin(code) if code in Origin.values else Origin.OTHER
