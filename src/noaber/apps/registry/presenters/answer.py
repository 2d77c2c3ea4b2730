"""The answer to “may this help come here” as a page shows it: verdict, text, rules, cost, what is open, what else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from noaber.apps.registry.coded import capability_name, hazard_name
from noaber.apps.registry.presenters.agreements import (
    Fact,
    Line,
    assumption_words,
    cost_exceptions,
    cost_fact,
    doubt_words,
    facts_of_basis,
    open_words,
    refusal_words,
    signer_words,
    title_of,
)
from noaber.apps.registry.presenters.legal_words import FIELDS, LEVELS
from noaber.core.agreements import Agreement, Answer, Basis, Match, Verdict
from noaber.core.agreements.approvals import ApprovalAssumption, find_assumption

ICONS = {"complete": "yes", "open": "part", "unknown": "unknown", "missing": "no", "home": "yes"}


@dataclass(frozen=True)
class Named:
    """A text among others, with one line that says how it stands to the question."""

    code: str
    title: str
    level: str
    note: str


@dataclass(frozen=True)
class BasisView:
    """The text that one names first.

    Parameters
    ----------
    approval_minutes, approval_words
        What the reader's organisation assumes; None where it assumes nothing.
    """

    code: str
    title: str
    level: str
    facts: list[Fact]
    cost: Fact
    cost_exceptions: list[Line]
    signers: Fact
    doubts: list[str]
    unknown: list[str]
    checked_on: Any
    checked_by: str
    approval_minutes: float | None
    approval_words: str
    approval_note: str

    @property
    def open_words(self) -> str:
        return open_words(len(self.unknown))


@dataclass(frozen=True)
class AnswerView:
    """One answer. `kind` is that of the matrix's cell, so that both show the same shape."""

    kind: str
    verdict: str
    question: str
    best: BasisView | None
    besides: list[Named]
    union: list[Named]
    excluded: list[Named]

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def present_answer(
    answer: Answer,
    *,
    owner: str,
    place: str,
    inventory: Iterable[Agreement],
    assumptions: Iterable[ApprovalAssumption],
    organisation: str,
) -> AnswerView:
    """The answer for a page.

    Parameters
    ----------
    owner, place
        What the two sides are called.
    organisation
        Whose assumptions of approval times are shown.
    """
    by_id = {text.id: text for text in inventory}
    best = answer.best
    known = tuple(assumptions)
    return AnswerView(
        kind=_kind(answer),
        verdict=_verdict(answer),
        question=_question(answer, owner, place),
        best=_present_basis(
            best, by_id, find_assumption(known, best.agreement, organisation=organisation, on=answer.on)
        )
        if best
        else None,
        besides=[_named(basis, _doubts_in_one(basis)) for basis in answer.bases[1:]],
        union=[_named(basis, _doubts_in_one(basis)) for basis in answer.union],
        excluded=[_named(basis, _refusals_in_one(basis)) for basis in answer.others],
    )


def _kind(answer: Answer) -> str:
    match answer.verdict:
        case Verdict.HOME:
            return "home"
        case Verdict.UNKNOWN:
            return "unknown"
        case Verdict.NO_TEXT:
            return "missing"
        case Verdict.YES:
            return "open" if answer.best and answer.best.unknown else "complete"


def _verdict(answer: Answer) -> str:
    year = answer.best.agreement.year if answer.best else None
    match answer.verdict:
        case Verdict.HOME:
            return _("Inside one country: no text is needed")
        case Verdict.UNKNOWN:
            return _("Unknown: a text may cover it, and nobody has established whether it does")
        case Verdict.NO_TEXT if answer.union:
            return _("No text: the Union mechanism is the only way")
        case Verdict.NO_TEXT:
            return _("No text")
        case Verdict.YES if year:
            return _("Yes, under the text of %(year)s") % {"year": year}
        case Verdict.YES:
            return _("Yes")


def _question(answer: Answer, owner: str, place: str) -> str:
    asked = answer.question
    names = {
        "owner": owner,
        "place": place,
        "help": capability_name(asked.capability) if asked.capability else _("any help"),
        "hazard": hazard_name(asked.hazard) if asked.hazard else _("any hazard"),
    }
    return _("%(owner)s helps %(place)s. Help: %(help)s. Hazard: %(hazard)s.") % names


def _present_basis(
    basis: Basis, inventory: Mapping[str, Agreement], assumption: ApprovalAssumption | None
) -> BasisView:
    text = basis.agreement
    return BasisView(
        code=text.id,
        title=title_of(text),
        level=str(LEVELS[text.level]),
        facts=facts_of_basis(basis, inventory),
        cost=cost_fact(basis, inventory),
        cost_exceptions=cost_exceptions(basis),
        signers=signer_words(basis),
        doubts=[doubt_words(finding) for finding in basis.doubts],
        unknown=[str(FIELDS[name]) for name in basis.unknown],
        checked_on=text.checked.on,
        checked_by=text.checked.by,
        approval_minutes=assumption.minutes if assumption else None,
        approval_words=assumption_words(assumption) if assumption else "",
        approval_note=assumption.note if assumption else "",
    )


def _named(basis: Basis, note: str) -> Named:
    text = basis.agreement
    return Named(text.id, title_of(text), str(LEVELS[text.level]), note)


def _doubts_in_one(basis: Basis) -> str:
    return " ".join(doubt_words(finding) for finding in basis.doubts)


def _refusals_in_one(basis: Basis) -> str:
    return " ".join(refusal_words(finding) for finding in basis.findings if finding.match is Match.NO)
