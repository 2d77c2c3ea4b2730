"""The roads as they are for a reader at a moment: the installed network with the closures that the reader sees.

What a shape closes, and the times with a set of roads closed, are kept for the next question: opening a road again
leads back to what was computed before. Roads that change are computed from the last ones, not from the beginning.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.geometry import shape_of
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network import find_network
from noaber.apps.roads.queries import closures_at
from noaber.core.traveltime.vehicles import Vehicle

if TYPE_CHECKING:
    from noaber.core.traveltime.kernels import Bools, Floats, Int64s
    from noaber.core.traveltime.network import RoadNetwork
    from noaber.core.traveltime.roads import Roads

_MOST_ROADS: Final = 4
"""How many states of the roads are kept: each is as large as the times of the network."""
_MOST_SHAPES: Final = 5000
_MOST_COVERED: Final = 256
_BESIDE_DEGREES: Final = 0.1
"""Farther from the box around a network than this no point is near a road of it."""


@dataclass(frozen=True)
class RoadsNow:
    """A network with what is closed on it, and the number of closures that hold."""

    roads: Roads
    closures: int

    @property
    def network(self) -> RoadNetwork:
        return self.roads.network


def roads_now(reader: Organisation, status: str, at: datetime, vehicle: Vehicle = Vehicle.CAR) -> RoadsNow | None:
    """The roads as `reader` knows them at the moment `at`, as `vehicle` drives them; None without a network."""
    network = find_network()
    if network is None:
        return None
    digests = list(closures_at(reader, status, at).order_by("digest").values_list("digest", flat=True))
    return RoadsNow(_ground_of(network.driven_by(vehicle)).roads_without(digests), len(digests))


def segments_closed(closures: Iterable[Closure]) -> dict[str, int]:
    """How many stretches of road each closure closes, by the digest of its geometry; nothing without a network."""
    network = find_network()
    if network is None:
        return {}
    return _ground_of(network).segments_of({closure.digest for closure in closures})


def covers(network: RoadNetwork, where: Floats) -> Bools:
    """(n,) bool: which points, (n, 2) degrees, lie on the network; one that is far from every road of it does not."""
    return _ground_of(network).covers(where)


@dataclass
class _Ground:
    """What was computed on one network."""

    network: RoadNetwork
    covered: OrderedDict[bytes, Bools] = field(default_factory=OrderedDict)
    places: dict[str, Int64s] = field(default_factory=dict)
    roads: OrderedDict[bytes, Roads] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def roads_without(self, digests: Iterable[str]) -> Roads:
        """The roads with exactly the closures of these geometries."""
        import numpy as np

        from noaber.core.traveltime.roads import close_roads, open_roads

        wanted = list(digests)
        with self.lock:
            self._look_up(wanted)
            closed = np.unique(np.concatenate([np.empty(0, np.int64), *(self.places[digest] for digest in wanted)]))
            key = closed.tobytes()
            if key not in self.roads:
                former = next(reversed(self.roads.values()), None) or open_roads(self.network)
                self.roads[key] = close_roads(former, closed) if len(closed) else open_roads(self.network)
            self.roads.move_to_end(key)
            while len(self.roads) > _MOST_ROADS:
                self.roads.popitem(last=False)
            return self.roads[key]

    def covers(self, where: Floats) -> Bools:
        """Looked up once for the same points: bases and the places of the map seldom change."""
        from noaber.core.reach.driving import are_far

        key = hashlib.sha256(where.tobytes()).digest()
        with self.lock:
            if key not in self.covered:
                inside = self._may_cover(where)
                inside[inside] = ~are_far(self.network, where[inside])
                inside.setflags(write=False)
                self.covered[key] = inside
            self.covered.move_to_end(key)
            while len(self.covered) > _MOST_COVERED:
                self.covered.popitem(last=False)
            return self.covered[key]

    def _may_cover(self, where: Floats) -> Bools:
        """(n,) bool: which points lie in the box around the network, or beside it."""
        west, south, east, north = self.extent
        lon, lat = where.T
        inside: Bools = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return inside

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north, with a margin of some 7 km at our latitudes."""
        lon, lat = self.network.lon, self.network.lat
        beside = _BESIDE_DEGREES
        return lon.min() - beside, lat.min() - beside, lon.max() + beside, lat.max() + beside

    def segments_of(self, digests: Iterable[str]) -> dict[str, int]:
        """The number of segments that each geometry closes."""
        wanted = list(digests)
        with self.lock:
            self._look_up(wanted)
            return {digest: len(self.places[digest]) for digest in wanted}

    def _look_up(self, digests: list[str]) -> None:
        from noaber.core.traveltime.closures import closed_places

        new = {digest for digest in digests if digest not in self.places}
        if not new:
            return
        if len(self.places) + len(new) > _MOST_SHAPES:
            self.places.clear()
            new = set(digests)
        rows = dict(Closure.objects.filter(digest__in=new).values_list("digest", "geometry"))
        shapes = [shape_of(geometry) for geometry in rows.values()]
        self.places |= zip(rows, closed_places(self.network, shapes), strict=True)


_grounds: Final[dict[Vehicle, _Ground]] = {}
_grounds_lock: Final = Lock()


def _ground_of(network: RoadNetwork) -> _Ground:
    """What is kept for the network that is installed now, by its vehicle; an older one's is let go."""
    with _grounds_lock:
        if any(one.network.hierarchy is not network.hierarchy for one in _grounds.values()):
            _grounds.clear()
        if network.vehicle not in _grounds:
            _grounds[network.vehicle] = _Ground(network)
        return _grounds[network.vehicle]
