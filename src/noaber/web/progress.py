"""How far a long piece of work is: a small file of the data directory, which every process of the machine reads.

The work tells it, any page reads it. It lies outside the database on purpose: on SQLite the work may hold the only
right to write. A file that nobody has touched for a while says that the work has stopped. The real time counts here,
never an exercise's clock.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from django.conf import settings
from django.db import connections, transaction

logger = logging.getLogger(__name__)

SILENT_FOR: Final = 90.0
"""Seconds after which work that has told nothing counts as stopped."""
_TOLD_EVERY: Final = 0.25
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Step:
    """What the work is at, how much of it is done of how much (0 where that is not known), how long ago it was told."""

    name: str
    done: int
    total: int
    seconds_ago: float

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 0.0


class Progress:
    """The progress of one piece of work, by its name."""

    def __init__(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a piece of work")
        self.path = Path(settings.DATA) / "progress" / f"{name}.json"
        self._told_at = 0.0
        self._step = ""

    def tell(self, step: str, done: int, total: int) -> None:
        """Say how far it is; more often than one can see is not written."""
        if step == self._step and done < total and time.monotonic() - self._told_at < _TOLD_EVERY:
            return
        self._told_at, self._step = time.monotonic(), step
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps([step, done, total]), encoding="ascii")
        beside.replace(self.path)

    def read(self) -> Step | None:
        """How far it is; nothing where no process of this machine does the work."""
        try:
            name, done, total = json.loads(self.path.read_text(encoding="ascii"))
            return Step(name, done, total, time.time() - self.path.stat().st_mtime)
        except (FileNotFoundError, ValueError):
            return None

    def end(self) -> None:
        """Forget it."""
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()


def run_in_background(name: str, work: Callable[[], None]) -> None:
    """Do `work` in a thread of its own once the transaction of the caller is done; what it raises goes to the log."""

    def run() -> None:
        try:
            work()
        except Exception:
            logger.exception("%s failed", name)
        finally:
            connections.close_all()

    transaction.on_commit(Thread(target=run, name=name, daemon=True).start)
