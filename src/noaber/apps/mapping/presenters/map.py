"""Who may help one place, as a map of the first-level regions and as rows that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.mapping.presenters.matrix import cell_words
from noaber.apps.mapping.region import Cell, RegionQuery, region_matrix
from noaber.apps.mapping.sides import Side, side_words
from noaber.apps.mapping.words import ICONS
from noaber.apps.registry.coded import territory_name
from noaber.apps.registry.presenters.agreements import title_of
from noaber.core.agreements import Agreement
from noaber.core.geo import Position
from noaber.reference.organisations import load_organisations
from noaber.reference.region import NATURAL_EARTH_ATTRIBUTION
from noaber.reference.regions import centre_of, load_regions, regions_geojson
from noaber.web.tables import Column

BOUNDS: Final = [2.2, 48.6, 9.2, 53.7]
_ANSWERS: Final = {"complete": "yes", "open": "unknown", "unknown": "unknown", "missing": "no"}
"""How the map colours each kind: green by text, amber with unknowns, red without any."""
_SHAPES: Final = {"complete": "✓", "open": "◐", "unknown": "?", "missing": "×"}


@dataclass(frozen=True)
class RegionRow:
    """One region that might help."""

    code: str
    name: str
    country: str
    kind: str
    icon: str
    words: str
    text: str
    title: str
    union: bool


def region_rows(place: Side, texts: tuple[Agreement, ...], asked: RegionQuery) -> list[RegionRow]:
    """Every region abroad, and whether help may come from it to `place`."""
    regions = [Side("", code) for code in load_regions()]
    matrix = region_matrix([*regions, place], texts, asked)
    cells = [row[-1] for row in matrix.rows[:-1]]
    return [_row(cell) for cell in cells if cell.kind not in ("own", "home")]


def _row(cell: Cell) -> RegionRow:
    territory = cell.owner.territory
    return RegionRow(
        code=territory,
        name=territory_name(territory),
        country=territory_name(territory[:2]),
        kind=cell.kind,
        icon=ICONS[cell.kind],
        words=", ".join(cell_words(cell)),
        text=cell.text.id if cell.text else "",
        title=title_of(cell.text) if cell.text else "",
        union=cell.union,
    )


def answer_map(place: Side, rows: Iterable[RegionRow]) -> dict[str, Any]:
    """The data of the map tag: the regions of `rows`, and where the place is."""
    known = {row.code: row for row in rows}
    features = [
        feature | {"properties": _properties(known[code])}
        for feature in regions_geojson()
        if (code := feature["properties"]["code"]) in known
    ]
    names = [_name(row, centre) for row in known.values() if (centre := centre_of(row.code))]
    return {
        "features": {"type": "FeatureCollection", "features": [*features, *names, _receiver(place)]},
        "boundaries": reverse("boundaries"),
        "bounds": BOUNDS,
        "attribution": _(NATURAL_EARTH_ATTRIBUTION),
    }


def _name(row: RegionRow, centre: Position) -> dict[str, Any]:
    """The name with the shape of the answer, so that no one needs the colour."""
    return _point(centre, kind="place", label=f"{_SHAPES[row.kind]} {row.name}")


def _receiver(place: Side) -> dict[str, Any]:
    return _point(load_organisations()[place.code].position, kind="picked", label=side_words(place))


def _point(at: Position, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]}, "properties": properties}


def _properties(row: RegionRow) -> dict[str, Any]:
    title = f"{row.name}: {row.words}"
    return {"kind": "agreement", "answer": _ANSWERS[row.kind], "title": title}


REGION_COLUMNS: Final = (
    Column("name", gettext_lazy("Region"), lambda row: row.name),
    Column("country", gettext_lazy("Country"), lambda row: row.country),
    Column("answer", gettext_lazy("Answer"), lambda row: row.words),
)
FILE_COLUMNS: Final = (
    *REGION_COLUMNS,
    Column("text", gettext_lazy("Text"), lambda row: row.title or None),
    Column("union", gettext_lazy("Union mechanism"), lambda row: row.union),
)
