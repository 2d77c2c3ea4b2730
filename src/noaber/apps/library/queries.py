"""Reads of the library's pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.matching import Meets
from noaber.apps.library.models import Document, DocumentTheme, DocumentVersion, SearchEntry
from noaber.apps.library.search import Wanted, find
from noaber.apps.records.kinds import Kind, find_kind
from noaber.core.problems import NotFound
from noaber.core.search.question import read_question

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


def seen_documents(reader: Organisation) -> QuerySet[Document]:
    """The documents that `reader` may see, without those that were withdrawn."""
    return Document.objects.visible_to(reader).filter(withdrawn_at__isnull=True)


def get_record(reader: Organisation, code: str, pk: int) -> Any:
    """The record of a kind, or `NotFound`."""
    kind = find_kind(code)
    record = kind.seen_by(reader).filter(pk=pk).first() if kind else None
    if record is None:
        raise NotFound
    return record


def find_records(reader: Organisation, kind: Kind, text: str) -> list[FoundRecord]:
    """Of what the reader sees of a kind: what search finds, the newest where nothing is asked."""
    question = read_question(text)
    if kind.searched is not None and question:
        hits = find(reader, Wanted(question, settings.NOABER_STATUS, kind=kind.code), most=_MOST_FOUND)
        return [FoundRecord(kind, hit.record) for hit in hits]
    newest = kind.seen_by(reader).order_by("-pk")
    words = text.casefold().split()
    found = (record for record in newest[:_MOST_READ] if _has(kind.title(record), words))
    return [FoundRecord(kind, record) for record in islice(found, _MOST_FOUND)]


def _has(title: str, words: list[str]) -> bool:
    folded = title.casefold()
    return all(word in folded for word in words)


@dataclass(frozen=True)
class DocumentFilter:
    """What a list of documents holds; an empty part asks for everything."""

    text: str = ""
    kind: str = ""
    language: str = ""
    tlp: str = ""
    owner: str = ""
    theme: str = ""


def list_documents(reader: Organisation, wanted: DocumentFilter) -> QuerySet[Document]:
    """The documents that fit, each with its newest version's facts."""
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    found = seen_documents(reader).select_related("owner")
    exact = {"kind": wanted.kind, "tlp": wanted.tlp, "owner__code": wanted.owner}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.language:
        found = found.filter(pk__in=DocumentVersion.objects.filter(language=wanted.language).values("document"))
    if wanted.theme:
        found = found.filter(pk__in=DocumentTheme.objects.filter(code=wanted.theme).values("document"))
    if question := read_question(wanted.text):
        entries = SearchEntry.objects.filter(Meets(question), kind="document")
        found = found.filter(pk__in=entries.values("record_id"))
    return found.annotate(
        version=Subquery(newest.values("number")[:1]),
        version_at=Subquery(newest.values("uploaded_at")[:1]),
    ).prefetch_related(Prefetch("versions", DocumentVersion.objects.defer("text")), "codes")


def get_document(reader: Organisation, pk: int) -> Document:
    """The document, or `NotFound`; whoever keeps it finds it after it was withdrawn too."""
    found = Document.objects.visible_to(reader).select_related("owner").filter(pk=pk).first()
    if found is None or (found.withdrawn_at is not None and found.owner_id not in keeps(reader)):
        raise NotFound
    return found


def get_version(reader: Organisation, pk: int, number: int) -> DocumentVersion:
    """A version of a document that the reader sees, with its file."""
    versions = get_document(reader, pk).versions.select_related("file")
    version = versions.filter(number=number).first()
    if version is None:
        raise NotFound
    return version


def owners_of_documents(reader: Organisation) -> list[str]:
    """The codes of those of whom the reader sees a document."""
    codes = seen_documents(reader).order_by("owner__code").values_list("owner__code", flat=True)
    return list(codes.distinct())
