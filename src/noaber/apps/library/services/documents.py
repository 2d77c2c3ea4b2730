"""The only writer of documents: added, described anew, followed by a version, withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Max

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import SharingGroup
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.library.enums import Relation
from noaber.apps.library.evidence import check_may_add
from noaber.apps.library.file_types import type_of_file
from noaber.apps.library.models import (
    LONGEST_TITLE,
    MAX_FILE_BYTES,
    Document,
    DocumentFile,
    DocumentTheme,
    DocumentVersion,
)
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.library.services.texts import read_text
from noaber.apps.library.values import DocumentData, VersionData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, keep_history
from noaber.apps.records.kinds import kind_of
from noaber.apps.records.permissions import check_can_change
from noaber.apps.registry.document_types import DocumentType
from noaber.core.classification import find_marking
from noaber.core.plain_text import UNFIT, find_unfit
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.reference.vocabulary import load_themes
from noaber.web.clock import now

_FIELDS: Final = ("title", "language", "kind", "description", "dated", "tlp", "illustrative", "source")
_LONGEST_NAME: Final = 150


@dataclass(frozen=True)
class _File:
    """A file as it was read, before anything is written: reading one may take seconds."""

    given: VersionData
    kind: DocumentType
    name: str
    text: str
    digest: str


def add_document(
    acting: Acting, data: DocumentData, version: VersionData, *, source: models.Model | None = None
) -> Document:
    """Put a document into the library, with its first version.

    `source` is the record, seen by who adds it, that the document is about; of an action it is the evidence.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation, and may not say either that `source` is done.
    NotFound
        Where the organisation does not see `source`.
    InvalidInput
        Where it has no title, a theme is unknown, the file cannot be kept, or anything is marked as classified.
    """
    check_may_add(acting, source)
    _check_words(data)
    file = _read(version)
    with transaction.atomic():
        document = Document.objects.create(owner=acting.organisation, added_at=now(), **_values(data))
        _share(document, data)
        _set_themes(document, data.themes)
        _add_version(acting, document, file, number=1)
        keep_history(acting, document, ChangeAction.ADDED)
        if source is not None:
            check_seen(acting.organisation, source)
            relation = Relation.SHOWS if kind_of(source).takes_evidence else Relation.ABOUT
            link(Author.of(acting), document, relation, source, now=now())
        announce_readers(document)
    return document


def change_document(acting: Acting, document: Document, data: DocumentData) -> None:
    """Describe a document anew, or share it with others. Who saw it before is told."""
    _check_words(data)
    with transaction.atomic():
        locked = _lock(acting, document)
        saw = list(readers_of(locked))
        changes = {
            name: (_stored(getattr(locked, name)), _stored(value))
            for name, value in _values(data).items()
            if getattr(locked, name) != value
        }
        for name, value in _values(data).items():
            setattr(locked, name, value)
        locked.save()
        before = sorted(locked.groups.values_list("code", flat=True))
        _share(locked, data)
        if before != sorted(data.groups):
            changes["groups"] = (before, sorted(data.groups))
        changes |= _set_themes(locked, data.themes)
        if changes:
            keep_history(acting, locked, ChangeAction.CHANGED, changes)
        announce_readers(locked, *saw)


def add_version(acting: Acting, document: Document, version: VersionData) -> DocumentVersion:
    """Put a newer file beside the older ones, which stay.

    Raises
    ------
    InvalidInput
        Where the file cannot be kept, is marked as classified, or is the very one that is the newest in its language.
    """
    check_can_change(acting.roles, owner=document.owner_id, kept=keeps(acting.organisation))
    file = _read(version)
    with transaction.atomic():
        locked = _lock(acting, document)
        newest = locked.versions.aggregate(number=Max("number"))["number"] or 0
        alike = next((one for one in locked.current_versions() if one.digest == file.digest), None)
        if alike is not None:
            raise InvalidInput([Problem("library.file-same", "file", {"number": alike.number})])
        made = _add_version(acting, locked, file, number=newest + 1)
        keep_history(acting, locked, ChangeAction.CHANGED, {"version": (newest, newest + 1)}, reason=version.note)
        announce_readers(locked)
    return made


def withdraw_document(acting: Acting, document: Document, *, reason: str) -> None:
    """Take a document out of the library. What it was, and why it went, stays in its history."""
    with transaction.atomic():
        locked = _lock(acting, document)
        locked.withdrawn_at = now()
        locked.save(update_fields=["withdrawn_at"])
        keep_history(acting, locked, ChangeAction.WITHDRAWN, {}, reason=reason)
        announce_readers(locked)


def _lock(acting: Acting, document: Document) -> Document:
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    if locked.withdrawn_at is not None:
        raise NotAllowed("library.document-withdrawn")
    return locked


def _read(given: VersionData) -> _File:
    """What kind of file it is and what is written in it; raises `InvalidInput` where it cannot be kept."""
    _check_file(given)
    kind = type_of_file(given.content)
    name = PurePath(given.name.replace("\\", "/")).stem[:_LONGEST_NAME] + kind.suffix
    text = read_text(given.content)
    _check_unmarked("file", name, text)
    return _File(given, kind, name, text, hashlib.sha256(given.content).hexdigest())


def _add_version(acting: Acting, document: Document, file: _File, *, number: int) -> DocumentVersion:
    given = file.given
    version = DocumentVersion(
        document=document,
        number=number,
        language=given.language,
        note=given.note,
        file_name=UNFIT.sub("", file.name),
        media_type=file.kind.media_type,
        size=len(given.content),
        digest=file.digest,
        uploaded_at=now(),
        uploaded_by=acting.function,
        organisation=acting.organisation,
        text=file.text,
    )
    version.save(force_insert=True)
    DocumentFile.objects.create(version=version, content=given.content)
    return version


def _check_file(given: VersionData) -> None:
    if not given.content:
        raise InvalidInput([Problem("library.file-empty", "file")])
    if len(given.content) > MAX_FILE_BYTES:
        raise InvalidInput([Problem("library.file-size", "file", {"most": MAX_FILE_BYTES // 1024**2})])
    _check_unmarked("note", given.note)


def _check_words(data: DocumentData) -> None:
    """Refuse what no file could carry, what has no title, and what is marked as classified."""
    for where in ("title", "description"):
        text = getattr(data, where)
        if character := find_unfit(text):
            raise InvalidInput([Problem("text.character", where, {"character": character})])
        _check_unmarked(where, text)
    if not data.title.strip():
        raise InvalidInput([Problem("request.no-words", "title")])
    if len(data.title) > LONGEST_TITLE:
        found = {"length": len(data.title), "longest": LONGEST_TITLE}
        raise InvalidInput([Problem("capacity.too-long", "title", found)])


def _check_unmarked(where: str, *texts: str) -> None:
    for text in texts:
        if marking := find_marking(text):
            raise InvalidInput([Problem("library.classified", where, {"marking": marking})])


def _values(data: DocumentData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _FIELDS} | {"title": data.title.strip()}


def _share(document: Document, data: DocumentData) -> None:
    document.groups.set(SharingGroup.objects.filter(code__in=data.groups))


def _set_themes(document: Document, themes: Sequence[str]) -> dict[str, Any]:
    """Let the document be about these themes and no others; answers what changed.

    Raises
    ------
    InvalidInput
        Where one is not of the list.
    """
    for code in themes:
        if code not in load_themes():
            raise InvalidInput([Problem("input.reference", "themes", {"kind": "theme", "id": code})])
    before = [row.code for row in document.codes.all()]
    for row in document.codes.exclude(code__in=themes):
        row.delete()
    for code in dict.fromkeys(themes):
        if code not in before:
            DocumentTheme.objects.create(document=document, code=code)
    return {"themes": (sorted(before), sorted(set(themes)))} if set(before) != set(themes) else {}


def _stored(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value if value is None or isinstance(value, (bool, int)) else str(value)
