"""Closures as rows, and as signs on a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import shapely
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from shapely.geometry.base import BaseGeometry

from noaber.apps.accounts.acting import Acting
from noaber.apps.roads.models import Closure
from noaber.apps.roads.network.closure_costs import Detour, way_round
from noaber.apps.roads.network.geometry import shape_of
from noaber.apps.roads.network.roads_now import Shut, closed_by
from noaber.apps.roads.permissions import can_open
from noaber.apps.roads.presenters.sections import section_words
from noaber.apps.roads.tiles.base_map import with_base_map
from noaber.reference.region import GEONAMES_ATTRIBUTION, NATURAL_EARTH_ATTRIBUTION

Feature = dict[str, Any]


class ClosureState(StrEnum):
    """Where a closure is in its time."""

    AHEAD = "ahead"
    HOLDS = "holds"
    OVER = "over"
    CALLED_OFF = "called-off"
    """Opened before it ever held."""


STATE_WORDS: dict[ClosureState, str | Promise] = {
    ClosureState.AHEAD: pgettext_lazy("a closure", "not yet"),
    ClosureState.HOLDS: pgettext_lazy("a closure", "closed"),
    ClosureState.OVER: pgettext_lazy("a closure", "open again"),
    ClosureState.CALLED_OFF: pgettext_lazy("a closure", "called off"),
}
SHAPE_WORDS: dict[str, str | Promise] = {
    "Point": gettext_lazy("Point"),
    "LineString": gettext_lazy("Line"),
    "Polygon": gettext_lazy("Area"),
}


@dataclass(frozen=True)
class ClosureRow:
    """A closure in a list.

    Parameters
    ----------
    shut
        What it closes; None where minutes are estimated.
    sections
        The main roads that it closes, in words.
    """

    closure: Closure
    state: ClosureState
    shape: str
    shut: Shut | None
    sections: tuple[str, ...]
    may_open: bool
    way_round: Detour | None = None
    """What it costs to drive around it, from end to end of the first road that it closes."""

    @property
    def state_words(self) -> str:
        return str(STATE_WORDS[self.state])


def closure_rows(acting: Acting, closures: Iterable[Closure], at: datetime) -> list[ClosureRow]:
    """The rows of some closures, those that hold first."""
    listed = list(closures)
    closed = closed_by(listed)
    rows = [_row(acting, one, at, closed.get(one.digest)) for one in listed]
    order = list(ClosureState)
    return sorted(rows, key=lambda row: (row.state is not ClosureState.HOLDS, order.index(row.state)))


def _row(acting: Acting, closure: Closure, at: datetime, shut: Shut | None) -> ClosureRow:
    is_over = closure.is_over_at(at)
    is_owner = closure.owner_id == acting.organisation.pk
    return ClosureRow(
        closure,
        _state(closure, at),
        _("By name") if closure.parts else _shape_words(closure.geometry["type"]),
        shut,
        section_words(shut.parts) if shut else (),
        may_open=can_open(acting.roles, is_owner=is_owner, is_over=is_over),
        way_round=way_round(closure, shut.parts) if shut and closure.holds_at(at) else None,
    )


def _state(closure: Closure, at: datetime) -> ClosureState:
    if closure.holds_at(at):
        return ClosureState.HOLDS
    if not closure.is_over_at(at):
        return ClosureState.AHEAD
    never_held = closure.opened_at is not None and closure.opened_at < closure.begins_at
    return ClosureState.CALLED_OFF if never_held else ClosureState.OVER


def _shape_words(kind: str) -> str:
    return str(SHAPE_WORDS.get(kind.removeprefix("Multi"), _("Several shapes")))


def closure_features(closures: Iterable[Closure], labels: Mapping[int, str] | None = None) -> Iterator[Feature]:
    """Lines and areas as they are, and a sign on each closure, with its label by its key."""
    for closure in closures:
        label = (labels or {}).get(closure.pk, "")
        parts = shape_of(closure.geometry).parts
        for number, part in enumerate(parts):
            has_sign = not closure.sections or number == len(parts) // 2  # sections follow each other: one is enough
            yield from _part_features(part, closure.reason, label if has_sign else None)


def _part_features(part: BaseGeometry, title: str, label: str | None) -> Iterator[Feature]:
    if part.geom_type != "Point":
        kind = "closure-line" if part.length and not part.area else "closure-area"
        yield feature(shapely.geometry.mapping(part), kind=kind, title=title)
    if label is not None:
        point = shapely.geometry.mapping(part.representative_point())
        yield feature(point, kind="closure", title=title, label=label)


def feature(geometry: Any, **properties: Any) -> Feature:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def map_of(features: Iterable[Feature], **more: Any) -> dict[str, Any]:
    """What the map tag draws, over the countries, towns and main roads of the region."""
    drawn = {
        "features": {"type": "FeatureCollection", "features": list(features)},
        "boundaries": reverse("boundaries"),
        "attribution": f"{_(NATURAL_EARTH_ATTRIBUTION)} · {_(GEONAMES_ATTRIBUTION)}",
        **more,
    }
    return with_base_map(drawn)
