"""The text that a request stands on: who pays under it, who has to sign, and what nobody has established.

The texts are those that the reader's own inventory holds. A request at home needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.queries import inventory
from noaber.core.agreements import (
    Absent,
    Agreement,
    Answer,
    Authority,
    Basis,
    CostRule,
    Level,
    Question,
    Verdict,
    Wording,
    may_help,
)
from noaber.core.messages.timers import UNION_AGREEMENT
from noaber.reference.legal_texts import role_names
from noaber.web.reader import reader_language

HOME: Final = ""
"""The agreement of a request inside one country: none is needed."""
UNKNOWN_COST: Final = "unknown"
NO_COST_RULE: Final = "none"
HOME_COST: Final = "home"
COST_RULES: Final = (*CostRule, UNKNOWN_COST, NO_COST_RULE, HOME_COST)


@dataclass(frozen=True)
class Fact:
    """One thing that a text says; empty `words` where nobody has established it (`is_unknown`) or it says nothing."""

    label: str | Promise
    words: tuple[str, ...]
    is_unknown: bool


def _rule(value: Wording | Absent) -> tuple[tuple[str, ...], bool]:
    if isinstance(value, Absent):
        return (), value is Absent.UNKNOWN
    return (value.in_language(reader_language()),), False


def _authorities(value: tuple[Authority, ...] | Absent) -> tuple[tuple[str, ...], bool]:
    if isinstance(value, Absent):
        return (), value is Absent.UNKNOWN
    return tuple(dict.fromkeys(_authority(authority) for authority in value)), False


def _authority(authority: Authority) -> str:
    known = role_names().get(authority.role)
    name = known.in_language(reader_language()) if known else authority.role
    return f"{name} ({authority.organisation})" if authority.organisation else name


@dataclass(frozen=True)
class Ground:
    """What a request stands on, as one reader's inventory tells it.

    Parameters
    ----------
    code
        The agreement's id; `HOME` inside one country.
    answer
        What all texts say to the question.
    basis
        The chosen text among them; None at home, or where the reader's inventory does not hold it.
    """

    code: str
    answer: Answer
    basis: Basis | None

    @property
    def is_home(self) -> bool:
        return self.answer.verdict is Verdict.HOME

    @property
    def agreement(self) -> Agreement | None:
        return self.basis.agreement if self.basis else None

    @property
    def cost_rule(self) -> str:
        """Who pays, as a code of `COST_RULES`: as it is shown before sending and written into the message."""
        if self.is_home:
            return HOME_COST
        if self.basis is None or self.basis.cost_rule.value is Absent.UNKNOWN:
            return UNKNOWN_COST
        return NO_COST_RULE if self.basis.cost_rule.value is Absent.NONE else self.basis.cost_rule.value.value

    @property
    def needs_sign_off(self) -> bool:
        """Whether somebody's signature carries the request: yes, unless the text says that those who ask only relay."""
        if self.is_home:
            return False
        requesters = self.basis.requesters.value if self.basis else Absent.UNKNOWN
        return isinstance(requesters, Absent) or any(authority.signs for authority in requesters)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the text says on who asks and grants, border, command, liability and claims."""
        basis = self.basis
        if basis is None:
            return ()
        return (
            Fact(_("Who asks"), *_authorities(basis.requesters.value)),
            Fact(_("Who grants"), *_authorities(basis.granters.value)),
            Fact(_("Border"), *_rule(basis.border_rule.value)),
            Fact(_("Command"), *_rule(basis.command_rule.value)),
            Fact(_("Liability"), *_rule(basis.liability_rule.value)),
            Fact(_("Claims"), *_rule(basis.claim_deadline.value)),
        )

    @property
    def title(self) -> str:
        return self.agreement.title.in_language(reader_language()) if self.agreement else self.code

    @property
    def cost_exceptions(self) -> list[str]:
        """Where the rule on costs does not hold, in words."""
        return [text.in_language(reader_language()) for text in self.basis.cost_exceptions.value] if self.basis else []

    @property
    def usable(self) -> tuple[Basis, ...]:
        """The texts that may be chosen, the best first; the Union mechanism last."""
        return self.answer.bases + self.answer.union


def find_ground(
    reader: Organisation,
    code: str,
    *,
    owner: Organisation,
    place_territory: str,
    capability: str | None,
    hazard: str | None,
    on: date,
) -> Ground:
    """What a request to `owner` for help at a place stands on, under the agreement `code`."""
    question = Question(
        owner_territory=owner.territory or owner.country,
        place_territory=place_territory,
        capability=capability,
        hazard=hazard or None,
        owner=owner.code,
    )
    answer = may_help(question, inventory(reader), on)
    return Ground(code, answer, _find_basis(answer, code))


def _find_basis(answer: Answer, code: str) -> Basis | None:
    every = answer.bases + answer.union + answer.others
    if code == UNION_AGREEMENT:
        return next((basis for basis in every if basis.agreement.level is Level.UNION), None)
    return next((basis for basis in every if basis.agreement.id == code), None)


def code_in_messages(ground: Ground) -> str:
    """How a message names the text: the Union mechanism has one name for all."""
    agreement = ground.agreement
    return UNION_AGREEMENT if agreement and agreement.level is Level.UNION else ground.code
