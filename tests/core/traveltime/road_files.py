"""Extracts written as text in a test, a line for each node and way; and towns that are made up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import osmium

SHARED_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Beside a checkout there may be a folder with real extracts; without it, towns are made up in their place."""

EXTRACTS = {
    "amsterdam": "amsterdam.osm.pbf",
    "neuss": "neuss-s11.osm.pbf",
    "liechtenstein": "liechtenstein-latest.osm.pbf",
}
LIMITS = (
    *("maxheight=3.4", "maxheight=3.5_SPACE_m", "maxheight=11'", "maxheight=13'6\"", "maxheight=default"),
    *("maxweight=7.5_SPACE_t", "maxweight=26", "maxweight=3500_SPACE_kg", "maxwidth=3.4", "maxweight=none"),
    *("hgv=no", "hgv=private emergency=yes", "hgv=destination", "maxspeed:hgv=30", "maxweightrating=7.5_SPACE_t"),
)
TOWN_SIZES = {"amsterdam": 4, "neuss": 9, "liechtenstein": 16}


def write_roads(path: Path, text: str) -> Path:
    """Write an extract.

    Lines are `node ID LON LAT [vVERSION]` and `way ID NODE-NODE-... [vVERSION] KEY=VALUE ...`; what follows a # is
    passed over.
    """
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for line in text.splitlines():
            match line.partition("#")[0].split():
                case []:
                    continue
                case ["node", name, lon, lat, *rest]:
                    writer.add_node(
                        osmium.osm.mutable.Node(id=int(name), location=(float(lon), float(lat)), version=_version(rest))
                    )
                case ["way", name, nodes, *rest]:
                    tags = dict(word.replace("_SPACE_", " ").split("=", 1) for word in rest if "=" in word)
                    refs = [int(node) for node in nodes.split("-")]
                    writer.add_way(osmium.osm.mutable.Way(id=int(name), nodes=refs, tags=tags, version=_version(rest)))
    return path


def _version(words: list[str]) -> int:
    return next((int(word[1:]) for word in words if word.startswith("v") and "=" not in word), 1)


def extract(name: str, folder: Path) -> Path:
    """A real extract where there is one, else a town of like size."""
    path = SHARED_DATA / EXTRACTS[name]
    if path.is_file():
        return path
    return write_roads(folder / EXTRACTS[name], "\n".join(town(TOWN_SIZES[name], seed=len(name))))


def town(size: int, *, seed: int) -> Iterator[str]:
    """A grid of `size` x `size` crossings whose streets bend: one-way streets, dead ends, a roundabout, an island."""
    chance = random.Random(seed)
    number, way = size * size, 0
    for row in range(size):
        for column in range(size):
            lon = 6.0 + column * 0.004 + chance.uniform(-0.001, 0.001)
            lat = 50.7 + row * 0.003 + chance.uniform(-0.0008, 0.0008)
            yield f"node {row * size + column + 1} {lon:.7f} {lat:.7f}"
    for a, b in _grid(size):
        if chance.random() < 0.12:
            continue
        bends = []
        for _ in range(chance.choice((0, 1, 3, 6))):
            number += 1
            bends.append(number)
            yield _somewhere(number, size, chance)
        way += 1
        yield f"way {way} {'-'.join(map(str, [a, *bends, b]))} {_street(chance)}"
    for _ in range(size):  # dead ends
        number, way = number + 2, way + 1
        at = chance.randint(1, size * size)
        for node in (number - 1, number):
            yield _somewhere(node, size, chance)
        yield f"way {way} {at}-{number - 1}-{number} highway=service"
    yield from _ring(number + 1, way + 1, entry=size, lon=6.0 + 0.005 * size)
    yield from _ring(number + 101, way + 101, entry=None, lon=7.0)


def _somewhere(node: int, size: int, chance: random.Random) -> str:
    return f"node {node} {6 + chance.uniform(0, 0.004 * size):.7f} {50.7 + chance.uniform(0, 0.003 * size):.7f}"


def _grid(size: int) -> Iterator[tuple[int, int]]:
    for row in range(size):
        for column in range(size):
            here = row * size + column + 1
            if column + 1 < size:
                yield here, here + 1
            if row + 1 < size:
                yield here, here + size


def limited(lines: Iterator[str], *, seed: int) -> Iterator[str]:
    """A town with limits on some of its streets."""
    chance = random.Random(seed)
    for line in lines:
        yield f"{line} {chance.choice(LIMITS)}" if line.startswith("way") and chance.random() < 0.3 else line


def _street(chance: random.Random) -> str:
    highway = chance.choice(("residential", "residential", "primary", "tertiary", "service", "living_street", "trunk"))
    oneway = chance.choice(("", "", "", "oneway=yes", "oneway=-1", "oneway=no", "oneway=reversible"))
    limit = chance.choice(("", "", "maxspeed=20", "maxspeed=25_SPACE_mph", "maxspeed=walk", "maxspeed=120"))
    return f"highway={highway} {oneway} {limit}"


def _ring(first: int, way: int, *, entry: int | None, lon: float) -> Iterator[str]:
    """A roundabout of five nodes; with an entry, a street leads to it."""
    offsets = ((0, 0), (0.0005, 0.0002), (0.0006, 0.0006), (0.0001, 0.0008), (-0.0003, 0.0004))
    for i, (x, y) in enumerate(offsets):
        yield f"node {first + i} {lon + x:.7f} {50.7 + y:.7f}"
    yield f"way {way} {'-'.join(str(first + i) for i in (0, 1, 2, 3, 4, 0))} highway=tertiary junction=roundabout"
    if entry is not None:
        yield f"way {way + 1} {entry}-{first} highway=tertiary"
