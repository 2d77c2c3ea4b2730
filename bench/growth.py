"""Growth: the questions of `reach.py` on made-up graphs of 65,000 to 4 million nodes, as a table and a picture.

Seconds are those of the processor, which can be compared also where others are at work on the machine; ours uses all
cores, so on a clock of its own it is sooner there. The picture is written to the temporary folder; the one in
docs/algorithms is a copy of a run's.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench._chart import Line, Panel, draw
from bench._reach_contestants import Outcome
from bench._reach_run import CONTESTANTS, outcomes_of, said_gap
from bench._reach_task import task

SIZES = tuple(str(65_536 * 2**power) for power in range(7))
ASKED = {"all layers": "All layers", "closure": "Closure → new answer", "5 nearest": "5 nearest", "matrix": "Matrix"}


def run() -> None:
    """Print a row for each size and contestant, and draw the lines."""
    found: dict[int, dict[str, Outcome]] = {}
    print(f"{'nodes':>10s}  {'':16s}" + "".join(f"{question:>14s}" for question in ASKED) + "   GiB  equal")
    for name in SIZES:
        nodes = task(name).graph.n_nodes
        found[nodes] = outcomes_of(name)
        for contestant, outcome in found[nodes].items():
            cells = "".join(_said(outcome, question) for question in ASKED)
            gap = said_gap(outcome, found[nodes]["noaber"])
            print(f"{nodes:10,d}  {contestant:16s}{cells}  {outcome.peak_gib:.2f}  {gap}", flush=True)
    picture = Path(tempfile.gettempdir()) / "noaber-bench-growth.svg"
    picture.write_text(draw([_panel(question, title, found) for question, title in ASKED.items()]), encoding="utf-8")
    print(f"The lines are drawn in {picture}.")


def _said(outcome: Outcome, question: str) -> str:
    return f"{outcome.processor[question]:14.4g}" if question in outcome.processor else f"{'-':>14s}"


def _panel(question: str, title: str, found: dict[int, dict[str, Outcome]]) -> Panel:
    lines = []
    for contestant in CONTESTANTS:
        taken = {nodes: outcomes[contestant].processor.get(question) for nodes, outcomes in found.items()}
        points = [(nodes, seconds) for nodes, seconds in taken.items() if seconds is not None]
        if points:
            lines.append(Line(contestant, points))
    return Panel(title, lines)
