"""The texts as a plan needs them: where from, where to, what for, after how many minutes.

A planning problem knows no *unknown*: a pair is permitted by an entry or it is not. So the entries are made for
concrete owners and cases, and permit exactly what the texts say of those: *yes*, and, only if the officer wants it,
*unknown*, in entries of their own that say so. A planning problem tells owners and places apart by territory only;
where an entry would permit what no text does, it is narrowed, or left out and named (`LeftOut`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from noaber.core.agreements.approvals import ApprovalAssumption, find_assumption
from noaber.core.agreements.basis import Finding, inherited
from noaber.core.agreements.matrix import Side, force_match, match_provider
from noaber.core.agreements.model import Absent, Agreement, Codes, CostRule, Level
from noaber.core.agreements.planning_unknown import UnknownEntry, unknown_entries
from noaber.core.agreements.scope import ANY, EVERYTHING, Match, Scope, country_of, lies_inside
from noaber.core.agreements.wording import Wording

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation that might help, and where its teams stand; one of each pair of code and territory."""

    code: str
    territory: str


@dataclass(frozen=True, slots=True)
class Case:
    """Where help is needed, and against what."""

    territory: str
    hazard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningNeed:
    """What a plan is about.

    Parameters
    ----------
    organisation
        Who plans: whose assumptions of approval minutes hold.
    on
        The day on which the texts are read.
    """

    organisation: str
    on: date
    owners: tuple[Owner, ...]
    cases: tuple[Case, ...]
    capabilities: tuple[str, ...]


class Choice(StrEnum):
    """What an officer may add to the texts that surely hold."""

    UNKNOWN = "unknown"
    UNION = "union"


class Reason(StrEnum):
    """Why a text is not planned with, though it applies."""

    NO_ASSUMPTION = "no-assumption"
    """The planning organisation counts with no minutes for it, nor for its level."""
    NOT_SEPARABLE = "not-separable"
    """A plan cannot tell the owners or places that it covers from others in the same territory."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text that is not planned with, and why; `territories` where it is about some only."""

    agreement: Agreement
    reason: Reason
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningAgreement:
    """One `agreements` entry of a planning problem, with what is shown beside it.

    Parameters
    ----------
    id
        Unique in the plan: the id of the text, with a suffix for an entry that is unknown.
    capabilities, hazards
        Codes; `("*",)` for any.
    assumption
        The minutes that approval takes, *assumed*, with owner and date.
    channels, cost_rule
        To be shown, not computed with; inherited where the text carries another one out.
    doubts
        Why it is unknown whether the text covers this; empty for a text that surely does.
    """

    id: str
    agreement: Agreement
    channels: Codes
    cost_rule: CostRule | Absent
    providers: tuple[str, ...]
    receivers: tuple[str, ...]
    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]
    assumption: ApprovalAssumption
    doubts: tuple[Finding, ...] = ()

    @property
    def approval_minutes(self) -> float:
        """The assumed minutes of the approval."""
        return self.assumption.minutes

    @property
    def is_unknown(self) -> bool:
        """Whether a plan line that stands on it must say that the text may not cover it."""
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class PlanningTexts:
    """The entries of a plan, surest first, and what was left out."""

    entries: tuple[PlanningAgreement, ...]
    left_out: tuple[LeftOut, ...]


def planning_agreements(
    agreements: Iterable[Agreement],
    assumptions: Iterable[ApprovalAssumption],
    need: PlanningNeed,
    *,
    choices: frozenset[Choice] = frozenset(),
) -> PlanningTexts:
    """The texts that permit help in a plan.

    Parameters
    ----------
    agreements
        All texts known.
    assumptions
        Of approval minutes; those of `need.organisation` hold.
    need
        Who plans, for which cases, with which owners and helps.
    choices
        `UNKNOWN` adds, for pairs that no text surely covers, those that may; `UNION` adds the Union mechanism.

    Returns
    -------
    PlanningTexts
        Entries that permit, among the owners and cases of the need, what the texts permit and nothing else.
    """
    inventory = tuple(agreements)
    known = tuple(assumptions)
    offers = [_sure_entry(text, inventory, need) for text in inventory if _is_wanted(text, choices)]
    found = [offer for offer in offers if offer is not None]
    if Choice.UNKNOWN in choices:
        owners = tuple(Side(owner.code, (owner.territory,)) for owner in _distinct(need.owners))
        for hazard in _distinct(case.hazard for case in need.cases):
            places = _distinct(case.territory for case in need.cases if case.hazard == hazard)
            doubtful = unknown_entries(inventory, owners, places, need.capabilities, hazard, need.on)
            found.extend(_from_unknown(entry) for entry in doubtful)
    return _with_minutes(found, known, need, {text.id: text for text in inventory})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """An entry before its minutes are known."""

    agreement: Agreement
    providers: tuple[str, ...]
    receivers: tuple[str, ...]
    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]
    doubts: tuple[Finding, ...] = ()
    inseparable: tuple[str, ...] = ()


def _is_wanted(text: Agreement, choices: frozenset[Choice]) -> bool:
    return text.level is not Level.UNION or Choice.UNION in choices


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _sure_entry(text: Agreement, inventory: Sequence[Agreement], need: PlanningNeed) -> _Offer | None:
    """What a text surely covers of the need; `None` where that is nothing."""
    if force_match(text, inventory, need.on) is not Match.YES:
        return None
    providers, inseparable = _provider_codes(text, need.owners)
    offer = _Offer(
        agreement=text,
        providers=providers,
        receivers=_codes_for(text.receivers.codes, (case.territory for case in need.cases)),
        capabilities=_covered(text.help_types, need.capabilities),
        hazards=_covered(text.hazards, (case.hazard for case in need.cases)),
        inseparable=inseparable,
    )
    return offer if _permits_anything(offer, need) or _loses_something(offer, need) else None


def _provider_codes(text: Agreement, owners: Sequence[Owner]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provider codes that hold only owners who may help; and the territories where that cannot be had.

    Only a text that names who helps under it needs this: in every other one, all owners inside a code may.
    """
    codes = _codes_for(text.providers.codes, (owner.territory for owner in owners))
    if not text.provider_organisations:
        return codes, ()
    allowed = [owner for owner in owners if match_provider(text, Side(owner.code, (owner.territory,))) is Match.YES]
    others = [owner for owner in owners if owner not in allowed]
    kept: list[str] = []
    lost: list[str] = []
    for territory in _distinct(owner.territory for owner in allowed):
        shared = any(lies_inside(other.territory, territory) for other in others)
        (lost if shared else kept).append(territory)
    return tuple(kept), tuple(lost)


def _codes_for(codes: tuple[str, ...], territories: Iterable[str]) -> tuple[str, ...]:
    """The codes of a text; a planning problem has no code for everywhere, so that becomes the territories at hand."""
    return _distinct(territories) if ANY in codes else codes


def _covered(scope: Scope, codes: Iterable[str]) -> tuple[str, ...]:
    if scope == EVERYTHING:
        return (ANY,)
    return tuple(code for code in _distinct(codes) if scope.match(code) is Match.YES)


def _permits_anything(offer: _Offer, need: PlanningNeed) -> bool:
    """Whether some owner of the need may help abroad in some case of it."""
    return any(
        country_of(owner.territory) != country_of(case.territory)
        and _is_inside(owner.territory, offer.providers)
        and _permits_case(offer, case)
        for owner in need.owners
        for case in need.cases
    )


def _permits_case(offer: _Offer, case: Case) -> bool:
    fits_hazard = case.hazard in offer.hazards or ANY in offer.hazards
    return bool(offer.capabilities) and fits_hazard and _is_inside(case.territory, offer.receivers)


def _is_inside(territory: str, codes: Iterable[str]) -> bool:
    return any(lies_inside(territory, code) for code in codes)


def _loses_something(offer: _Offer, need: PlanningNeed) -> bool:
    return bool(offer.inseparable) and _permits_anything(replace(offer, providers=offer.inseparable), need)


def _from_unknown(entry: UnknownEntry) -> _Offer:
    return _Offer(
        agreement=entry.agreement,
        providers=entry.providers,
        receivers=(entry.place,),
        capabilities=entry.capabilities,
        hazards=(entry.hazard,),
        doubts=entry.doubts,
        inseparable=entry.inseparable,
    )


def _with_minutes(
    offers: Sequence[_Offer],
    assumptions: Sequence[ApprovalAssumption],
    need: PlanningNeed,
    by_id: Mapping[str, Agreement],
) -> PlanningTexts:
    """Give each offer the minutes that the planning organisation counts with; leave out what has none."""
    entries: list[PlanningAgreement] = []
    left_out: list[LeftOut] = []
    for offer in offers:
        text = offer.agreement
        if offer.inseparable:
            left_out.append(LeftOut(text, Reason.NOT_SEPARABLE, offer.inseparable))
        if not offer.providers:
            continue
        assumption = find_assumption(assumptions, text, organisation=need.organisation, on=need.on)
        if assumption is None:
            left_out.append(LeftOut(text, Reason.NO_ASSUMPTION))
        else:
            entries.append(_entry(offer, assumption, len(entries), by_id))
    return PlanningTexts(tuple(entries), _distinct(left_out))


def _entry(
    offer: _Offer, assumption: ApprovalAssumption, number: int, by_id: Mapping[str, Agreement]
) -> PlanningAgreement:
    suffix = f"?{number}" if offer.doubts else ""
    return PlanningAgreement(
        id=offer.agreement.id + suffix,
        agreement=offer.agreement,
        channels=inherited("channels", offer.agreement, by_id),
        cost_rule=inherited("cost_rule", offer.agreement, by_id),
        providers=offer.providers,
        receivers=offer.receivers,
        capabilities=offer.capabilities,
        hazards=offer.hazards,
        assumption=assumption,
        doubts=offer.doubts,
    )


def encode_entry(entry: PlanningAgreement, *, language: str, channel_names: Mapping[str, Wording]) -> dict[str, object]:
    """The entry as the `agreements` item of a problem file, texts in the reader's language.

    A channel without a name in `channel_names` is shown by its code.
    """
    channels = () if isinstance(entry.channels, Absent) else entry.channels
    names = [channel_names[code].in_language(language) if code in channel_names else code for code in channels]
    cost = entry.cost_rule
    return {
        "id": entry.id,
        "providers": list(entry.providers),
        "receivers": list(entry.receivers),
        "capabilities": list(entry.capabilities),
        "hazards": list(entry.hazards),
        "approval": entry.approval_minutes,
        "title": entry.agreement.title.in_language(language),
        "channel": ", ".join(names) or Absent.UNKNOWN.value,
        "cost_rule": cost.value,
        "source": entry.agreement.sources[0].address if entry.agreement.sources else "",
    }
