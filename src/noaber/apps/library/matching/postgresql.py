"""PostgreSQL: columns of type tsvector in the entries themselves, the words with a GIN index.

The words are lexemes already: they go in as they are, past the parsers of the server, so that both databases find
the same. They stand beside what is counted and filtered, so that a question reads one table once; a trigger puts them
there from the texts.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from noaber.core.search.question import Asked, Question

CONDITION: Final = {False: "{entry}.words_found @@ %s::tsquery", True: "{entry}.title_found @@ %s::tsquery"}
"""By the alias of the entries."""

_STATEMENTS: Final = (
    "ALTER TABLE library_searchentry ADD COLUMN IF NOT EXISTS words_found tsvector,"
    " ADD COLUMN IF NOT EXISTS title_found tsvector",
    "CREATE INDEX IF NOT EXISTS library_entries_by_words ON library_searchentry USING gin (words_found)",
    "CREATE OR REPLACE FUNCTION library_lexemes(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE"
    " AS $$ SELECT array_to_tsvector(string_to_array(words, ' ')) $$",
    "CREATE OR REPLACE FUNCTION library_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " UPDATE library_searchentry"
    " SET words_found = library_lexemes(NEW.words), title_found = library_lexemes(NEW.title_words)"
    " WHERE id = NEW.entry_id; RETURN NULL; END $$",
    "CREATE OR REPLACE TRIGGER library_words_told AFTER INSERT OR UPDATE OF words, title_words ON library_searchtext"
    " FOR EACH ROW EXECUTE FUNCTION library_keep_words()",
    # An earlier version kept them apart from the entries.
    "ALTER TABLE library_searchtext DROP COLUMN IF EXISTS words_found, DROP COLUMN IF EXISTS title_found",
    "UPDATE library_searchentry AS entry"
    " SET words_found = library_lexemes(told.words), title_found = library_lexemes(told.title_words)"
    " FROM library_searchtext AS told WHERE entry.id = told.entry_id AND entry.words_found IS NULL",
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
