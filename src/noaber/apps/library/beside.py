"""What search finds beside records: places of the gazetteer, for one. Each app adds its own, in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from noaber.apps.accounts.acting import Acting


@dataclass(frozen=True)
class Beside:
    """One thing that was found. `url` is empty where it has no page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Aside:
    """Things of one sort."""

    label: str | Promise
    found: list[Beside]


Finder = Callable[[Acting, str], list[Beside]]
_finders: Final[list[tuple[str | Promise, Finder]]] = []


def add_finder(label: str | Promise, find: Finder) -> None:
    """Let search show what `find` finds for the one who acts, under `label`."""
    _finders.append((label, find))


def find_beside(acting: Acting, text: str) -> Iterator[Aside]:
    """What was found of each sort, without those of which there is nothing."""
    for label, find in _finders:
        if found := find(acting, text):
            yield Aside(label, found)
