"""The operator's boundaries as maps and figures read them: a layer for each kind, over all countries that have it.

A layer is read once in a process and again after its boundaries changed. Public data, the same for everyone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from noaber.apps.roads.enums import BoundaryKind
from noaber.apps.roads.models import Boundary, BoundarySet
from noaber.apps.roads.reach.grid import load_grid
from noaber.core.boundaries.properties import ANY
from noaber.core.geo import Position
from noaber.reference.texts import LANGUAGES
from noaber.web.reader import reader_language

_MOST_KEPT: Final = 8
_ADMINISTRATIVE: Final = (BoundaryKind.MUNICIPALITY, BoundaryKind.DISTRICT, BoundaryKind.PROVINCE)
"""The kinds whose codes tell a NUTS district."""


@dataclass(frozen=True)
class Layer:
    """All boundaries of one kind.

    Parameters
    ----------
    sets
        Where they come from, by country.
    codes, countries, names
        Of each; names by language.
    shapes
        (n,) of shapely's Polygons and MultiPolygons, degrees.
    """

    kind: BoundaryKind
    sets: tuple[BoundarySet, ...]
    codes: tuple[str, ...]
    countries: tuple[str, ...]
    names: tuple[Mapping[str, str], ...]
    shapes: npt.NDArray[np.object_]

    @property
    def digest(self) -> str:
        """Names the contents, short enough for an address."""
        return "-".join(one.digest[:12] for one in self.sets)

    @property
    def attributions(self) -> tuple[str, ...]:
        """Whose data it is, each said once."""
        return tuple(dict.fromkeys(one.attribution for one in self.sets if one.attribution))

    def name(self, number: int, language: str) -> str:
        """The name of a region in a language, as far as the source has it."""
        names = self.names[number]
        return next(names[one] for one in (language, ANY, *LANGUAGES, *names) if names.get(one))

    def at(self, lon: float, lat: float) -> int | None:
        """The region under a point; None where there is none."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return int(found.min()) if len(found) else None

    @cached_property
    def region_of(self) -> npt.NDArray[np.int64]:
        """(populated,) int64: the region that each place of the grid lies in, -1 where it lies in none.

        Boundaries of different sources overlap: a place counts for its own country only. On a border of two regions it
        counts for the first.
        """
        populated = load_grid().populated
        points = shapely.points([place.lon for place in populated], [place.lat for place in populated])
        place, region = self._tree.query(points, predicate="intersects")
        at_home = np.array([place.country for place in populated])[place] == np.array(self.countries)[region]
        found = np.full(len(populated), len(self.codes), dtype=np.int64)
        np.minimum.at(found, place[at_home], region[at_home])
        found[found == len(self.codes)] = -1
        return found

    @cached_property
    def outside(self) -> int:
        """How many places of these countries lie in none of its regions, as boundaries are drawn coarsely."""
        held = {one.country for one in self.sets}
        is_held = np.array([place.country in held for place in load_grid().populated])
        return int((is_held & (self.region_of < 0)).sum())

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)


def kinds_held() -> list[BoundaryKind]:
    """The kinds that there are boundaries of, the finest first."""
    held = set(BoundarySet.objects.values_list("kind", flat=True))
    return [kind for kind in BoundaryKind if kind.value in held]


def find_layer(kind: str) -> Layer | None:
    """The layer of a kind; None where there are no such boundaries."""
    sets = tuple(BoundarySet.objects.filter(kind=kind).order_by("country"))
    if not sets:
        return None
    key = repr([(one.kind, one.country, one.digest, one.attribution, one.imported_at) for one in sets])
    with _lock:
        if key not in _kept:
            _kept[key] = _read(BoundaryKind(kind), sets)
        _kept.move_to_end(key)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
        return _kept[key]


def regions_at(place: Position) -> list[tuple[BoundaryKind, str]]:
    """The regions in which a place lies, with their kind, the finest first."""
    found = []
    for kind in kinds_held():
        layer = find_layer(kind)
        number = None if layer is None else layer.at(place.lon, place.lat)
        if layer is not None and number is not None:
            found.append((kind, layer.name(number, reader_language())))
    return found


def codes_at(place: Position) -> list[tuple[str, str]]:
    """Country and code of each administrative area in which a place lies, the finest kind first."""
    found = []
    for kind in kinds_held():
        layer = find_layer(kind) if kind in _ADMINISTRATIVE else None
        number = None if layer is None else layer.at(place.lon, place.lat)
        if layer is not None and number is not None:
            found.append((layer.countries[number], layer.codes[number]))
    return found


_kept: Final[OrderedDict[str, Layer]] = OrderedDict()
_lock: Final = Lock()


def _read(kind: BoundaryKind, sets: Iterable[BoundarySet]) -> Layer:
    listed = tuple(sets)
    country = {one.pk: one.country for one in listed}
    rows = list(
        Boundary.objects.filter(set__in=listed)
        .order_by("set__country", "code")
        .values_list("set", "code", "names", "geometry")
    )
    return Layer(
        kind,
        listed,
        tuple(row[1] for row in rows),
        tuple(country[row[0]] for row in rows),
        tuple(row[2] for row in rows),
        shapely.from_wkb(np.array([bytes(row[3]) for row in rows], dtype=object)),
    )
