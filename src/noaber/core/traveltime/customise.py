"""How long each arc of a hierarchy takes: customisation, and its partial repeat after a change.

An arc from v up to x is as quick as its chains, or as a way through a lower junction u that neighbours both (a lower
triangle). Computed by ascending rank, each arc takes one look at its triangles. After a change only those arcs are
computed anew whose value hung on a changed one, or that a changed one makes quicker; the result is bit by bit that
of a full customisation, so opening a closure again restores what was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.hierarchy import Hierarchy
from noaber.core.traveltime.kernels import NEVER, Bools, Int32s, Int64s, Milliseconds, inlined, kernel


@dataclass(frozen=True)
class Metric:
    """The times of a hierarchy's arcs.

    Parameters
    ----------
    own_up_ms, own_down_ms
        (m,) uint32, milliseconds: by chain alone, from the lower to the upper rank and back; `NEVER` where none leads.
    up_ms, down_ms
        (m,) uint32: by chain, or through lower junctions.
    """

    own_up_ms: Milliseconds
    own_down_ms: Milliseconds
    up_ms: Milliseconds
    down_ms: Milliseconds


def customise(hierarchy: Hierarchy, along_ms: Milliseconds, against_ms: Milliseconds) -> Metric:
    """The metric of chains that take `along_ms` from tail to head and `against_ms` back, (c,) uint32."""
    own_up, own_down = _own(hierarchy.n_arcs, hierarchy.arc_of_chain, hierarchy.chain_is_upward, along_ms, against_ms)
    up, down = own_up.copy(), own_down.copy()
    _relax_triangles(hierarchy.starts, hierarchy.uppers, up, down)
    return Metric(own_up, own_down, up, down)


def recustomise(
    hierarchy: Hierarchy, metric: Metric, chains: Int64s, along_ms: Milliseconds, against_ms: Milliseconds
) -> Metric:
    """A metric in which some chains take another time than in `metric`, which stays as it is.

    Parameters
    ----------
    chains
        (i,) int64: all chains of the arcs that change, see `beside`.
    along_ms, against_ms
        (i,) uint32: what those take now.
    """
    own_up, own_down = metric.own_up_ms.copy(), metric.own_down_ms.copy()
    arcs, is_upward = hierarchy.arc_of_chain[chains], hierarchy.chain_is_upward[chains]
    own_up[arcs] = own_down[arcs] = NEVER
    np.minimum.at(own_up, arcs, np.where(is_upward, along_ms, against_ms))
    np.minimum.at(own_down, arcs, np.where(is_upward, against_ms, along_ms))
    up, down = metric.up_ms.copy(), metric.down_ms.copy()
    _update(
        np.unique(arcs).astype(np.int64),
        hierarchy.starts,
        hierarchy.uppers,
        hierarchy.lowers,
        hierarchy.down_starts,
        hierarchy.down_arcs,
        hierarchy.down_lowers,
        own_up,
        own_down,
        up,
        down,
    )
    return Metric(own_up, own_down, up, down)


def beside(hierarchy: Hierarchy, chains: Int64s) -> Int64s:
    """(i,) int64: some chains and all others between the same two junctions; those from one to itself left out."""
    arcs = hierarchy.arc_of_chain[chains]
    return np.flatnonzero(np.isin(hierarchy.arc_of_chain, arcs[arcs >= 0]))


@kernel
def _own(
    n_arcs: int, arc_of_chain: Int32s, is_upward: Bools, along_ms: Milliseconds, against_ms: Milliseconds
) -> tuple[Milliseconds, Milliseconds]:
    """The quickest chain of each arc, both ways."""
    up, down = np.full(n_arcs, NEVER, np.uint32), np.full(n_arcs, NEVER, np.uint32)
    for chain in range(len(arc_of_chain)):
        arc = arc_of_chain[chain]
        if arc < 0:
            continue
        rising, falling = along_ms[chain], against_ms[chain]
        if not is_upward[chain]:
            rising, falling = falling, rising
        up[arc] = min(up[arc], rising)
        down[arc] = min(down[arc], falling)
    return up, down


@kernel
def _relax_triangles(starts: Int64s, uppers: Int32s, up: Milliseconds, down: Milliseconds) -> None:
    """By ascending rank u: for each two of its higher neighbours x < y, let x-y be as quick as x-u-y."""
    for u in range(len(starts) - 1):
        for i in range(starts[u], starts[u + 1]):
            if up[i] >= NEVER and down[i] >= NEVER:
                continue
            to_x, from_x = up[i], down[i]
            arc = starts[uppers[i]]
            for j in range(i + 1, starts[u + 1]):
                while uppers[arc] != uppers[j]:
                    arc += 1
                up[arc] = min(up[arc], np.uint32(from_x + up[j]))
                down[arc] = min(down[arc], np.uint32(down[j] + to_x))


@kernel
def _push(heap: list[int], key: int) -> None:
    """Add to a binary heap, smallest first."""
    heap.append(key)
    i = len(heap) - 1
    while i > 0 and heap[(i - 1) >> 1] > key:
        heap[i] = heap[(i - 1) >> 1]
        i = (i - 1) >> 1
    heap[i] = key


@kernel
def _pop(heap: list[int]) -> int:
    """Take the smallest from a binary heap."""
    top, key = heap[0], heap.pop()
    n, i = len(heap), 0
    if n == 0:
        return top
    while 2 * i + 1 < n:
        child = 2 * i + 1
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = key
    return top


@kernel
def _update(
    changed: Int64s,
    starts: Int64s,
    uppers: Int32s,
    lowers: Int32s,
    down_starts: Int64s,
    down_arcs: Int32s,
    down_lowers: Int32s,
    own_up: Milliseconds,
    own_down: Milliseconds,
    up: Milliseconds,
    down: Milliseconds,
) -> None:
    """Recompute the changed arcs and what hangs on them, by ascending number: an arc hangs on lower-numbered ones.

    The arc from x up to y hangs on its triangles with a lower u, and is a side of those with any other z above x, whose
    third arc lies between y and z. Lists are ascending, so both kinds are found by walking along two of them.
    """
    heap = [int(arc) for arc in changed]  # ascending, so a heap already
    waits = np.zeros(len(uppers), np.bool_)
    waits[changed] = True
    while len(heap) > 0:
        arc = _pop(heap)
        waits[arc] = False
        x, y = lowers[arc], uppers[arc]
        was_up, was_down = up[arc], down[arc]
        now_up, now_down = own_up[arc], own_down[arc]
        i, j, end_i, end_j = down_starts[x], down_starts[y], down_starts[x + 1], down_starts[y + 1]
        while i < end_i and j < end_j:
            if down_lowers[i] < down_lowers[j]:
                i += 1
            elif down_lowers[i] > down_lowers[j]:
                j += 1
            else:
                to_x, to_y = down_arcs[i], down_arcs[j]
                now_up = min(now_up, np.uint32(down[to_x] + up[to_y]))
                now_down = min(now_down, np.uint32(down[to_y] + up[to_x]))
                i += 1
                j += 1
        if now_up == was_up and now_down == was_down:
            continue
        up[arc], down[arc] = now_up, now_down
        third = starts[y]
        for side in range(arc + 1, starts[x + 1]):
            while uppers[third] != uppers[side]:
                third += 1
            if not waits[third] and (
                _moves(up[third], was_down, now_down, up[side]) or _moves(down[third], was_up, now_up, down[side])
            ):
                waits[third] = True
                _push(heap, third)
        place = down_starts[y] + np.searchsorted(down_lowers[down_starts[y] : down_starts[y + 1]], x, side="right")
        for side in range(starts[x], arc):
            while down_lowers[place] != uppers[side]:
                place += 1
            third = int(down_arcs[place])
            if not waits[third] and (
                _moves(up[third], was_up, now_up, down[side]) or _moves(down[third], was_down, now_down, up[side])
            ):
                waits[third] = True
                _push(heap, third)


@inlined
def _moves(third: np.uint32, was: np.uint32, now: np.uint32, side: np.uint32) -> bool:
    """Whether a third arc's time may move with the sum of two sides: it hung on it, or can be improved by it."""
    return bool(np.uint32(was + side) == third or np.uint32(now + side) < third)
