"""What search reads of the registry's records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.registry.coded import LANGUAGE_CODES
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.queries.agreements import agreement_of
from noaber.core.agreements import Absent, Scope
from noaber.core.agreements.wording import Wording
from noaber.core.messages.model import FreeText
from noaber.reference.territories import find_territory

_RULES: Final = ("border_rule", "command_rule", "liability_rule", "claim_deadline")


def organisation_searched(row: Organisation) -> IndexDocument:
    named = (FreeText(name, language) for language, name in row.names.items())
    return IndexDocument(
        title=(FreeText(row.code, ""), *named),
        texts=(FreeText(row.seat, ""),),
        codes=_territories([row.territory]),
        owner=row,
        languages=tuple(row.languages),
    )


def agreement_searched(row: AgreementRow) -> IndexDocument:
    text = agreement_of(row)
    rules = [getattr(text, name) for name in _RULES]
    wordings = [*(rule for rule in rules if not isinstance(rule, Absent)), *text.cost_exceptions, *text.notes]
    documents = [document for document in row.documents.all() if document.withdrawn_at is None]
    return IndexDocument(
        title=(FreeText(text.id, ""), *_written(text.title)),
        texts=(
            *(part for wording in wordings for part in _written(wording)),
            *(FreeText(document.title, document.language) for document in documents),
        ),
        codes=(
            *_codes("capability", text.help_types),
            *_codes("hazard", text.hazards),
            *_territories(text.parties),
        ),
        owner=row.owner,
        on=text.signed if isinstance(text.signed, date) else None,
        languages=text.title.languages,
    )


def capacity_searched(row: Capacity) -> IndexDocument | None:
    if row.withdrawn_at is not None:
        return None
    return IndexDocument(
        title=(FreeText(row.name, ""), FreeText(row.code, "")),
        texts=(FreeText(row.base, ""), FreeText(row.host_note, row.host_note_language)),
        codes=(
            *(f"capability:{one.capability}" for one in row.capability_rows.all()),
            *_territories([row.territory]),
        ),
        organisations=(row.owner,),
        owner=row.owner,
        languages=tuple(language for language in row.languages if language in LANGUAGE_CODES),
        status=row.status,
    )


def contact_searched(row: ContactPoint) -> IndexDocument | None:
    if row.withdrawn_at is not None:
        return None
    return IndexDocument(
        title=(FreeText(row.function, row.function_language),),
        texts=tuple(FreeText(text, "") for text in (row.phone, row.second_channel, row.mail)),
        organisations=(row.organisation,),
        owner=row.organisation,
        on=row.verified_on,
        languages=tuple(row.languages),
        status=row.status,
    )


def _written(wording: Wording) -> Iterator[FreeText]:
    return (FreeText(getattr(wording, language), language) for language in wording.languages)


def _codes(name: str, scope: Scope) -> Iterator[str]:
    return (f"{name}:{code}" for code in sorted(scope.yes))


def _territories(codes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(f"territory:{code}" for code in codes if find_territory(code) is not None)
