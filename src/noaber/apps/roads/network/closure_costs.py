"""What each closed road costs those who are under way: whose minutes it changes, and by how much."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.minutes import degrees_of, minutes_on
from noaber.apps.roads.network.roads_now import RoadsNow, roads_with
from noaber.core.geo import Position
from noaber.core.traveltime.sections import Part, stretches_of
from noaber.reference.main_roads import load_road_table

LEAST_MINUTES: Final = 1.0
"""A smaller difference is none."""
_MOST_KEPT: Final = 256

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trip:
    """From the base of some teams to where they are needed."""

    base: Position
    place: Position


@dataclass(frozen=True, slots=True)
class Detour:
    """What a closure costs one trip.

    Parameters
    ----------
    trip
        Its number among the trips that were asked about.
    extra
        Minutes; infinite where no way is left.
    now
        Minutes with everything closed that is closed.
    """

    trip: int
    extra: float
    now: float
    kind: MinutesKind

    @property
    def has_way(self) -> bool:
        return math.isfinite(self.now)


@dataclass(frozen=True)
class ClosureCost:
    """A closure with the trips that it makes longer, the longest detour first."""

    closure: Closure
    detours: tuple[Detour, ...]

    @property
    def most(self) -> Detour:
        return self.detours[0]


def closure_costs(closures: Sequence[Closure], trips: Sequence[Trip]) -> list[ClosureCost]:
    """The closures that cost at least one trip a minute, the dearest first.

    A closure costs what would be gained by opening it alone, or what it would cost alone, whichever is more: of two
    bridges side by side neither costs anything alone, and of two on one road opening one gains nothing.

    Parameters
    ----------
    closures
        All that hold, as one reader sees them.
    """
    if not closures or not trips:
        return []
    digests = tuple(sorted({one.digest for one in closures}))
    found = _extras(digests, tuple(trips))
    costs = [
        ClosureCost(one, tuple(sorted(detours, key=lambda detour: (-detour.extra, detour.trip))))
        for one in closures
        if (detours := found.get(one.digest, ()))
    ]
    return sorted(costs, key=lambda cost: (-cost.most.extra, cost.closure.pk))


def way_round(closure: Closure, parts: Iterable[Part]) -> Detour | None:
    """What it costs to get from one end of the first road that it closes to the other; None where that is nothing.

    Parameters
    ----------
    parts
        The sections that it closes.
    """
    table = load_road_table()
    stretch = next(iter(stretches_of(parts, table.by_id)), None)
    if stretch is None:
        return None
    ends = (table.junctions[end].position for end in (stretch.start, stretch.end))
    (cost,) = closure_costs([closure], [Trip(*ends)]) or (None,)
    return cost.most if cost else None


_Found = dict[str, tuple[Detour, ...]]
_kept: Final[OrderedDict[object, _Found]] = OrderedDict()
_lock: Final = Lock()


def _extras(digests: tuple[str, ...], trips: tuple[Trip, ...]) -> _Found:
    """The detours by the digest of what causes them, kept for the next look: a desk looks often."""
    all_closed = roads_with(digests)
    key = digests, trips, tuple((layer.kind, layer.network.built_at) for layer in all_closed.layers)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _compute(digests, trips, all_closed)
    with _lock:
        _kept[key] = found
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _compute(digests: Sequence[str], trips: Sequence[Trip], all_closed: RoadsNow) -> _Found:
    open_minutes, (now, kinds) = _minutes(roads_with(()), trips)[0], _minutes(all_closed, trips)
    if not (_longer(now, open_minutes) >= LEAST_MINUTES).any():
        return {}
    found: _Found = {}
    for digest in digests:
        extra = _longer(now, open_minutes)
        if len(digests) > 1:
            others = [other for other in digests if other != digest]
            gained = _longer(now, _minutes(roads_with(others), trips)[0])
            alone = _longer(_minutes(roads_with((digest,)), trips)[0], open_minutes)
            extra = np.maximum(gained, alone)
        found[digest] = tuple(
            Detour(number, float(extra[number]), float(now[number]), kinds[number])
            for number in np.flatnonzero(extra >= LEAST_MINUTES).tolist()
        )
    return found


def _longer(later: Floats, earlier: Floats) -> Floats:
    """By how much; nothing where there was no way before."""
    longer = np.zeros_like(later)
    had_way = np.isfinite(earlier)
    longer[had_way] = later[had_way] - earlier[had_way]
    return longer


def _minutes(roads: RoadsNow, trips: Sequence[Trip]) -> tuple[Floats, list[MinutesKind]]:
    """Of each trip, and how they were got."""
    bases, places = _numbered(trip.base for trip in trips), _numbered(trip.place for trip in trips)
    found = minutes_on(roads, degrees_of(list(bases)), degrees_of(list(places)))
    pairs = [(bases[trip.base], places[trip.place]) for trip in trips]
    return np.array([found.minutes[pair] for pair in pairs]), [found.kind(*pair) for pair in pairs]


def _numbered(positions: Iterable[Position]) -> dict[Position, int]:
    return {position: number for number, position in enumerate(dict.fromkeys(positions))}
