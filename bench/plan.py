"""Plans: ours, the plain mixed-integer program, and nearest first, on the same problems in the same run.

The plain program is what one writes first: whole numbers, HiGHS, and after each objective a row that holds it. It
has the first three objectives; ours also divides the burden, so both of its times are shown. Times are of one
thread, from the model in memory to the plan.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import highspy
import numpy as np

from bench._planning_problems import planning_problem
from noaber.core.planning.constraints import Rows, rows_of
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.model import Model, build_model
from noaber.core.planning.nearest import nearest_first
from noaber.core.planning.objective import Figures, Objective, costs_of, figures_of, total
from noaber.core.planning.optimise import Optimiser
from noaber.core.planning.options import find_options
from noaber.core.planning.stages import Progress, first_stages

T = TypeVar("T")

SIZES = ((500, 1), (500, 20), (5_000, 1), (5_000, 5), (5_000, 20), (20_000, 1), (20_000, 5), (20_000, 20))
SEEDS = (0, 1, 2)
PLAIN_LIMIT_SECONDS = 60.0
"""For each objective of the plain program."""


@dataclass(frozen=True)
class Measured:
    """One problem: its size, seconds, and what the plans reach. `plain` is None where it was not proven in time."""

    pairs: int
    rows: int
    seconds: dict[str, float]
    ours: Figures
    least: tuple[float, ...]
    plain: tuple[float, ...] | None
    nearest: Figures


def run() -> None:
    """Print a table of times, and one of what the plans reach."""
    print(f"Seconds, medians of seeds {SEEDS}; ours: all is proven in five objectives")
    print(" teams  inc.   pairs   rows |  read model  ours:1-3 ours:all | plain 1-3  ratio | nearest")
    found = {}
    for size in SIZES:
        found[size] = [_measure(*size, seed) for seed in SEEDS]
        _print_times(*size, found[size])
    print("\nWeighted unmet, weighted late, minutes, burden (seed 0)")
    for (teams, incidents), measured in found.items():
        _print_figures(teams, incidents, measured[0])


def _measure(teams: int, incidents: int, seed: int) -> Measured:
    data = json.dumps(planning_problem(teams=teams, incidents=incidents, seed=seed)).encode()
    seconds: dict[str, float] = {}
    problem = _timed(seconds, "read", lambda: decode_problem(data))
    model = _timed(seconds, "model", lambda: build_model(find_options(problem)))
    rows = rows_of(model)
    least = _timed(seconds, "first three", lambda: _first_three(model))
    optimum = _timed(seconds, "all", lambda: Optimiser(model).optimise())
    plain = _timed(seconds, "plain", lambda: _plain(model, rows))
    nearest = _timed(seconds, "nearest", lambda: nearest_first(model, rows))
    return Measured(
        len(model.arrival), len(rows.upper), seconds, optimum.figures, least, plain, figures_of(model, nearest)
    )


def _timed(seconds: dict[str, float], name: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    answer = work()
    seconds[name] = time.perf_counter() - started
    return answer


def _first_three(model: Model) -> tuple[float, ...]:
    """Unmet, late and minutes at their best."""
    optimiser = Optimiser(model)
    base = first_stages(optimiser.program, optimiser.costs, Progress(optimiser.values(model.lower)))
    return tuple(total(optimiser.costs[objective], base.plan.values) for objective in Objective)


def _plain(model: Model, rows: Rows) -> tuple[float, ...] | None:
    """Unmet, late and minutes by a mixed-integer program with objective rows; None where the time is not enough."""
    highs = highspy.Highs()
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-6}
    options["time_limit"] = PLAIN_LIMIT_SECONDS
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_whole_program(model, rows))
    reached = []
    for objective in Objective:
        costs = costs_of(model, objective)
        highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.rint(np.array(highs.getSolution().col_value)).astype(np.int64)
        reached.append(total(costs, values))
        at = np.flatnonzero(costs).astype(np.int32)
        highs.addRow(-np.inf, reached[-1] + 1e-6, len(at), at, costs[at])
    return tuple(reached)


def _whole_program(model: Model, rows: Rows) -> highspy.HighsLp:
    program = highspy.HighsLp()
    n_columns = len(model.arrival) + len(model.quantity)
    program.num_col_, program.num_row_ = n_columns, len(rows.upper)
    program.col_cost_ = np.zeros(n_columns)
    program.col_lower_ = np.zeros(n_columns)
    program.col_upper_ = np.concatenate([model.upper, model.quantity]).astype(np.float64)
    program.row_lower_, program.row_upper_ = rows.lower, rows.upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = rows.start.astype(np.int32), rows.index.astype(np.int32)
    program.a_matrix_.value_ = np.ones(len(rows.index))
    program.integrality_ = [highspy.HighsVarType.kInteger] * n_columns
    return program


def _print_times(teams: int, incidents: int, measured: list[Measured]) -> None:
    def median(name: str) -> float:
        return statistics.median(one.seconds[name] for one in measured)

    pairs, rows = (int(statistics.median(sizes)) for sizes in zip(*((m.pairs, m.rows) for m in measured), strict=True))
    limit = "" if all(one.plain for one in measured) else ">"
    print(
        f"{teams:6d} {incidents:5d} {pairs:7d} {rows:6d} | {median('read'):5.2f} {median('model'):5.2f}  "
        f"{median('first three'):8.3f} {median('all'):8.3f} | {limit:1s}{median('plain'):8.2f} "
        f"{median('plain') / median('first three'):5.1f}x | {median('nearest'):7.3f}",
        flush=True,
    )


def _print_figures(teams: int, incidents: int, one: Measured) -> None:
    def row(name: str, figures: tuple[float, ...]) -> None:
        print(f"{name:>34s} {figures[0]:8.0f} {figures[1]:14.3f} {figures[2]:14.3f}", end="")

    row(f"{teams} x {incidents}: ours", (one.ours.unmet, one.ours.late, one.ours.minutes))
    print(f" {float(one.ours.burden):6.1%}")
    row("ours before the burden", one.least)
    print()
    row("plain", one.plain) if one.plain else print(f"{'plain':>34s} not proven in time", end="")
    print()
    row("nearest first within cover", (one.nearest.unmet, one.nearest.late, one.nearest.minutes))
    print(f" {float(one.nearest.burden):6.1%}")
