"""Search: what of everything a reader sees meets a question, counted by facets.

The sharing rule is part of the query: an entry is found where its record is among the rows that the reader's own
pages would show. No title is read before that, and no count holds what the reader may not see.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.kinds import Kind, kinds
from noaber.apps.library.matching import matching
from noaber.apps.library.models import Audience, SearchEntry, SearchTag
from noaber.apps.library.searched import bit_of
from noaber.apps.library.services.search import key_field
from noaber.core.search.question import Question
from noaber.reference.texts import LANGUAGES

MOST_HITS: Final = 25


@dataclass(frozen=True)
class Wanted:
    """What is looked for. An empty facet asks for everything.

    Parameters
    ----------
    status
        Of records that are Actual, Exercise or Test, those of this status.
    kind, organisation, language, year, theme
        A kind's code, an organisation's code, "fr", "2021", "hazard:flood".
    """

    question: Question
    status: str
    kind: str = ""
    organisation: str = ""
    language: str = ""
    year: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    kind: Kind
    record: Any
    owner: str
    on: datetime.date | None

    @property
    def title(self) -> str:
        return self.kind.title(self.record)

    @property
    def url(self) -> str:
        return str(self.record.get_absolute_url())


@dataclass(frozen=True)
class Counts:
    """How many of what was found, by each value of each facet."""

    total: int
    kinds: Counter[str]
    organisations: Counter[str]
    years: Counter[int]
    languages: Counter[str]
    themes: Counter[str]


def count(reader: Organisation, wanted: Wanted) -> Counts:
    """The facets of what is found: one pass over the entries, one over their hazards and themes."""
    found = _found(reader, wanted).order_by()
    by_cell = found.values_list("kind", "owner__code", "year", "languages")
    cells = list(by_cell.annotate(n=Count("pk")))
    themes = SearchTag.objects.filter(entry__in=found.values("pk")).values_list("tag")
    return Counts(
        total=sum(n for *_cell, n in cells),
        kinds=_sum((kind, n) for kind, _owner, _year, _bits, n in cells),
        organisations=_sum((owner, n) for _kind, owner, _year, _bits, n in cells if owner),
        years=_sum((year, n) for _kind, _owner, year, _bits, n in cells if year),
        languages=_sum((language, n) for *_cell, bits, n in cells for language in LANGUAGES if bits & bit_of(language)),
        themes=Counter(dict(themes.annotate(n=Count("pk")))),
    )


def find(reader: Organisation, wanted: Wanted, *, first: int = 0, most: int = MOST_HITS) -> list[Hit]:
    """Some of what is found: first what has the words in its title, of those the newest first."""
    in_title = Case(
        When(pk__in=matching(wanted.question, in_title=True), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    ranked = _found(reader, wanted).annotate(in_title=in_title)
    rows = ranked.order_by("-in_title", F("on").desc(nulls_last=True), "-pk").values_list(
        "kind", "record_id", "record_key", "owner__code", "on"
    )[first : first + most]
    return _hits(reader, wanted.status, list(rows))


def _sum(pairs: Iterator[tuple[Any, int]]) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for value, n in pairs:
        total[value] += n
    return total


def _found(reader: Organisation, wanted: Wanted) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.filter(pk__in=matching(wanted.question), status__in=("", wanted.status))
    if wanted.kind:
        entries = entries.filter(kind=wanted.kind)
    if wanted.organisation:
        entries = entries.filter(owner__code=wanted.organisation)
    if wanted.year:
        entries = entries.filter(year=int(wanted.year))
    if wanted.language:
        bit = bit_of(wanted.language)
        entries = entries.annotate(speaks=F("languages").bitand(bit)).filter(speaks=bit)
    if wanted.theme:
        entries = entries.filter(pk__in=SearchTag.objects.filter(tag=wanted.theme).values("entry"))
    return entries.filter(_seen_by(reader, wanted))


def _seen_by(reader: Organisation, wanted: Wanted) -> Q:
    """What the reader sees: by its audience where the label decides, else by the rows of the kind itself."""
    asked = [kind for kind in kinds() if kind.searched is not None and wanted.kind in ("", kind.code)]
    by_label = [kind.code for kind in asked if kind.is_by_label]
    audiences = Audience.objects.visible_to(reader).values("pk")
    seen = Q(kind__in=by_label, audience__in=audiences)
    for kind in asked:
        if not kind.is_by_label:
            rows = kind.rows(reader, wanted.status).order_by().values("pk")
            seen |= Q(kind=kind.code, **{f"{key_field(kind)}__in": rows})
    return seen


def _hits(reader: Organisation, status: str, rows: list[tuple[Any, ...]]) -> list[Hit]:
    """The records of the entries, read once for each kind through the sharing rule, in the order of the entries."""
    known = {kind.code: kind for kind in kinds()}
    records: dict[tuple[str, Any], Any] = {}
    for code, same in groupby(sorted(rows, key=_kind), key=_kind):
        kind = known[code]
        keys = [_key(row) for row in same]
        seen = kind.rows(reader, status).filter(pk__in=keys).prefetch_related(*kind.related)
        records |= {(code, record.pk): record for record in seen}
    return [
        Hit(known[row[0]], records[row[0], _key(row)], row[3] or "", row[4])
        for row in rows
        if (row[0], _key(row)) in records
    ]


def _key(row: tuple[Any, ...]) -> Any:
    return row[2] or row[1]


def _kind(row: tuple[Any, ...]) -> str:
    return str(row[0])
