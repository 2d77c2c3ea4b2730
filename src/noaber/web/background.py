"""What the operator puts under the maps: a PMTiles file on this machine, or the tiles of another server.

A file holds pictures, or vector tiles in the schema of the Protomaps basemap, which are drawn in our own colours. Read
once, at the start: what cannot be used stops it with a sentence.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import strip_tags
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

MOST_ZOOM: Final = 22
_PLACES: Final = ("{z}", "{x}", "{y}")
_PICTURES: Final = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
_VECTOR: Final = "application/vnd.mapbox-vector-tile"
_BASEMAP: Final = frozenset({"earth", "water", "roads", "boundaries"})
"""Layers that every basemap of the Protomaps schema has."""
_HOST: Final = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?|\[[0-9a-f:]+\](:[0-9]{1,5})?")


class UnusableBackground(ValueError):
    """A sentence that says what is wrong, and what is expected."""


@dataclass(frozen=True)
class TileFile:
    """A PMTiles file, and the writing of it that was read."""

    path: Path
    media_type: str
    is_compressed: bool
    stamp: str

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The tile as it is stored; None where there is none, or where the file is gone or was replaced."""
        try:
            if _stamp(self.path) != self.stamp:
                return None
            return _reader(self.path, self.stamp).get(z, x, y) or None
        except (OSError, ValueError, KeyError):
            return None


@dataclass(frozen=True)
class Background:
    """What lies under the maps.

    Parameters
    ----------
    template
        The address of the tiles of another server, with {z}, {x} and {y}; empty for a file.
    file
        None for another server.
    origin
        The other server, as the content policy names it; empty for a file.
    """

    attribution: str
    is_vector: bool
    minzoom: int
    maxzoom: int
    template: str = ""
    file: TileFile | None = None
    origin: str = ""


def read_background(text: str, attribution: str) -> Background | None:
    """What the settings name; None where they name nothing.

    Raises
    ------
    UnusableBackground
        Where it cannot be used.
    """
    if not text:
        return None
    if "://" in text:
        return _server(text, attribution)
    return _file(Path(text).expanduser().absolute(), attribution)


def source_of(background: Background | None) -> dict[str, Any] | None:
    """What the map's script is told: `js/backdrop.js` draws it."""
    if background is None:
        return None
    address = background.template
    if background.file is not None:
        first = reverse("map-background-tile", args=[0, 0, 0]).removesuffix("0/0/0")
        address = f"{first}{{z}}/{{x}}/{{y}}?v={background.file.stamp}"
    return {
        "url": address,
        "vector": background.is_vector,
        "minzoom": background.minzoom,
        "maxzoom": background.maxzoom,
        "attribution": background.attribution,
    }


def _server(text: str, attribution: str) -> Background:
    expected = "expected https://host/path with {z}, {x} and {y}"
    parts = urlsplit(text)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
        raise UnusableBackground(f"{text!r} is no address of tiles; {expected}")
    rest = text
    for place in _PLACES:
        if rest.count(place) != 1:
            raise UnusableBackground(f"{text!r} does not have {place} once; {expected}")
        rest = rest.replace(place, "")
    if re.search(r"[{}\s'\"<>]", rest):
        raise UnusableBackground(f"{text!r} has more in braces, or a sign that no address has; {expected}")
    if parts.path.endswith((".mvt", ".pbf")):
        raise UnusableBackground(f"{text!r} leads to vector tiles; of another server expected are pictures")
    if not attribution:
        raise UnusableBackground("expected NOABER_MAP_ATTRIBUTION too: whose map it is, as its makers want it said")
    return Background(attribution, False, 0, MOST_ZOOM, template=text, origin=f"https://{parts.netloc}")


def _file(path: Path, attribution: str) -> Background:
    try:
        stamp = _stamp(path)
        reader = _reader(path, stamp)
        header, metadata = reader.header(), reader.metadata()
    except OSError as error:
        raise UnusableBackground(f"{path} cannot be read: {error.strerror}") from error
    except (MagicNumberNotFound, SpecVersionUnsupported, ValueError, EOFError, LookupError) as error:
        raise UnusableBackground(f"{path} is no PMTiles file of version 3; expected a .pmtiles file") from error
    is_vector = header["tile_type"] is TileType.MVT
    if is_vector:
        _check_basemap(path, metadata)
    elif header["tile_type"] not in _PICTURES:
        raise UnusableBackground(f"{path} holds tiles of an unknown kind; expected pictures or Mapbox vector tiles")
    if header["tile_compression"] not in (Compression.NONE, Compression.GZIP, Compression.UNKNOWN):
        raise UnusableBackground(f"{path} holds tiles that are not compressed by gzip; make it anew with gzip")
    said = html.unescape(strip_tags(str(metadata.get("attribution") or ""))).strip()
    tiles = TileFile(
        path,
        _PICTURES.get(header["tile_type"], _VECTOR),
        header["tile_compression"] is Compression.GZIP,
        stamp,
    )
    return Background(attribution or said, is_vector, header["min_zoom"], header["max_zoom"], file=tiles)


def _check_basemap(path: Path, metadata: dict[str, Any]) -> None:
    layers = {str(layer.get("id")) for layer in metadata.get("vector_layers") or () if isinstance(layer, dict)}
    if not layers >= _BASEMAP:
        found = ", ".join(sorted(layers)) or "none"
        schema = "expected the schema of the Protomaps basemap (earth, water, roads, boundaries, …)"
        raise UnusableBackground(f"{path} has the layers {found}; {schema}")


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_mtime_ns:x}-{found.st_size:x}"


@cache
def _reader(path: Path, stamp: str) -> Reader:
    """The file, mapped into memory once."""
    with path.open("rb") as file:
        return Reader(MmapSource(file))
