"""`noaber reach UNITS.csv PLACES.csv`: when help is there, for every place and capability. No database is read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.files import read_input, write_output
from noaber.cli.roads import read_roads, warn, warn_far
from noaber.core.problems import Problem, Severity

if TYPE_CHECKING:
    from noaber.core.reach.answer import CapabilityReach
    from noaber.core.reach.question import Question
    from noaber.core.traveltime.roads import Roads

_MOST_TEAMS = 1_000_000


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    parser = commands.add_parser("reach", help="when help is there, for every place and capability")
    parser.add_argument("units", type=Path, metavar="UNITS.csv")
    parser.add_argument("places", type=Path, metavar="PLACES.csv")
    parser.add_argument("--agreements", type=Path, metavar="AGREEMENTS.json", help="who may help across a border")
    parser.add_argument("--hazard", metavar="H", help="what happens; else only agreements for any hazard count")
    parser.add_argument("--network", type=Path, metavar="DIR", help="drive on this road network, else estimate")
    parser.add_argument("--closures", type=Path, metavar="FILE.geojson", help="roads that are closed")
    parser.add_argument("--vehicle", choices=("car", "heavy"), default="car", help="whose speeds and limits count")
    parser.add_argument("--borders", choices=("closed", "open"), default="open", help="closed: own country only")
    parser.add_argument(
        "-k", type=team, action="append", metavar="K", help="the K-th team to arrive; may be repeated (else the first)"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="REACH.csv", help="instead of standard output")
    parser.set_defaults(run=run)


def team(text: str) -> int:
    """Which team is asked for, from the command line."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= _MOST_TEAMS):
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 to {_MOST_TEAMS}, found {text!r}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Read, compute, write."""
    from noaber.core.reach.answer import encode_reach

    question = _question(arguments)
    found = _answer(question, _roads(arguments, question), arguments.network)
    write_output(arguments.output, b"".join(encode_reach(question, found)))
    return 0


def _question(arguments: argparse.Namespace) -> Question:
    from noaber.core.reach.decode import decode_places, decode_texts, decode_units
    from noaber.core.reach.question import Borders, Question

    return Question(
        units=read_input(arguments.units, decode_units),
        places=read_input(arguments.places, decode_places),
        agreements=read_input(arguments.agreements, decode_texts) if arguments.agreements else (),
        hazard=arguments.hazard,
        borders=Borders(arguments.borders),
        ks=tuple(sorted(set(arguments.k or [1]))),
    )


def _roads(arguments: argparse.Namespace, question: Question) -> Roads | None:
    """The roads as they are, None for the estimate; with warnings of what is odd."""
    from noaber.core.traveltime.geojson import decode_closures
    from noaber.core.traveltime.vehicles import Vehicle

    if arguments.network is None:
        if arguments.closures is not None:
            read_input(arguments.closures, decode_closures)
            warn(arguments.closures, [Problem("network.closures-alone", severity=Severity.WARNING)])
        if arguments.vehicle != "car":
            warn("--vehicle", [Problem("network.vehicle-alone", severity=Severity.WARNING)])
        return None
    roads = read_roads(arguments.network, arguments.closures, Vehicle(arguments.vehicle))
    warn_far(arguments.units, roads.network, question.units)
    warn_far(arguments.places, roads.network, question.places)
    return roads


def _answer(question: Question, roads: Roads | None, folder: Path) -> dict[str, CapabilityReach]:
    """Computed on this machine, or on the cluster that is set."""
    from noaber.cluster import find_scheduler, reach_on_cluster
    from noaber.core.reach.answer import reach
    from noaber.core.reach.nearest import nearest_of
    from noaber.core.reach.parts import describe_roads

    scheduler = find_scheduler()
    if scheduler is None:
        return reach(question, nearest_of(question, roads))
    where = None if roads is None else describe_roads(roads, folder)
    (found,) = reach_on_cluster(scheduler, [question], where)
    return found
