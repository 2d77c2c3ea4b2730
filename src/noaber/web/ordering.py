"""Order in SQL: what a column of a list sorts by, made by the database for whole tables.

A list of which one page is shown is sorted where its rows are. Texts are compared as `str.casefold` compares them,
letter by letter, on both databases; unknown values come last in both directions; equals keep the order that the rows
had before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.backends.signals import connection_created
from django.db.models import Case, CharField, Expression, F, Func, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise

M = TypeVar("M", bound=Model)
Order = Callable[[], Expression | F]
"""What a column sorts by; made anew for each list, as labels are in the language of the reader."""


class Folded(Func):
    """A text as `str.casefold` gives it, compared by code point."""

    function = "noaber_fold"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """As the database's locale says; `ß` is the one letter of our languages that `LOWER` does not fold."""
        template = """REPLACE(LOWER(%(expressions)s), 'ß', 'ss') COLLATE "C" """
        return super().as_sql(compiler, connection, template=template.strip(), **context)


def by(name: str) -> Order:
    """A number, a day, an instant or a code that has no small letters."""
    return lambda: F(name)


def by_text(name: str) -> Order:
    """A text that people wrote; capitals are no different."""
    return lambda: Folded(F(name))


def by_choice(name: str, values: Iterable[str]) -> Order:
    """A code, by its place among `values`."""
    ranks = {str(value): rank for rank, value in enumerate(values)}
    return lambda: _ranked(name, ranks)


def by_label(name: str, labels: Iterable[tuple[str, str | Promise]]) -> Order:
    """A code, by what it is called in the reader's language; codes that are called the same are equals."""

    def order() -> Expression:
        folded = {str(code): str(label).casefold() for code, label in labels}
        places = {label: place for place, label in enumerate(sorted(set(folded.values())))}
        return _ranked(name, {code: places[label] for code, label in folded.items()})

    return order


def _ranked(name: str, ranks: Mapping[str, int]) -> Expression:
    return Case(*(When(**{name: code}, then=Value(rank)) for code, rank in ranks.items()), output_field=IntegerField())


def in_order(rows: QuerySet[M], order: Order, *, descending: bool = False) -> QuerySet[M]:
    """The rows by what a column sorts by; equals in the order that they had."""
    return rows.order_by(_directed(rows, order(), descending=descending), *_order_of(rows))


def first(rows: QuerySet[M], these: Q) -> QuerySet[M]:
    """The same rows, with those that `these` holds for at the front."""
    front = Case(When(these, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(front, *_order_of(rows))


def _directed(rows: QuerySet[Any], key: Expression | F, *, descending: bool) -> OrderBy:
    """Unknown values last, said only where there may be some: an index cannot be read that way."""
    last = True if _may_be_unknown(rows, key) else None
    return OrderBy(key, descending=descending, nulls_last=last)


def _may_be_unknown(rows: QuerySet[Any], key: Expression | F) -> bool:
    fields = {F(field.name): field for field in rows.model._meta.concrete_fields}
    return key not in fields or fields[key].null


def _order_of(rows: QuerySet[Any]) -> tuple[Any, ...]:
    order = tuple(rows.query.order_by or rows.model._meta.ordering)
    return order if rows.query.distinct or order[-1:] in (("pk",), ("-pk",)) else (*order, "pk")


def follow_connections() -> None:
    """SQLite learns to fold texts with every connection that is opened."""
    connection_created.connect(_teach, dispatch_uid="noaber.web.ordering")


def _teach(*, connection: Any, **_signal: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("noaber_fold", 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()
