"""Driving times from every source to every target: each source is a layer of its own.

Sources are taken by rank, so that those of one block share most of what lies above them.
"""

from __future__ import annotations

import numpy as np

from noaber.core.traveltime.kernels import Int32s, Milliseconds
from noaber.core.traveltime.layers import Rooms, block_edges, carry_block, on_all_cores
from noaber.core.traveltime.starts import Starts
from noaber.core.traveltime.survey import Survey, SurveyTimes


def driving_ms(looked: Survey, times: SurveyTimes) -> Milliseconds:
    """All times of a survey.

    Returns
    -------
    (s, t) uint32, milliseconds; `NEVER` where there is no way.
    """
    n_sources = len(looked.source_rows)
    by_rank = np.argsort(looked.leaving.ranks.min(axis=1), kind="stable").astype(np.int32)
    found = np.empty((n_sources, len(looked.target_rows)), dtype=np.uint32)
    edges = block_edges(n_sources)

    rooms = Rooms()

    def carry(block: int) -> None:
        sources = by_rank[edges[block] : edges[block + 1]]
        columns = np.empty((len(looked.target_rows), len(sources)), dtype=np.uint32)
        with rooms.take(looked.n_rows * len(sources)) as room:
            carry_block(looked, times, _each_alone(sources), room, columns, 0, len(sources))
        found[sources] = columns.T

    on_all_cores(carry, len(edges) - 1)
    return found


def _each_alone(sources: Int32s) -> Starts:
    """One layer for each, starting at once."""
    return Starts(sources, np.zeros(len(sources), dtype=np.int64), np.arange(len(sources), dtype=np.int32))
