"""What commands share that read a road network: opening it, closing roads, and warnings on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.files import read_input
from noaber.core.problems import InvalidInput, Problem, Severity

if TYPE_CHECKING:
    from noaber.core.planning.problem import Incident, RoadTravel, Unit
    from noaber.core.planning.problem import Problem as PlanningProblem
    from noaber.core.planning.travel import Driving
    from noaber.core.reach.question import Place
    from noaber.core.traveltime.network import RoadNetwork
    from noaber.core.traveltime.roads import Roads
    from noaber.core.traveltime.vehicles import Vehicle


def warn(source: object, problems: Iterable[Problem]) -> None:
    """Say what is odd about a file, a line for each."""
    for problem in problems:
        print(f"warning: {source}: {problem}", file=sys.stderr)


def read_roads(network: Path, closures: Path | None, vehicle: Vehicle | None = None) -> Roads:
    """A stored network with its closures, by car unless said otherwise; closures that touch no road are warned about.

    Raises
    ------
    InvalidInput
        Where either cannot be used.
    """
    from noaber.core.traveltime.closures import closed_places
    from noaber.core.traveltime.geojson import decode_closures
    from noaber.core.traveltime.roads import close_roads, open_roads
    from noaber.core.traveltime.storage import open_network

    opened = open_network(network)
    roads = open_roads(opened if vehicle is None else opened.driven_by(vehicle))
    if closures is None:
        return roads
    import numpy as np

    shapes = read_input(closures, decode_closures)
    closed = closed_places(roads.network, shapes)
    idle = [shape.where for shape, places in zip(shapes, closed, strict=True) if not len(places)]
    warn(closures, (Problem("network.closes-nothing", where, severity=Severity.WARNING) for where in idle))
    return close_roads(roads, np.concatenate(closed)) if closed else roads


def warn_far(source: object, network: RoadNetwork, placed: Sequence[Unit | Place | Incident]) -> None:
    """Name everything in a file that is far from any road."""
    from noaber.core.reach.driving import far_from_roads
    from noaber.core.reach.nearest import degrees

    warn(source, far_from_roads(network, (one.id for one in placed), degrees(placed)))


def find_driving(problem: PlanningProblem, path: Path) -> Driving | None:
    """The driving times of a problem file with the travel model "road"; None for the other models.

    Raises
    ------
    InvalidInput
        Where its network or closures cannot be used.
    """
    from noaber.core.planning.problem import RoadTravel
    from noaber.core.reach.driving import driving_of

    if not isinstance(problem.travel, RoadTravel):
        return None
    roads = _roads_of(problem.travel, path)
    warn_far(path, roads.network, problem.units)
    warn_far(path, roads.network, problem.incidents)
    return driving_of(roads)


def _roads_of(travel: RoadTravel, path: Path) -> Roads:
    """File names are relative to the problem file."""
    network = path.parent / travel.network
    closures = None if travel.closures is None else path.parent / travel.closures
    try:
        return read_roads(network, closures)
    except InvalidInput as error:
        key = "network" if error.source == str(network) else "closures"
        raise InvalidInput(error.problems, f"{path}: /travel/{key}: {error.source}") from error
