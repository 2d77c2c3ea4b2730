"""One question in parts: runs of places, answered by themselves, on this machine or another, with the same answer.

Places know nothing of each other, so a part carries all units and some places. Where the roads are is told, not sent:
whoever answers a part opens the network in its own folder of the same name, and builds the main roads from its own
tables.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from noaber.core.problems import InvalidInput, Problem
from noaber.core.reach.answer import CapabilityReach, reach
from noaber.core.reach.mixed import Layer, MixedNearest, OnRoads
from noaber.core.reach.nearest import nearest_of
from noaber.core.reach.question import Question
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.roads import Roads, close_roads, open_roads
from noaber.core.traveltime.storage import open_network
from noaber.core.traveltime.vehicles import Vehicle


@dataclass(frozen=True)
class RoadsElsewhere:
    """Roads as they are, in few bytes: what another process needs to open the same.

    Parameters
    ----------
    folder
        Of the network, absolute; None for the main roads that come with the product.
    vehicle, built_at
        Who drives it, and when it was built: another writing of it gives other minutes.
    closed
        The places of the closed segments as `Roads` has them, int64, as bytes.
    """

    folder: Path | None
    vehicle: Vehicle
    built_at: datetime
    closed: bytes


def describe_roads(roads: Roads, folder: Path | None) -> RoadsElsewhere:
    """How another process finds roads of the network in `folder`; None for the main roads."""
    network = roads.network
    where = None if folder is None else folder.absolute()
    return RoadsElsewhere(where, network.vehicle, network.built_at, roads.closed.tobytes())


@lru_cache(maxsize=4)
def _open(where: RoadsElsewhere, main_roads: Callable[[], RoadNetwork] | None) -> Roads:
    here = f"{platform.node()}:{where.folder or 'main roads'}"
    try:
        network = _network(where.folder, main_roads)
    except InvalidInput as error:
        raise InvalidInput(error.problems, here) from error
    if network.built_at != where.built_at:
        params = {"here": network.built_at.isoformat(), "there": where.built_at.isoformat()}
        raise InvalidInput([Problem("cluster.other-network", params=params)], here)
    roads = open_roads(network.driven_by(where.vehicle))
    closed = np.frombuffer(where.closed, dtype=np.int64)
    return close_roads(roads, closed) if len(closed) else roads


def _network(folder: Path | None, main_roads: Callable[[], RoadNetwork] | None) -> RoadNetwork:
    if folder is not None:
        return open_network(folder)
    if main_roads is None:
        raise InvalidInput([Problem("network.none")])
    return main_roads()


def answer_part(
    question: Question, low: int, high: int, where: RoadsElsewhere | None = None
) -> dict[str, CapabilityReach]:
    """The reach at the places `low` to `high`, not included, by capability; by the estimate without roads.

    Raises
    ------
    InvalidInput
        Where the network is not there, or is another one.
    """
    part = replace(question, places=question.places[low:high])
    return reach(part, nearest_of(part, None if where is None else _open(where, None)))


def answer_mixed_part(
    question: Question,
    low: int,
    high: int,
    layers: Sequence[tuple[RoadsElsewhere, OnRoads]],
    main_roads: Callable[[], RoadNetwork] | None = None,
) -> dict[str, CapabilityReach]:
    """The same on layers of roads, the best first (see `MixedNearest`).

    Parameters
    ----------
    main_roads
        Makes the network of main roads, where a layer is on it.
    """
    part = replace(question, places=question.places[low:high])
    opened = [Layer(_open(where, main_roads), on.part(low, high)) for where, on in layers]
    return reach(part, MixedNearest(opened, part.units, part.places))


def part_edges(n_places: int, n_parts: int) -> list[int]:
    """Where at most `n_parts` parts begin and end, one of them at least, none empty unless there are no places."""
    n_parts = max(1, min(n_parts, n_places))
    return [n_places * part // n_parts for part in range(n_parts + 1)]


def joined(parts: Sequence[dict[str, CapabilityReach]]) -> dict[str, CapabilityReach]:
    """The answer of all parts, in the order of their places."""
    return {
        capability: CapabilityReach(
            np.concatenate([part[capability].minutes for part in parts]),
            np.concatenate([part[capability].units for part in parts]),
            np.concatenate([part[capability].agreements for part in parts]),
        )
        for capability in parts[0]
    }
