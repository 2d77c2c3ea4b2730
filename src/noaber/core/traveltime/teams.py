"""The k nearest sources of every target, with their identity, for several layers at once.

Each row carries a sorted list of k keys, a key being milliseconds and the number of the source in one integer: equal
times are told apart by that number, which is the order of the file. A list holds a source once.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from noaber.core.traveltime.kernels import NEVER, Int32s, Int64s, Milliseconds, kernel
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import Survey, SurveyTimes

SOURCE_BITS: Final = 20
MAX_SOURCES: Final = (1 << SOURCE_BITS) - 1
_SOURCE_MASK: Final = MAX_SOURCES
MAX_START_MS: Final = 1 << 42
"""The longest time that may pass before a source starts, milliseconds: 139 years."""
NOBODY: Final = np.int64((1 << 63) - 1)
"""The key of an empty place in a list."""


def nearest_teams(looked: Survey, times: SurveyTimes, starts: Starts, *, n_layers: int, k: int) -> Int64s:
    """The k nearest sources of each layer at each target.

    Parameters
    ----------
    starts
        At most `MAX_SOURCES` sources, each once in a layer, and times of at most `MAX_START_MS`.

    Returns
    -------
    (t, n_layers, k) int64: keys, ascending (see `key_ms` and `key_source`); `NOBODY` where there are fewer.
    """
    lists = np.full((looked.n_rows, n_layers, k), NOBODY, dtype=np.int64)
    keys = (starts.ms << SOURCE_BITS) | starts.sources
    _seed(lists, looked.source_rows[starts.sources], times.leaving_ms[starts.sources], keys, starts.layers)
    _pull(looked.rising, looked.lowers.starts, looked.lowers.rows, times.rising_ms, lists)
    _pull(looked.falling, looked.uppers.starts, looked.uppers.rows, times.falling_ms, lists)
    found = np.full((len(looked.target_rows), n_layers, k), NOBODY, dtype=np.int64)
    _arrive(looked.target_rows, times.coming_ms, lists, found)
    meet = looked.meetings
    order = np.argsort(starts.sources, kind="stable")
    firsts = np.searchsorted(starts.sources[order], np.arange(len(looked.source_rows) + 1))
    _meet(meet.sources, meet.targets, times.meeting_ms, firsts, keys[order], starts.layers[order], found)
    return found


def key_ms(keys: Int64s) -> Int64s:
    """The milliseconds of keys."""
    return keys >> SOURCE_BITS


def key_source(keys: Int64s) -> Int64s:
    """The source numbers of keys."""
    return keys & _SOURCE_MASK


@kernel
def _insert(row: Int64s, key: int) -> None:
    """Put a key into a sorted list, unless its source stands there with a smaller one."""
    last = len(row) - 1
    if key >= row[last]:
        return
    source = key & _SOURCE_MASK
    gap = last
    for i in range(last + 1):
        if row[i] & _SOURCE_MASK == source:
            if row[i] <= key:
                return
            gap = i
            break
    while gap > 0 and row[gap - 1] > key:
        row[gap] = row[gap - 1]
        gap -= 1
    row[gap] = key


@kernel
def _merge(to: Int64s, come: Int64s, ms: np.uint32) -> None:
    """Put a list, `ms` later, into another."""
    later = np.int64(ms) << SOURCE_BITS
    last = len(to) - 1
    for i in range(len(come)):
        if come[i] == NOBODY or come[i] + later >= to[last]:
            return
        _insert(to, come[i] + later)


@kernel
def _seed(lists: Int64s, rows: Int32s, ms: Milliseconds, keys: Int64s, layers: Int32s) -> None:
    for source in range(len(rows)):
        for side in range(2):
            if ms[source, side] < NEVER:
                key = keys[source] + (np.int64(ms[source, side]) << SOURCE_BITS)
                _insert(lists[rows[source, side], layers[source]], key)


@kernel
def _pull(order: Int32s, starts: Int64s, others: Int32s, ms: Milliseconds, lists: Int64s) -> None:
    """Let each row, in order, take what comes over its arcs."""
    for row in order:
        for arc in range(starts[row], starts[row + 1]):
            if ms[arc] < NEVER:
                for layer in range(lists.shape[1]):
                    _merge(lists[row, layer], lists[others[arc], layer], ms[arc])


@kernel
def _arrive(rows: Int32s, ms: Milliseconds, lists: Int64s, found: Int64s) -> None:
    for target in range(len(rows)):
        for side in range(2):
            if ms[target, side] < NEVER:
                for layer in range(found.shape[1]):
                    _merge(found[target, layer], lists[rows[target, side], layer], ms[target, side])


@kernel
def _meet(
    sources: Int64s,
    targets: Int64s,
    meeting: Milliseconds,
    firsts: Int64s,
    keys: Int64s,
    layers: Int32s,
    found: Int64s,
) -> None:
    for i in range(len(sources)):
        if meeting[i] < NEVER:
            for start in range(firsts[sources[i]], firsts[sources[i] + 1]):
                key = keys[start] + (np.int64(meeting[i]) << SOURCE_BITS)
                _insert(found[targets[i], layers[start]], key)
