"""Facets and hits as the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.status import shown_statuses
from noaber.apps.library.coded_words import names_of
from noaber.apps.library.search import Counts, Hit, Wanted
from noaber.apps.records.kinds import find_kind
from noaber.core.search.excerpt import Excerpt, cut_excerpt
from noaber.core.search.question import Question
from noaber.web.parts import LANGUAGE_NAMES
from noaber.web.reader import reader_language
from noaber.web.tables import with_query

_MOST_VALUES: Final = 10


@dataclass(frozen=True)
class Value:
    """One value of a facet, the address that chooses it, or takes the choice back."""

    label: str | Promise
    count: int | None
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    label: str | Promise
    values: list[Value]


@dataclass(frozen=True)
class HitView:
    """A record that was found, with the words in it that say so."""

    hit: Hit
    excerpt: Excerpt | None


def present_hit(hit: Hit, question: Question) -> HitView:
    """The excerpt comes from what everyone reads who sees the record."""
    searched = hit.kind.searched(hit.record) if hit.kind.searched else None
    texts = searched.texts if searched else ()
    cut = (cut_excerpt(text.text, text.language, question) for text in texts)
    return HitView(hit, next((one for one in cut if one), None))


def present_facets(query: QueryDict, wanted: Wanted, counts: Counts) -> list[Facet]:
    """The facets that can narrow what was found, and those that did."""
    sorts: tuple[tuple[str, str | Promise, str, Counter[Any], Callable[[Any], str | Promise]], ...] = (
        ("kind", _("Kind"), wanted.kind, counts.kinds, _kind_name),
        ("organisation", _("Organisation"), wanted.organisation, counts.organisations, str),
        ("theme", _("Hazard or theme"), wanted.theme, counts.themes, _theme_name),
        ("language", _("Language"), wanted.language, counts.languages, _language_name),
        ("year", _("Year"), wanted.year, counts.years, str),
    )
    facets = (
        Facet(label, list(_values(query, name, chosen, counted, called)))
        for name, label, chosen, counted, called in sorts
    )
    return [facet for facet in facets if facet.values]


def present_status(query: QueryDict, status: str) -> Facet:
    """Of what has a status, one is shown at a time."""
    values = (
        Value(label, None, with_query(query, status=value, page=None), value == status)
        for value, label in shown_statuses(status)
    )
    return Facet(_("Status"), list(values))


def _values(
    query: QueryDict, name: str, chosen: str, counted: Counter[Any], called: Callable[[Any], str | Promise]
) -> Iterator[Value]:
    if chosen:
        at = next((value for value in counted if str(value) == chosen), chosen)
        yield Value(called(at), counted[at], with_query(query, **{name: None}, page=None), True)
        return
    for value, count in counted.most_common(_MOST_VALUES):
        yield Value(called(value), count, with_query(query, **{name: str(value)}, page=None), False)


def _kind_name(code: str) -> str | Promise:
    kind = find_kind(code)
    return kind.plural if kind else code


def _theme_name(tag: str) -> str:
    names = names_of(tag)
    return names.in_language(reader_language()) if names else tag.partition(":")[2]


def _language_name(code: str) -> str | Promise:
    return LANGUAGE_NAMES.get(code, code)
