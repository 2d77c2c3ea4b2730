"""`noaber stress`: every combination of simultaneous incidents of a problem file. No database is read."""

from __future__ import annotations

import argparse
from pathlib import Path

from noaber.cli.files import write_output
from noaber.cli.plan import read_problem
from noaber.cli.roads import find_driving
from noaber.core.problems import InvalidInput


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    parser = commands.add_parser("stress", help="every combination of simultaneous incidents of a problem file")
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
    parser.add_argument(
        "--simultaneous", type=incidents, required=True, metavar="N", help="how many of the incidents happen at once"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="STRESS.json", help="instead of standard output")
    parser.set_defaults(run=run)


def incidents(text: str) -> int:
    """How many incidents at once, from the command line; whether the file has so many is asked later."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected a whole number of incidents, found {text!r}") from error


def run(arguments: argparse.Namespace) -> int:
    """Read, try every combination, write."""
    from noaber.core.planning.encode import encode_stress
    from noaber.core.planning.stress import stress

    problem = read_problem(arguments.problem)
    driving = find_driving(problem, arguments.problem)
    try:
        found = stress(problem, arguments.simultaneous, driving=driving)
    except InvalidInput as error:
        raise InvalidInput(error.problems, str(arguments.problem)) from error
    write_output(arguments.output, encode_stress(found))
    return 0
