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
from noaber.apps.library.coded_words import bit_of
from noaber.apps.library.matching import Meets, gather
from noaber.apps.library.models import Audience, SearchEntry, Shelf, ShelfTag
from noaber.apps.library.services.audiences import audience_digests
from noaber.apps.library.services.search import key_field
from noaber.apps.records.kinds import Kind, kinds
from noaber.core.search.question import Question
from noaber.reference.texts import LANGUAGES

MOST_HITS: Final = 25
Row = tuple[str, int, str, str | None, str | None, datetime.date | None]
"""An entry: its kind, the number or the text that is the key of its record, the digest of its audience, the code of
the owner, the day."""


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
    counts, hits = _read_parts(_seen(reader, wanted), wanted.question, first, most)
    return Found(_hits(reader, wanted.status, _rows_of(hits)), counts)


def find(reader: Organisation, wanted: Wanted, *, most: int = MOST_HITS) -> list[Hit]:
    """The first of what is found: what has the words in its title before the rest, of both the newest first."""
    in_title = Meets(wanted.question, in_title=True)
    found = _seen(reader, wanted).filter(Meets(wanted.question))
    ordered = found.order_by(in_title.desc(), F("on").desc(nulls_last=True), "-pk")
    return _hits(reader, wanted.status, _rows_of(list(ordered.values_list("pk", flat=True)[:most])))


_PARTS: Final = """
WITH found AS MATERIALIZED ({found}),
cells AS MATERIALIZED (
    SELECT shelf.id, kind, owner_id, year, languages, n FROM library_shelf AS shelf
    JOIN (SELECT shelf_id, COUNT(*) AS n FROM found GROUP BY shelf_id) AS counted ON counted.shelf_id = shelf.id
)
SELECT 'kind', kind, NULL, CAST(SUM(n) AS bigint) FROM cells GROUP BY kind
UNION ALL SELECT 'owner', NULL, owner_id, CAST(SUM(n) AS bigint) FROM cells GROUP BY owner_id
UNION ALL SELECT 'year', NULL, year, CAST(SUM(n) AS bigint) FROM cells GROUP BY year
UNION ALL SELECT 'languages', NULL, languages, CAST(SUM(n) AS bigint) FROM cells GROUP BY languages
UNION ALL SELECT 'theme', tag, NULL, CAST(SUM(n) AS bigint)
    FROM cells JOIN library_shelftag ON shelf_id = cells.id GROUP BY tag
UNION ALL SELECT 'hit', NULL, id, ROW_NUMBER() OVER (ORDER BY in_title DESC, "on" DESC NULLS LAST, id DESC) FROM (
    SELECT id, in_title, "on" FROM found ORDER BY in_title DESC, "on" DESC NULLS LAST, id DESC LIMIT %s OFFSET %s
) AS page
"""
"""What is found is gathered once, and counted by shelves, which are then counted by their facets. A line counts the
entries of one value, a text or a number; or it is the key of a hit with its place."""


def _read_parts(entries: QuerySet[SearchEntry], question: Question, first: int, most: int) -> tuple[Counts, list[int]]:
    """The facets of the entries that meet a question, and the keys of the page that begins at `first`."""
    told = entries.annotate(in_title=Meets(question, in_title=True))
    found, params = gather(connection, told, question, ("id", "shelf_id", "on", "in_title"))
    parts: dict[str, dict[Any, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_PARTS.format(found=found), (*params, most, first))
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


def _seen(reader: Organisation, wanted: Wanted) -> QuerySet[SearchEntry]:
    """What the reader sees of what stands where it is wanted."""
    return SearchEntry.objects.filter(_seen_by(reader, wanted), shelf__in=_shelves(wanted).values("pk"))


def _shelves(wanted: Wanted) -> QuerySet[Shelf]:
    """Where the facets that are asked for stand."""
    shelves = Shelf.objects.filter(status__in=("", wanted.status))
    if wanted.kind:
        shelves = shelves.filter(kind=wanted.kind)
    if wanted.organisation:
        shelves = shelves.filter(owner__code=wanted.organisation)
    if wanted.year:
        shelves = shelves.filter(year=int(wanted.year))
    if wanted.language:
        bit = bit_of(wanted.language)
        shelves = shelves.annotate(speaks=F("languages").bitand(bit)).filter(speaks=bit)
    if wanted.theme:
        shelves = shelves.filter(pk__in=ShelfTag.objects.filter(tag=wanted.theme).values("shelf"))
    return shelves


def _seen_by(reader: Organisation, wanted: Wanted) -> Q:
    """What the reader sees: by its audience where the label decides, else by the rows of the kind itself."""
    seen = Q(audience__in=Audience.objects.visible_to(reader).values("pk"))
    asked = Q(pk__in=())
    for kind in kinds():
        if kind.searched is not None and not kind.is_by_label and wanted.kind in ("", kind.code):
            rows = kind.rows(reader, wanted.status).order_by().values("pk")
            asked |= Q(kind=kind.code, **{f"{key_field(kind)}__in": rows})
    return seen | Q(asked, audience=None)


def _rows_of(keys: list[int]) -> list[Row]:
    """What leads from the entries to their records, in the order of the keys."""
    columns = ("pk", "kind", "record_id", "record_key", "audience__digest", "shelf__owner__code", "on")
    read = {row[0]: row[1:] for row in SearchEntry.objects.filter(pk__in=keys).values_list(*columns)}
    return [read[key] for key in keys if key in read]


def _hits(reader: Organisation, status: str, rows: list[Row]) -> list[Hit]:
    """The records of the entries, in the order of the entries; what the reader may not see any more is left out."""
    known = {kind.code: kind for kind in kinds()}
    records: dict[tuple[str, Any], Any] = {}
    for code, same in groupby(sorted(rows, key=_kind), key=_kind):
        kind = known[code]
        digests = {_key(row): row[3] for row in same}
        read = _still_seen if kind.is_by_label else _seen_rows
        records |= {(code, record.pk): record for record in read(kind, reader, status, digests)}
    return [
        Hit(known[row[0]], records[row[0], _key(row)], row[4] or "", row[5])
        for row in rows
        if (row[0], _key(row)) in records
    ]


def _seen_rows(kind: Kind, reader: Organisation, status: str, digests: Mapping[Any, str | None]) -> list[Any]:
    return list(kind.rows(reader, status).filter(pk__in=list(digests)).prefetch_related(*kind.related))


def _still_seen(kind: Kind, _reader: Organisation, status: str, digests: Mapping[Any, str | None]) -> list[Any]:
    """The records that still are what the index has them for: found for this status, and by the same audience.

    The rule was asked of the audience; to ask it of few records takes as long as of all, for each kind again.
    """
    rows: list[Any] = list(kind.model._base_manager.filter(pk__in=list(digests)).prefetch_related(*kind.related))
    now = audience_digests(rows)
    return [row for row in rows if now[row.pk] == digests[row.pk] and _is_found(kind, row, status)]


def _is_found(kind: Kind, row: Any, status: str) -> bool:
    one = kind.searched(row) if kind.searched else None
    return one is not None and one.status in ("", status)


def _key(row: Row) -> Any:
    return row[2] or row[1]


def _kind(row: Row) -> str:
    return str(row[0])
