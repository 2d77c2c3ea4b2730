"""What search finds and counts, said plainly: every record is read through its own page's rule, one after the other.

No index, no audience and no database's way with words: what a reader's pages show is looked through word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.coded_words import names_of
from noaber.apps.library.search import Wanted
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, kinds
from noaber.core.messages.model import FreeText
from noaber.core.search.words import forms_in
from noaber.reference.territories import territory_path
from noaber.reference.texts import LANGUAGES


@dataclass
class Looked:
    """Every record that fits, as (kind, key), with whether its title does and its day; and the counts."""

    records: dict[tuple[str, Any], tuple[bool, Any]] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Read:
    """A record that a reader may see, with the forms of the words of its title and of all of it."""

    kind: Kind
    row: Any
    one: IndexDocument
    title: set[str]
    words: set[str]


def read_all(reader: Organisation, status: str) -> list[Read]:
    """All that the pages show this reader on a site of that status."""
    found = []
    for kind, row, one in seen(reader, status):
        title = words_of(one.title)
        found.append(Read(kind, row, one, title, title | other_words(one)))
    return found


def look_through(records: list[Read], wanted: Wanted) -> Looked:
    looked = Looked()
    for read in records:
        kind, row, one = read.kind, read.row, read.one
        if not meets(wanted, read.words) or not fits(kind, one, wanted):
            continue
        looked.records[kind.code, row.pk] = (bool(wanted.question) and meets(wanted, read.title), one.on)
        looked.kinds[kind.code] += 1
        if one.owner:
            looked.organisations[one.owner.code] += 1
        if one.on:
            looked.years[one.on.year] += 1
        looked.languages.update(languages_of(one))
        looked.themes.update(themes_of(one))
    return looked


def seen(reader: Organisation, status: str) -> Iterator[tuple[Kind, Any, IndexDocument]]:
    for kind in kinds():
        for row in kind.rows(reader, status) if kind.searched else ():
            one = kind.searched(row)  # type: ignore[misc]
            if one is not None and one.status in ("", status):
                yield kind, row, one


def meets(wanted: Wanted, forms: set[str]) -> bool:
    return all(asked.is_met_by(forms) for asked in wanted.question.words)


def fits(kind: Kind, one: IndexDocument, wanted: Wanted) -> bool:
    return (
        wanted.kind in ("", kind.code)
        and wanted.organisation in ("", one.owner.code if one.owner else None)
        and wanted.year in ("", str(one.on.year) if one.on else None)
        and (not wanted.language or wanted.language in languages_of(one))
        and (not wanted.theme or wanted.theme in themes_of(one))
    )


def languages_of(one: IndexDocument) -> set[str]:
    told = one.languages or tuple(text.language for text in (*one.title, *one.texts) if text.text)
    return set(told) & set(LANGUAGES)


def themes_of(one: IndexDocument) -> set[str]:
    return {code for code in one.codes if code.startswith(("hazard:", "theme:"))}


def words_of(texts: tuple[FreeText, ...]) -> set[str]:
    return {form for text in texts for form in forms_in(text.text, text.language)}


def other_words(one: IndexDocument) -> set[str]:
    forms = words_of(one.texts)
    for code in one.codes:
        name, _colon, value = code.partition(":")
        forms |= forms_in(value)
        around = [f"territory:{part.code}" for part in territory_path(value)] if name == "territory" else [code]
        for names in filter(None, map(names_of, around)):
            for language in LANGUAGES:
                forms |= forms_in(names.in_language(language), language)
    for organisation in one.organisations:
        forms |= forms_in(organisation.code)
        for language, name in organisation.names.items():
            forms |= forms_in(name, language)
    return forms
