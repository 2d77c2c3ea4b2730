"""The fields of a text as rows: what each says, how sure that is, by which source, and who checked it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from noaber.apps.accounts.functions import read_function
from noaber.apps.registry.agreement_records import FieldCheck
from noaber.apps.registry.coded import in_reader_language, territory_name
from noaber.apps.registry.field_notes import FieldNote
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import Fact, Inventory, Line, fact_of, title_of, wording_line
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, FIELDS, KINDS, LEVELS
from noaber.core.agreements import ESTABLISHED_FIELDS, Agreement, Confidence, Source
from noaber.core.agreements.decode import decode_agreement
from noaber.reference.organisations import load_organisations
from noaber.web import wording

RELATIONS: Final = ("replaces", "supplements", "implements")
SHOWN_FIELDS: Final = (
    "parties",
    "level",
    "signed",
    "in_force",
    "valid_until",
    *RELATIONS,
    *(name for name in ESTABLISHED_FIELDS if name not in ("signed", "in_force", "valid_until")),
)
_COUNTRY: Final = 2


@dataclass(frozen=True)
class FieldRow:
    """One field for the page of a text."""

    fact: Fact
    confidence: str
    is_sure: bool
    sources: list[Source]
    checked_on: date
    checked_by: str
    is_own_check: bool
    """Whether this field was checked by itself; else it stands as the whole text was checked."""
    beside: tuple[Line, ...]
    """What belongs to it: the exceptions of the cost rule, the day from which a text counts meanwhile."""
    note: FieldNote | None


def field_rows(
    row: AgreementRow,
    text: Agreement,
    inventory: Inventory,
    checks: Iterable[FieldCheck],
    notes: Mapping[str, FieldNote],
) -> list[FieldRow]:
    """Every field of a text that has something to say, in the order of the page."""
    latest: dict[str, FieldCheck] = {}
    for check in checks:
        latest.setdefault(check.field, check)
    return [
        _row(name, row, text, inventory, latest.get(name), notes.get(name))
        for name in SHOWN_FIELDS
        if name not in RELATIONS or getattr(text, name)
    ]


def _row(
    name: str,
    row: AgreementRow,
    text: Agreement,
    inventory: Inventory,
    check: FieldCheck | None,
    note: FieldNote | None,
) -> FieldRow:
    remark = text.remarks.get(name)
    confidence = remark.confidence if remark else text.confidence
    numbers = remark.sources if remark else ()
    return FieldRow(
        fact=field_fact(text, name, inventory),
        confidence=str(CONFIDENCE[confidence]),
        is_sure=confidence is Confidence.SOURCED,
        sources=[source for source in text.sources if source.number in numbers],
        checked_on=check.on if check else row.checked_on,
        checked_by=checker(check) if check else row.checked_by,
        is_own_check=check is not None,
        beside=tuple(_beside(text, name)),
        note=note,
    )


def _beside(text: Agreement, name: str) -> Iterable[Line]:
    if name == "cost_rule":
        yield from (wording_line(item) for item in text.cost_exceptions)
    if name == "in_force" and text.counted_from:
        yield Line(_("counted from %(day)s meanwhile") % {"day": wording.day(text.counted_from)})


def checker(check: FieldCheck) -> str:
    """Who checked, with the organisation."""
    organisation = f", {check.organisation.code}" if check.organisation else ""
    return read_function(check.by) + organisation


def field_fact(text: Agreement, name: str, inventory: Inventory) -> Fact:
    """A field as it stands in the text itself, also one that comes with the text."""
    if name in ESTABLISHED_FIELDS:
        return fact_of(text, name)
    return Fact(name, str(FIELDS[name]), tuple(_lines(text, name, inventory)))


def _lines(text: Agreement, name: str, inventory: Inventory) -> Iterable[Line]:
    value: Any = getattr(text, name)
    match name:
        case "level":
            return [Line(str(LEVELS[value]))]
        case "kind":
            return [Line(str(KINDS[value]))]
        case "parties":
            return [Line(party_words(code)) for code in value]
        case "cost_exceptions" | "notes":
            return [wording_line(item) for item in value]
        case _:
            return [Line(title_of(inventory[code]) if code in inventory else code) for code in value]


def party_words(code: str) -> str:
    """Belgium; Kreis Kleve (DE-KLEVE)."""
    if len(code) == _COUNTRY:
        return territory_name(code)
    known = load_organisations().get(code)
    return f"{in_reader_language(known.names)} ({code})" if known else code


@dataclass(frozen=True)
class CheckView:
    """One check of a field, for its page."""

    on: date
    by: str
    confidence: str
    source: str
    note: str
    said: tuple[Line, ...]
    """What was found instead of what stood here."""
    changed: bool


def present_checks(checks: Iterable[FieldCheck], row: AgreementRow) -> list[CheckView]:
    """The checks of one field, the newest first."""
    return [
        CheckView(
            on=check.on,
            by=checker(check),
            confidence=str(CONFIDENCE[Confidence(check.confidence)]),
            source=check.source,
            note=check.note,
            said=said_lines(check, row),
            changed=check.said is not None,
        )
        for check in checks
    ]


def said_lines(check: FieldCheck, row: AgreementRow) -> tuple[Line, ...]:
    """What a check found, in words; nothing where the field was left as it stood."""
    if check.said is None:
        return ()
    text = decode_agreement({**row.data, check.field: check.said})
    return field_fact(text, check.field, {}).lines
