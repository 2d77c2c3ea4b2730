"""Reach: ours beside what others would use for the same questions on the same graph, in the same run.

The questions: the nearest of 40 capabilities × 5 owners (20,000 units with mobilisation times) at 100,000 places; the
same after 20 fast roads close; the 5 nearest of one capability; driving times from 5,000 bases to 10,000 places. Each
contestant runs in a process of its own, one after the other, and all answers are compared. pandana is left out: it is
under the AGPL, has no start times, and takes a minute to prepare a million nodes.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from bench._reach_contestants import Outcome, networkit_dijkstra, routingkit, scipy_dijkstra
from bench._reach_ours import noaber
from bench._reach_task import EXTRACTS, task
from noaber.core.traveltime.kernels import NEVER

EXTRACT = "liechtenstein-latest.osm.pbf"
SIZES = ("100000", "300000", "1000000", "4000000")
QUESTIONS = ("build", "open", "survey", "all layers", "update", "closure", "5 nearest", "matrix")
CONTESTANTS = {"noaber": noaber, "scipy": scipy_dijkstra, "networkit": networkit_dijkstra, "routingkit-cch": routingkit}
TOLERANCE_MS = 1_000
"""Ours rounds each chain to a millisecond, the others each segment."""


def run() -> None:
    """Print a table for each graph, and the growth of ours."""
    names = [*([EXTRACT] if (EXTRACTS / EXTRACT).is_file() else []), *SIZES]
    growth = {}
    for name in names:
        outcomes = {contestant: _apart(contestant, name) for contestant in CONTESTANTS}
        _print_table(name, outcomes)
        growth[name] = outcomes["noaber"]
    _print_growth(growth)


def _apart(contestant: str, name: str) -> Outcome:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        return executor.submit(_contest, contestant, name).result()


def _contest(contestant: str, name: str) -> Outcome:
    return CONTESTANTS[contestant](task(name))


def _print_table(name: str, outcomes: dict[str, Outcome]) -> None:
    graph = task(name).graph
    print(f"\n{name}: {graph.n_nodes:,} nodes, {len(graph.a):,} segments")
    for title, of in (("seconds", "seconds"), ("processor seconds", "processor")):
        _print_times(title, {contestant: getattr(outcome, of) for contestant, outcome in outcomes.items()}, outcomes)
    for contestant, outcome in outcomes.items():
        print(
            f"  {contestant:16s} {outcome.peak_gib:.2f} GiB at most; equal to ours: {_gap(outcome, outcomes['noaber'])}"
        )
    sys.stdout.flush()


def _print_times(title: str, times: dict[str, dict[str, float]], outcomes: dict[str, Outcome]) -> None:
    """A row for each contestant; a ratio to ours where both answer."""
    print(f"  {title + ' (~ counted up)':32s}" + "".join(f"{question:>16s}" for question in QUESTIONS))
    ours = times["noaber"]
    for contestant, taken in times.items():
        cells = []
        for question in QUESTIONS:
            text = "-"
            if question in taken:
                text = f"{'~' if question in outcomes[contestant].estimated else ''}{taken[question]:.3g}"
                text += f" {taken[question] / ours[question]:.3g}x" if taken is not ours else ""
            cells.append(f"{text:>16s}")
        print(f"  {contestant:32s}" + "".join(cells))


def _gap(outcome: Outcome, ours: Outcome) -> str:
    """Whether both answers are those of ours, and by how much they differ at most."""
    gap = 0.0
    for one, other in ((outcome.open_ms, ours.open_ms), (outcome.closed_ms, ours.closed_ms)):
        both = (np.minimum(np.asarray(ms, dtype=float), float(NEVER)) for ms in (one, other))
        gap = max(gap, float(np.abs(np.subtract(*both)).max()))
    return f"{'yes' if gap <= TOLERANCE_MS else 'NO'}, within {gap:.0f} ms"


def _print_growth(growth: dict[str, Outcome]) -> None:
    """All layers and a closure by size, each bar as long as its seconds."""
    print("\nGrowth of ours: # all layers, + from a closure to the new answer")
    longest = max(outcome.seconds["closure"] for outcome in growth.values())
    for name, outcome in growth.items():
        for mark, question in (("#", "all layers"), ("+", "closure")):
            seconds = outcome.seconds[question]
            print(f"{name:>30s} {seconds:8.3f} {mark * max(1, round(60 * seconds / longest))}")
