"""Many rows at once: one statement, run for each row by the database's own driver, or on PostgreSQL one copy.

Django builds a statement anew for every forty rows, which takes nearly all of the time of a large import. The
values go through the fields, so they are stored as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.db import connection, models

Row = Sequence[Any]
_COPIED_FROM: Final = 100
"""So many rows are worth a table of their own."""


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
    table = connection.ops.quote_name(model._meta.db_table)
    prepare = [_preparer(_field(model, column)) for column in columns]
    prepared = [[save(value) for save, value in zip(prepare, row, strict=True)] for row in rows]
    if connection.vendor == "postgresql" and len(prepared) >= _COPIED_FROM:
        _copy(table, names, prepared, suffix)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}){suffix}", prepared)  # noqa: S608


def _copy(table: str, names: str, rows: Iterable[Sequence[Any]], suffix: str) -> None:
    """The way of PostgreSQL for many rows: into a table of this transaction first, and from there in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE noaber_rows ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")  # noqa: S608
        with cursor.cursor.copy(f"COPY noaber_rows ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM noaber_rows{suffix}")  # noqa: S608
        cursor.execute("DROP TABLE noaber_rows")


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
