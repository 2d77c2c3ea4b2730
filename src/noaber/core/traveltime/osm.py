"""Reading OpenStreetMap extracts: the driven ways of one or several files, and where their nodes lie.

Files are merged by id. Of two versions of one object the newer counts, of equal ones that of the first file.
Nothing is contracted or left out here but what no car drives; see `segments.py` for what follows.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import osmium

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.heavy import heavy_km_h
from noaber.core.traveltime.kernels import Bools, Floats, Int64s
from noaber.core.traveltime.pbf import kinds_of
from noaber.core.traveltime.progress import Phase, Progress, Step, silent
from noaber.core.traveltime.reading import read_so_far
from noaber.core.traveltime.vehicles import Driving, driving_of

_TOLD_WAYS: Final = 500_000
_MEASURED: Final = 50_000
"""After so many objects it is looked how far the file was read."""
T = TypeVar("T", osmium.osm.Way, osmium.osm.Node)


@dataclass(frozen=True)
class Ways:
    """The driven ways of all files.

    Parameters
    ----------
    ids
        (n,) int64.
    speed_km_h, along, against
        (n,) float64 and bool: how a car drives each.
    heavy_km_h
        (n,) float64: how fast a heavy vehicle drives each, in the same directions; 0 where it does not.
    starts, refs
        (n + 1,) int64 and int64: the node ids of way i are `refs[starts[i]:starts[i + 1]]`, in its order.
    """

    ids: Int64s
    speed_km_h: Floats
    along: Bools
    against: Bools
    heavy_km_h: Floats
    starts: Int64s
    refs: Int64s


@dataclass(frozen=True)
class Nodes:
    """The nodes that are there: (n,) int64 ids, ascending, and degrees as int32 in units of 1e-7 (osmium's own)."""

    ids: Int64s
    lon_e7: Int64s
    lat_e7: Int64s


@dataclass(frozen=True)
class Source:
    """One extract, as `network info` names it."""

    name: str
    size_bytes: int
    data_at: str | None
    """The instant up to which the extract holds every edit, where it says so."""
    is_joined: bool = True
    """Whether any of its roads is in the part that is kept."""


@dataclass(frozen=True)
class Extract:
    """What the files say."""

    ways: Ways
    nodes: Nodes
    sources: tuple[Source, ...]
    nodes_of: tuple[Int64s, ...]
    """(n,) int64 for each of `sources`: the ids of the nodes that it holds, in any order."""

    def sources_in(self, node_ids: Int64s) -> tuple[Source, ...]:
        """The sources, each with whether it holds any of these nodes."""
        held = (bool(np.isin(ids, node_ids).any()) for ids in self.nodes_of)
        return tuple(replace(source, is_joined=is_joined) for source, is_joined in zip(self.sources, held, strict=True))


@dataclass(frozen=True, slots=True)
class _Way:
    version: int
    driving: Driving | None
    heavy_km_h: float
    refs: array[int]


def read_extracts(paths: Sequence[Path], progress: Progress = silent) -> Extract:
    """Read the roads of OpenStreetMap extracts.

    Parameters
    ----------
    paths
        Files that osmium knows by their ending, in practice `.osm.pbf`.
    progress
        Told what is being read.

    Raises
    ------
    InvalidInput
        Where a file is cut off, no OpenStreetMap data, or where no file has a road. It names the file.
    OSError
        Where a file cannot be opened.
    """
    sources = tuple(_source(path) for path in paths)
    ways: dict[int, _Way] = {}
    for number, path in enumerate(paths):
        progress(Step(Phase.WAYS, f"Reading the ways of {path.name} ...", number / len(paths)))
        _collect_ways(path, ways, _measured(Phase.WAYS, paths, number, progress))
    driven = _ways(ways)
    if not len(driven.refs):
        raise InvalidInput([Problem("network.no-roads")], ", ".join(map(str, paths)))
    wanted = np.unique(driven.refs)
    progress(Step(Phase.NODES, f"Reading the {len(wanted):,} nodes of {len(driven.ids):,} roads ..."))
    nodes, nodes_of = _nodes(paths, wanted, progress)
    return Extract(driven, nodes, sources, nodes_of)


def _measured(phase: Phase, paths: Sequence[Path], number: int, progress: Progress) -> Callable[[str], None]:
    """Tells, with a text or without, how far the file of this number was read, and with it all of them."""

    def tell(text: str) -> None:
        progress(Step(phase, text, (number + read_so_far(paths[number], is_begun=True)) / len(paths)))

    return tell


def _source(path: Path) -> Source:
    with path.open("rb"):  # whether it can be opened is the system's to say
        pass
    if path.suffix == ".pbf":  # osmium takes one that ends within the length of its next block
        kinds_of(path)
    try:
        with osmium.io.Reader(str(path), osmium.osm.osm_entity_bits.NOTHING) as reader:
            data_at = reader.header().get("osmosis_replication_timestamp") or None
    except RuntimeError as error:
        raise _unreadable(path, error) from error
    return Source(path.name, path.stat().st_size, data_at)


def _unreadable(path: Path, error: Exception) -> InvalidInput:
    reason = " ".join(str(error).split()).rstrip(".")
    return InvalidInput([Problem("network.not-osm", params={"reason": reason})], str(path))


def _objects(path: Path, kind: type[T], bits: osmium.osm.osm_entity_bits, only: object | None) -> Iterator[T]:
    """The objects of one kind, those deleted in a history file left out."""
    try:
        processor = osmium.FileProcessor(str(path), bits)
        if only is not None:
            processor = processor.with_filter(only)
        for found in processor:
            if isinstance(found, kind) and found.visible:
                yield found
    except RuntimeError as error:
        raise _unreadable(path, error) from error


def _collect_ways(path: Path, ways: dict[int, _Way], tell: Callable[[str], None]) -> None:
    """Add a file's ways with a highway tag. Those not driven are kept too: they may replace an older version."""
    for way in _objects(path, osmium.osm.Way, osmium.osm.WAY, osmium.filter.KeyFilter("highway")):
        known = ways.get(way.id)
        if known is not None and known.version >= way.version:
            continue
        ways[way.id] = _read_way(way)
        if len(ways) % _MEASURED == 0:
            tell("" if len(ways) % _TOLD_WAYS else f"... {len(ways):,} ways")


def _read_way(way: osmium.osm.Way) -> _Way:
    tags = dict(way.tags)
    driving = driving_of(tags)
    if driving is None:
        return _Way(way.version, None, 0.0, array("q"))
    return _Way(way.version, driving, heavy_km_h(tags, driving) or 0.0, array("q", (node.ref for node in way.nodes)))


def _ways(ways: dict[int, _Way]) -> Ways:
    driven = [(name, way.driving, way) for name, way in sorted(ways.items()) if way.driving]
    lengths = np.fromiter((len(way.refs) for _, _, way in driven), np.int64, len(driven))
    refs = array("q")
    for _, _, way in driven:
        refs.extend(way.refs)
    return Ways(
        ids=np.fromiter((name for name, _, _ in driven), np.int64, len(driven)),
        speed_km_h=np.fromiter((how.speed_km_h for _, how, _ in driven), np.float64, len(driven)),
        along=np.fromiter((how.along for _, how, _ in driven), np.bool_, len(driven)),
        against=np.fromiter((how.against for _, how, _ in driven), np.bool_, len(driven)),
        heavy_km_h=np.fromiter((way.heavy_km_h for _, _, way in driven), np.float64, len(driven)),
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]),
        refs=np.array(refs, dtype=np.int64),
    )


def _nodes(paths: Sequence[Path], wanted: Int64s, progress: Progress) -> tuple[Nodes, tuple[Int64s, ...]]:
    """The wanted nodes that some file has, with a place; and the ids of those of each file."""
    ids, lon, lat, version = array("q"), array("q"), array("q"), array("q")
    only = osmium.filter.IdFilter(wanted) if wanted[0] >= 0 else None
    known = frozenset() if only else frozenset(wanted.tolist())
    ends = []
    for number, path in enumerate(paths):
        tell = _measured(Phase.NODES, paths, number, progress)
        for node in _objects(path, osmium.osm.Node, osmium.osm.NODE, only):
            location = node.location
            if location.valid() and (only or node.id in known):
                ids.append(node.id)
                lon.append(location.x)
                lat.append(location.y)
                version.append(node.version)
                if len(ids) % _MEASURED == 0:
                    tell("")
        ends.append(len(ids))
    every = np.array(ids, dtype=np.int64)
    places = (np.array(values, dtype=np.int64) for values in (lon, lat, version))
    return _newest(every, *places), tuple(np.split(every, ends[:-1]))


def _newest(ids: Int64s, lon: Int64s, lat: Int64s, version: Int64s) -> Nodes:
    order = np.lexsort((np.arange(len(ids)), -version, ids))
    first = np.ones(len(ids), dtype=np.bool_)
    first[1:] = ids[order][1:] != ids[order][:-1]
    kept = order[first]
    return Nodes(ids[kept], lon[kept], lat[kept])
