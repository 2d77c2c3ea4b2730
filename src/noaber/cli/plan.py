"""`noaber plan`: the proven best plan for a problem file. No database is read."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.files import read_input, write_output
from noaber.cli.roads import find_driving
from noaber.core.problems import InvalidInput

if TYPE_CHECKING:
    from noaber.core.planning.problem import Problem


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    parser = commands.add_parser("plan", help="the proven best plan for a problem file")
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
    parser.add_argument("-o", "--output", type=Path, metavar="PLAN.json", help="instead of standard output")
    parser.add_argument(
        "--time-limit",
        type=seconds,
        metavar="SECONDS",
        help="answer with the best plan so far, and bounds that hold, when this has passed",
    )
    parser.set_defaults(run=run)


def seconds(text: str) -> float:
    """A duration from the command line."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError(f"expected a number of seconds, 0 or more, found {text!r}")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Read, solve, write."""
    from noaber.core.planning.encode import encode_plan
    from noaber.core.planning.solve import THOROUGH_WORK, solve

    problem = read_problem(arguments.problem)
    driving = find_driving(problem, arguments.problem)
    try:
        plan = solve(problem, driving=driving, time_limit=arguments.time_limit, explanation_work=THOROUGH_WORK)
    except InvalidInput as error:
        raise InvalidInput(error.problems, str(arguments.problem)) from error
    write_output(arguments.output, encode_plan(plan))
    return 0


def read_problem(path: Path) -> Problem:
    """The problem in a file."""
    from noaber.core.planning.decode import decode_problem

    return read_input(path, decode_problem)
