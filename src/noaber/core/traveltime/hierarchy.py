"""The contraction hierarchy of the junctions: which arcs it has, not how long they take.

Junctions are known by their rank, their place in the elimination order. Eliminating one joins its higher neighbours
to each other; the arcs that are there in the end, each kept at its lower junction, are the hierarchy. A junction's
parent is the lowest of its higher neighbours; all of these are its ancestors. (Customizable contraction hierarchies:
Dibbelt, Strasser, Wagner, 2016.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.kernels import Bools, Int32s, Int64s, kernel
from noaber.core.traveltime.order import dissect, neighbourhoods


@dataclass(frozen=True)
class Hierarchy:
    """The arcs of a hierarchy.

    Parameters
    ----------
    rank
        (n,) int32: of each junction.
    starts, uppers
        (n + 1,) int64, (m,) int32: arc i of rank v leads to rank `uppers[i]` > v; ascending within
        `starts[v]:starts[v + 1]`.
    lowers
        (m,) int32: the lower rank of each arc.
    down_starts, down_arcs, down_lowers
        (n + 1,) int64, (m,) int32, (m,) int32: the arcs that lead up to each rank, by ascending lower rank, and those.
    arc_of_chain
        (c,) int32: the arc that a chain is part of, -1 for a chain from a junction to itself.
    chain_is_upward
        (c,) bool: whether a chain begins at the lower of its two ranks.
    """

    rank: Int32s
    starts: Int64s
    uppers: Int32s
    lowers: Int32s
    down_starts: Int64s
    down_arcs: Int32s
    down_lowers: Int32s
    arc_of_chain: Int32s
    chain_is_upward: Bools

    @property
    def n_ranks(self) -> int:
        return len(self.rank)

    @property
    def n_arcs(self) -> int:
        return len(self.uppers)

    @property
    def parents(self) -> Int32s:
        """(n,) int32: the lowest higher neighbour, -1 at a root."""
        parents = np.full(self.n_ranks, -1, dtype=np.int32)
        has = np.diff(self.starts) > 0
        parents[has] = self.uppers[self.starts[:-1][has]]
        return parents


def build_hierarchy(n_junctions: int, tails: Int32s, heads: Int32s) -> Hierarchy:
    """The hierarchy over chains from `tails` to `heads`, (c,) int32 junctions."""
    rank = dissect(n_junctions, tails, heads)
    starts, uppers = _eliminated(n_junctions, rank[tails], rank[heads])
    lowers = np.repeat(np.arange(n_junctions, dtype=np.int32), np.diff(starts))
    down_starts, down_arcs = _by_upper(n_junctions, uppers)
    arc_of_chain = _arcs_between(starts, uppers, rank[tails], rank[heads])
    return Hierarchy(
        rank,
        starts,
        uppers,
        lowers,
        down_starts,
        down_arcs,
        lowers[down_arcs],
        arc_of_chain,
        rank[tails] < rank[heads],
    )


def _eliminated(n: int, tails: Int32s, heads: Int32s) -> tuple[Int64s, Int32s]:
    first, neighbours = neighbourhoods(n, tails, heads)
    room = 8 * len(neighbours) + 1024
    while True:
        starts, uppers, complete = _eliminate(first, neighbours, room)
        if complete:
            return starts, uppers[: starts[-1]].copy()
        room *= 2


@kernel
def _eliminate(first: Int64s, neighbours: Int32s, room: int) -> tuple[Int64s, Int32s, bool]:
    """The higher neighbours of each rank: its own, and those of its children in the elimination tree."""
    n = len(first) - 1
    starts = np.zeros(n + 1, np.int64)
    uppers = np.empty(room, np.int32)
    child, sibling = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    seen_for = np.full(n, -1, np.int32)
    end = 0
    for v in range(n):
        begin = end
        if begin + n - v > room and _may_overflow(first, starts, child, sibling, v, room - begin):
            return starts, uppers, False
        seen_for[v] = v
        for i in range(first[v], first[v + 1]):
            x = neighbours[i]
            if x > v and seen_for[x] != v:
                seen_for[x] = v
                uppers[end] = x
                end += 1
        c = child[v]
        while c >= 0:
            for i in range(starts[c], starts[c + 1]):
                x = uppers[i]
                if seen_for[x] != v:
                    seen_for[x] = v
                    uppers[end] = x
                    end += 1
            c = sibling[c]
        uppers[begin:end].sort()
        starts[v + 1] = end
        if end > begin:
            parent = uppers[begin]
            sibling[v] = child[parent]
            child[parent] = v
    return starts, uppers, True


@kernel
def _may_overflow(first: Int64s, starts: Int64s, child: Int32s, sibling: Int32s, v: int, room: int) -> bool:
    """Whether the arcs that rank v collects, each counted as often as it comes, exceed the room that is left."""
    needed = first[v + 1] - first[v]
    c = child[v]
    while c >= 0:
        needed += starts[c + 1] - starts[c]
        c = sibling[c]
    return bool(needed > room)


def _by_upper(n: int, uppers: Int32s) -> tuple[Int64s, Int32s]:
    starts = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(uppers, minlength=n), out=starts[1:])
    return starts, np.argsort(uppers, kind="stable").astype(np.int32)


@kernel
def _arcs_between(starts: Int64s, uppers: Int32s, tails: Int32s, heads: Int32s) -> Int32s:
    arcs = np.full(len(tails), -1, np.int32)
    for i in range(len(tails)):
        if tails[i] != heads[i]:
            lower, upper = min(tails[i], heads[i]), max(tails[i], heads[i])
            arcs[i] = starts[lower] + np.searchsorted(uppers[starts[lower] : starts[lower + 1]], upper)
    return arcs
