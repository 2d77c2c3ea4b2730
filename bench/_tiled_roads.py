"""A large road graph of real topology: translated copies of small extracts, sewn together at their seams.

There is no extract of a region's size here, so this is what it can honestly be: inside a tile every node, chain and
driving time is real; that a city lies beside a city, and the roads over the seams, are made up. Tiles of one extract
stand in rows, rows of all extracts in turn. Neighbours are joined by two-way roads along each side of a tile, more of
them the larger it is, each between the two nodes that lie nearest to each other on their stretch of the seam. The tiles
are small, so cutting between them is easier than in a country of the same size; inside them it is as hard as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from bench._road_graphs import KM_PER_DEGREE, MS_PER_HOUR, Floats, Int64s
from noaber.core.traveltime.heavy import HEAVY
from noaber.core.traveltime.osm import read_extracts
from noaber.core.traveltime.segments import RoadGraph, build_graph, largest_part

LINKS_PER_NODE_ACROSS = 0.2
"""Roads over each side of a tile: a fifth of the nodes that a row across it has; 24 for 15,000 nodes."""
LINK_KM_H = 50.0
GAP_KM = 0.1


@dataclass(frozen=True)
class Tile:
    """A road graph on a plane.

    Parameters
    ----------
    xy
        (n, 2) float64, kilometres from its lower left corner.
    """

    graph: RoadGraph
    xy: Floats

    @property
    def size(self) -> Floats:
        """Width and height, km."""
        return self.xy.max(axis=0)

    @property
    def links(self) -> int:
        """How many roads lead over each of its sides."""
        return max(1, round(LINKS_PER_NODE_ACROSS * self.graph.n_nodes**0.5))


def tiled(paths: Sequence[Path], n_nodes: int) -> RoadGraph:
    """At least `n_nodes` nodes."""
    tiles = [_tile(build_graph(read_extracts([path]))) for path in paths]
    rows = list(_rows(tiles, n_nodes))
    placed = [(tile, offset) for row in rows for tile, offset in row]
    sizes = np.array([tile.graph.n_nodes for tile, _offset in placed])
    firsts = np.cumsum(sizes) - sizes
    xy = np.concatenate([tile.xy + offset for tile, offset in placed])
    links = np.concatenate(list(_links(rows, xy)))
    return _joined([tile.graph for tile, _offset in placed], firsts, xy, links)


def _tile(graph: RoadGraph) -> Tile:
    middle = np.cos(np.radians(graph.lat.mean()))
    xy = np.column_stack([graph.lon * middle, graph.lat]) * KM_PER_DEGREE
    return Tile(graph, xy - xy.min(axis=0))


def _rows(tiles: Sequence[Tile], n_nodes: int) -> Iterator[list[tuple[Tile, Floats]]]:
    """Rows of tiles with their lower left corners, together about as wide as high."""
    nodes_per_km = sum(tile.graph.n_nodes / tile.size[0] for tile in tiles)
    width = np.sqrt(n_nodes * sum(tile.size[1] for tile in tiles) / nodes_per_km)
    nodes, y, number = 0, 0.0, 0
    while nodes < n_nodes:
        tile = tiles[number % len(tiles)]
        copies = max(1, round(width / tile.size[0]))
        yield [(tile, np.array([copy * (tile.size[0] + GAP_KM), y])) for copy in range(copies)]
        nodes, y, number = nodes + copies * tile.graph.n_nodes, y + tile.size[1] + GAP_KM, number + 1


def _links(rows: Sequence[list[tuple[Tile, Floats]]], xy: Floats) -> Iterator[Int64s]:
    """(·, 2) int64 nodes: the roads over every seam."""
    below, first = np.empty(0, np.int64), 0
    for row in rows:
        row_first, beside = first, np.empty(0, np.int64)
        for tile, _offset in row:
            nodes = np.arange(first, first + tile.graph.n_nodes)
            if len(beside):
                yield _nearest_pairs(xy, beside, nodes, axis=1, stretches=tile.links)
            beside, first = nodes, first + len(nodes)
        here = np.arange(row_first, first)
        if len(below):
            yield _nearest_pairs(xy, below, here, axis=0, stretches=sum(tile.links for tile, _offset in row))
        below = here


def _nearest_pairs(xy: Floats, one: Int64s, other: Int64s, *, axis: int, stretches: int) -> Int64s:
    """(·, 2) int64: the nearest nodes of two sets on each stretch of the seam, which runs along `axis`."""
    km, found = cKDTree(xy[other]).query(xy[one])
    along = xy[one, axis]
    stretch = np.minimum((along - along.min()) / np.ptp(along) * stretches, stretches - 1).astype(np.int64)
    order = np.lexsort((km, stretch))
    first = order[np.flatnonzero(np.diff(stretch[order], prepend=-1))]
    return np.column_stack([one[first], other[found[first]]])


def _joined(graphs: Sequence[RoadGraph], firsts: Int64s, xy: Floats, links: Int64s) -> RoadGraph:
    """One graph of all tiles and links; ids are numbers, and positions those of the plane."""
    links = np.unique(np.sort(links, axis=1), axis=0)
    link_km = np.linalg.norm(xy[links[:, 0]] - xy[links[:, 1]], axis=1)
    link_ms = np.maximum(1.0, link_km / LINK_KM_H * MS_PER_HOUR)
    a = np.concatenate([*(graph.a + first for graph, first in zip(graphs, firsts, strict=True)), links[:, 0]])
    b = np.concatenate([*(graph.b + first for graph, first in zip(graphs, firsts, strict=True)), links[:, 1]])
    order = np.lexsort((b, a))

    def of_all(name: str, of_links: Floats) -> Floats:
        return np.concatenate([*(getattr(graph, name) for graph in graphs), of_links])[order]

    return largest_part(
        RoadGraph(
            np.arange(1, len(xy) + 1),
            4.0 + xy[:, 0] / (KM_PER_DEGREE * 0.63),
            48.0 + xy[:, 1] / KM_PER_DEGREE,
            a[order].astype(np.int32),
            b[order].astype(np.int32),
            of_all("ms_ab", link_ms),
            of_all("ms_ba", link_ms),
            np.arange(len(a)),
            of_all("heavy_ms_ab", link_ms / HEAVY.share_of_car),
            of_all("heavy_ms_ba", link_ms / HEAVY.share_of_car),
        )
    )
