"""The road network that is installed here: opened at the first question, again after it was built anew.

What compiles kernels (`core.traveltime`) is imported only where there is a network: a site without one starts as
quickly as ever.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from django.conf import settings

from noaber.core.problems import InvalidInput, Problem
from noaber.core.traveltime.folder import MANIFEST

if TYPE_CHECKING:
    from noaber.core.traveltime.network import RoadNetwork

logger = logging.getLogger(__name__)

_lock: Final = Lock()


@dataclass
class _Opened:
    """What was found the last time; `stamp` says of which writing."""

    stamp: tuple[str, int, int] | None = None
    network: RoadNetwork | None = None
    problem: Problem | None = None


_opened: Final = _Opened()


def find_network() -> RoadNetwork | None:
    """The installed network; None where there is none, or where it cannot be used, which the log then says once."""
    folder = Path(settings.NOABER_NETWORK)
    with _lock:
        stamp = _stamp(folder)
        while stamp != _opened.stamp:
            _opened.network, _opened.problem = _open(folder) if stamp else (None, None)
            _opened.stamp, stamp = stamp, _stamp(folder)  # one that was put in place meanwhile is opened in its turn
        return _opened.network


def why_not_used() -> Problem | None:
    """What is wrong with the network that lies here; None where it is used, or none is there."""
    return _opened.problem if find_network() is None else None


def _stamp(folder: Path) -> tuple[str, int, int] | None:
    """Tells one writing of the network from the next; None where there is none."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return None
    return str(folder), found.st_ino, found.st_mtime_ns


def _open(folder: Path) -> tuple[RoadNetwork | None, Problem | None]:
    from noaber.core.traveltime.storage import open_network  # compiles kernels

    try:
        return open_network(folder), None
    except InvalidInput as error:
        logger.warning("Minutes are estimated, for the road network cannot be used: %s", error)
        return None, error.problems[0]
