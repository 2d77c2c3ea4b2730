"""The text itself beside what is known of it: a file, or where it is published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, Changed, announce_readers, append_changes
from noaber.apps.registry.agreement_records import MAX_DOCUMENT_BYTES, AgreementDocument
from noaber.apps.registry.document_types import type_of
from noaber.apps.registry.models import AgreementRow
from noaber.core.problems import InvalidInput, NotAllowed, Problem


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


def add_document(
    author: Author,
    row: AgreementRow,
    *,
    title: str,
    language: str,
    reference: str,
    address: str,
    upload: Upload | None,
    now: datetime,
) -> AgreementDocument:
    """Put the text, or where it is found, beside a text of the inventory; whoever sees that one sees it.

    Raises
    ------
    InvalidInput
        Where there is neither a file nor a place, or the file is too large or of another kind.
    """
    if not (reference or address or upload):
        raise InvalidInput([Problem("registry.document-nowhere", "reference")])
    document = AgreementDocument(
        agreement=row,
        title=title,
        language=language,
        reference=reference,
        address=address,
        added_at=now,
        added_by=author.by,
        organisation=author.organisation,
    )
    if upload is not None:
        _take_file(document, upload)
    with transaction.atomic():
        document.save()
        _tell(author, row, ChangeAction.ADDED, document, now)
    return document


def withdraw_document(author: Author, document: AgreementDocument, *, kept: frozenset[int], now: datetime) -> None:
    """Take a document away from its text: whoever keeps the text, or put it there.

    Raises
    ------
    NotAllowed
        For everyone else.
    """
    own = author.organisation is not None and document.organisation_id == author.organisation.pk
    if not own and document.agreement.owner_id not in kept:
        raise NotAllowed("registry.not-kept")
    with transaction.atomic():
        _tell(author, document.agreement, ChangeAction.WITHDRAWN, document, now)
        document.withdrawn_at = now
        document.save(update_fields=["withdrawn_at"])


def _take_file(document: AgreementDocument, upload: Upload) -> None:
    if not upload.content:
        raise InvalidInput([Problem("registry.document-empty", "file")])
    if len(upload.content) > MAX_DOCUMENT_BYTES:
        raise InvalidInput([Problem("registry.document-size", "file", {"most": MAX_DOCUMENT_BYTES // 1024**2})])
    kind = type_of(upload.content)
    document.file_name = PurePath(upload.name).stem[:150] + kind.suffix
    document.media_type = kind.media_type
    document.size = len(upload.content)
    document.digest = hashlib.sha256(upload.content).hexdigest()
    document.content = upload.content


def _tell(author: Author, row: AgreementRow, action: ChangeAction, document: AgreementDocument, now: datetime) -> None:
    append_changes(author, AgreementRow, [Changed(row.pk, action, {})], at=now, reason=document.title)
    announce_readers(row)
