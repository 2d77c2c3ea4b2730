"""The order in which junctions leave the hierarchy: nested dissection by METIS, once per network.

It depends on the topology alone, so closures and speeds leave it as it is.
"""

from __future__ import annotations

import numpy as np
import pymetis

from noaber.core.traveltime.kernels import Int32s, Int64s


def dissect(n_junctions: int, tails: Int32s, heads: Int32s) -> Int32s:
    """An elimination order with small separators last.

    Parameters
    ----------
    n_junctions
        Junctions are 0 to `n_junctions` - 1.
    tails, heads
        (m,) int32: the ends of the edges, in any direction, also several times or from a junction to itself.

    Returns
    -------
    (n_junctions,) int32: the rank of each junction.
    """
    starts, neighbours = neighbourhoods(n_junctions, tails, heads)
    if not len(neighbours):
        return np.arange(n_junctions, dtype=np.int32)
    order, _ = pymetis.nested_dissection(pymetis.CSRAdjacency(starts.tolist(), neighbours.tolist()))
    rank = np.empty(n_junctions, dtype=np.int32)
    rank[np.asarray(order)] = np.arange(n_junctions, dtype=np.int32)
    return rank


def neighbourhoods(n: int, tails: Int32s, heads: Int32s) -> tuple[Int64s, Int32s]:
    """Every node's neighbours, each once: (n + 1,) int64 starts and (m,) int32, ascending.

    METIS must see no edge twice and none from a node to itself: it would write beyond its arrays.
    """
    real = tails != heads
    one, other = tails[real].astype(np.int64), heads[real].astype(np.int64)
    pairs = np.unique(np.concatenate([one * n + other, other * n + one]))
    starts = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs // max(n, 1), minlength=n), out=starts[1:])
    return starts, (pairs % max(n, 1)).astype(np.int32)
