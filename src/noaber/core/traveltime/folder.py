"""The folder of a network as a whole: may one be written there, and putting a new one in its place. Opens none."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

from noaber.core.problems import InvalidInput, Problem

MANIFEST: Final = "network.json"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
"""Both from the headers of Linux; see renameat2(2)."""


def check_folder(folder: Path) -> None:
    """Whether a network may be written to `folder`: it is new, empty, or holds an older network.

    Raises
    ------
    InvalidInput
        Where it holds anything else, or is a file.
    """
    if folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir())):
        return
    if folder.exists():
        raise InvalidInput([Problem("network.folder-taken")], str(folder))


def put_in_place(new: Path, place: Path) -> None:
    """Put a folder in the place of another, on the same disk; what was there lies where `new` lay, or is gone.

    Where the system can, the two are exchanged in one step: no reader ever finds nothing.
    """
    if not place.exists():
        new.rename(place)
        return
    if _exchange(new, place):
        return
    aside = new.with_name(f"{new.name}.old")
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two files or folders change their names; False, and nothing done, where that cannot be had in one step."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
