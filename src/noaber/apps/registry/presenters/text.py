"""One text of the inventory for its page: every field, and how it stands to other texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.coded import in_reader_language
from noaber.apps.registry.presenters.agreements import Fact, assumption_words, facts_of, title_of
from noaber.apps.registry.presenters.legal_words import CONFIDENCE, KINDS, LEVELS
from noaber.apps.registry.queries import assumptions_of
from noaber.core.agreements import Agreement
from noaber.core.agreements.approvals import find_assumption


@dataclass(frozen=True)
class Relation:
    words: str
    title: str
    code: str
    """Empty for a text that is not in the inventory."""


@dataclass(frozen=True)
class TextView:
    """One text for its page."""

    title: str
    kind: str
    level: str
    confidence: str
    parties: str
    facts: list[Fact]
    cost_exceptions: list[str]
    notes: list[str]
    relations: list[Relation]
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


def present_text(text: Agreement, texts: Iterable[Agreement], organisation: Organisation, on: date) -> TextView:
    """Every field of a text, with its relations in both directions."""
    inventory = {other.id: other for other in texts}
    approval = find_assumption(assumptions_of(organisation), text, organisation=organisation.code, on=on)
    return TextView(
        title=title_of(text),
        kind=str(KINDS[text.kind]),
        level=str(LEVELS[text.level]),
        confidence=str(CONFIDENCE[text.confidence]),
        parties=", ".join(text.parties),
        facts=facts_of(text),
        cost_exceptions=[_reader(wording) for wording in text.cost_exceptions],
        notes=[_reader(wording) for wording in text.notes],
        relations=list(_relations(text, inventory)),
        sources=list(text.sources),
        gives_help=text.gives_help,
        approval_minutes=approval.minutes if approval else None,
        approval_words=assumption_words(approval) if approval else "",
        approval_note=approval.note if approval else "",
    )


def _reader(wording: Any) -> str:
    return str(in_reader_language(wording))


def _relations(text: Agreement, inventory: dict[str, Agreement]) -> Iterable[Relation]:
    for name, forward, backward in RELATIONS:
        for code in getattr(text, name):
            known = inventory.get(code)
            yield Relation(str(forward), title_of(known) if known else code, code if known else "")
        for other in inventory.values():
            if text.id in getattr(other, name):
                yield Relation(str(backward), title_of(other), other.id)
