"""The nearest of every layer at every target, all layers in one pass.

Each row carries one time per layer, side by side, so that the processor adds and compares many at once. Layers are
divided into blocks over the processor's cores. The answer does not say which source it is; see `teams.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from noaber.core.traveltime.kernels import NEVER, Int32s, Int64s, Milliseconds, kernel
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import Survey, SurveyTimes

BLOCK: Final = 100
"""The most layers that are carried at once."""


def n_threads() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def nearest_by_layer(looked: Survey, times: SurveyTimes, starts: Starts, n_layers: int) -> Milliseconds:
    """The time of the nearest source of each layer to each target.

    Returns
    -------
    (t, n_layers) uint32, milliseconds; `NEVER` where none can come.
    """
    found = np.empty((len(looked.target_rows), n_layers), dtype=np.uint32)
    n_blocks = max(-(-n_layers // BLOCK), min(n_threads(), n_layers))
    edges = np.linspace(0, n_layers, n_blocks + 1).astype(np.int32)
    order = np.argsort(starts.layers, kind="stable")
    firsts = np.searchsorted(starts.layers[order], edges)

    def carry(block: int) -> None:
        chosen = order[firsts[block] : firsts[block + 1]]
        carried = Starts(starts.sources[chosen], starts.ms[chosen], starts.layers[chosen] - edges[block])
        carry_block(looked, times, looked.rising, carried, found[:, edges[block] : edges[block + 1]])

    on_all_cores(carry, n_blocks)
    return found


def on_all_cores(work: Callable[[int], None], n_blocks: int) -> None:
    """Do `work` for the blocks 0 to `n_blocks` - 1; it has to let go of the interpreter lock to gain by it."""
    with ThreadPoolExecutor(n_threads()) as executor:
        for _ in executor.map(work, range(n_blocks)):
            pass


def carry_block(looked: Survey, times: SurveyTimes, rising: Int32s, starts: Starts, found: Milliseconds) -> None:
    """Carry one block of layers to all targets.

    Parameters
    ----------
    rising
        The rows above the sources that start, ascending; those above all sources will do.
    found
        (t, layers) uint32: filled with the answer.
    """
    rows = np.full((looked.n_rows, found.shape[1]), NEVER, dtype=np.uint32)
    ms = np.minimum(starts.ms, NEVER).astype(np.uint32)
    _seed(rows, looked.source_rows[starts.sources], times.leaving_ms[starts.sources], ms, starts.layers)
    _rise(rising, looked.starts, looked.uppers, times.up_ms, rows)
    _fall(looked.falling, looked.starts, looked.uppers, times.down_ms, rows)
    _read(looked.target_rows, times.coming_ms, rows, found)
    meet = looked.meetings
    if len(meet.sources):
        _meet(meet.sources, meet.targets, times.meeting_ms, *_by_source(starts, ms, len(looked.source_rows)), found)


def _by_source(starts: Starts, ms: Milliseconds, n_sources: int) -> tuple[Int64s, Milliseconds, Int32s]:
    """The starts of each source: (s + 1,) int64 firsts, and by those the ms and layers."""
    order = np.argsort(starts.sources, kind="stable")
    firsts = np.searchsorted(starts.sources[order], np.arange(n_sources + 1))
    return firsts, ms[order], starts.layers[order]


@kernel
def _seed(rows: Milliseconds, source_rows: Int32s, leaving: Milliseconds, ms: Milliseconds, layers: Int32s) -> None:
    for i in range(len(layers)):
        for side in range(2):
            row = rows[source_rows[i, side]]
            row[layers[i]] = min(row[layers[i]], np.uint32(ms[i] + leaving[i, side]))


@kernel
def _rise(rising: Int32s, starts: Int64s, uppers: Int32s, up_ms: Milliseconds, rows: Milliseconds) -> None:
    """From each row to its higher ones, by ascending rank. The casts keep the lanes at 32 bits."""
    for i in range(len(rising)):
        row = rows[rising[i]]
        for arc in range(starts[rising[i]], starts[rising[i] + 1]):
            upper, ms = rows[uppers[arc]], up_ms[arc]
            for layer in range(rows.shape[1]):
                upper[layer] = min(upper[layer], np.uint32(row[layer] + ms))


@kernel
def _fall(falling: Int32s, starts: Int64s, uppers: Int32s, down_ms: Milliseconds, rows: Milliseconds) -> None:
    """To each row from its higher ones, by descending rank."""
    for i in range(len(falling) - 1, -1, -1):
        row = rows[falling[i]]
        for arc in range(starts[falling[i]], starts[falling[i] + 1]):
            upper, ms = rows[uppers[arc]], down_ms[arc]
            for layer in range(rows.shape[1]):
                row[layer] = min(row[layer], np.uint32(upper[layer] + ms))


@kernel
def _read(target_rows: Int32s, coming: Milliseconds, rows: Milliseconds, found: Milliseconds) -> None:
    for target in range(len(target_rows)):
        one, other = rows[target_rows[target, 0]], rows[target_rows[target, 1]]
        ms_one, ms_other, answer = coming[target, 0], coming[target, 1], found[target]
        for layer in range(rows.shape[1]):
            nearest = min(np.uint32(one[layer] + ms_one), np.uint32(other[layer] + ms_other))
            answer[layer] = min(nearest, NEVER)


@kernel
def _meet(
    sources: Int64s,
    targets: Int64s,
    meeting: Milliseconds,
    firsts: Int64s,
    ms: Milliseconds,
    layers: Int32s,
    found: Milliseconds,
) -> None:
    for i in range(len(sources)):
        for start in range(firsts[sources[i]], firsts[sources[i] + 1]):
            answer = found[targets[i]]
            answer[layers[start]] = min(answer[layers[start]], np.uint32(ms[start] + meeting[i]))
