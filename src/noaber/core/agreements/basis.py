"""One text as the basis of one help: what it says for this pair of sides, and what is not known.

A text that carries another one out ("under the treaty of 1981") often sets no rule of its own on cost or liability;
then the rule of the text that it implements or supplements holds, and the basis names which text that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from noaber.core.agreements.model import (
    ESTABLISHED_FIELDS,
    NONE,
    UNKNOWN,
    Absent,
    Agreement,
    Authorities,
    Authority,
    CertificateRule,
    Codes,
    CostRule,
    Rule,
    Trigger,
    unknown_fields,
)
from noaber.core.agreements.scope import Match, lies_inside
from noaber.core.agreements.wording import Wording

T = TypeVar("T")


class Aspect(StrEnum):
    """What is held against a text."""

    PROVIDER = "provider"
    OWNER = "owner"
    RECEIVER = "receiver"
    HELP = "help"
    HAZARD = "hazard"
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class Finding:
    """One aspect of a question against one text; `detail` says why it is not a plain yes or no."""

    aspect: Aspect
    match: Match
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A rule, and the id of the text that states it."""

    value: T
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One text for one question.

    Parameters
    ----------
    match
        Whether it covers the question; `Match.NO` only among the answer's `others`.
    findings
        Aspect by aspect.
    requesters, granters
        Who asks, on the side of the place; who grants, on the side of the owner.
    signers
        Those of the requesters whose signature carries the request.
    unknown
        Names of the fields that are not established, also in the text that a rule is inherited from.
    """

    agreement: Agreement
    match: Match
    findings: tuple[Finding, ...]
    requesters: Stated[Authorities]
    granters: Stated[Authorities]
    signers: Stated[Authorities]
    channels: Stated[Codes]
    trigger: Stated[Trigger | Absent]
    border_rule: Stated[Rule]
    certificate_required: Stated[CertificateRule | Absent]
    command_rule: Stated[Rule]
    cost_rule: Stated[CostRule | Absent]
    cost_exceptions: Stated[tuple[Wording, ...]]
    liability_rule: Stated[Rule]
    claim_deadline: Stated[Rule]
    unknown: tuple[str, ...]

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """Why the text does not surely cover the question."""
        return tuple(finding for finding in self.findings if finding.match is not Match.YES)


_INHERITED: Final = (
    "requester_roles",
    "granter_roles",
    "channels",
    "trigger",
    "border_rule",
    "certificate_required",
    "command_rule",
    "cost_rule",
    "liability_rule",
    "claim_deadline",
)


def make_basis(
    agreement: Agreement,
    findings: tuple[Finding, ...],
    by_id: Mapping[str, Agreement],
    owner_territory: str,
    place_territory: str,
) -> Basis:
    """The basis that a text gives between two territories."""
    parents = tuple(_ancestors(agreement, by_id, owner_territory, place_territory))
    stated = {name: _stated(name, agreement, parents) for name in _INHERITED}
    requesters = _on_side(stated["requester_roles"], place_territory)
    cost = stated["cost_rule"]
    cost_text = by_id.get(cost.by, agreement)
    inherited_exceptions = cost_text.cost_exceptions if cost_text is not agreement else ()
    return Basis(
        agreement=agreement,
        match=min(finding.match for finding in findings),
        findings=findings,
        requesters=requesters,
        granters=_on_side(stated["granter_roles"], owner_territory),
        signers=_signing(requesters),
        channels=stated["channels"],
        trigger=stated["trigger"],
        border_rule=stated["border_rule"],
        certificate_required=stated["certificate_required"],
        command_rule=stated["command_rule"],
        cost_rule=cost,
        cost_exceptions=Stated(agreement.cost_exceptions + inherited_exceptions, cost.by),
        liability_rule=stated["liability_rule"],
        claim_deadline=stated["claim_deadline"],
        unknown=_unknown_after_inheritance(agreement, stated),
    )


def unknown_between(
    agreement: Agreement, by_id: Mapping[str, Agreement], owner_territory: str, place_territory: str
) -> tuple[str, ...]:
    """The `unknown` of the basis that a text gives between two territories, without the rest of it."""
    parents = tuple(_ancestors(agreement, by_id, owner_territory, place_territory))
    return _unknown_after_inheritance(agreement, {name: _stated(name, agreement, parents) for name in _INHERITED})


def _ancestors(
    agreement: Agreement, by_id: Mapping[str, Agreement], owner_territory: str, place_territory: str
) -> Iterable[Agreement]:
    """The texts that it implements or supplements between these territories, nearest first, each once."""
    seen = {agreement.id}
    queue = [agreement]
    while queue:
        current = queue.pop(0)
        for parent_id in current.implements + current.supplements:
            parent = by_id.get(parent_id)
            if parent is None or parent_id in seen or not parent.stands_between(owner_territory, place_territory):
                continue
            seen.add(parent_id)
            queue.append(parent)
            yield parent


def _stated(name: str, agreement: Agreement, parents: Iterable[Agreement]) -> Stated[Any]:
    """The nearest text that sets this rule, or leaves it unknown; the text itself where none does."""
    for text in (agreement, *parents):
        value = getattr(text, name)
        if value is not NONE:
            return Stated(value, text.id)
    return Stated(NONE, agreement.id)


def inherited(name: str, agreement: Agreement, by_id: Mapping[str, Agreement]) -> Any:
    """A rule of a text whatever the pair: its own, else the one on which all texts that it stands on agree.

    `UNKNOWN` where they differ: then only the basis of one pair can tell.
    """
    own = getattr(agreement, name)
    if own is not NONE:
        return own
    parents = [by_id[parent] for parent in agreement.implements + agreement.supplements if parent in by_id]
    values = {value for value in (inherited(name, parent, by_id) for parent in parents) if value is not NONE}
    if len(values) > 1:
        return UNKNOWN
    return values.pop() if values else NONE


def _on_side(stated: Stated[Authorities], territory: str) -> Stated[Authorities]:
    """Of the authorities of a text, those that act for the side in which `territory` lies."""
    if isinstance(stated.value, Absent):
        return stated
    acting = tuple(authority for authority in stated.value if _acts_for(authority, territory))
    return Stated(acting or UNKNOWN, stated.by)


def _acts_for(authority: Authority, territory: str) -> bool:
    return lies_inside(territory, authority.territory) or authority.territory.startswith(territory)


def _signing(requesters: Stated[Authorities]) -> Stated[Authorities]:
    if isinstance(requesters.value, Absent):
        return requesters
    return Stated(tuple(authority for authority in requesters.value if authority.signs) or UNKNOWN, requesters.by)


def _unknown_after_inheritance(agreement: Agreement, stated: Mapping[str, Stated[Any]]) -> tuple[str, ...]:
    inherited = {name for name, rule in stated.items() if rule.value is UNKNOWN}
    own = set(unknown_fields(agreement))
    return tuple(name for name in ESTABLISHED_FIELDS if name in own | inherited)
