"""People reached within 30, 60 and 120 minutes, borders closed and open, by territory or by the operator's regions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from noaber.apps.registry.coded import territory_name
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.forms.map_query import WITHIN, MapQuery
from noaber.apps.roads.presenters.minutes import kind_word
from noaber.apps.roads.queries.boundaries import Layer
from noaber.apps.roads.reach.grid import REGIONS, load_grid
from noaber.apps.roads.reach.reach import Reach
from noaber.web.reader import reader_language
from noaber.web.tables import Column

WORTH_MINUTES: Final = 10
"""A gain below it is no gain: estimates are no finer."""


_CLOSED: Final = gettext_lazy("Closed, %(minutes)s min")
_OPENED: Final = gettext_lazy("Open, %(minutes)s min")


def _say(label: str | Promise, minutes: int) -> str:
    return str(label) % {"minutes": minutes}


_said: Final[Callable[[str | Promise, int], str]] = lazy(_say, str)


@dataclass(frozen=True)
class Cell:
    """One share in a table, with the head of its column."""

    label: str | Promise
    percent: float | None
    is_open: bool


@dataclass(frozen=True)
class RegionRow:
    """The people of a territory or region that are reached in time.

    Parameters
    ----------
    within
        Which of `WITHIN` the reader asks for.
    closed_people, opened_people
        How many are reached within each of `WITHIN`.
    gaining
        People whose help comes ten minutes sooner, or comes at all, because borders are open.
    by_kind
        People by how the minutes to them, with borders open or closed, were got.
    """

    name: str
    code: str
    country: str
    people: int
    within: int
    closed_people: tuple[int, ...]
    opened_people: tuple[int, ...]
    gaining: int
    by_kind: Mapping[MinutesKind, int]

    def share(self, people: int) -> float | None:
        """From 0 to 1; None where nobody lives."""
        return people / self.people if self.people else None

    @property
    def is_estimate(self) -> bool:
        """Whether any of its figures stands on anything but surveyed roads."""
        return any(people for kind, people in self.by_kind.items() if kind is not MinutesKind.ROUTED)

    @property
    def kind_words(self) -> str:
        """Routed, by main roads, estimated, or so in part."""
        for kind, partly in (
            (MinutesKind.ESTIMATE, pgettext("minutes", "partly estimated")),
            (MinutesKind.COARSE, pgettext("minutes", "partly by main roads")),
        ):
            if people := self.by_kind.get(kind, 0):
                return kind_word(kind) if people == self.people else partly
        return kind_word(MinutesKind.ROUTED)

    @property
    def closed(self) -> float | None:
        return self.share(self.closed_people[self.within])

    @property
    def opened(self) -> float | None:
        return self.share(self.opened_people[self.within])

    @property
    def closed_percent(self) -> float | None:
        return _percent(self.closed)

    @property
    def opened_percent(self) -> float | None:
        return _percent(self.opened)

    @property
    def cells(self) -> list[Cell]:
        """For each of `WITHIN`, with borders closed, then open."""
        return [
            Cell(_said(label, minutes), _percent(self.share(people)), is_open)
            for minutes, closed, opened in zip(WITHIN, self.closed_people, self.opened_people, strict=True)
            for label, people, is_open in ((_CLOSED, closed, False), (_OPENED, opened, True))
        ]


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def territory_rows(reach: Reach, query: MapQuery) -> list[RegionRow]:
    """The territories that lie in the map as a whole, and all of them together."""
    named = [(territory_name(code), code, code[:2]) for code in REGIONS]
    return _rows(reach, query, load_grid().region_of, named)


def region_rows(reach: Reach, query: MapQuery, layer: Layer) -> list[RegionRow]:
    """The regions of a layer, and all of them together."""
    language = reader_language()
    named = [
        (layer.name(number, language), code, country)
        for number, (code, country) in enumerate(zip(layer.codes, layer.countries, strict=True))
    ]
    return _rows(reach, query, layer.region_of, named)


def _rows(
    reach: Reach, query: MapQuery, region_of: npt.NDArray[np.int64], named: Sequence[tuple[str, str, str]]
) -> list[RegionRow]:
    grid = load_grid()
    first = len(grid.cells)
    closed, opened = (one.minutes[first:, query.column] for one in (reach.closed, reach.opened))
    gains = reach.gain(query.column)[first:] >= WORTH_MINUTES
    layers = reach.layers(query.column, reach.closed, reach.opened)[first:]
    inside = region_of >= 0

    def count(which: npt.NDArray[np.bool_]) -> list[int]:
        """People of each region, then of all."""
        chosen = inside & which
        by_region = np.bincount(region_of[chosen], grid.people[chosen], len(named)).astype(np.int64)
        return [*by_region.tolist(), int(by_region.sum())]

    people, gaining = count(np.ones_like(inside)), count(gains)
    by_kind = [(kind, count(layers == layer)) for layer, kind in enumerate(reach.kinds)]
    in_time = [(count(closed <= minutes), count(opened <= minutes)) for minutes in WITHIN]
    return [
        RegionRow(
            name,
            code,
            country,
            people[number],
            WITHIN.index(query.within),
            tuple(counts[number] for counts, _opened in in_time),
            tuple(counts[number] for _closed, counts in in_time),
            gaining[number],
            {kind: counts[number] for kind, counts in by_kind},
        )
        for number, (name, code, country) in enumerate([*named, (_("All together"), "", "")])
    ]


def most_gaining(rows: Sequence[RegionRow], most: int) -> list[RegionRow]:
    """The regions where open borders bring most people help in time, by the share that is reached."""
    return sorted(rows, key=lambda row: (-row.gaining, row.name.casefold()))[:most]


def _within_columns(value: Callable[[RegionRow, int, bool], Any]) -> Iterator[Column]:
    for number, minutes in enumerate(WITHIN):
        for key, is_open, label in (("closed", False, _CLOSED), ("open", True, _OPENED)):
            yield Column(
                f"{key}{minutes}",
                _said(label, minutes),
                partial(_value, value, number, is_open),
                numeric=True,
            )


def _value(value: Callable[[RegionRow, int, bool], Any], number: int, is_open: bool, row: RegionRow) -> Any:
    return value(row, number, is_open)


def _people(row: RegionRow, number: int, is_open: bool) -> int:
    return (row.opened_people if is_open else row.closed_people)[number]


def _share(row: RegionRow, number: int, is_open: bool) -> float | None:
    return row.share(_people(row, number, is_open))


_FIRST: Final = (
    Column("name", gettext_lazy("Region"), lambda row: row.name),
    Column("code", gettext_lazy("Code"), lambda row: row.code),
    Column("people", gettext_lazy("People"), lambda row: row.people, numeric=True),
)
_KIND: Final = Column("kind", gettext_lazy("Minutes are"), lambda row: row.kind_words)
_GAINING: Final = Column("gaining", gettext_lazy("Gain ≥ 10 min"), lambda row: row.gaining, numeric=True)

PAGE_COLUMNS: Final = (*_FIRST, *_within_columns(_share), _GAINING)
"""As the page sorts: by shares."""
FILE_COLUMNS: Final = (
    *_FIRST,
    Column("country", gettext_lazy("Country"), lambda row: row.country),
    *_within_columns(_people),
    _GAINING,
    _KIND,
)
"""As a file says it: numbers of people."""
