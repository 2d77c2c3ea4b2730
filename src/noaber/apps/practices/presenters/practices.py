"""Rows of practices, and the facets beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.library.presenters.search import Facet, Value
from noaber.apps.practices.enums import Occasion, ReuseResult
from noaber.apps.practices.models import Practice, PracticeWords, Reuse
from noaber.apps.practices.presenters.about import names_of
from noaber.apps.practices.queries import PracticeCounts, PracticeFilter
from noaber.apps.registry.coded import hazard_name, theme_name
from noaber.web.parts import LANGUAGE_NAMES
from noaber.web.reader import reader_language
from noaber.web.tables import Column, with_query

RESULT_LOOKS: Final[dict[str, tuple[str, str]]] = {
    ReuseResult.UNDER_WAY: ("", "part"),
    ReuseResult.WORKED: ("tag--ok", "yes"),
    ReuseResult.ADAPTED: ("tag--ok", "edit"),
    ReuseResult.DID_NOT_WORK: ("tag--warn", "no"),
}
"""Of each result, the colour of its tag and its icon; the word says the same."""
_MOST_VALUES: Final = 12


@dataclass(frozen=True)
class PracticeRow:
    """A practice in the words that its reader reads best."""

    practice: Practice
    words: PracticeWords

    @property
    def themes(self) -> list[str]:
        return names_of(self.practice, "theme")

    @property
    def languages(self) -> list[str]:
        return languages_of(self.practice)

    @property
    def reused_by(self) -> list[str]:
        """The codes of those who took it over, each once."""
        reusers = (reuse.organisation.code for reuse in self.practice.reuses.all())
        return list(dict.fromkeys(reusers))


@dataclass(frozen=True)
class ReuseRow:
    """One reuse; `mine` where the reader may say what came of it."""

    reuse: Reuse
    mine: bool

    @property
    def css(self) -> str:
        return RESULT_LOOKS[self.reuse.result][0]

    @property
    def icon(self) -> str:
        return RESULT_LOOKS[self.reuse.result][1]


def words_in(practice: Practice, language: str) -> PracticeWords:
    """The practice in a language, as it was written where nobody translated it into that one."""
    translated = (made for made in practice.translations.all() if made.language == language)
    return practice if practice.language == language else next(translated, practice)


def languages_of(practice: Practice) -> list[str]:
    """The language in which it is written, then those into which it was translated."""
    return [practice.language, *(made.language for made in practice.translations.all())]


def present_practice(practice: Practice) -> PracticeRow:
    return PracticeRow(practice, words_in(practice, reader_language()))


COLUMNS: Final = (
    Column("title", _("Practice"), lambda row: row.words.title),
    Column("occasion", _("Occasion"), lambda row: str(row.practice.get_occasion_display())),
    Column("owner", _("Kept by"), lambda row: row.practice.owner.code),
    Column("reused", _("Reused by"), lambda row: len(row.reused_by)),
    Column("made", _("Written on"), lambda row: row.practice.made_on),
)
FILE_COLUMNS: Final = (
    Column("number", _("Number"), lambda row: row.practice.number),
    Column("title", _("Practice"), lambda row: row.words.title),
    Column("language", _("Language"), lambda row: row.words.language),
    Column("summary", _("In short"), lambda row: row.words.summary),
    Column("description", _("How it works"), lambda row: row.words.description),
    Column("place", _("Where"), lambda row: row.words.place),
    Column("audience", _("For whom"), lambda row: row.words.audience),
    Column("occasion", _("Occasion"), lambda row: str(row.practice.get_occasion_display())),
    Column("occasion-name", _("Which one"), lambda row: row.practice.occasion_name),
    Column("themes", _("Themes"), lambda row: ", ".join(row.themes)),
    Column("hazards", _("Hazards"), lambda row: ", ".join(names_of(row.practice, "hazard"))),
    Column("capabilities", _("Capabilities"), lambda row: ", ".join(names_of(row.practice, "capability"))),
    Column("languages", _("There is in"), lambda row: " ".join(row.languages)),
    Column("reused", _("Reused by"), lambda row: " ".join(row.reused_by)),
    Column("contact", _("Whom to ask"), lambda row: row.practice.contact_function),
    Column("owner", _("Kept by"), lambda row: row.practice.owner.code),
    Column("made", _("Written on"), lambda row: row.practice.made_on),
    Column("tlp", "TLP", lambda row: row.practice.tlp),
    Column("illustrative", _("Illustrative"), lambda row: row.practice.illustrative),
    Column("source", _("Source"), lambda row: row.practice.source),
)


def present_facets(query: QueryDict, asked: PracticeFilter, counts: PracticeCounts) -> list[Facet]:
    """The facets that can narrow what was found, and those that did."""
    sorts: tuple[tuple[str, str | Promise, str, Counter[str], Callable[[str], str | Promise]], ...] = (
        ("theme", _("Theme"), asked.theme, counts.themes, theme_name),
        ("hazard", _("Hazard"), asked.hazard, counts.hazards, hazard_name),
        ("occasion", _("Occasion"), asked.occasion, counts.occasions, _occasion_name),
        ("language", _("Language"), asked.language, counts.languages, lambda code: LANGUAGE_NAMES.get(code, code)),
        ("organisation", _("Kept by"), asked.organisation, counts.organisations, str),
    )
    facets = (
        Facet(label, list(_values(query, name, chosen, counted, called)))
        for name, label, chosen, counted, called in sorts
    )
    return [facet for facet in facets if facet.values]


def _values(
    query: QueryDict, name: str, chosen: str, counted: Counter[str], called: Callable[[str], str | Promise]
) -> Iterator[Value]:
    if chosen:
        yield Value(called(chosen), counted[chosen], with_query(query, **{name: None}, page=None), True)
        return
    for value, count in counted.most_common(_MOST_VALUES):
        yield Value(called(value), count, with_query(query, **{name: value}, page=None), False)


def _occasion_name(code: str) -> str | Promise:
    return Occasion(code).label if code in Occasion.values else code
