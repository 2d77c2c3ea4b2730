"""How near the answers come to what memory can do: the bytes that they touch, beside a plain copy (as STREAM has it).

A pass reads, for each arc, the row that it comes from; each row that it fills is read once more and written. Most of
these bytes come out of the caches, so the rate may exceed that of a copy through memory.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from noaber.core.traveltime.customise import Metric
from noaber.core.traveltime.layers import n_threads
from noaber.core.traveltime.survey import Survey

CELL, KEY = 4, 8
"""Bytes of a time in milliseconds, and of a key in a list of teams."""
_COPIED = 1 << 28
_REPEAT = 5


def pass_bytes(looked: Survey, row_bytes: int, *, up: bool = True) -> int:
    """Both passes over rows of so many bytes, and the reading off behind them.

    Parameters
    ----------
    up
        Whether the way up counts: a block of few sources reaches next to nothing on it.
    """
    arcs = len(looked.uppers.arcs) + up * len(looked.lowers.arcs)
    return (arcs + 2 * _rows(looked, up) + 3 * len(looked.target_rows)) * row_bytes


def least_bytes(looked: Survey, row_bytes: int, *, up: bool = True) -> int:
    """What has to come through memory, whatever the caches: in each pass each row once in and once out; the answer."""
    return (2 * _rows(looked, up) + len(looked.target_rows)) * row_bytes


def _rows(looked: Survey, up: bool) -> int:
    return len(looked.falling) + up * len(looked.rising)


def update_bytes(metric: Metric) -> int:
    """A partial update copies the four arrays of a metric; what it computes anew is little beside them."""
    return 2 * sum(array.nbytes for array in vars(metric).values())


def copy_rate() -> float:
    """Bytes that a copy on all cores reads and writes in a second of one processor: the best of some."""
    halves = np.array_split(np.ones(_COPIED // 8), n_threads())
    into = [np.empty_like(half) for half in halves]
    best = 0.0
    with ThreadPoolExecutor(n_threads()) as executor:
        for _ in range(_REPEAT):
            started = time.process_time()
            list(executor.map(np.copyto, into, halves))
            best = max(best, 2 * _COPIED / (time.process_time() - started))
    return best
