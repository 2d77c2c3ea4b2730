"""What an agreement between neighbours says, field by field, and what is not known of it.

Every field of a text of mutual assistance, as data. *Unknown* is a value of its own (`UNKNOWN`): something may well
be written, and nobody has established what. `NONE` is different: as far as the text was read, it sets no such rule.
A remark says for a field how sure we are, by which source, and what is supposed meanwhile. How long an approval
takes is no part of a text: `approvals.py`. Whether a text covers a case: `answer.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import Final, Literal

from noaber.core.agreements.scope import NOTHING, Match, Scope, Territories
from noaber.core.agreements.wording import Wording


class Absent(Enum):
    """Why a field has no value."""

    UNKNOWN = "unknown"
    """Not established: there may be a rule."""
    NONE = "none"
    """The text, as far as it was read, sets no such rule (or no end)."""


UNKNOWN: Final = Absent.UNKNOWN
NONE: Final = Absent.NONE
Unknown = Literal[Absent.UNKNOWN]


class Level(StrEnum):
    """Between whom a text stands, from the nearest to the farthest. The Union mechanism is its own level."""

    LOCAL = "local"
    REGION = "region"
    STATE = "state"
    UNION = "union"

    @property
    def rank(self) -> int:
        """0 for the nearest."""
        return list(Level).index(self)


class Kind(StrEnum):
    """What sort of instrument it is."""

    TREATY = "treaty"
    MEMORANDUM = "memorandum"
    ARRANGEMENT = "arrangement"
    DECISION = "decision"
    DECLARATION = "declaration"
    PLAN = "plan"
    UNION_LAW = "union-law"


class CostRule(StrEnum):
    """Who bears the cost of the help, as a rule; the exceptions stand beside it."""

    FREE = "free"
    REIMBURSED = "reimbursed"
    PARTLY = "partly"
    BY_ARRANGEMENT = "by-arrangement"


class CertificateRule(StrEnum):
    """Whether the team's leader carries a certificate across the border."""

    REQUIRED = "yes"
    NOT_REQUIRED = "no"


class Trigger(StrEnum):
    """When help may be asked."""

    OWN_MEANS_INSUFFICIENT = "own-means-insufficient"
    ON_REQUEST = "on-request"


class Confidence(StrEnum):
    """How a statement came to us."""

    SOURCED = "sourced"
    DERIVED = "derived"
    GENERAL_KNOWLEDGE = "general-knowledge"
    OURS = "ours"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: the number in the project's list of sources, and its address."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one field: how sure, by which sources, and what is supposed where it is unknown."""

    confidence: Confidence
    sources: tuple[int, ...] = ()
    supposed: Wording | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A function that asks or grants.

    Parameters
    ----------
    role
        A code of the role list ("interior-ministry", "prefect"), whose names are in four languages.
    territory
        The side for which it acts (a NUTS code; `"*"` for both).
    organisation
        Its code in the registry, where it is one particular organisation.
    signs
        Whether its signature carries the request; a control room that only relays does not sign.
    """

    role: str
    territory: str = "*"
    organisation: str = ""
    signs: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """When this reading of the text was last checked, and by whom."""

    on: date
    by: str


Days = date | Absent
Authorities = tuple[Authority, ...] | Absent
Codes = tuple[str, ...] | Absent
Rule = Wording | Absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One text on mutual assistance.

    Parameters
    ----------
    id
        Stable, for machines and addresses: "NL-DE-1988".
    parties
        Codes of the states or organisations between which it stands.
    providers, receivers
        Territories from which help may come, and to which; the two may differ.
    provider_organisations
        Where not empty, only these organisations (and their parts, "DE-THW-…") help under it.
    signed, in_force
        Days; unknown where not established. `counted_from` is the day from which a text with an unknown day of
        force is counted all the same, where there is a reason for one; else it counts from its signature.
    valid_until
        The last day of validity; `NONE` where no end is known.
    replaces, supplements, implements
        Ids of other texts; a replaced text that is not in the inventory is named by its title.
    help_types, hazards
        What is covered: capability codes, hazard codes. A text that gives no help (a declaration, rules on
        information) covers nothing.
    cost_exceptions
        Where the cost rule does not hold; empty where none is known.
    claim_deadline
        By when a claim must be made.
    sources
        Numbers in the list of sources.
    remarks
        By field name.
    """

    id: str
    title: Wording
    kind: Kind
    level: Level
    parties: tuple[str, ...]
    providers: Territories
    receivers: Territories
    checked: Checked
    confidence: Confidence
    sources: tuple[Source, ...]
    provider_organisations: tuple[str, ...] = ()
    signed: Days = UNKNOWN
    in_force: Days = UNKNOWN
    counted_from: date | None = None
    valid_until: Days = UNKNOWN
    replaces: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    requester_roles: Authorities = UNKNOWN
    granter_roles: Authorities = UNKNOWN
    channels: Codes = UNKNOWN
    help_types: Scope = NOTHING
    hazards: Scope = NOTHING
    trigger: Trigger | Absent = UNKNOWN
    border_rule: Rule = UNKNOWN
    certificate_required: CertificateRule | Absent = UNKNOWN
    command_rule: Rule = UNKNOWN
    cost_rule: CostRule | Absent = UNKNOWN
    cost_exceptions: tuple[Wording, ...] = ()
    liability_rule: Rule = UNKNOWN
    claim_deadline: Rule = UNKNOWN
    notes: tuple[Wording, ...] = ()
    remarks: Mapping[str, Remark] = field(default_factory=dict, hash=False)

    @property
    def gives_help(self) -> bool:
        """Whether any help at all may be, or might be, given under it."""
        return self.help_types.covers_anything

    def stands_between(self, owner_territory: str, place_territory: str) -> bool:
        """Whether help from the one territory to the other is, or may be, its matter."""
        provider = self.providers.match(owner_territory)
        return provider is not Match.NO and self.receivers.match(place_territory) is not Match.NO

    @property
    def year(self) -> int | None:
        """The year of signature, by which people call a text."""
        return self.signed.year if isinstance(self.signed, date) else None


ESTABLISHED_FIELDS: Final = (
    "signed",
    "in_force",
    "valid_until",
    "providers",
    "receivers",
    "requester_roles",
    "granter_roles",
    "channels",
    "help_types",
    "hazards",
    "trigger",
    "border_rule",
    "certificate_required",
    "command_rule",
    "cost_rule",
    "liability_rule",
    "claim_deadline",
)
"""The fields that someone can find out; each is known, unknown, or (for some) absent from the text."""


def unknown_fields(agreement: Agreement) -> tuple[str, ...]:
    """The fields of an agreement that are not established, in the order of `ESTABLISHED_FIELDS`."""
    return tuple(name for name in ESTABLISHED_FIELDS if _is_unknown(getattr(agreement, name)))


def _is_unknown(value: object) -> bool:
    if isinstance(value, Scope | Territories):
        return not value.is_known
    return value is UNKNOWN
