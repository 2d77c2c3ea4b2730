"""The nearest node to any point on the Earth: a k-d tree over unit vectors, stored with the network.

The chord between two points grows with the great circle between them, so the nearest by chord is the nearest on the
sphere, at the date line and the poles too. Of equally near nodes that with the smallest number is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.core.traveltime.kernels import Floats, Int32s, kernel

_LEAF = 8
_STACK = 128


@dataclass(frozen=True)
class NodeTree:
    """A balanced tree without pointers: a range is divided at its middle, the axis stands at the middle.

    Parameters
    ----------
    vectors
        (n, 3) float64: unit vectors in the tree's order.
    nodes
        (n,) int32: the node of each.
    axes
        (n,) int32: the axis by which the range that has its middle here is divided.
    """

    vectors: Floats
    nodes: Int32s
    axes: Int32s


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """(n, 3) float64, from degrees."""
    lam, phi = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def build_tree(lon: Floats, lat: Floats, nodes: Int32s) -> NodeTree:
    """The tree over some nodes, (n,) ascending; longitudes and latitudes, degrees, are those of all nodes."""
    vectors = unit_vectors(lon[nodes], lat[nodes])
    nodes = nodes.copy()
    axes = np.zeros(len(nodes), dtype=np.int32)
    _divide(vectors, nodes, axes)
    return NodeTree(vectors, nodes, axes)


def nearest_nodes(tree: NodeTree, lon: Floats, lat: Floats) -> Int32s:
    """(q,) int32: the nearest node to each place, degrees."""
    return _search(tree.vectors, tree.nodes, tree.axes, unit_vectors(lon, lat))


@kernel
def _divide(vectors: Floats, nodes: Int32s, axes: Int32s) -> None:
    ranges = [(0, len(nodes))]
    while len(ranges) > 0:
        low, high = ranges.pop()
        if high - low <= _LEAF:
            continue
        axis, widest = 0, -1.0
        for candidate in range(3):
            column = vectors[low:high, candidate]
            width = column.max() - column.min()
            if width > widest:
                axis, widest = candidate, width
        middle = (low + high) >> 1
        _select(vectors, nodes, axis, low, high, middle)
        axes[middle] = axis
        ranges.append((low, middle))
        ranges.append((middle + 1, high))


@kernel
def _select(vectors: Floats, nodes: Int32s, axis: int, low: int, high: int, middle: int) -> None:
    """Move what is smaller along the axis before `middle`, what is larger behind it (Hoare's selection)."""
    last = high - 1
    while low < last:
        pivot = vectors[(low + last) >> 1, axis]
        i, j = low, last
        while i <= j:
            while vectors[i, axis] < pivot:
                i += 1
            while vectors[j, axis] > pivot:
                j -= 1
            if i <= j:
                for k in range(3):
                    vectors[i, k], vectors[j, k] = vectors[j, k], vectors[i, k]
                nodes[i], nodes[j] = nodes[j], nodes[i]
                i += 1
                j -= 1
        if middle <= j:
            last = j
        elif middle >= i:
            low = i
        else:
            return


@kernel
def _search(vectors: Floats, nodes: Int32s, axes: Int32s, queries: Floats) -> Int32s:
    found = np.empty(len(queries), np.int32)
    lows, highs, bounds = np.empty(_STACK, np.int64), np.empty(_STACK, np.int64), np.empty(_STACK, np.float64)
    for q in range(len(queries)):
        point = queries[q]
        best, node = np.inf, np.int32(-1)
        lows[0], highs[0], bounds[0], depth = 0, len(nodes), 0.0, 1
        while depth > 0:
            depth -= 1
            low, high = lows[depth], highs[depth]
            if bounds[depth] > best:
                continue
            is_leaf = high - low <= _LEAF
            middle = (low + high) >> 1
            for i in range(low if is_leaf else middle, high if is_leaf else middle + 1):
                d = 0.0
                for k in range(3):
                    d += (vectors[i, k] - point[k]) ** 2
                if d < best or (d == best and nodes[i] < node):
                    best, node = d, nodes[i]
            if is_leaf:
                continue
            gap = point[axes[middle]] - vectors[middle, axes[middle]]
            near, far = (low, middle), (middle + 1, high)
            if gap > 0:
                near, far = far, near
            lows[depth], highs[depth], bounds[depth] = far[0], far[1], gap * gap
            lows[depth + 1], highs[depth + 1], bounds[depth + 1] = near[0], near[1], 0.0
            depth += 2
        found[q] = node
    return found
