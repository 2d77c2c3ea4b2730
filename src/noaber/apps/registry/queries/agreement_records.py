"""What is kept beside a text: the checks of its fields, and its documents. Always read through the text."""

from __future__ import annotations

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.agreement_records import AgreementDocument, FieldCheck
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.queries.agreements import get_agreement_row
from noaber.core.problems import NotFound


def field_checks_of(row: AgreementRow, field: str = "") -> list[FieldCheck]:
    """The checks of a text (or of one field of it), the newest first."""
    checks = FieldCheck.objects.filter(agreement=row).select_related("organisation")
    return list(checks.filter(field=field) if field else checks)


def documents_of(row: AgreementRow) -> list[AgreementDocument]:
    """The documents of a text, without what is in their files."""
    documents = AgreementDocument.objects.filter(agreement=row, withdrawn_at__isnull=True)
    return list(documents.defer("content").select_related("organisation"))


def get_document(reader: Organisation, code: str, pk: int) -> AgreementDocument:
    """One document of a text that `reader` sees, or `NotFound`."""
    row = get_agreement_row(reader, code)
    document = AgreementDocument.objects.filter(agreement=row, withdrawn_at__isnull=True, pk=pk).first()
    if document is None:
        raise NotFound
    document.agreement = row
    return document
