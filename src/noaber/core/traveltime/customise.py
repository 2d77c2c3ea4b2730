"""How long each arc of a hierarchy takes: customisation, and its partial repeat after a change.

An arc from v up to x is as quick as its chains, or as a way through a lower junction u that neighbours both (a lower
triangle). Computed by ascending rank, each arc takes one look at its triangles. After a change only those arcs are
computed anew whose value hung on a changed one, or that a changed one makes quicker; the result is bit by bit that
of a full customisation, so opening a closure again restores what was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.hierarchy import Hierarchy, find_arc
from noaber.core.traveltime.kernels import NEVER, Bools, Int32s, Int64s, Milliseconds, kernel


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
    own_up: Milliseconds,
    own_down: Milliseconds,
    up: Milliseconds,
    down: Milliseconds,
) -> None:
    """Recompute the changed arcs and what hangs on them, by ascending number: an arc hangs on lower-numbered ones."""
    heap = [int(arc) for arc in changed]  # ascending, so a heap already
    waits = np.zeros(len(uppers), np.bool_)
    waits[changed] = True
    while len(heap) > 0:
        arc = _pop(heap)
        waits[arc] = False
        old_up, old_down = up[arc], down[arc]
        new_up, new_down = _by_triangles(
            arc, uppers, lowers, down_starts, down_arcs, own_up[arc], own_down[arc], up, down
        )
        if new_up == old_up and new_down == old_down:
            continue
        up[arc], down[arc] = new_up, new_down
        lower, upper = lowers[arc], uppers[arc]
        for side in range(starts[lower], starts[lower + 1]):
            other = uppers[side]
            if other == upper:
                continue
            across = find_arc(starts, uppers, min(upper, other), max(upper, other))
            if waits[across]:
                continue
            # upper -> other through `lower`, and back; then as the arc across sees it
            was_to, now_to = np.uint32(old_down + up[side]), np.uint32(new_down + up[side])
            was_from, now_from = np.uint32(old_up + down[side]), np.uint32(new_up + down[side])
            there, back = up[across], down[across]
            if upper > other:
                there, back = back, there
            if was_to == there or now_to < there or was_from == back or now_from < back:
                waits[across] = True
                _push(heap, across)


@kernel
def _by_triangles(
    arc: int,
    uppers: Int32s,
    lowers: Int32s,
    down_starts: Int64s,
    down_arcs: Int32s,
    own_up: np.uint32,
    own_down: np.uint32,
    up: Milliseconds,
    down: Milliseconds,
) -> tuple[np.uint32, np.uint32]:
    """An arc's times from its chains and all its lower triangles."""
    best_up, best_down = own_up, own_down
    x, y = lowers[arc], uppers[arc]
    i, j = down_starts[x], down_starts[y]
    while i < down_starts[x + 1] and j < down_starts[y + 1]:
        to_x, to_y = down_arcs[i], down_arcs[j]
        if lowers[to_x] < lowers[to_y]:
            i += 1
        elif lowers[to_x] > lowers[to_y]:
            j += 1
        else:
            best_up = min(best_up, np.uint32(down[to_x] + up[to_y]))
            best_down = min(best_down, np.uint32(down[to_y] + up[to_x]))
            i += 1
            j += 1
    return best_up, best_down
