"""Who would come to a place that was clicked: the first teams with each leg of their way, under which text."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from noaber.apps.registry.coded import territory_name
from noaber.apps.registry.placing import NEAR_KM, district_at
from noaber.apps.registry.queries.planning import PlanningUnit
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.minutes import degrees_of, minutes_on
from noaber.apps.roads.reach.reach import VisibleMeans
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.geo import Position
from noaber.core.reach.permits import HOME, Permits, permits_of
from noaber.core.reach.question import Borders
from noaber.reference.gazetteer import nearest
from noaber.web.reader import reader_language

MOST_SHOWN: Final = 8


@dataclass(frozen=True)
class Responder:
    """A base whose teams may come. Minutes.

    Parameters
    ----------
    teams
        All that have arrived when these are there.
    text
        None at home.
    """

    unit: PlanningUnit
    approval: float
    travel: float
    total: float
    kind: MinutesKind
    teams: int
    text: PlanningAgreement | None

    @property
    def text_title(self) -> str:
        return self.text.agreement.title.in_language(reader_language()) if self.text else ""


@dataclass(frozen=True)
class NearestResponders:
    """The answer for one place.

    Parameters
    ----------
    name
        Of the nearest populated place; empty far from any.
    territory
        The one that is certain there; empty where no country of the map lies.
    responders
        The first that may come with borders open, by their arrival.
    closed, opened
        When the k-th team is there with borders closed, and open; None where there are not so many.
    """

    at: Position
    name: str
    territory: str
    responders: tuple[Responder, ...] = ()
    closed: Responder | None = None
    opened: Responder | None = None

    @property
    def gain(self) -> float | None:
        """Minutes that open borders gain; None where that is no number."""
        return self.closed.total - self.opened.total if self.closed and self.opened else None

    @property
    def gain_kind(self) -> MinutesKind:
        """As uncertain as either arrival."""
        return MinutesKind.worst(one.kind for one in (self.closed, self.opened) if one)


def nearest_responders(seen: VisibleMeans, at: Position, k: int) -> NearestResponders:
    """Who would come to `at`, and when the `k`-th team is there."""
    found = district_at(at)
    if found is None:
        return NearestResponders(at, "", "")
    near, territory = nearest(at.lon, at.lat, within_km=NEAR_KM), found.territory
    is_near = near is not None and near.country == territory[:2]
    name = near.in_language(reader_language()) if near is not None and is_near else territory_name(territory)
    everyone = _by_arrival(seen, at, territory)
    at_home = _counted([one for one in everyone if one.text is None])
    return NearestResponders(at, name, territory, tuple(everyone[:MOST_SHOWN]), _kth(at_home, k), _kth(everyone, k))


def _by_arrival(seen: VisibleMeans, at: Position, territory: str) -> list[Responder]:
    """Everyone who may come, by arrival."""
    units = seen.units
    permits = permits_of(
        seen.question((), Borders.OPEN), seen.capability, [one.territory for one in units], [territory]
    )
    ways = minutes_on(seen.roads, degrees_of([Position(one.lon, one.lat) for one in units]), degrees_of([at]))
    approval = permits.approval[permits.class_of, 0] if units else np.empty(0)
    mobilisation = np.array([one.mobilisation_minutes for one in units], dtype=np.float64)
    total = approval + mobilisation + ways.minutes[:, 0]
    order = np.argsort(total, kind="stable").tolist()
    return _counted(
        [
            Responder(
                units[i],
                float(approval[i]),
                float(ways.minutes[i, 0]),
                float(total[i]),
                ways.kind(i, 0),
                0,
                _text(seen, permits, i),
            )
            for i in order
            if math.isfinite(total[i])
        ]
    )


def _text(seen: VisibleMeans, permits: Permits, unit: int) -> PlanningAgreement | None:
    number = int(permits.agreement[permits.class_of[unit], 0])
    return None if number == HOME else seen.text(number)


def _counted(responders: list[Responder]) -> list[Responder]:
    """The same, with all teams that are there by then."""
    teams = 0
    counted = []
    for one in responders:
        teams += one.unit.quantity
        counted.append(replace(one, teams=teams))
    return counted


def _kth(responders: list[Responder], k: int) -> Responder | None:
    return next((one for one in responders if one.teams >= k), None)
