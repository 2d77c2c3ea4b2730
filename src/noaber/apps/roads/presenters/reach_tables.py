"""Reach as tables: every place with its minutes, and those that gain most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext_lazy

from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.forms.map_query import MapQuery, vehicle_column
from noaber.apps.roads.presenters.boundary_shares import WORTH_MINUTES
from noaber.apps.roads.presenters.minutes import kind_word
from noaber.apps.roads.reach.grid import load_grid
from noaber.apps.roads.reach.reach import Reach, VisibleMeans
from noaber.core.reach.answer import CapabilityReach
from noaber.core.reach.permits import HOME
from noaber.reference.gazetteer import Place
from noaber.web.reader import reader_language
from noaber.web.tables import Column

LEAST_PEOPLE: Final = 1000
"""Smaller places are in the files, not in the short list."""


@dataclass(frozen=True)
class Arrival:
    """The k-th team at a place: minutes, whose, under which text; `text` is empty at home."""

    minutes: float
    kind: MinutesKind
    unit: PlanningUnit
    text: str
    text_title: str

    @property
    def kind_words(self) -> str:
        return kind_word(self.kind)


@dataclass(frozen=True)
class PlaceRow:
    """A populated place; an arrival is None where no such team can come."""

    place: Place
    name: str
    closed: Arrival | None
    opened: Arrival | None

    @property
    def position(self) -> str:
        """As an address asks for it."""
        return f"lon={self.place.lon:.5f}&lat={self.place.lat:.5f}"

    @property
    def gain(self) -> float | None:
        """Minutes gained; None where only neighbours can come, or nobody."""
        if self.closed is None or self.opened is None:
            return None
        return self.closed.minutes - self.opened.minutes

    @property
    def gain_kind(self) -> MinutesKind:
        """As uncertain as either arrival."""
        return MinutesKind.worst(one.kind for one in (self.closed, self.opened) if one)


def place_rows(seen: VisibleMeans, reach: Reach, query: MapQuery) -> list[PlaceRow]:
    """Every populated place."""
    return [_place_row(seen, reach, query, number) for number in range(len(load_grid().populated))]


def gaining_rows(seen: VisibleMeans, reach: Reach, query: MapQuery, *, most: int) -> list[PlaceRow]:
    """The places of the counted regions that open borders bring most, first those where else nobody could come."""
    grid = load_grid()
    gain = reach.gain(query.column)[len(grid.cells) :]
    worth = (gain >= WORTH_MINUTES) & (grid.people >= LEAST_PEOPLE) & (grid.region_of >= 0)
    order = np.lexsort((-grid.people, -gain))
    chosen = order[worth[order]][:most]
    return [_place_row(seen, reach, query, number) for number in chosen.tolist()]


def _place_row(seen: VisibleMeans, reach: Reach, query: MapQuery, number: int) -> PlaceRow:
    grid = load_grid()
    place, index = grid.populated[number], len(grid.cells) + number
    return PlaceRow(
        place,
        place.in_language(reader_language()),
        _arrival(seen, reach, reach.closed, index, query.column),
        _arrival(seen, reach, reach.opened, index, query.column),
    )


def _arrival(seen: VisibleMeans, reach: Reach, found: CapabilityReach, place: int, column: int) -> Arrival | None:
    minutes, agreement = float(found.minutes[place, column]), int(found.agreements[place, column])
    if not math.isfinite(minutes):
        return None
    text = None if agreement == HOME else seen.text(agreement).agreement
    return Arrival(
        minutes,
        reach.kind(found, place, column),
        seen.units[found.units[place, column]],
        text.id if text else "",
        text.title.in_language(reader_language()) if text else "",
    )


PLACE_COLUMNS: Final = (
    Column("place", gettext_lazy("Place"), lambda row: row.name),
    Column("territory", gettext_lazy("Territory"), lambda row: row.place.territory),
    Column("people", gettext_lazy("People"), lambda row: row.place.population, numeric=True),
    Column("closed", gettext_lazy("Borders closed"), lambda row: _rounded(row.closed), numeric=True),
    Column("open", gettext_lazy("Borders open"), lambda row: _rounded(row.opened), numeric=True),
    Column("gain", gettext_lazy("Gain"), lambda row: None if row.gain is None else round(row.gain, 1), numeric=True),
    Column("from", gettext_lazy("From"), lambda row: row.opened and f"{row.opened.unit.owner}, {row.opened.unit.base}"),
    Column("text", gettext_lazy("Text"), lambda row: row.opened and row.opened.text),
    Column("kind", gettext_lazy("Minutes are"), lambda row: row.opened and row.opened.kind_words),
)


def file_columns(query: MapQuery) -> Iterable[Column]:
    """Those of a file: with what its rows on the page say by a sign, or not at all."""
    return (
        *PLACE_COLUMNS,
        Column("closed_kind", gettext_lazy("Minutes with borders closed are"), lambda row: _kind(row.closed)),
        Column("lon", gettext_lazy("Longitude"), lambda row: row.place.lon, numeric=True),
        Column("lat", gettext_lazy("Latitude"), lambda row: row.place.lat, numeric=True),
        vehicle_column(query),
    )


def _kind(arrival: Arrival | None) -> str:
    return arrival.kind_words if arrival else ""


def _rounded(arrival: Arrival | None) -> float | None:
    return None if arrival is None else round(arrival.minutes, 1)
