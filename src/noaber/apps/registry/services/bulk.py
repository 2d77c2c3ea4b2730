"""Many rows at once: one statement, run for each row by the database's own driver.

Django builds a statement anew for every forty rows, which takes nearly all of the time of a large import. The
statement here is the same on SQLite and PostgreSQL; the values go through the fields, so they are stored as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, Final

from django.db import connection, models

Row = Sequence[Any]
_ROWS_AT_ONCE: Final = 100
"""Of one statement on PostgreSQL, which reads and plans each anew; SQLite prepares it once and runs it row by row."""


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows; `columns` are names of fields or of their columns (`owner_id`)."""
    _run(model, columns, rows, "")


def upsert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Row], *, unique: Sequence[str]
) -> None:
    """Add rows, or overwrite those that are the same in `unique`."""
    target = ", ".join(_name(model, column) for column in unique)
    rest = [_name(model, column) for column in columns if column not in unique]
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    _run(model, columns, rows, f" ON CONFLICT ({target}) DO UPDATE SET {changes}")


def _run(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row], suffix: str) -> None:
    names = ", ".join(_name(model, column) for column in columns)
    marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
    table = connection.ops.quote_name(model._meta.db_table)
    prepare = [_preparer(_field(model, column)) for column in columns]
    prepared = [[save(value) for save, value in zip(prepare, row, strict=True)] for row in rows]
    at_once = _ROWS_AT_ONCE if connection.vendor == "postgresql" else 1
    even = len(prepared) - len(prepared) % at_once
    with connection.cursor() as cursor:
        for rows_each, chunk in ((at_once, prepared[:even]), (1, prepared[even:])):
            values = ", ".join([marks] * rows_each)
            statement = f"INSERT INTO {table} ({names}) VALUES {values}{suffix}"  # noqa: S608
            cursor.executemany(statement, _joined(chunk, rows_each))


def _joined(rows: list[list[Any]], at_once: int) -> list[list[Any]]:
    """The values of so many rows after each other."""
    if at_once == 1:
        return rows
    return [list(chain.from_iterable(rows[start : start + at_once])) for start in range(0, len(rows), at_once)]


def _preparer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How the field stores a value. Most cells are empty: what is empty is prepared once for each type."""
    empty: dict[type, Any] = {}

    def prepare(value: Any) -> Any:
        if value:
            return field.get_db_prep_save(value, connection)
        kind = type(value)
        if kind not in empty:
            empty[kind] = field.get_db_prep_save(value, connection)
        return empty[kind]

    return prepare


def _field(model: type[models.Model], column: str) -> models.Field[Any, Any]:
    field = next(field for field in model._meta.concrete_fields if column in (field.name, field.attname))
    return field


def _name(model: type[models.Model], column: str) -> str:
    return connection.ops.quote_name(_field(model, column).column or column)
