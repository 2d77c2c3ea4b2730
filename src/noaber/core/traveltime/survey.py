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
class Arcs:
    """Arcs by the row that takes them.

    Parameters
    ----------
    starts
        (r + 1,) int64: those of row i are `starts[i]` to `starts[i + 1]`, not included.
    rows
        (m,) int32: the row that each comes from.
    arcs
        (m,) int32: its number in the hierarchy.
    """

    starts: Int64s
    rows: Int32s
    arcs: Int32s


@dataclass(frozen=True)
class Survey:
    """The part of a hierarchy above some sources and targets.

    Parameters
    ----------
    rising, falling
        (·,) int32: the rows above sources, ascending, and those above targets, descending: the order of the passes.
    lowers, uppers
        The arcs that each row is reached by when rising, and when falling.
    leaving, coming
        How sources and targets hang on the hierarchy.
    source_rows, target_rows
        (s, 2) and (t, 2) int32: the rows of their junctions.
    meetings
        Sources and targets on one chain.
    """

    network: RoadNetwork
    n_rows: int
    rising: Int32s
    falling: Int32s
    lowers: Arcs
    uppers: Arcs
    leaving: Anchors
    coming: Anchors
    source_rows: Int32s
    target_rows: Int32s
    meetings: Meetings


@dataclass(frozen=True)
class SurveyTimes:
    """The times of a survey with the roads as they are, uint32 milliseconds.

    Parameters
    ----------
    rising_ms, falling_ms
        (m,) by the arcs of `lowers` and of `uppers`.
    leaving_ms, coming_ms, meeting_ms
        (s, 2), (t, 2) and (p,): see `anchors.py`.
    """

    rising_ms: Milliseconds
    falling_ms: Milliseconds
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
    rising, falling = row_of[is_rising], row_of[is_falling]
    return Survey(
        network,
        len(kept),
        rising,
        falling[::-1].copy(),
        Arcs(*_from_below(kept, rising, row_of, hierarchy.starts, hierarchy.uppers)),
        Arcs(*_from_above(kept, falling, row_of, hierarchy.starts, hierarchy.uppers)),
        leaving=leaving,
        coming=coming,
        source_rows=row_of[leaving.ranks],
        target_rows=row_of[coming.ranks],
        meetings=meetings_of(network, leaving, coming),
    )


def times_of(looked: Survey, roads: Roads) -> SurveyTimes:
    """The times of what a survey looks at; `roads` are of the same network."""
    return SurveyTimes(
        roads.metric.up_ms[looked.lowers.arcs],
        roads.metric.down_ms[looked.uppers.arcs],
        leaving_ms(roads, looked.leaving),
        coming_ms(roads, looked.coming),
        meeting_ms(roads, looked.meetings),
    )


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
def _from_below(
    kept: Int64s, rising: Int32s, row_of: Int32s, starts: Int64s, uppers: Int32s
) -> tuple[Int64s, Int32s, Int32s]:
    """By row, the arcs up to it from the rows above sources."""
    begins = np.zeros(len(kept) + 2, np.int64)
    for row in rising:
        for arc in range(starts[kept[row]], starts[kept[row] + 1]):
            begins[row_of[uppers[arc]] + 2] += 1
    begins = np.cumsum(begins)
    rows, arcs = np.empty(begins[-1], np.int32), np.empty(begins[-1], np.int32)
    for row in rising:
        for arc in range(starts[kept[row]], starts[kept[row] + 1]):
            upper = row_of[uppers[arc]]
            rows[begins[upper + 1]], arcs[begins[upper + 1]] = row, arc
            begins[upper + 1] += 1
    return begins[:-1].copy(), rows, arcs


@kernel
def _from_above(
    kept: Int64s, falling: Int32s, row_of: Int32s, starts: Int64s, uppers: Int32s
) -> tuple[Int64s, Int32s, Int32s]:
    """By row, the arcs down to it, for the rows above targets."""
    begins = np.zeros(len(kept) + 1, np.int64)
    for row in falling:
        begins[row + 1] = starts[kept[row] + 1] - starts[kept[row]]
    begins = np.cumsum(begins)
    rows, arcs = np.empty(begins[-1], np.int32), np.empty(begins[-1], np.int32)
    for row in falling:
        first = starts[kept[row]]
        for i in range(begins[row + 1] - begins[row]):
            rows[begins[row] + i], arcs[begins[row] + i] = row_of[uppers[first + i]], first + i
    return begins, rows, arcs
