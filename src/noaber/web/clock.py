"""What time it is on this node: the real time, or in an exercise the time that the exercise has reached.

An exercise that replays an evening of 2021 runs at the speed of the day but shows, sends and records its own time. For
its readers nothing has happened yet that is dated later: `has_come` says so to whoever shows a date. Its clock is a
file of the data directory, which every process of the node reads: it says what the clock showed at which real time, or
that it stands still. A clock is only ever put forward. A node whose status is Actual has none, so nothing Actual can
carry another time than the real one.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from noaber.core.problems import NotAllowed

_held: ContextVar[datetime.datetime | None] = ContextVar("the moment of what is done now", default=None)


@dataclass(frozen=True)
class ExerciseClock:
    """A clock that showed `shows` at the real time `at` and has run since; without `at` it stands still."""

    shows: datetime.datetime
    at: datetime.datetime | None

    def reads(self, real: datetime.datetime) -> datetime.datetime:
        return self.shows if self.at is None else self.shows + (real - self.at)


def now() -> datetime.datetime:
    """The node's time: aware, UTC."""
    return find_exercise_time() or timezone.now()


def find_exercise_time() -> datetime.datetime | None:
    """The time that the exercise has reached; None on a node that runs in real time."""
    moment = _held.get()
    if moment is not None:
        return moment
    clock = find_clock(settings.NOABER_CLOCK)
    return clock.reads(timezone.now()) if clock else None


def has_come(dated: datetime.date) -> bool:
    """Whether the exercise has reached a day or a moment; in real time there is nothing to reach, and all is shown."""
    reached = find_exercise_time()
    if reached is None:
        return True
    if isinstance(dated, datetime.datetime):
        return dated <= reached
    return dated <= timezone.localtime(reached).date()


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Take everything inside as done at `moment`: how an exercise is told that ran before it was opened.

    Raises
    ------
    NotAllowed
        On a node whose status is Actual.
    """
    if settings.NOABER_STATUS == "Actual":
        raise NotAllowed("clock.actual")
    token = _held.set(moment.astimezone(datetime.UTC))
    try:
        yield
    finally:
        _held.reset(token)


def is_set() -> bool:
    """Whether the node has an exercise's clock."""
    return find_clock(settings.NOABER_CLOCK) is not None


def start(moment: datetime.datetime) -> None:
    """Let the exercise's clock show `moment` now, and run."""
    _write(ExerciseClock(moment.astimezone(datetime.UTC), timezone.now()))


def advance_to(moment: datetime.datetime) -> None:
    """Put the exercise's clock forward to `moment`; never back. One that stands still goes on standing there."""
    clock = find_clock(settings.NOABER_CLOCK)
    if moment > now():
        stands = clock is not None and clock.at is None
        _write(ExerciseClock(moment.astimezone(datetime.UTC), None if stands else timezone.now()))


def hold() -> None:
    """Stop the exercise's clock where it stands."""
    if is_set():
        _write(ExerciseClock(now(), None))


def resume() -> None:
    """Let an exercise's clock that stands still run on from there."""
    clock = find_clock(settings.NOABER_CLOCK)
    if clock is not None and clock.at is None:
        start(clock.shows)


def find_clock(path: Path | None) -> ExerciseClock | None:
    """The exercise's clock; None where the node has none.

    Raises
    ------
    ValueError
        Where the file is no such clock.
    """
    if path is None:
        return None
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, _modified_ns: int, _file: int) -> ExerciseClock:
    try:
        stored = json.loads(path.read_text(encoding="ascii"))
        clock = ExerciseClock(_aware(stored["shows"]), _aware(stored["at"]) if stored["at"] else None)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no clock of an exercise: {error}") from error
    return clock


def _aware(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"“{text}” has no time zone")
    return moment.astimezone(datetime.UTC)


def _write(clock: ExerciseClock) -> None:
    """Replace the file as a whole: a reader, or a killed process, finds the old clock or the new one."""
    path: Path | None = settings.NOABER_CLOCK
    if path is None:
        raise NotAllowed("clock.actual")
    content = {"shows": clock.shows.isoformat(), "at": clock.at.isoformat() if clock.at else None}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    with beside.open("w", encoding="ascii") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
