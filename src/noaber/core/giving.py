"""What an owner may still give, all its teams taken together: what is free, less what must stay at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from noaber.core.promises import Holdings


def left_to_give(holdings: Holdings, called: Mapping[str, str]) -> Counter[str]:
    """How many teams of each capability may go without a word to anybody, if all go that may.

    A team leaves under every capability that it has, and is counted once: under the one that it is called by.

    Parameters
    ----------
    called
        The capability by which each unit is called; a unit that is not named is left out.
    """
    given: Counter[str] = Counter()
    for unit in sorted(holdings.stocks):
        quantity = holdings.may_go(unit) if unit in called else 0
        if quantity > 0:
            given[called[unit]] += quantity
            holdings = holdings.freed({unit: -quantity})
    return given
