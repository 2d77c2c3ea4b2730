"""The maps of a report as SVG: hexagons in steps, the land around them, the borders on top. Pure.

The palette is that of the map of the site, light; it grows darker step by step, so that it reads on grey paper too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import cos, radians
from typing import Final

import h3
import shapely
from shapely.geometry.base import BaseGeometry

from noaber.apps.reports.facts import NOBODY, MinutesFact
from noaber.apps.roads.forms.map_query import View
from noaber.apps.roads.tiles.cells import GAIN_STEPS, MINUTES_STEPS
from noaber.reference.boundaries import load_countries

MINUTES_COLOURS: Final = ("#f4f0c4", "#c3deac", "#7fc0a5", "#4396a2", "#29658f", "#1d3270")
GAIN_COLOURS: Final = ("#eceeef", "#b7e0da", "#4ba89f", "#00635b")
_NOBODY_COLOUR: Final = "#ffffff"
_LAND: Final = "#f7f7f5"
_SEA: Final = "#dfe7ed"
_BORDER: Final = "#3a444e"
_BOUNDS: Final = (2.2, 48.2, 9.6, 53.7)
"""West, south, east, north."""
_WIDTH: Final = 400.0
_STRETCH: Final = 1 / cos(radians(51))
_SCALE: Final = _WIDTH / (_BOUNDS[2] - _BOUNDS[0])
HEIGHT: Final = round((_BOUNDS[3] - _BOUNDS[1]) * _STRETCH * _SCALE)
_SIMPLER: Final = 0.01
_LETTERS: Final = "'DejaVu Sans Mono', sans-serif"


def draw_map(cells: tuple[str, ...], minutes: MinutesFact, view: View) -> str:
    """The hexagons of one view."""
    steps = {View.CLOSED: minutes.closed, View.OPEN: minutes.opened, View.GAIN: minutes.gain}[view]
    colours = GAIN_COLOURS if view is View.GAIN else MINUTES_COLOURS
    areas = [
        f'<path fill="{_NOBODY_COLOUR if step == NOBODY else colours[int(step) - 1]}" d="{path}"/>'
        for step, path in _areas(cells, steps)
    ]
    return _frame("".join([f'<path fill="{_LAND}" d="{_land()}"/>', *areas, _borders()]), _WIDTH, HEIGHT)


def draw_legend(view: View, more: str) -> str:
    """The steps with their limits in minutes; `more` stands at the last."""
    is_gain = view is View.GAIN
    colours, limits = (GAIN_COLOURS, GAIN_STEPS) if is_gain else (MINUTES_COLOURS, MINUTES_STEPS)
    labels = [f"< {limits[0]}", *(f"{limit}+" for limit in limits)] if is_gain else [*map(str, limits), more]
    width = _WIDTH / len(colours)
    boxes = "".join(
        f'<rect x="{number * width:.1f}" y="0" width="{width:.1f}" height="14" fill="{colour}" '
        f'stroke="{_BORDER}" stroke-width="0.6"/>'
        f'<text x="{(number + 0.5) * width:.1f}" y="36" font-family="{_LETTERS}" font-size="18" '
        f'text-anchor="middle" fill="#11161b">{label.replace("<", "&lt;")}</text>'
        for number, (colour, label) in enumerate(zip(colours, labels, strict=True))
    )
    return boxes


def draw_figure(cells: tuple[str, ...], minutes: MinutesFact, view: View, more: str) -> str:
    """The map with its legend below."""
    inside = draw_map(cells, minutes, view)
    legend = f'<g transform="translate(0 {HEIGHT + 10})">{draw_legend(view, more)}</g>'
    return _frame(inside + legend, _WIDTH, HEIGHT + 54)


def _frame(inside: str, width: float, height: float) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


@lru_cache(maxsize=64)
def _areas(cells: tuple[str, ...], steps: str) -> list[tuple[str, str]]:
    """Each step with the outline of its hexagons."""
    alike: dict[str, list[str]] = defaultdict(list)
    for cell, step in zip(cells, steps, strict=True):
        alike[step].append(cell)
    return [(step, _path(shapely.geometry.shape(h3.cells_to_geo(alike[step])))) for step in sorted(alike)]


@lru_cache(maxsize=1)
def _land() -> str:
    shapes = [shapely.simplify(country.shape, _SIMPLER) for country in load_countries()]
    return _path(shapely.intersection(shapely.union_all(shapes), shapely.box(*_BOUNDS)))


@lru_cache(maxsize=1)
def _borders() -> str:
    """The edges of the countries: a pale line under a dark one, to be seen on every step."""
    edges = [shapely.simplify(country.shape.boundary, _SIMPLER) for country in load_countries()]
    path = _path(shapely.intersection(shapely.union_all(edges), shapely.box(*_BOUNDS)))
    return "".join(
        f'<path fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" d="{path}"/>'
        for colour, width in (("#ffffff", 2.4), (_BORDER, 1.1))
    )


def _path(shape: BaseGeometry) -> str:
    """As SVG draws it, cut at the frame."""
    cut = shapely.intersection(shape, shapely.box(*_BOUNDS)) if shape.geom_type.endswith("Polygon") else shape
    return "".join(_line(line) for part in shapely.get_parts(cut) for line in _lines(part))


def _lines(part: BaseGeometry) -> Iterable[BaseGeometry]:
    if part.geom_type == "Polygon":
        return (part.exterior, *part.interiors)
    return (part,) if part.geom_type == "LineString" else ()


def _line(line: BaseGeometry) -> str:
    points = [_at(lon, lat) for lon, lat in line.coords]
    closed = "Z" if points[0] == points[-1] else ""
    return "M" + "L".join(points) + closed


def _at(lon: float, lat: float) -> str:
    return f"{(lon - _BOUNDS[0]) * _SCALE:.1f} {(_BOUNDS[3] - lat) * _STRETCH * _SCALE:.1f}"
