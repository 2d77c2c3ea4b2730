"""Finding entries by their words, behind one interface: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both keep themselves: triggers follow every write of a text, whoever makes it.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, QuerySet

from noaber.apps.library.matching import postgresql, sqlite
from noaber.core.search.question import Question

TEXTS = "library_searchtext"
_Sql = tuple[str, tuple[Any, ...]]


def install(database: BaseDatabaseWrapper) -> None:
    """Set up what the database needs, where it is not there: called after every migrate."""
    (postgresql if database.vendor == "postgresql" else sqlite).install(database)


class Meets(Func):
    """Whether an entry meets a question, or does so by its title alone: `SearchEntry.objects.filter(Meets(question))`.

    A question without words is met by every entry, and by no title.
    """

    def __init__(self, question: Question, *, in_title: bool = False) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.question = question
        self.in_title = in_title

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> _Sql:
        key = self.get_source_expressions()[0]
        return self._write(postgresql, compiler.quote_name_unless_alias(key.alias))

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> _Sql:
        key, _params = compiler.compile(self.get_source_expressions()[0])
        return self._write(sqlite, key)

    def _write(self, kit: Any, entry: str) -> _Sql:
        if not self.question:
            return ("1 = 0" if self.in_title else "1 = 1"), ()
        return kit.CONDITION[self.in_title].format(entry=entry), (kit.write(self.question, in_title=self.in_title),)


def gather(database: BaseDatabaseWrapper, entries: QuerySet[Any], question: Question, columns: tuple[str, ...]) -> _Sql:
    """A query of the columns of those of `entries` that meet a question, for when they are many.

    It begins with the words where their table stands apart (SQLite): a list of all that have them is not needed then.
    """
    if question and database.vendor == "sqlite":
        sql, params = entries.values(*columns).query.sql_with_params()
        return sqlite.GATHERED.format(entries=sql), (*params, sqlite.write(question, in_title=False))
    return entries.filter(Meets(question)).values(*columns).query.sql_with_params()
