"""What may lie under the maps: files and servers that can be used, and the sentence for each that cannot."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from noaber.web.background import Background, TileFile, UnusableBackground, read_background, source_of

BASEMAP = ("boundaries", "earth", "places", "roads", "water")
XYZ = "https://tiles.example.org/base/{z}/{x}/{y}.png"


def write_file(
    path: Path,
    kind: TileType = TileType.MVT,
    compression: Compression = Compression.GZIP,
    layers: tuple[str, ...] = BASEMAP,
    attribution: str = '<a href="https://osm.org">&copy; OpenStreetMap</a>',
) -> Path:
    with path.open("wb") as file:
        writer = Writer(file)
        for z, x, y in ((5, 16, 10), (6, 33, 21)):
            writer.write_tile(zxy_to_tileid(z, x, y), gzip.compress(f"{z}/{x}/{y}".encode()))
        corners = {f"{side}_{axis}_e7": 0 for side in ("min", "max", "center") for axis in ("lon", "lat")}
        header = {"tile_type": kind, "tile_compression": compression, "center_zoom": 5}
        writer.finalize(header | corners, {"attribution": attribution, "vector_layers": [{"id": n} for n in layers]})
    return path


def read(text: Any, attribution: str = "") -> Background:
    found = read_background(str(text), attribution)
    assert found is not None
    return found


def file_of(background: Background) -> TileFile:
    assert background.file is not None
    return background.file


def test_nothing_is_nothing() -> None:
    assert read_background("", "") is None
    assert source_of(None) is None


def test_a_basemap_is_drawn_by_us_and_says_whose_it_is(tmp_path: Path) -> None:
    found = read(write_file(tmp_path / "base.pmtiles"))
    assert (found.is_vector, found.minzoom, found.maxzoom, found.origin) == (True, 5, 6, "")
    assert found.attribution == "© OpenStreetMap"
    tile = file_of(found).tile(6, 33, 21)
    assert tile is not None
    assert gzip.decompress(tile) == b"6/33/21"
    assert file_of(found).tile(6, 0, 0) is None
    assert read(tmp_path / "base.pmtiles", "Ours").attribution == "Ours"


def test_pictures_in_a_file_need_no_layers(tmp_path: Path) -> None:
    found = read(write_file(tmp_path / "a.pmtiles", TileType.WEBP, Compression.NONE, layers=()))
    assert (found.is_vector, file_of(found).media_type, file_of(found).is_compressed) == (False, "image/webp", False)


def test_a_file_that_is_gone_or_replaced_has_no_tiles_until_the_next_start(tmp_path: Path) -> None:
    found = read(write_file(tmp_path / "base.pmtiles"))
    (tmp_path / "base.pmtiles").unlink()
    assert file_of(found).tile(6, 33, 21) is None
    write_file(tmp_path / "base.pmtiles", attribution="another one")
    assert file_of(found).tile(6, 33, 21) is None


def test_another_server_is_the_one_host_more(tmp_path: Path) -> None:
    found = read(XYZ, "© Mapmaker")
    assert (found.template, found.origin, found.is_vector) == (XYZ, "https://tiles.example.org", False)
    source = source_of(found)
    assert source is not None
    assert source["url"] == XYZ


@pytest.mark.parametrize(
    ("text", "attribution", "said"),
    [
        ("http://tiles.example.org/{z}/{x}/{y}.png", "©", "expected https://"),
        ("https://tiles.example.org/{z}/{x}.png", "©", "does not have {y} once"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "©", "expected https://"),
        ("https://a.example.org/{z}/{x}/{y}{r}.png", "©", "more in braces"),
        ("https://a.example.org; script-src/{z}/{x}/{y}.png", "©", "expected https://"),
        ("https://user:secret@a.example.org/{z}/{x}/{y}.png", "©", "expected https://"),
        ("https://a.example.org/{z}/{x}/{y}.pbf", "©", "expected are pictures"),
        (XYZ, "", "NOABER_MAP_ATTRIBUTION"),
        ("/nowhere/base.pmtiles", "", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_is_expected(text: str, attribution: str, said: str) -> None:
    with pytest.raises(UnusableBackground) as refusal:
        read_background(text, attribution)
    assert said in str(refusal.value)


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.pmtiles"
    foreign.write_bytes(b"PNG" * 100)
    cut_off = tmp_path / "cut.pmtiles"
    cut_off.write_bytes(write_file(tmp_path / "whole.pmtiles").read_bytes()[:150])
    empty = tmp_path / "empty.pmtiles"
    empty.write_bytes(b"")
    others = write_file(tmp_path / "others.pmtiles", layers=("transportation",))
    brotli = write_file(tmp_path / "brotli.pmtiles", compression=Compression.BROTLI)
    for path, said in (
        (foreign, "no PMTiles file"),
        (cut_off, "no PMTiles file"),
        (empty, "no PMTiles file"),
        (others, "has the layers transportation"),
        (brotli, "gzip"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(UnusableBackground, match=said) as refusal:
            read_background(str(path), "")
        assert str(path) in str(refusal.value)
