"""One graph, every contestant in a process of its own, one after the other; and whether their answers agree."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from bench._reach_contestants import Outcome, networkit_dijkstra, routingkit, scipy_dijkstra
from bench._reach_ours import noaber
from bench._reach_pandana import pandana_nearest
from bench._reach_task import Task, task
from noaber.core.traveltime.kernels import NEVER

CONTESTANTS: dict[str, Callable[[Task], Outcome]] = {
    "noaber": noaber,
    "scipy": scipy_dijkstra,
    "networkit": networkit_dijkstra,
    "routingkit-cch": routingkit,
    "pandana": pandana_nearest,
}
QUESTIONS = ("build", "open", "survey", "all layers", "update", "closure", "5 nearest", "matrix")
TOLERANCE_MS = 1_000
"""Ours rounds each chain to a millisecond, the others each segment."""


def outcomes_of(name: str) -> dict[str, Outcome]:
    """What each contestant took on the graph of that name."""
    return {contestant: _apart(contestant, name) for contestant in CONTESTANTS}


def _apart(contestant: str, name: str) -> Outcome:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        return executor.submit(_contest, contestant, name).result()


def _contest(contestant: str, name: str) -> Outcome:
    return CONTESTANTS[contestant](task(name))


def said_gap(outcome: Outcome, ours: Outcome) -> str:
    """Whether all answers of a contestant are those of ours, and by how much they differ at most."""
    if not outcome.answers:
        return "not asked"
    gap = 0.0
    for question, ms in outcome.answers.items():
        gap = max(gap, float(np.abs(_capped(ms) - _capped(ours.answers[question])).max()))
    return f"{'yes' if gap <= TOLERANCE_MS else 'NO'}, within {gap:.0f} ms"


def _capped(ms: Any) -> npt.NDArray[np.float64]:
    """No way is infinite for one contestant and a large number for another."""
    return np.minimum(np.asarray(ms, dtype=np.float64), float(NEVER))
