"""What the names of the story became: requests, lines, offers and incidents get their real ids when they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from noaber.apps.demo.models import PlayedStep

Made = dict[str, dict[str, str]]
"""By kind (`case`, `draft`, `request`, `line`, `offer`), the story's names and what they became."""


@dataclass
class Book:
    """The names so far, which steps are behind, and how late the story runs."""

    names: Made = field(default_factory=dict)
    behind: set[str] = field(default_factory=set)
    late: timedelta = timedelta(0)

    @classmethod
    def read(cls) -> Self:
        book = cls()
        for row in PlayedStep.objects.all():
            book.behind.add(row.step)
            book.late = max(book.late, row.at - row.story_at)
            book.add(row.made)
        return book

    def add(self, made: Mapping[str, Mapping[str, str]]) -> None:
        for kind, names in made.items():
            self.names.setdefault(kind, {}).update(names)

    def find(self, kind: str, name: str) -> str | None:
        return self.names.get(kind, {}).get(name)

    def get(self, kind: str, name: str) -> str:
        return self.names[kind][name]

    def ids(self, kind: str) -> Iterable[str]:
        return self.names.get(kind, {}).values()
