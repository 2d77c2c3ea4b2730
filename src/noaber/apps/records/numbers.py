"""Numbers that last: a letter, the year, and a running number over all organisations."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction

from noaber.apps.records.models import NumberedRecord
from noaber.core.problems import NotAllowed

_TRIES: Final = 5


def save_numbered(record: NumberedRecord) -> None:
    """Save a new record under the next number of its year; again where someone else took that at the same moment."""
    for _try in range(_TRIES):
        record.number = _next_number(record, f"{record.letter}-{record.made_on.year}-")
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NotAllowed("action.overtaken")


def _next_number(record: NumberedRecord, prefix: str) -> str:
    """A letter, the year, and a running number over all organisations: A-2024-012."""
    taken = type(record)._default_manager.filter(number__startswith=prefix).values_list("number", flat=True)
    running = max((int(number.removeprefix(prefix)) for number in taken), default=0) + 1
    return f"{prefix}{running:03d}"
