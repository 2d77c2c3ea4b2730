"""The matrix of the region as its page shows it, and the answer of the chosen cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.region import KINDS, Cell, RegionMatrix, RegionQuery
from noaber.apps.mapping.sides import Side, full_name, is_national, short_name, side_words
from noaber.apps.mapping.words import ICONS
from noaber.apps.registry.coded import territory_name
from noaber.apps.registry.presenters.answer import AnswerView, present_answer
from noaber.apps.registry.queries import assumptions_of
from noaber.core.agreements import Agreement, Question, may_help
from noaber.core.agreements.narrow import narrow_answer
from noaber.core.agreements.scope import country_of
from noaber.web.icons import icon
from noaber.web.tables import with_query


@dataclass(frozen=True)
class SideView:
    """A row or column.

    Parameters
    ----------
    folded
        The names of the sides for which the texts say the same.
    begins
        Whether it is the first of its country.
    """

    code: str
    short: str
    name: str
    national: bool
    begins: bool
    folded: tuple[str, ...]

    @property
    def folded_words(self) -> str:
        return folded_words(len(self.folded))


@dataclass(frozen=True)
class CellView:
    kind: str
    icon: SafeString | str
    first: str
    second: str
    label: str
    url: str
    current: bool
    begins: bool


@dataclass(frozen=True)
class CountryHead:
    """A country over its columns."""

    name: str
    span: int


@dataclass(frozen=True)
class MatrixView:
    """The matrix.

    Parameters
    ----------
    many
        There are so many columns that each must be narrow.
    grouped
        Some country has several columns.
    """

    heads: list[CountryHead]
    sides: list[SideView]
    rows: list[tuple[SideView, list[CellView]]]
    counts: dict[str, int]
    many: bool
    grouped: bool


MANY: Final = 16
SHAPES: Final[Mapping[str, SafeString]] = {kind: icon(name) for kind, name in ICONS.items()}
"""The icon of each kind as markup, made once: a matrix has thousands of cells."""


def present_matrix(matrix: RegionMatrix, chosen: Cell | None, query: QueryDict) -> MatrixView:
    """Every pair of the sides that are shown."""
    sides = [_side_view(matrix, number) for number in range(len(matrix.sides))]
    begins = [side.begins for side in sides]
    heads = [
        CountryHead(territory_name(country), len(list(group)))
        for country, group in groupby(matrix.sides, key=lambda side: country_of(side.territory))
    ]
    words = {side: side_words(side) for side in matrix.sides}
    link = open_query(query, "from", "to")
    rows = [
        (side, [_cell_view(cell, chosen, link, begin, words) for cell, begin in zip(row, begins, strict=True)])
        for side, row in zip(sides, matrix.rows, strict=True)
    ]
    counts = {kind: matrix.count(kind) for kind in KINDS}
    return MatrixView(heads, sides, rows, counts, len(sides) > MANY, len(sides) > len(heads))


def _side_view(matrix: RegionMatrix, number: int) -> SideView:
    side = matrix.sides[number]
    before = matrix.sides[number - 1] if number else None
    return SideView(
        code=side.code,
        short=short_name(side),
        name=full_name(side),
        national=is_national(side),
        begins=before is None or country_of(before.territory) != country_of(side.territory),
        folded=tuple(full_name(other) for other in matrix.folded.get(side, ())),
    )


def _cell_view(cell: Cell, chosen: Cell | None, link: str, begins: bool, words: Mapping[Side, str]) -> CellView:
    if cell.kind in ("own", "home"):
        return CellView(cell.kind, "", _("own") if cell.kind == "own" else _("inland"), "", "", "", False, begins)
    first, second = cell_words(cell)
    return CellView(
        kind=cell.kind,
        icon=SHAPES[cell.kind],
        first=first,
        second=second,
        label=_("%(owner)s helps %(place)s: %(first)s, %(second)s")
        % {"owner": words[cell.owner], "place": words[cell.place], "first": first, "second": second},
        url=f"{link}from={cell.owner.code}&to={cell.place.code}",
        current=chosen is not None and (cell.owner, cell.place) == (chosen.owner, chosen.place),
        begins=begins,
    )


def open_query(query: QueryDict, *without: str) -> str:
    """`?…&`, to which a cell appends its own names: a matrix has thousands of addresses that differ in these alone."""
    kept = with_query(query, **dict.fromkeys(without))
    return kept if kept == "?" else f"{kept}&"


def folded_words(count: int) -> str:
    """So many others that say the same."""
    return ngettext("and %(count)s like it", "and %(count)s like it", count) % {"count": count}


def cell_words(cell: Cell) -> tuple[str, str]:
    """The year of the text and how much is open of it; or that there is none."""
    year = str(cell.text.year) if cell.text and cell.text.year else _("undated")
    match cell.kind:
        case "complete":
            return year, _("complete")
        case "open":
            return year, ngettext("%(count)s open", "%(count)s open", cell.open_facts) % {"count": cell.open_facts}
        case "unknown":
            return year, _("unclear")
        case _:
            return _("missing"), _("Union only") if cell.union else _("nothing")


def answer_between(
    owner: Side,
    place: Side,
    *,
    names: tuple[str, str],
    texts: tuple[Agreement, ...],
    asked: RegionQuery,
    reader: Organisation,
) -> AnswerView:
    """All that one needs to ask `owner` for help at `place`, under the texts that count.

    Parameters
    ----------
    names
        What the two sides are called.
    """
    question = Question(
        owner=owner.code or None,
        owner_territory=owner.territory,
        place_territory=place.territory,
        capability=asked.capability,
        hazard=asked.hazard,
    )
    by_id = {text.id: text for text in texts}
    return present_answer(
        narrow_answer(may_help(question, texts, asked.on), asked.narrowing, by_id),
        owner=names[0],
        place=names[1],
        inventory=texts,
        assumptions=assumptions_of(reader),
        organisation=reader.code,
    )
