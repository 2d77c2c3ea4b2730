"""The lines of a handover dossier as they are frozen and compared: codes, texts with their language, days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

Seen = Mapping[str, Collection[int]]
"""By kind, the keys of the records that a reader may see."""


class Section(StrEnum):
    """In the order in which they are read."""

    DONE = "done"
    DECISIONS = "decisions"
    ACTIONS = "actions"
    RECOMMENDATIONS = "recommendations"
    PLANS = "plans"
    CONSULTATIONS = "consultations"
    MEETINGS = "meetings"
    EVENTS = "events"
    RISKS = "risks"
    GAPS = "gaps"
    CAMPAIGNS = "campaigns"
    EXCHANGES = "exchanges"
    CONTACTS = "contacts"


class Topic(StrEnum):
    """What a line of the gaps counts, in the order in which they are read."""

    COUNTRIES = "countries"
    """Neighbouring countries with a help at a hazard that no text below the Union mechanism covers."""
    REGIONS = "regions"
    """The same for regions at a border."""
    DISTRICTS = "districts"
    """The same for the provinces, zones, safety regions and districts along a border."""
    UNKNOWNS = "unknowns"
    """Facts of agreements that nobody has established."""
    FUNCTIONS = "functions"
    """Functions of organisations for which no contact point is verified."""
    CERTIFICATES = "certificates"
    """Capacities of which a certificate runs out by the end of the next presidency."""
    ENDING = "ending"
    """Agreements that end by then."""


@dataclass(frozen=True)
class End:
    """Another record that a line tells of: an action of a plan, with how it stands."""

    kind: str
    key: int
    label: str
    state: str = ""


@dataclass(frozen=True)
class Line:
    """One record in a section, or one count of the gaps.

    A count is of no record: its `kind` is a `Topic`, its `key` 0. Where `made_from` names the records that it was made
    from, it is told whole to whoever sees them all, and to nobody else. Without, it is the sum of its ends: each reader
    is told the sum of those that they see.

    Parameters
    ----------
    texts
        What it is called, by language; "" where the language is not known.
    who
        The code of the organisation that does, leads or hosts it.
    on
        Its day, ISO 8601; empty where it has none.
    more, more_language
        Evidence, place or field: a second text.
    phone
        The number to ring, of a contact point.
    ends
        Other records that it tells of; a reader is told only of those that they see.
    made_from
        By kind, the keys of the records that a count was made from.
    """

    section: Section
    kind: str
    key: int
    tlp: str
    texts: Mapping[str, str]
    number: str = ""
    who: str = ""
    on: str = ""
    state: str = ""
    more: str = ""
    more_language: str = ""
    phone: str = ""
    ends: tuple[End, ...] = ()
    made_from: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def place(self) -> tuple[Section, str, int]:
        return self.section, self.kind, self.key


def encode(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """As JSON holds them."""
    return [asdict(line) for line in lines]


def decode(stored: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines that `encode` wrote."""
    return [_decode(row) for row in stored]


def _decode(row: Mapping[str, Any]) -> Line:
    made_from = {kind: tuple(keys) for kind, keys in row.get("made_from", {}).items()}
    read = {"section": Section(row["section"]), "ends": tuple(End(**end) for end in row["ends"])}
    return Line(**{**row, **read, "made_from": made_from})


def digest_of(content: Any) -> str:
    """SHA-256 of a content, the same wherever and whenever it is counted."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def share_of(lines: Iterable[Line], seen: Seen) -> list[Line]:
    """What a reader gets of them: the lines whose record they see, each with the ends that they see, and counts."""
    found = (_share(line, seen) for line in lines)
    return [line for line in found if line is not None]


def _share(line: Line, seen: Seen) -> Line | None:
    if line.made_from:
        is_whole = all(key in seen.get(kind, ()) for kind, keys in line.made_from.items() for key in keys)
        return line if is_whole else None
    ends = tuple(end for end in line.ends if end.key in seen.get(end.kind, ()))
    is_seen = bool(ends) if line.section is Section.GAPS else line.key in seen.get(line.kind, ())
    return replace(line, ends=ends) if is_seen else None


def left_out(every: Iterable[Line], shared: Iterable[Line]) -> dict[Section, int]:
    """How many lines of each section are not shared; sections without any are not named."""
    kept = {line.place for line in shared}
    counts: dict[Section, int] = {}
    for line in every:
        if line.place not in kept:
            counts[line.section] = counts.get(line.section, 0) + 1
    return counts


@dataclass(frozen=True)
class Comparison:
    """What changed between two dossiers, by what the line is about."""

    new: list[Line]
    gone: list[Line]
    changed: list[tuple[Line, Line]]
    same: int


def compare(before: Iterable[Line], after: Iterable[Line]) -> Comparison:
    """Records that came, went, and changed their state, day or doer."""
    old = {line.place: line for line in before}
    new = {line.place: line for line in after}
    both = [(old[place], line) for place, line in new.items() if place in old]
    changed = [(was, now) for was, now in both if _told(was) != _told(now)]
    return Comparison(
        new=[line for place, line in new.items() if place not in old],
        gone=[line for place, line in old.items() if place not in new],
        changed=changed,
        same=len(both) - len(changed),
    )


def _told(line: Line) -> tuple[Any, ...]:
    """What is compared; of a count not its day, which is the dossier's own."""
    on = "" if line.section is Section.GAPS else line.on
    return line.who, on, line.state, line.phone, line.ends
