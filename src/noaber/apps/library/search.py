"""Search: what of everything a reader sees meets a question, counted by facets.

The sharing rule is part of the query: an entry is found where its record is among the rows that the reader's own
pages would show. No title is read before that, and no count holds what the reader may not see.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.library.kinds import Kind, kinds
from noaber.apps.library.matching import Meets
from noaber.apps.library.models import Audience, SearchEntry, SearchTag
from noaber.apps.library.searched import bit_of
from noaber.apps.library.services.search import key_field
from noaber.core.search.question import Question
from noaber.reference.texts import LANGUAGES

MOST_HITS: Final = 25
Row = tuple[str, int, str, str | None, datetime.date | None]
"""An entry: its kind, the number or the text that is the key of its record, the code of the owner, the day."""


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


@dataclass(frozen=True)
class Found:
    """What was found: some of it, and how much of it all."""

    hits: list[Hit]
    counts: Counts


def search(reader: Organisation, wanted: Wanted, *, first: int = 0, most: int = MOST_HITS) -> Found:
    """Some of what is found, as `find` has it, and the facets of all of it: one pass over the entries that match."""
    found = _found(reader, wanted).annotate(in_title=Meets(wanted.question, in_title=True))
    counts, hits = _read_parts(found, first, most)
    return Found(_hits(reader, wanted.status, _rows_of(hits)), counts)


def find(reader: Organisation, wanted: Wanted, *, most: int = MOST_HITS) -> list[Hit]:
    """The first of what is found: what has the words in its title before the rest, of both the newest first."""
    in_title = Meets(wanted.question, in_title=True)
    ordered = _found(reader, wanted).order_by(in_title.desc(), F("on").desc(nulls_last=True), "-pk")
    return _hits(reader, wanted.status, _rows_of(list(ordered.values_list("pk", flat=True)[:most])))


_PARTS: Final = """
WITH found AS MATERIALIZED ({found}),
cells AS MATERIALIZED (
    SELECT kind, owner_id, year, languages, COUNT(*) AS n FROM found GROUP BY kind, owner_id, year, languages
)
SELECT 'kind', kind, NULL, CAST(SUM(n) AS bigint) FROM cells GROUP BY kind
UNION ALL SELECT 'owner', NULL, owner_id, CAST(SUM(n) AS bigint) FROM cells GROUP BY owner_id
UNION ALL SELECT 'year', NULL, year, CAST(SUM(n) AS bigint) FROM cells GROUP BY year
UNION ALL SELECT 'languages', NULL, languages, CAST(SUM(n) AS bigint) FROM cells GROUP BY languages
UNION ALL SELECT 'theme', tag, NULL, COUNT(*) FROM library_searchtag JOIN found ON found.id = entry_id GROUP BY tag
UNION ALL SELECT 'hit', NULL, id, ROW_NUMBER() OVER (ORDER BY in_title DESC, "on" DESC NULLS LAST, id DESC) FROM (
    SELECT id, in_title, "on" FROM found ORDER BY in_title DESC, "on" DESC NULLS LAST, id DESC LIMIT %s OFFSET %s
) AS page
"""
"""What is found is gathered once. A line counts the entries of one value, a text or a number; or it is the key of a
hit with its place."""


def _read_parts(found: QuerySet[SearchEntry], first: int, most: int) -> tuple[Counts, list[int]]:
    """The facets of what is found, and the keys of the page that begins at `first`."""
    columns = ("id", "kind", "owner_id", "year", "languages", "on", "in_title")
    inner, params = found.values(*columns).query.sql_with_params()
    parts: dict[str, dict[Any, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_PARTS.format(found=inner), (*params, most, first))
        for part, text, number, n in cursor.fetchall():
            parts[part][text or number] = n
    return _count(parts), sorted(parts["hit"], key=parts["hit"].__getitem__)


def _count(parts: Mapping[str, Mapping[Any, int]]) -> Counts:
    """The parts as readers know them: owners by their codes, languages one by one, nothing for what has none."""
    codes = dict(Organisation.objects.filter(pk__in=[key for key in parts["owner"] if key]).values_list("pk", "code"))
    return Counts(
        total=sum(parts["kind"].values()),
        kinds=Counter(parts["kind"]),
        organisations=Counter({codes[key]: n for key, n in parts["owner"].items() if key}),
        years=Counter({year: n for year, n in parts["year"].items() if year}),
        languages=_languages(parts["languages"]),
        themes=Counter(parts["theme"]),
    )


def _languages(by_bits: Mapping[int, int]) -> Counter[str]:
    spoken: Counter[str] = Counter()
    for bits, n in by_bits.items():
        spoken.update({language: n for language in LANGUAGES if bits & bit_of(language)})
    return spoken


def _found(reader: Organisation, wanted: Wanted) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.filter(Meets(wanted.question), status__in=("", wanted.status))
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


def _rows_of(keys: list[int]) -> list[Row]:
    """What leads from the entries to their records, in the order of the keys."""
    columns = ("pk", "kind", "record_id", "record_key", "owner__code", "on")
    read = {row[0]: row[1:] for row in SearchEntry.objects.filter(pk__in=keys).values_list(*columns)}
    return [read[key] for key in keys if key in read]


def _hits(reader: Organisation, status: str, rows: list[Row]) -> list[Hit]:
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


def _key(row: Row) -> Any:
    return row[2] or row[1]


def _kind(row: Row) -> str:
    return str(row[0])
