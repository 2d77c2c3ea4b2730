"""What was computed on a network and is kept for the next question: who lies on it, what is closed, times without that.

Opening a road again leads back to what was computed before. Roads that change are computed from the last ones, not from
the beginning.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.geometry import shape_of

if TYPE_CHECKING:
    from noaber.core.traveltime.kernels import Bools, Floats, Int64s
    from noaber.core.traveltime.main_roads import MainRoads
    from noaber.core.traveltime.network import RoadNetwork
    from noaber.core.traveltime.roads import Roads

_MOST_SHAPES: Final = 5000
_MOST_COVERED: Final = 256
_BESIDE_DEGREES: Final = 0.1
"""Farther from the box around a network than this no point is near a road of it."""
_BESIDE_TOWNS_M: Final = 10_000.0
"""Farther from any town than this, local ways say nothing."""


@dataclass
class NetworkSurvey(ABC):
    """What was computed on one network."""

    most_roads: ClassVar[int] = 4
    """How many states of the roads are kept: each is as large as the times of the network."""

    network: RoadNetwork
    covered: OrderedDict[bytes, Bools] = field(default_factory=OrderedDict)
    places: dict[str, Int64s] = field(default_factory=dict)
    roads: OrderedDict[bytes, Roads] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def roads_without(self, digests: Iterable[str]) -> Roads:
        """The roads with exactly the closures of these digests."""
        from noaber.core.traveltime.roads import close_roads, open_roads  # compiles kernels

        wanted = list(digests)
        with self.lock:
            self._look_up(wanted)
            closed = np.unique(np.concatenate([np.empty(0, np.int64), *(self.places[digest] for digest in wanted)]))
            key = closed.tobytes()
            if key not in self.roads:
                former = next(reversed(self.roads.values()), None) or open_roads(self.network)
                self.roads[key] = close_roads(former, closed) if len(closed) else open_roads(self.network)
            self.roads.move_to_end(key)
            while len(self.roads) > self.most_roads:
                self.roads.popitem(last=False)
            return self.roads[key]

    def covers(self, where: Floats) -> Bools:
        """Looked up once for the same points: bases and the places of the map seldom change."""
        key = hashlib.sha256(where.tobytes()).digest()
        with self.lock:
            if key not in self.covered:
                inside = self._may_cover(where)
                inside[inside] = self._near(where[inside])
                inside.setflags(write=False)
                self.covered[key] = inside
            self.covered.move_to_end(key)
            while len(self.covered) > _MOST_COVERED:
                self.covered.popitem(last=False)
            return self.covered[key]

    def closed_by(self, digests: Iterable[str]) -> dict[str, Int64s]:
        """The segments that each closure closes, by its digest."""
        wanted = list(digests)
        with self.lock:
            self._look_up(wanted)
            return {digest: self.places[digest] for digest in wanted}

    @abstractmethod
    def _near(self, where: Floats) -> Bools:
        """(n,) bool: which points lie on the network."""

    @abstractmethod
    def _closed(self, closures: Sequence[Closure]) -> list[Int64s]:
        """The segments that each closure closes."""

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

    def _look_up(self, digests: list[str]) -> None:
        new = {digest for digest in digests if digest not in self.places}
        if not new:
            return
        if len(self.places) + len(new) > _MOST_SHAPES:
            self.places.clear()
            new = set(digests)
        closures = list({one.digest: one for one in Closure.objects.filter(digest__in=new)}.values())
        self.places |= zip((one.digest for one in closures), self._closed(closures), strict=True)


class ExtractSurvey(NetworkSurvey):
    """A network that was built from an extract."""

    def _near(self, where: Floats) -> Bools:
        from noaber.core.reach.driving import are_far  # compiles kernels

        return ~are_far(self.network, where)

    def _closed(self, closures: Sequence[Closure]) -> list[Int64s]:
        """What is closed by name has no surveyed course: it closes nothing here, and the page says so."""
        from noaber.core.traveltime.closures import closed_places  # compiles kernels

        drawn = [one for one in closures if not one.parts]
        found = iter(closed_places(self.network, [shape_of(one.geometry) for one in drawn]))
        return [np.empty(0, np.int64) if one.parts else next(found) for one in closures]


@dataclass
class MainRoadsSurvey(NetworkSurvey):
    """The main roads that come with the product: a small network."""

    most_roads: ClassVar[int] = 48

    main_roads: MainRoads = field(kw_only=True)

    def _near(self, where: Floats) -> Bools:
        from noaber.core.traveltime.join import join  # compiles kernels

        near: Bools = join(self.network, *where.T).metres <= _BESIDE_TOWNS_M
        return near

    def _closed(self, closures: Sequence[Closure]) -> list[Int64s]:
        return [self._closed_one(one) for one in closures]

    def _closed_one(self, closure: Closure) -> Int64s:
        """A closure by name closes its sections, and nothing beside them."""
        from noaber.core.traveltime.main_roads import shut_by_shape  # compiles kernels

        if closure.parts:
            return self.main_roads.places(closure.parts)
        return shut_by_shape(self.main_roads, shape_of(closure.geometry))
