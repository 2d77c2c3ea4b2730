"""PostgreSQL: generated columns of type tsvector, with a GIN index.

The words are lexemes already: they go in as they are, past the parsers of the server, so that both databases find
the same.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from noaber.core.search.question import Asked, Question

SELECT: Final = {
    False: "SELECT entry_id FROM library_searchtext WHERE words_found @@ %s::tsquery",
    True: "SELECT entry_id FROM library_searchtext WHERE words_found @@ %s::tsquery AND title_found @@ %s::tsquery",
}
"""What stands in a title stands among the words: their index leads to the few whose titles are looked at."""
_STATEMENTS: Final = (
    "ALTER TABLE library_searchtext ADD COLUMN IF NOT EXISTS words_found tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "ALTER TABLE library_searchtext ADD COLUMN IF NOT EXISTS title_found tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_words, ' '))) STORED",
    "CREATE INDEX IF NOT EXISTS library_words_found ON library_searchtext USING gin (words_found)",
)


def install(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement)


def write(question: Question, *, in_title: bool) -> str:
    """The question as a tsquery. Words are letters and digits, and quoted besides."""
    return " & ".join(f"({_any_of(asked)})" for asked in question.words)


def _any_of(asked: Asked) -> str:
    forms = [f"'{form}'" for form in sorted(asked.forms)]
    return " | ".join(forms + [f"'{beginning}':*" for beginning in sorted(asked.beginnings)])
