"""What the map of minutes draws: hexagons by their minutes or gain, bases, closures, names, and what was clicked."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.asked import Asked, View
from noaber.apps.roads.ground import load_ground
from noaber.apps.roads.layers import layer_features
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network import find_network
from noaber.apps.roads.presenters import Feature, closure_features, feature, map_of
from noaber.apps.roads.reach import Reach, Seen
from noaber.apps.roads.state import covers
from noaber.apps.roads.words import said_minutes
from noaber.core.geo import distance_km
from noaber.reference.gazetteer import Place
from noaber.web.reader import reader_language
from noaber.web.wording import duration

MINUTES_STEPS: Final = (30, 45, 60, 90, 120)
GAIN_STEPS: Final = (10, 30, 60)
BOUNDS: Final = (2.6, 48.9, 8.9, 53.6)
_NAMED: Final = 22
_NAMES_APART_KM: Final = 60.0


def reach_map(
    reader: Organisation, status: str, seen: Seen, reach: Reach, asked: Asked, closures: Iterable[Closure]
) -> dict[str, Any]:
    """The data of the map tag."""
    features = [
        *cell_features(reach, asked),
        *_base_features(reader, seen),
        *closure_features(closures),
        *layer_features(reader, status),
        *_name_features(),
    ]
    if asked.at is not None:
        features.append(_point(asked.at.lon, asked.at.lat, kind="picked"))
    return map_of(features, bounds=list(BOUNDS))


def prepare() -> None:
    """Read what every map needs, so that the first one does not wait for it."""
    ground, network = load_ground(), find_network()
    ground.prepare()
    _named_places()
    if network is not None:
        covers(network, ground.where)


def cell_features(reach: Reach, asked: Asked) -> Iterator[Feature]:
    """The hexagons by what is said of them: those of which nothing can be said are left away."""
    shapes = load_ground().shapes
    said = _gains_said(reach, asked) if asked.view is View.GAIN else _minutes_said(reach, asked)
    alike: dict[tuple[int, str], list[Any]] = {}
    for number, what in said:
        alike.setdefault(what, []).append(shapes[number]["coordinates"])
    kind = "gain" if asked.view is View.GAIN else "minutes"
    for (step, title), polygons in alike.items():
        yield feature({"type": "MultiPolygon", "coordinates": polygons}, kind=kind, step=step, title=title)


def _minutes_said(reach: Reach, asked: Asked) -> Iterator[tuple[int, tuple[int, str]]]:
    """For each cell the step of its colour, and its minutes in words."""
    found = reach.closed if asked.view is View.CLOSED else reach.opened
    for number, minutes in enumerate(found.minutes[: len(load_ground().cells), asked.column].tolist()):
        if math.isfinite(minutes):
            words = said_minutes(minutes, reach.kind(found, number, asked.column))
            yield number, (minutes_step(minutes), words)


def _gains_said(reach: Reach, asked: Asked) -> Iterator[tuple[int, tuple[int, str]]]:
    """For each cell where somebody can come, the step of its gain, and the gain in words."""
    comes = np.isfinite(reach.opened.minutes[:, asked.column])
    for number, gain in enumerate(reach.gain(asked.column)[: len(load_ground().cells)].tolist()):
        if comes[number]:
            yield number, (sum(gain >= least for least in GAIN_STEPS), _gain_words(gain))


def minutes_step(minutes: float) -> int:
    """1 up to 30 minutes, … 6 beyond 120."""
    return bisect_left(MINUTES_STEPS, minutes) + 1


def _gain_words(gain: float) -> str:
    if math.isinf(gain):
        return _("Only neighbours can come")
    return _("%(duration)s sooner") % {"duration": duration(gain)} if gain >= 1 else _("No gain")


def cells_as_file(reach: Reach, asked: Asked) -> Iterator[Feature]:
    """The hexagons with their numbers, for other systems; null where nobody can come."""
    ground = load_ground()
    closed, opened = reach.closed.minutes[:, asked.column], reach.opened.minutes[:, asked.column]
    for number, cell in enumerate(ground.cells):
        yield feature(
            ground.shapes[number],
            h3=cell,
            capability=asked.capability,
            k=asked.k,
            closed=_number(closed[number]),
            open=_number(opened[number]),
            kind=(reach.kind(reach.opened, number, asked.column) if math.isfinite(opened[number]) else None),
        )


def _number(minutes: float) -> float | None:
    return round(float(minutes), 1) if math.isfinite(minutes) else None


def _base_features(reader: Organisation, seen: Seen) -> Iterator[Feature]:
    """The bases, several at one place as one."""
    by_place: dict[tuple[float, float], list[str]] = {}
    own = set()
    for unit in seen.units:
        by_place.setdefault((unit.lon, unit.lat), []).append(f"{unit.owner}, {unit.name}: {unit.quantity}")
        if unit.territory[:2] == reader.country:
            own.add((unit.lon, unit.lat))
    for (lon, lat), lines in by_place.items():
        kind = "base-own" if (lon, lat) in own else "base-neighbour"
        yield _point(lon, lat, kind=kind, title="\n".join(lines))


def _name_features() -> Iterator[Feature]:
    for place in _named_places():
        yield _point(place.lon, place.lat, kind="place", label=place.in_language(reader_language()))


@cache
def _named_places() -> tuple[Place, ...]:
    """The largest places, so far apart that their names fit."""
    named: list[Place] = []
    for place in sorted(load_ground().populated, key=lambda place: -place.population):
        if len(named) == _NAMED:
            break
        if all(distance_km(place.position, other.position) >= _NAMES_APART_KM for other in named):
            named.append(place)
    return tuple(named)


def _point(lon: float, lat: float, **properties: Any) -> Feature:
    return feature({"type": "Point", "coordinates": [lon, lat]}, **properties)
