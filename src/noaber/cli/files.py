"""Files that commands read and write: whole, and never half."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from noaber.core.problems import InvalidInput

T = TypeVar("T")


def read_input(path: Path, decode: Callable[[bytes], T]) -> T:
    """What a file says; the file is named in what is raised.

    Raises
    ------
    InvalidInput
        With the file as its source.
    """
    try:
        return decode(path.read_bytes())
    except InvalidInput as error:
        raise InvalidInput(error.problems, str(path)) from error


def write_output(path: Path | None, data: bytes) -> None:
    """Write to a file at once, so that nobody ever reads half of it; or to standard output.

    What is no regular file (a pipe, a terminal) is written to as it is.
    """
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    try:
        _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
