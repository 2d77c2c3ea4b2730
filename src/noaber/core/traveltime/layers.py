"""The nearest of every layer at every target, all layers in one pass.

Each row carries one time per layer, side by side, so that the processor adds and compares many at once. Layers are
divided into blocks over the processor's cores. A row holds nothing until something reaches it, so that a block with few
sources costs little on the way up. The answer does not say which source it is; see `teams.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

import numpy as np

from noaber.core.traveltime.kernels import NEVER, Bools, Int32s, Int64s, Milliseconds, inlined, kernel
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import Survey, SurveyTimes

BLOCK: Final = 100
"""The most layers that are carried at once."""


def n_threads() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Rooms:
    """Memory for the tables of a pass, kept from one question to the next: to be given new costs as much as a pass."""

    def __init__(self) -> None:
        self._free: list[Milliseconds] = []

    @contextmanager
    def take(self, size: int) -> Iterator[Milliseconds]:
        """At least `size` uint32, of any value, for one thread at a time."""
        try:
            room = self._free.pop()
        except IndexError:
            room = np.empty(size, dtype=np.uint32)
        if len(room) < size:
            room = np.empty(size, dtype=np.uint32)
        yield room
        self._free.append(room)


def nearest_by_layer(
    looked: Survey, times: SurveyTimes, starts: Starts, n_layers: int, rooms: Rooms | None = None
) -> Milliseconds:
    """The time of the nearest source of each layer to each target.

    Parameters
    ----------
    rooms
        Of an earlier call, where there was one.

    Returns
    -------
    (t, n_layers) uint32, milliseconds; `NEVER` where none can come.
    """
    found = np.empty((len(looked.target_rows), n_layers), dtype=np.uint32)
    edges = block_edges(n_layers)
    order = np.argsort(starts.layers, kind="stable")
    firsts = np.searchsorted(starts.layers[order], edges)
    rooms = Rooms() if rooms is None else rooms

    def carry(block: int) -> None:
        low, high = int(edges[block]), int(edges[block + 1])
        chosen = order[firsts[block] : firsts[block + 1]]
        carried = Starts(starts.sources[chosen], starts.ms[chosen], starts.layers[chosen] - np.int32(low))
        with rooms.take(looked.n_rows * (high - low)) as room:
            carry_block(looked, times, carried, room, found, low, high)

    on_all_cores(carry, len(edges) - 1)
    return found


def block_edges(n_layers: int) -> Int32s:
    """(b + 1,) int32: where blocks of layers begin and end, one for each core at least."""
    n_blocks = max(-(-n_layers // BLOCK), min(n_threads(), n_layers))
    return np.linspace(0, n_layers, n_blocks + 1).astype(np.int32)


def on_all_cores(work: Callable[[int], None], n_blocks: int) -> None:
    """Do `work` for the blocks 0 to `n_blocks` - 1; it gains where `work` lets go of the interpreter lock."""
    with ThreadPoolExecutor(n_threads()) as executor:
        for _ in executor.map(work, range(n_blocks)):
            pass


def carry_block(
    looked: Survey, times: SurveyTimes, starts: Starts, room: Milliseconds, found: Milliseconds, low: int, high: int
) -> None:
    """Carry one block of layers to all targets.

    Parameters
    ----------
    starts
        Their layers count from 0 within the block.
    room
        At least as large as the table of rows and layers; overwritten.
    found
        (t, n_layers) uint32: the columns from `low` to `high`, not included, are filled with the answer.
    """
    rows = room[: looked.n_rows * (high - low)].reshape(looked.n_rows, high - low)
    reached = np.zeros(looked.n_rows, dtype=np.bool_)
    ms = np.minimum(starts.ms, NEVER).astype(np.uint32)
    _seed(rows, reached, looked.source_rows[starts.sources], times.leaving_ms[starts.sources], ms, starts.layers)
    _pull(looked.rising, looked.lowers.starts, looked.lowers.rows, times.rising_ms, rows, reached)
    _pull(looked.falling, looked.uppers.starts, looked.uppers.rows, times.falling_ms, rows, reached)
    _read(looked.target_rows, times.coming_ms, rows, reached, found, low)
    meet = looked.meetings
    if len(meet.sources):
        by_source = _by_source(starts, ms, len(looked.source_rows))
        _meet(meet.sources, meet.targets, times.meeting_ms, *by_source, found, low)


def _by_source(starts: Starts, ms: Milliseconds, n_sources: int) -> tuple[Int64s, Milliseconds, Int32s]:
    """The starts of each source: (s + 1,) int64 firsts, and by those the ms and layers."""
    order = np.argsort(starts.sources, kind="stable")
    firsts = np.searchsorted(starts.sources[order], np.arange(n_sources + 1))
    return firsts, ms[order], starts.layers[order]


@inlined
def _begin(rows: Milliseconds, reached: Bools, row: int) -> None:
    """Let a row that nothing has reached hold that nothing comes."""
    if not reached[row]:
        rows[row, :] = NEVER
        reached[row] = True


@kernel
def _seed(
    rows: Milliseconds, reached: Bools, source_rows: Int32s, leaving: Milliseconds, ms: Milliseconds, layers: Int32s
) -> None:
    for i in range(len(layers)):
        for side in range(2):
            _begin(rows, reached, source_rows[i, side])
            row = rows[source_rows[i, side]]
            row[layers[i]] = min(row[layers[i]], np.uint32(ms[i] + leaving[i, side]))


@kernel
def _pull(order: Int32s, starts: Int64s, others: Int32s, ms: Milliseconds, rows: Milliseconds, reached: Bools) -> None:
    """Let each row, in order, take what is quicker over its arcs.

    Two arcs at a time, so that the row itself is loaded and stored half as often; the casts keep the lanes at 32 bits.
    """
    for row in order:
        into, waiting = rows[row], -1
        for arc in range(starts[row], starts[row + 1]):
            if not reached[others[arc]]:
                continue
            if not reached[row]:
                only, ms_only = rows[others[arc]], ms[arc]
                for layer in range(rows.shape[1]):
                    into[layer] = min(np.uint32(only[layer] + ms_only), NEVER)
                reached[row] = True
            elif waiting < 0:
                waiting = arc
            else:
                one, two, ms_one, ms_two = rows[others[waiting]], rows[others[arc]], ms[waiting], ms[arc]
                for layer in range(rows.shape[1]):
                    quicker = min(np.uint32(one[layer] + ms_one), np.uint32(two[layer] + ms_two))
                    into[layer] = min(into[layer], quicker)
                waiting = -1
        if waiting >= 0:
            only, ms_only = rows[others[waiting]], ms[waiting]
            for layer in range(rows.shape[1]):
                into[layer] = min(into[layer], np.uint32(only[layer] + ms_only))


@kernel
def _read(
    target_rows: Int32s, coming: Milliseconds, rows: Milliseconds, reached: Bools, found: Milliseconds, low: int
) -> None:
    for target in range(len(target_rows)):
        for side in range(2):
            _begin(rows, reached, target_rows[target, side])
        one, other = rows[target_rows[target, 0]], rows[target_rows[target, 1]]
        ms_one, ms_other, answer = coming[target, 0], coming[target, 1], found[target]
        for layer in range(rows.shape[1]):
            nearest = min(np.uint32(one[layer] + ms_one), np.uint32(other[layer] + ms_other))
            answer[low + layer] = min(nearest, NEVER)


@kernel
def _meet(
    sources: Int64s,
    targets: Int64s,
    meeting: Milliseconds,
    firsts: Int64s,
    ms: Milliseconds,
    layers: Int32s,
    found: Milliseconds,
    low: int,
) -> None:
    for i in range(len(sources)):
        answer = found[targets[i]]
        for start in range(firsts[sources[i]], firsts[sources[i] + 1]):
            layer = low + layers[start]
            answer[layer] = min(answer[layer], np.uint32(ms[start] + meeting[i]))
