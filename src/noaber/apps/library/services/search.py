"""The only writer of the search index. It is derived: `rebuild` makes it anew from the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from django.db import models, transaction

from noaber.apps.library.coded_words import forms_of_code, pack_languages
from noaber.apps.library.models import Audience, SearchEntry, SearchText, Shelf
from noaber.apps.library.services.audiences import audiences_of
from noaber.apps.library.services.shelves import Place, shelves_of
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, kinds
from noaber.core.messages.model import FreeText
from noaber.core.search.words import forms_in
from noaber.web.written import follow_written, is_waiting

_AT_ONCE: Final = 500
MOST_WORDS: Final = 20_000
"""Of a long document only the first so many different words are kept."""
THEMES: Final = ("hazard:", "theme:")
"""The lists whose codes are a facet."""
Tell = Callable[[Kind, int], None]


def index_written(kind: Kind, keys: Iterable[Any]) -> None:
    """Write the entries of records that were written, at once or at the end of `written_once`."""
    follow_written(f"index {kind.code}", lambda waiting: index(kind, waiting), keys)


def index(kind: Kind, keys: Iterable[Any]) -> int:
    """Write the entries of records as they are now, those of records that are gone not; the answer is how many."""
    wanted = iter(keys)
    done = 0
    while batch := list(islice(wanted, _AT_ONCE)):
        rows = list(kind.model._base_manager.filter(pk__in=batch).prefetch_related(*kind.related))
        with transaction.atomic():
            _write(kind, rows)
        done += len(rows)
    return done


def forget(kind: Kind, keys: Iterable[Any]) -> None:
    """Take the entries of records away."""
    entries_of(kind, list(keys)).delete()


def entries_of(kind: Kind, keys: Sequence[Any]) -> models.QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(kind=kind.code, **{f"{key_field(kind)}__in": keys})


def key_field(kind: Kind) -> str:
    """Where the entry of a record has its key."""
    return "record_key" if kind.has_text_keys else "record_id"


def rebuild(tell: Tell = lambda kind, count: None) -> int:
    """Make the whole index anew; the answer is how many records it holds."""
    total = 0
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        Audience.objects.all().delete()
        Shelf.objects.all().delete()
        for kind in kinds():
            if kind.searched is not None:
                keys = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
                count = index(kind, list(keys))
                tell(kind, count)
                total += count
    return total


def rebuild_if_empty() -> None:
    """Index what a version without search wrote: nothing is done where anything can be found already."""
    if not SearchEntry.objects.exists():
        rebuild()


def share(kind: Kind, keys: Iterable[Any]) -> None:
    """Write anew who sees records: their label, groups or addressees have changed."""
    if is_waiting():
        index_written(kind, keys)
        return
    rows: list[Any] = list(kind.model._base_manager.filter(pk__in=list(keys)))
    for key, audience in audiences_of(rows).items():
        entries_of(kind, [key]).update(audience=audience)


def _write(kind: Kind, rows: Sequence[Any]) -> None:
    if kind.searched is None:
        return
    read = {row.pk: kind.searched(row) for row in rows}
    searched = {key: one for key, one in read.items() if one is not None}
    gone = [key for key, one in read.items() if one is None]
    if gone:
        forget(kind, gone)
    audiences = audiences_of([row for row in rows if row.pk in searched]) if kind.is_by_label else {}
    shelves = shelves_of({key: _place(kind, one) for key, one in searched.items()})
    entries = SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                kind=kind.code,
                audience=audiences.get(key),
                shelf=shelves[key],
                on=one.on,
                **{key_field(kind): key},
            )
            for key, one in searched.items()
        ],
        update_conflicts=True,
        unique_fields=("kind", "record_id", "record_key"),
        update_fields=("audience", "shelf", "on"),
    )
    SearchText.objects.bulk_create(
        [_text(entry, one) for entry, one in zip(entries, searched.values(), strict=True)],
        update_conflicts=True,
        unique_fields=("entry",),
        update_fields=("title_words", "words"),
    )


def _place(kind: Kind, one: IndexDocument) -> Place:
    spoken = one.languages or (text.language for text in (*one.title, *one.texts) if text.text)
    return Place(
        kind=kind.code,
        status=one.status,
        owner=one.owner.pk if one.owner else None,
        year=one.on.year if one.on else None,
        languages=pack_languages(spoken),
        tags=tuple(sorted({code for code in one.codes if code.startswith(THEMES)})),
    )


def _text(entry: SearchEntry, one: IndexDocument) -> SearchText:
    title = _forms(one.title)
    words = title.union(
        _forms(one.texts),
        *(forms_of_code(code) for code in one.codes),
        *(_forms_of_organisation(organisation) for organisation in one.organisations),
    )
    return SearchText(entry=entry, title_words=_joined(title), words=_joined(words))


def _forms(texts: Iterable[FreeText]) -> set[str]:
    return {form for text in texts for form in forms_in(text.text, text.language)}


def _forms_of_organisation(organisation: Any) -> frozenset[str]:
    return _forms_of_names(organisation.code, tuple(organisation.names.items()))


@lru_cache(maxsize=1_000)
def _forms_of_names(code: str, names: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """What an organisation is found by: an import reads the same one for each of its rows."""
    return frozenset(forms_in(code).union(*(forms_in(name, language) for language, name in names)))


def _joined(forms: Iterable[str]) -> str:
    return " ".join(islice(sorted(forms), MOST_WORDS))
