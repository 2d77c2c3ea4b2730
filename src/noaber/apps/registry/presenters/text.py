"""One text of the inventory for its page: its fields, how it stands to other texts, what came before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.field_notes import field_notes
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.presenters.agreements import Line, assumption_words, title_of, wording_line
from noaber.apps.registry.presenters.fields import FieldRow, field_rows, party_words
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, KINDS, LEVELS
from noaber.apps.registry.presenters.standings import StandingView, standing_of
from noaber.apps.registry.queries import agreement_of, assumptions_of
from noaber.apps.registry.queries.agreement_records import field_checks_of
from noaber.core.agreements import Agreement, unknown_fields
from noaber.core.agreements.approvals import find_assumption
from noaber.core.agreements.standing import supersession


@dataclass(frozen=True)
class Relation:
    words: str
    title: str
    code: str
    """Empty for a text that is not in the inventory."""


@dataclass(frozen=True)
class ChainLink:
    """One text in the line of those that replaced each other."""

    title: str
    code: str
    signed: date | None
    in_force: date | None
    is_here: bool
    standing: StandingView | None


@dataclass(frozen=True)
class TextView:
    """One text for its page."""

    title: str
    kind: str
    level: str
    confidence: str
    parties: str
    standing: StandingView
    fields: list[FieldRow]
    unknown: int
    notes: list[Line]
    relations: list[Relation]
    chain: list[ChainLink]
    sources: list[Any]
    gives_help: bool
    approval_minutes: float | None
    approval_words: str
    approval_note: str


RELATIONS: Final[tuple[tuple[str, Promise, Promise], ...]] = (
    ("replaces", gettext_lazy("Replaces"), gettext_lazy("Replaced by")),
    ("supplements", gettext_lazy("Supplements"), gettext_lazy("Supplemented by")),
    ("implements", gettext_lazy("Carries out"), gettext_lazy("Carried out by")),
)


def present_text(row: AgreementRow, texts: tuple[Agreement, ...], organisation: Organisation, on: date) -> TextView:
    """Every field of a text as it stands on a day, with its relations in both directions."""
    text = agreement_of(row)
    inventory = {other.id: other for other in texts}
    approval = find_assumption(assumptions_of(organisation), text, organisation=organisation.code, on=on)
    return TextView(
        title=title_of(text),
        kind=str(KINDS[text.kind]),
        level=str(LEVELS[text.level]),
        confidence=str(CONFIDENCE[text.confidence]),
        parties=", ".join(party_words(code) for code in text.parties),
        standing=standing_of(text, texts, on),
        fields=field_rows(row, text, inventory, field_checks_of(row), field_notes(organisation, row)),
        unknown=len(unknown_fields(text)),
        notes=[wording_line(wording) for wording in text.notes],
        relations=list(_relations(text, inventory)),
        chain=list(_chain(text, texts, on)),
        sources=list(text.sources),
        gives_help=text.gives_help,
        approval_minutes=approval.minutes if approval else None,
        approval_words=assumption_words(approval) if approval else "",
        approval_note=approval.note if approval else "",
    )


def _relations(text: Agreement, inventory: dict[str, Agreement]) -> Iterable[Relation]:
    for name, forward, backward in RELATIONS:
        for code in getattr(text, name):
            known = inventory.get(code)
            yield Relation(str(forward), title_of(known) if known else code, code if known else "")
        for other in inventory.values():
            if text.id in getattr(other, name):
                yield Relation(str(backward), title_of(other), other.id)


def _chain(text: Agreement, texts: tuple[Agreement, ...], on: date) -> Iterable[ChainLink]:
    """The line of replacements; nothing where the text replaced none and was not replaced."""
    links = supersession(text, texts)
    if len(links) == 1:
        return
    for link in links:
        found = link.agreement
        yield ChainLink(
            title=title_of(found) if found else link.name,
            code=found.id if found and found.id != text.id else "",
            signed=_day(found.signed) if found else None,
            in_force=_day(found.in_force) if found else None,
            is_here=link.step == 0,
            standing=standing_of(found, texts, on) if found else None,
        )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
