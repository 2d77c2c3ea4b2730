"""Deriving every row anew from the journal, and saying what differed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models, transaction

from noaber.apps.exchange.models import Payload, Request
from noaber.apps.exchange.projection import TABLES, delete_rows, make_rows
from noaber.apps.exchange.threads import load_thread
from noaber.web.written import tell_written

AT_ONCE = 200


@dataclass
class Rebuilt:
    """What was derived, and by table how many rows were missing, too many or other than before."""

    threads: int = 0
    messages: int = 0
    changed: dict[str, int] = field(default_factory=dict)


def rebuild_projections(*, keep: bool = True) -> Rebuilt:
    """Drop and derive every projection; without `keep` the tables are left as they were, only compared."""
    rebuilt = Rebuilt(messages=Payload.objects.count())
    with transaction.atomic():
        known = set(Payload.objects.values_list("thread_id", flat=True).distinct())
        for thread_ids in _batches(sorted(known | _projected())):
            _rebuild(thread_ids, rebuilt)
        rebuilt.threads = len(known)
        if not keep:
            transaction.set_rollback(True)
    return rebuilt


def _rebuild(thread_ids: list[str], rebuilt: Rebuilt) -> None:
    before = {table: _contents(_rows_of(table, thread_ids)) for table in TABLES}
    made: dict[type[models.Model], list[models.Model]] = {table: [] for table in TABLES}
    for thread_id in thread_ids:
        delete_rows(thread_id)
        for table, rows in make_rows(load_thread(thread_id)).of.items():
            made[table] += rows
    for table in TABLES:
        table._default_manager.bulk_create(made[table])
        differing = _difference(before[table], _contents(_rows_of(table, thread_ids)))
        if differing:
            name = table._meta.db_table
            rebuilt.changed[name] = rebuilt.changed.get(name, 0) + differing
    tell_written(Request, [row.pk for row in made[Request]])


def _projected() -> set[str]:
    """The exchanges that have rows, whether or not the journal knows them."""
    tables = [table for table in TABLES if _has_thread(table)]
    return {thread_id for table in tables for thread_id in table._default_manager.values_list("thread_id", flat=True)}


def _has_thread(table: type[models.Model]) -> bool:
    return any(item.name == "thread_id" for item in table._meta.fields)


def _rows_of(table: type[models.Model], thread_ids: list[str]) -> models.QuerySet[models.Model]:
    path = "thread_id" if _has_thread(table) else "request__thread_id"
    return table._default_manager.filter(**{f"{path}__in": thread_ids})


def _contents(rows: Iterable[models.Model]) -> list[tuple[object, ...]]:
    """The rows as values, in an order of their own; a number that only counts insertions is left out."""
    return sorted((tuple(_values(row)) for row in rows), key=repr)


def _values(row: models.Model) -> Iterator[object]:
    for column in row._meta.concrete_fields:
        if not isinstance(column, models.AutoField):
            yield getattr(row, column.attname)


def _difference(before: list[tuple[object, ...]], after: list[tuple[object, ...]]) -> int:
    earlier, later = {repr(row) for row in before}, {repr(row) for row in after}
    return max(len(earlier - later), len(later - earlier))


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
