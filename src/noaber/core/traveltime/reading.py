"""How much of a file that another library reads was read so far."""

from __future__ import annotations

import os
from pathlib import Path


def read_so_far(path: Path, *, is_begun: bool = False) -> float:
    """From 0 to 1: where this process stands in the file that it has open; 0 where the system does not say (not Linux).

    osmium reads some blocks ahead of what it gives, so this runs a little ahead too. A small file is read and closed
    before its first object is given: one that `is_begun` and not open was read to its end.
    """
    try:
        real, size = os.path.realpath(path), path.stat().st_size
        descriptors = os.listdir("/proc/self/fd")
    except OSError:
        return 0.0
    places = (_place(descriptor, real) for descriptor in descriptors)
    place = next((place for place in places if place is not None), size if is_begun else 0)
    return min(1.0, place / size) if size else 0.0


def _place(descriptor: str, real: str) -> int | None:
    """Where a descriptor stands in the file; None for one of another file, and for one that was closed meanwhile."""
    try:
        if os.readlink(f"/proc/self/fd/{descriptor}") != real:
            return None
        told = Path(f"/proc/self/fdinfo/{descriptor}").read_text(encoding="ascii")
    except OSError:
        return None
    return int(told.split("\n", 1)[0].removeprefix("pos:"))
