"""Rows that are written many at once send no signals of Django's: whoever writes them says so here.

`written` is sent in the transaction of the write, with the model as `sender` and the keys of its rows. What follows a
write, such as the entry of a record in the search index, may wait until all of it is done: `written_once`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db import models
from django.dispatch import Signal

written: Final = Signal()

Follow = Callable[[list[Any]], object]
_waiting: Final[ContextVar[dict[str, tuple[Follow, set[Any]]] | None]] = ContextVar("waiting", default=None)
"""Within `written_once`: what is to follow, by its name, and the keys of the rows for which it waits."""


def tell_written(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Say that rows of `model` were added or changed."""
    written.send(sender=model, keys=list(keys))


@contextmanager
def written_once() -> Iterator[None]:
    """Let what follows a write wait until the end, and happen once for each row, however often that is written.

    For what writes the same rows several times over and does not read in between what follows. Where it fails, nothing
    follows. One inside another waits for the end of the outer one.
    """
    if is_waiting():
        yield
        return
    waiting: dict[str, tuple[Follow, set[Any]]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for follow, keys in waiting.values():
        follow(sorted(keys))


def follow_written(name: str, follow: Follow, keys: Iterable[Any]) -> None:
    """Do what follows a write for the rows with these keys: at once, or at the end of `written_once`."""
    waiting = _waiting.get()
    if waiting is None:
        follow(list(keys))
    else:
        waiting.setdefault(name, (follow, set()))[1].update(keys)


def is_waiting() -> bool:
    """Whether what follows a write waits."""
    return _waiting.get() is not None
