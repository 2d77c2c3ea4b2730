"""The shapes that CAP, EDXL-DE and GML write as text: whether they are one, and what is wrong if not.

Positions there are latitude before longitude, WGS 84 degrees. A circle's radius is in kilometres.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})")
MINIMUM_POINTS = 4
"""Of a polygon: three corners, and the first one again."""


def polygon_fault(text: str) -> str:
    """The problem code of what is wrong with a polygon "lat,lon lat,lon …"; empty where nothing is."""
    pairs = [_read_pair(part) for part in text.split()]
    if not pairs or None in pairs:
        return "geometry.pairs"
    return ring_fault([pair for pair in pairs if pair is not None])


def ring_fault(pairs: Sequence[tuple[float, float]]) -> str:
    """The problem code of what is wrong with a ring of (latitude, longitude); empty where nothing is."""
    if not all(_is_on_earth(*pair) for pair in pairs):
        return "geometry.range"
    if len(pairs) < MINIMUM_POINTS:
        return "geometry.points"
    return "" if pairs[0] == pairs[-1] else "geometry.open"


def circle_fault(text: str) -> str:
    """The problem code of what is wrong with a circle "lat,lon radius"; empty where nothing is."""
    parts = text.split()
    if len(parts) != 2 or not re.fullmatch(_NUMBER, parts[1]):
        return "geometry.circle"
    centre = _read_pair(parts[0])
    if centre is None or float(parts[1]) < 0:
        return "geometry.circle"
    return "" if _is_on_earth(*centre) else "geometry.range"


def _read_pair(text: str) -> tuple[float, float] | None:
    found = _PAIR.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


def _is_on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180
