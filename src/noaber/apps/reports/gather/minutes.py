"""The minutes of a report: people reached by region, and the steps of the hexagons, for each capability."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import numpy.typing as npt

from noaber.apps.accounts.models import Organisation
from noaber.apps.reports.enums import Basis
from noaber.apps.reports.facts import NOBODY, MinutesFact, ReachFact
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.forms.map_query import MapQuery
from noaber.apps.roads.presenters.boundary_shares import territory_rows
from noaber.apps.roads.reach.grid import load_grid
from noaber.apps.roads.reach.reach import Reach, VisibleMeans, reach_of, visible_means
from noaber.apps.roads.tiles.cells import GAIN_STEPS, minutes_step

Floats = npt.NDArray[np.float64]


def minutes_fact(reader: Organisation, status: str, at: datetime, capability: str, hazard: str) -> MinutesFact:
    """The first team of a capability, with borders closed and open."""
    seen = visible_means(reader, status, at, capability=capability, hazard=hazard)
    reach = reach_of(seen)
    count = len(load_grid().cells)
    closed, opened = reach.closed.minutes[:count, 0], reach.opened.minutes[:count, 0]
    return MinutesFact(
        capability=capability,
        bases=len(seen.units),
        teams=sum(unit.quantity for unit in seen.units),
        basis=_basis(seen, reach),
        regions=_regions(reach, capability, hazard),
        closed=_steps(closed),
        opened=_steps(opened),
        gain=_gains(reach.gain(0)[:count], opened),
    )


def _basis(seen: VisibleMeans, reach: Reach) -> Basis:
    """By the best roads where all lie on them; by main roads too where these reach what the network does not."""
    if not seen.roads.layers:
        return Basis.ESTIMATED
    best, on = seen.roads.layers[0].kind, reach.on[0]
    if best is MinutesKind.COARSE:
        return Basis.COARSE
    return Basis.ROUTED if bool(on.places.all() and on.units.all()) else Basis.MIXED


def _regions(reach: Reach, capability: str, hazard: str) -> tuple[ReachFact, ...]:
    rows = territory_rows(reach, MapQuery(capability, hazard))
    return tuple(ReachFact(row.code, row.people, row.closed_people, row.opened_people, row.gaining) for row in rows)


def _steps(minutes: Floats) -> str:
    return "".join(str(minutes_step(value)) if np.isfinite(value) else NOBODY for value in minutes.tolist())


def _gains(gains: Floats, opened: Floats) -> str:
    """1 for no gain, then one more for each of the steps that is reached."""
    return "".join(
        str(1 + sum(gain >= least for least in GAIN_STEPS)) if np.isfinite(minutes) else NOBODY
        for gain, minutes in zip(gains.tolist(), opened.tolist(), strict=True)
    )
