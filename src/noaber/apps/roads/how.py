"""How minutes are got here: what every page says that shows some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from noaber.apps.accounts.models import Organisation
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.state import RoadsNow, covers, roads_now
from noaber.core.geo import Position
from noaber.core.json_input import parse_instant


@dataclass(frozen=True)
class How:
    """Where minutes come from.

    Parameters
    ----------
    roads_on
        The day up to which the network knows the roads; None where minutes are estimated.
    is_day_built
        No extract says of which day its roads are: `roads_on` is when the network was built.
    closures
        How many closures hold, of those that the reader sees.
    """

    kind: MinutesKind
    roads_on: date | None = None
    is_day_built: bool = False
    closures: int = 0


def how_minutes(reader: Organisation, place: Position, *, status: str, at: datetime) -> How:
    """How the minutes to a place are got; those of bases off the network are estimated all the same."""
    roads = roads_now(reader, status, at)
    if roads is None or not covers(roads.network, np.array([[place.lon, place.lat]])).all():
        return How(MinutesKind.ESTIMATE)
    return how_on(roads)


def how_on(roads: RoadsNow | None) -> How:
    """How minutes on these roads are got; None where no network is installed."""
    if roads is None:
        return How(MinutesKind.ESTIMATE)
    said = [at for source in roads.network.sources if (at := parse_instant(source.data_at)) is not None]
    oldest = min(said, default=roads.network.built_at)
    return How(MinutesKind.ROUTED, oldest.date(), not said, roads.closures)
