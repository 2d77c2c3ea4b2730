"""Why each applicant got what they got. No reason names another applicant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from noaber.core.placements.market import Applicant, Market
from noaber.core.placements.rules import Rule, broken_rules
from noaber.core.placements.stable import Pairs


class Outcome(StrEnum):
    """What became of one wish."""

    GIVEN = "given"
    RULE = "rule"
    REFUSED = "refused"
    NOT_RANKED = "not-ranked"
    FILLED = "filled"
    NOT_NEEDED = "not-needed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class WishOutcome:
    """The wish at `rank` (from 1), and the rules that stood against it."""

    rank: int
    place: int
    outcome: Outcome
    rules: tuple[Rule, ...] = ()


def explain(market: Market, pairs: Pairs, applicant: Applicant) -> list[WishOutcome]:
    """What became of each wish of the applicant, in their order."""
    given = pairs.get(applicant.key)
    got = applicant.wishes.index(given) + 1 if given in applicant.wishes else len(applicant.wishes) + 1
    return [_explain(market, applicant, rank, key, got) for rank, key in enumerate(applicant.wishes, 1)]


def _explain(market: Market, applicant: Applicant, rank: int, key: int, got: int) -> WishOutcome:
    place = market.places.get(key)
    if place is None:
        return WishOutcome(rank, key, Outcome.WITHDRAWN)
    if rank == got:
        return WishOutcome(rank, key, Outcome.GIVEN)
    if rules := broken_rules(applicant, place):
        return WishOutcome(rank, key, Outcome.RULE, rules)
    if rank > got:
        return WishOutcome(rank, key, Outcome.NOT_NEEDED)
    if applicant.key in place.refused:
        return WishOutcome(rank, key, Outcome.REFUSED)
    return WishOutcome(rank, key, Outcome.FILLED if applicant.key in place.ranked else Outcome.NOT_RANKED)
