"""What a campaign counts and keeps: findings, how far it is, and two frozen results held beside each other.

Pure: rows in, counts out. A row is what was asked about one field or record; its finding is what became of it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

SECONDS_EACH: Final = 40
"""What looking at one thing takes someone who knows their own region."""

Row = Mapping[str, Any]
Key = tuple[str, str, str]


class Finding(StrEnum):
    """What someone said of a thing that was asked."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"
    UNKNOWN = "unknown"
    NOT_OURS = "not-ours"


class Difference(StrEnum):
    """How a row stands against another version."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Tally:
    """How many things were asked, and what was found of how many."""

    asked: int = 0
    confirmed: int = 0
    corrected: int = 0
    added: int = 0
    unknown: int = 0
    not_ours: int = 0

    @property
    def done(self) -> int:
        return self.confirmed + self.corrected + self.added + self.unknown + self.not_ours

    @property
    def open(self) -> int:
        return self.asked - self.done

    @property
    def share(self) -> float:
        """From 0 to 1; where nothing is asked, everything is done."""
        return self.done / self.asked if self.asked else 1.0

    @property
    def is_complete(self) -> bool:
        return self.open == 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(mine + theirs for mine, theirs in zip(self._parts(), other._parts(), strict=True)))

    def _parts(self) -> tuple[int, ...]:
        return self.asked, self.confirmed, self.corrected, self.added, self.unknown, self.not_ours


def count_findings(findings: Iterable[Finding | str | None]) -> Tally:
    """The tally of things, each with what was found of it, or None where nobody has looked yet."""
    counts = Counter(Finding(finding) if finding else None for finding in findings)
    return Tally(
        asked=counts.total(),
        confirmed=counts[Finding.CONFIRMED],
        corrected=counts[Finding.CORRECTED],
        added=counts[Finding.ADDED],
        unknown=counts[Finding.UNKNOWN],
        not_ours=counts[Finding.NOT_OURS],
    )


def minutes_for(things: int) -> int:
    """About how many minutes that many things take; rounded up."""
    return math.ceil(things * SECONDS_EACH / 60)


def field_finding(finding: Finding | str | None, field: str, named: Sequence[str]) -> Finding | None:
    """What the finding of a whole record says of one of its fields.

    A correction or an *unknown* names the fields that it is about; the others were looked at and left as they are.
    """
    if not finding:
        return None
    found = Finding(finding)
    if found in (Finding.CORRECTED, Finding.UNKNOWN) and named and field not in named:
        return Finding.CONFIRMED
    return found


def digest_of(data: Any) -> str:
    """The same for the same content, in hexadecimal (SHA-256 over JSON with sorted keys)."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(row: Row) -> Key:
    """By which a row is found again in another version."""
    return row["part"], row["code"], row["field"]


@dataclass(frozen=True)
class RowDifference:
    """One row that is not the same in two versions; `before` or `after` is None where it is missing."""

    difference: Difference
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row itself, as the later version has it where it does."""
        found = self.after if self.after is not None else self.before
        return found if found is not None else {}

    @property
    def names(self) -> list[str]:
        """The names of the values that differ."""
        before = self.before["values"] if self.before else {}
        after = self.after["values"] if self.after else {}
        return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def compare_rows(before: Iterable[Row], after: Iterable[Row]) -> list[RowDifference]:
    """What differs in what the rows say, in the order of the later version, then what is gone.

    Only the values count: who confirmed them and when differs from one campaign to the next.
    """
    earlier = {key_of(row): row for row in before}
    later = {key_of(row): row for row in after}
    found = []
    for key, row in later.items():
        was = earlier.get(key)
        if was is None:
            found.append(RowDifference(Difference.ADDED, None, row))
        elif was["values"] != row["values"]:
            found.append(RowDifference(Difference.CHANGED, was, row))
    found += [RowDifference(Difference.GONE, row, None) for key, row in earlier.items() if key not in later]
    return found
