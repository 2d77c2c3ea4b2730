"""Finding entries by their words, behind one interface: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both keep themselves: a trigger or a generated column follows every write of a text, whoever makes it.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from noaber.apps.library.matching import postgresql, sqlite
from noaber.core.search.question import Question

TEXTS = "library_searchtext"


def install(database: BaseDatabaseWrapper) -> None:
    """Set up what the database needs, where it is not there: called after every migrate."""
    (postgresql if database.vendor == "postgresql" else sqlite).install(database)


def matching(question: Question, *, in_title: bool = False) -> RawSQL:
    """The keys of the entries that meet the question, as a subquery: `filter(pk__in=matching(question))`."""
    kit = postgresql if connection.vendor == "postgresql" else sqlite
    select = kit.SELECT[in_title]
    return RawSQL(select, [kit.write(question, in_title=in_title)] * select.count("%s"))  # noqa: S611 - a constant
