"""Reads of the library's pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.kinds import Kind, find_kind
from noaber.core.problems import NotFound

_MOST_READ: Final = 3000
_MOST_FOUND: Final = 20


@dataclass(frozen=True)
class FoundRecord:
    """A record that a link may lead to."""

    kind: Kind
    record: Any

    @property
    def title(self) -> str:
        return self.kind.title(self.record)


def get_record(reader: Organisation, code: str, pk: int) -> Any:
    """The record of a kind, or `NotFound`."""
    kind = find_kind(code)
    record = kind.visible(reader).filter(pk=pk).first() if kind else None
    if record is None:
        raise NotFound
    return record


def find_records(reader: Organisation, kind: Kind, text: str) -> list[FoundRecord]:
    """Of what the reader sees, the newest whose title contains every word; titles are made for the reader, so read.

    Of a kind with many rows only the newest thousands are looked at.
    """
    words = text.casefold().split()
    newest = kind.visible(reader).order_by("-pk")[:_MOST_READ]
    found = (record for record in newest if _has(kind.title(record), words))
    return [FoundRecord(kind, record) for record in islice(found, _MOST_FOUND)]


def _has(title: str, words: list[str]) -> bool:
    folded = title.casefold()
    return all(word in folded for word in words)
