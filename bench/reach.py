"""Reach: ours beside what others would use for the same questions on the same graph, in the same run.

The questions: the nearest of 40 capabilities × 5 owners (20,000 units with mobilisation times) at 100,000 places; the
same after 20 fast roads close; the 5 nearest of one capability; driving times from 5,000 bases to 10,000 places. All
answers are compared. pandana answers the 5 nearest alone, for it has no start times. See `growth.py` for the same by
size.
"""

from __future__ import annotations

import sys

from bench._reach_contestants import Outcome
from bench._reach_run import QUESTIONS, outcomes_of, said_gap
from bench._reach_task import EXTRACTS, TILED, TILES, task

MADE_UP = ("100000", "1000000", "4000000")
REAL = (TILES[0], f"{TILED}1000000", f"{TILED}4000000")


def run() -> None:
    """Print a table for each graph."""
    for name in (*(REAL if all((EXTRACTS / tile).is_file() for tile in TILES) else ()), *MADE_UP):
        graph = task(name).graph
        print(f"\n{name}: {graph.n_nodes:,} nodes, {len(graph.a):,} segments", flush=True)
        del graph
        print_outcomes(outcomes_of(name))


def print_outcomes(outcomes: dict[str, Outcome]) -> None:
    """Times, memory, and whether all found the same."""
    for title, of in (("seconds", "seconds"), ("processor seconds", "processor")):
        _print_times(title, {contestant: getattr(outcome, of) for contestant, outcome in outcomes.items()}, outcomes)
    ours = outcomes["noaber"]
    for contestant, outcome in outcomes.items():
        print(f"  {contestant:16s} {outcome.peak_gib:.2f} GiB at most; equal to ours: {said_gap(outcome, ours)}")
    print(f"  in a processor second a copy on all cores moves {ours.copy_rate / 1e9:.1f} GB; of ours")
    for question, (touched, least) in ours.moved.items():
        rate = touched / ours.processor[question]
        said = f"touches {touched / 1e9:.2f} GB, {rate / 1e9:.1f} GB in a second, {rate / ours.copy_rate:.0%} of a copy"
        print(f"    {question:12s} {said}; {least / 1e9:.2f} GB at least, in {least / ours.copy_rate:.3f} s")
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
