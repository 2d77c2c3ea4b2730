"""What the mapping lacks: counts with the worst by name, the mapping's own, over what giver and receiver both see.

A count is handed on with what it was made from (`core.presidency.dossier`), so that nobody is told of a text, a contact
point or a capacity that they do not see.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from noaber.apps.accounts.labels import strictest
from noaber.apps.mapping.neighbours import Between, district_sides, pairs_between
from noaber.apps.presidency.gather.asked import Asked
from noaber.apps.registry.contact_state import Freshness
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import agreement_of, freshness_of
from noaber.apps.registry.queries.contact_gaps import gaps_among
from noaber.core.agreements import Agreement, unknown_fields
from noaber.core.agreements.gaps import PairGaps, find_gaps
from noaber.core.presidency.dossier import End, Line, Section, Topic
from noaber.reference.vocabulary import load_capabilities, load_hazards

WORST: Final = 3
"""So many of a count are named."""
_TOPICS: Final = {
    Topic.COUNTRIES: Between.COUNTRIES,
    Topic.REGIONS: Between.REGIONS,
    Topic.DISTRICTS: Between.DISTRICTS,
}


def gap_lines(asked: Asked) -> Iterator[Line]:
    """A line for each thing of which something is lacking."""
    rows = list(asked.pair.rows("agreement").defer("data").order_by("code"))
    texts = {row.pk: agreement_of(row) for row in rows}
    for topic, between in _TOPICS.items():
        gaps = _find(between, tuple(texts.values()), asked.on)
        yield from _neighbours(asked, topic, gaps, rows)
    yield from _unknowns(asked, rows, texts)
    yield from _functions(asked)
    yield from _certificates(asked)
    yield from _ending(asked, rows, texts)


@lru_cache(maxsize=16)
def _find(between: Between, texts: tuple[Agreement, ...], on: datetime.date) -> tuple[PairGaps, ...]:
    """Every help at every hazard, as the list of the gaps asks it; kept, since a draft is gathered at each look."""
    capabilities, hazards = tuple(load_capabilities()), tuple(load_hazards())
    return find_gaps(
        pairs_between(between),
        texts,
        capabilities=capabilities,
        hazards=hazards,
        on=on,
        organisations=district_sides(),
    )


def _neighbours(asked: Asked, topic: Topic, gaps: Sequence[PairGaps], rows: Sequence[Any]) -> Iterator[Line]:
    """How many pairs lack a text for something, and of how many it is unknown; those that lack most are the ends."""
    missing = sorted((gap for gap in gaps if gap.missing), key=lambda gap: -gap.missing_count)
    unknown = sum(1 for gap in gaps if gap.unknown and not gap.missing)
    if missing or unknown:
        ends = (
            End("pair", 0, f"{gap.pair.one} {gap.pair.other}", f"{gap.missing_count}/{gap.asked}")
            for gap in missing[:WORST]
        )
        state = f"{len(missing)}/{unknown}/{len(gaps)}"
        yield _line(asked, topic, rows, state=state, ends=ends, made_from={"agreement": _keys(rows)})


def _unknowns(asked: Asked, rows: Sequence[Any], texts: dict[int, Agreement]) -> Iterator[Line]:
    """Every text with facts that nobody has established, those with most first."""
    counted = [(len(unknown_fields(texts[row.pk])), row) for row in rows]
    open_ones = sorted((found for found in counted if found[0]), key=lambda found: -found[0])
    if open_ones:
        ends = (End("agreement", row.pk, row.code, str(count)) for count, row in open_ones)
        yield _line(asked, Topic.UNKNOWNS, [row for _count, row in open_ones], ends=ends)


def _functions(asked: Asked) -> Iterator[Line]:
    """How many functions of the organisations have no contact point to rely on; those that lack most are the ends."""
    contacts = list(asked.pair.rows("contact"))
    rows = gaps_among(contacts, on=asked.on)
    lacking = sorted((row for row in rows if row.gaps), key=lambda row: -row.gaps)
    if lacking:
        ends = (End("function", 0, row.organisation.code, f"{row.gaps}/{len(row.cells)}") for row in lacking[:WORST])
        state = f"{sum(row.gaps for row in rows)}/{sum(len(row.cells) for row in rows)}"
        made_from = {"contact": _keys(one for one in contacts if _counts(one, asked.on))}
        yield _line(asked, Topic.FUNCTIONS, contacts, state=state, ends=ends, made_from=made_from)


def _counts(contact: ContactPoint, on: datetime.date) -> bool:
    """Whether the count would be another one without it; one that nobody verified lacks as much as none at all."""
    is_reliable = freshness_of(contact, on) in (Freshness.FRESH, Freshness.SOON)
    return is_reliable or not contact.organisation.connected


def _certificates(asked: Asked) -> Iterator[Line]:
    """Every capacity of which a certificate runs out by the end of the next presidency, the earliest first."""
    rows = asked.pair.rows("capacity").filter(certified_until__lte=asked.until).order_by("certified_until", "pk")
    found = list(rows)
    if found:
        ends = (
            End("capacity", row.pk, f"{row.name}, {row.owner.code}", row.certified_until.isoformat()) for row in found
        )
        yield _line(asked, Topic.CERTIFICATES, found, ends=ends)


def _ending(asked: Asked, rows: Sequence[Any], texts: dict[int, Agreement]) -> Iterator[Line]:
    """Every agreement of which it is known that it ends by then, the earliest first."""
    days = {row.pk: texts[row.pk].valid_until for row in rows}
    known = [(day, row) for row in rows if isinstance(day := days[row.pk], datetime.date)]
    found = sorted(((day, row) for day, row in known if asked.on <= day <= asked.until), key=lambda end: end[0])
    if found:
        ends = (End("agreement", row.pk, row.code, day.isoformat()) for day, row in found)
        yield _line(asked, Topic.ENDING, [row for _day, row in found], ends=ends)


def _line(
    asked: Asked,
    topic: Topic,
    rows: Iterable[Any],
    *,
    ends: Iterable[End],
    state: str = "",
    made_from: dict[str, tuple[int, ...]] | None = None,
) -> Line:
    """A count over `rows`, as strictly labelled as the strictest of them."""
    return Line(
        section=Section.GAPS,
        kind=topic,
        key=0,
        tlp=strictest(*(row.tlp for row in rows)),
        texts={},
        on=asked.on.isoformat(),
        state=state,
        ends=tuple(ends),
        made_from=made_from or {},
    )


def _keys(rows: Iterable[Any]) -> tuple[int, ...]:
    return tuple(sorted(row.pk for row in rows))
