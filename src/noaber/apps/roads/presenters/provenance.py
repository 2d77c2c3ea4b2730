"""How minutes are got here: what every page says that shows some."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.roads_now import RoadsNow, roads_now
from noaber.core.geo import Position
from noaber.core.json_input import parse_instant


@dataclass(frozen=True)
class Provenance:
    """Where minutes come from.

    Parameters
    ----------
    roads_on
        The day up to which the installed network knows the roads; None where there is none.
    is_day_built
        No extract says of which day its roads are: `roads_on` is when the network was built.
    closures
        How many closures hold, of those that the reader sees.
    """

    kind: MinutesKind
    roads_on: date | None = None
    is_day_built: bool = False
    closures: int = 0


def minutes_provenance(reader: Organisation, place: Position, *, status: str, at: datetime) -> Provenance:
    """How the minutes to a place are got; those from bases that these roads do not reach are got otherwise."""
    roads = roads_now(reader, status, at)
    where = np.array([[place.lon, place.lat]])
    here = tuple(layer for layer in roads.layers if layer.covers(where).all())
    return provenance_on(replace(roads, layers=here))


def provenance_on(roads: RoadsNow) -> Provenance:
    """How minutes on these roads are got, by the best of them."""
    if not roads.layers:
        return Provenance(MinutesKind.ESTIMATE)
    best = roads.layers[0]
    if best.kind is not MinutesKind.ROUTED:
        return Provenance(best.kind, closures=roads.closures)
    said = [at for source in best.network.sources if (at := parse_instant(source.data_at)) is not None]
    oldest = min(said, default=best.network.built_at)
    return Provenance(MinutesKind.ROUTED, oldest.date(), not said, roads.closures)
