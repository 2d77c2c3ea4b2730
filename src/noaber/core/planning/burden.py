"""The fourth and fifth objective: the smallest largest share, and least minutes at it.

A share is sent teams over available teams of one owner, so the shares that can be are fractions k / available:
finitely many. The search halves them. Each question "can no owner give more than this share?" is asked as least
minutes with every owner at most ⌊share · available⌋: if these minutes exceed the allowance, the share cannot be.
No row of minutes is needed, the program keeps its structure, and the last *yes* is the fifth objective's answer.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from noaber.core.planning.constraints import Bounds
from noaber.core.planning.options import Indices
from noaber.core.planning.stages import Found

Owners = tuple[int, ...]
"""Available teams of each owner that can send any."""


def smallest_burden(
    start: Found,
    *,
    available: Owners,
    burden_of: Callable[[Indices], Fraction],
    within: Callable[[Fraction], Found | None],
) -> Found:
    """The plan with the smallest burden, and with least minutes at that burden.

    Parameters
    ----------
    start
        The plan with least minutes and no regard to burden.
    available
        Available teams of each owner, at least 1.
    burden_of
        The burden of a plan's values.
    within
        Least minutes where no owner sends more than this share; None where there is no plan within the
        allowance.
    """
    best, low = start, Fraction(0)
    high = burden_of(start.values)
    while (share := middle_share(available, low, high)) is not None:
        found = within(share)
        if found is None:
            low = share
            continue
        best, high = found, burden_of(found.values)
    return best


def owner_limits(available: Owners, share: Fraction) -> Bounds:
    """⌊share · available⌋ of each owner."""
    limits = [share.numerator * teams // share.denominator for teams in available]
    return np.array(limits, dtype=np.float64)


def middle_share(available: Owners, low: Fraction, high: Fraction) -> Fraction | None:
    """A share k / available strictly between `low` and `high` near the middle of all of them, None if there is none.

    The median of the owners' middle shares, each weighted by how many shares it stands for: at least a quarter
    of all candidates lie on either side, so the search ends after logarithmically many questions.
    """
    middles: list[tuple[Fraction, int]] = []
    for teams in set(available):
        first = low.numerator * teams // low.denominator + 1
        last = -(-high.numerator * teams // high.denominator) - 1
        if first <= last:
            middles.append((Fraction((first + last) // 2, teams), last - first + 1))
    if not middles:
        return None
    middles.sort()
    half = sum(count for _, count in middles) / 2
    for share, count in middles:
        half -= count
        if half <= 0:
            return share
    return middles[-1][0]
