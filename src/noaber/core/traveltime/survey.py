"""What a question about given sources and targets looks at, whatever is closed.

A way from source to target rises from the source through its ancestors in the elimination tree, and falls to the
target through that one's; all other junctions are left alone. Rows number the ranks that are looked at, ascending.
Made once for some units and places, a survey serves every closure after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.anchors import Anchors, Meetings, anchors_of, coming_ms, leaving_ms, meeting_ms, meetings_of
from noaber.core.traveltime.kernels import Bools, Int32s, Int64s, Milliseconds, kernel
from noaber.core.traveltime.network import RoadNetwork
from noaber.core.traveltime.roads import Roads


@dataclass(frozen=True)
class Survey:
    """The part of a hierarchy above some sources and targets.

    Parameters
    ----------
    starts, uppers
        (r + 1,) int64, (m,) int32: the arcs of each row, and the rows they lead up to.
    arcs
        (m,) int32: the same arcs, as the hierarchy numbers them.
    rising, falling
        (·,) int32: the rows above sources, and above targets; ascending.
    leaving, coming
        How sources and targets hang on the hierarchy.
    source_rows, target_rows
        (s, 2) and (t, 2) int32: the rows of their junctions.
    meetings
        Sources and targets on one chain.
    """

    network: RoadNetwork
    starts: Int64s
    uppers: Int32s
    arcs: Int32s
    rising: Int32s
    falling: Int32s
    leaving: Anchors
    coming: Anchors
    source_rows: Int32s
    target_rows: Int32s
    meetings: Meetings

    @property
    def n_rows(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class SurveyTimes:
    """The times of a survey with the roads as they are: (m,) uint32 by arc, (s, 2), (t, 2) and (p,) uint32, ms."""

    up_ms: Milliseconds
    down_ms: Milliseconds
    leaving_ms: Milliseconds
    coming_ms: Milliseconds
    meeting_ms: Milliseconds


def survey(network: RoadNetwork, source_nodes: Int32s, target_nodes: Int32s) -> Survey:
    """The survey of sources and targets at nodes, (s,) and (t,) int32, in any order, also several at one node."""
    hierarchy = network.hierarchy
    leaving, coming = anchors_of(network, source_nodes), anchors_of(network, target_nodes)
    is_rising = _above(leaving.ranks.ravel(), hierarchy.starts, hierarchy.uppers)
    is_falling = _above(coming.ranks.ravel(), hierarchy.starts, hierarchy.uppers)
    kept = np.flatnonzero(is_rising | is_falling)
    row_of = np.full(hierarchy.n_ranks, -1, dtype=np.int32)
    row_of[kept] = np.arange(len(kept), dtype=np.int32)
    starts, uppers, arcs = _compact(kept, row_of, hierarchy.starts, hierarchy.uppers)
    return Survey(
        network,
        starts,
        uppers,
        arcs,
        rising=row_of[is_rising],
        falling=row_of[is_falling],
        leaving=leaving,
        coming=coming,
        source_rows=row_of[leaving.ranks],
        target_rows=row_of[coming.ranks],
        meetings=meetings_of(network, leaving, coming),
    )


def times_of(looked: Survey, roads: Roads) -> SurveyTimes:
    """The times of what a survey looks at; `roads` are of the same network."""
    return SurveyTimes(
        roads.metric.up_ms[looked.arcs],
        roads.metric.down_ms[looked.arcs],
        leaving_ms(roads, looked.leaving),
        coming_ms(roads, looked.coming),
        meeting_ms(roads, looked.meetings),
    )


def rows_above(looked: Survey, rows: Int32s) -> Int32s:
    """(r,) int32: some rows of a survey and all above them, ascending."""
    return np.flatnonzero(_above(rows, looked.starts, looked.uppers)).astype(np.int32)


@kernel
def _above(ranks: Int32s, starts: Int64s, uppers: Int32s) -> Bools:
    """Which ranks are among some or their ancestors."""
    is_above = np.zeros(len(starts) - 1, np.bool_)
    for i in range(len(ranks)):
        v = ranks[i]
        while not is_above[v]:
            is_above[v] = True
            if starts[v] == starts[v + 1]:
                break
            v = uppers[starts[v]]
    return is_above


@kernel
def _compact(kept: Int64s, row_of: Int32s, starts: Int64s, uppers: Int32s) -> tuple[Int64s, Int32s, Int32s]:
    begins = np.zeros(len(kept) + 1, np.int64)
    for row in range(len(kept)):
        begins[row + 1] = begins[row] + starts[kept[row] + 1] - starts[kept[row]]
    rows, arcs = np.empty(begins[-1], np.int32), np.empty(begins[-1], np.int32)
    for row in range(len(kept)):
        to = begins[row]
        for arc in range(starts[kept[row]], starts[kept[row] + 1]):
            rows[to], arcs[to] = row_of[uppers[arc]], arc
            to += 1
    return begins, rows, arcs
