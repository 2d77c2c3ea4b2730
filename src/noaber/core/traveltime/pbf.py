"""Whether a file is a complete `.osm.pbf`: its blocks are walked through, and none of them is unpacked.

The format is a sequence of blocks: four bytes with the length of a header, the header (kind, length of the data), the
data (wiki.openstreetmap.org/wiki/PBF_Format). What a block holds is for osmium to say, when it is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from noaber.core.problems import InvalidInput, Problem

_LONGEST_HEADER: Final = 64 * 1024
_LONGEST_DATA: Final = 32 * 1024 * 1024
"""Both by the definition of the format."""
_VARINT, _BYTES = 0, 2
_KIND, _DATA_SIZE = 1, 3


def check_pbf(path: Path) -> None:
    """Whether the file begins as an extract does, holds data, and ends where a block ends; raises as `kinds_of`."""
    if b"OSMData" not in kinds_of(path):
        raise _cut_off(str(path))


def kinds_of(path: Path) -> frozenset[bytes]:
    """The kinds of blocks of a file that begins as an extract does and ends where a block ends.

    Raises
    ------
    InvalidInput
        Where it is something else, or was cut off.
    OSError
        Where it cannot be read.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        return frozenset(_blocks(file, size, str(path)))


def _blocks(file: BinaryIO, size: int, name: str) -> Iterator[bytes]:
    """The kind of each block."""
    at = 0
    while at < size:
        length = int.from_bytes(file.read(4), "big")
        if at == 0 and not 0 < length <= _LONGEST_HEADER:
            raise _foreign(name)
        header = file.read(length) if length <= _LONGEST_HEADER else b""
        if len(header) < length or at + 4 + length > size:
            raise _cut_off(name) if at else _foreign(name)
        kind, data_size = _read_header(header)
        if (at == 0 and kind != b"OSMHeader") or not 0 <= data_size <= _LONGEST_DATA:
            raise _foreign(name)
        at += 4 + length + data_size
        if at > size:
            raise _cut_off(name)
        yield kind
        file.seek(at)
    if at == 0:
        raise _foreign(name)


def _read_header(header: bytes) -> tuple[bytes, int]:
    """The kind and the length of the data; nothing and -1 where it is no header of a block."""
    kind, data_size, at = b"", -1, 0
    try:
        while at < len(header):
            tag, at = _varint(header, at)
            value, at = _varint(header, at)
            if tag & 7 == _BYTES:
                if tag >> 3 == _KIND:
                    kind = header[at : at + value]
                at += value
            elif tag & 7 != _VARINT:
                return b"", -1
            elif tag >> 3 == _DATA_SIZE:
                data_size = value
    except IndexError:
        return b"", -1
    return kind, data_size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where the next thing begins."""
    number, shift = 0, 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return number, at


def _foreign(name: str) -> InvalidInput:
    return InvalidInput([Problem("network.foreign")], name)


def _cut_off(name: str) -> InvalidInput:
    return InvalidInput([Problem("network.cut-off")], name)
