"""SQLite: a table of FTS5 beside the texts, kept by triggers.

Django rebuilds a table by copying it, which takes its triggers away: they are set after every migrate.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from noaber.core.search.question import Asked, Question

_CONDITION: Final = "{entry} IN (SELECT rowid FROM library_words WHERE library_words MATCH %s)"
CONDITION: Final = {False: _CONDITION, True: _CONDITION}
"""By the key of the entries."""
GATHERED: Final = (
    "SELECT entry.* FROM library_words CROSS JOIN ({entries}) AS entry ON entry.id = library_words.rowid"
    " WHERE library_words MATCH %s"
)
"""CROSS is what keeps SQLite from looking up the words of each entry: it reads the tables in this order."""

_GONE: Final = (
    "INSERT INTO library_words (library_words, rowid, title_words, words)"
    " VALUES ('delete', OLD.entry_id, OLD.title_words, OLD.words);"
)
_MADE: Final = (
    "INSERT INTO library_words (rowid, title_words, words) VALUES (NEW.entry_id, NEW.title_words, NEW.words);"
)
_STATEMENTS: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS library_words USING fts5(title_words, words, content='library_searchtext',"
    " content_rowid='entry_id', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4', detail='column',"
    " columnsize=0)",
    f"CREATE TRIGGER IF NOT EXISTS library_words_made AFTER INSERT ON library_searchtext BEGIN {_MADE} END",
    f"CREATE TRIGGER IF NOT EXISTS library_words_gone AFTER DELETE ON library_searchtext BEGIN {_GONE} END",
    "CREATE TRIGGER IF NOT EXISTS library_words_changed AFTER UPDATE OF title_words, words ON library_searchtext"
    f" BEGIN {_GONE} {_MADE} END",
)


def install(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement)


def write(question: Question, *, in_title: bool) -> str:
    """The question in the language of FTS5. Words are letters and digits, and quoted besides."""
    words = " AND ".join(f"({_any_of(asked)})" for asked in question.words)
    return f"{{title_words}} : ({words})" if in_title else words


def _any_of(asked: Asked) -> str:
    forms = [f'"{form}"' for form in sorted(asked.forms)]
    return " OR ".join(forms + [f'"{beginning}"*' for beginning in sorted(asked.beginnings)])
