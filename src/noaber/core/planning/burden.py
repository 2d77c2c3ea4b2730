"""The fourth and fifth objective: the smallest largest share, and least minutes at it.

A share is sent teams over available teams of one owner, so the shares that can be are fractions k / available:
finitely many. The search narrows them. Each question "can it be that no owner gives more than this share?" is
asked as least minutes with every owner at most ⌊share · available⌋: if these minutes exceed the allowance, it
cannot. No row of minutes is needed, the program keeps its structure, and the last *yes* is the fifth objective's
answer.

The prices of one answer also say how minutes rise at least when the shares shrink (weak duality again). These
tangents refuse most shares without a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from noaber.core.planning.constraints import Bounds
from noaber.core.planning.options import Indices
from noaber.core.planning.stages import Found

Owners = tuple[int, ...]
"""Available teams of each owner that can send any."""


@dataclass(frozen=True)
class Tangent:
    """Least minutes are at least `constant` + `slopes` · the most teams of each owner."""

    constant: float
    slopes: Bounds

    def least(self, limits: Bounds) -> float:
        return self.constant + float(self.slopes @ limits)


@dataclass(frozen=True)
class Answer:
    """The plan for a share, None where there is none within the allowance; and what its prices say of others."""

    found: Found | None
    tangent: Tangent | None


def smallest_burden(
    start: Found,
    *,
    available: Owners,
    burden_of: Callable[[Indices], Fraction],
    within: Callable[[Fraction], Answer],
    at_most: float,
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
        Least minutes where no owner sends more than this share.
    at_most
        The allowance, minutes.
    """
    best, low, high = start, Fraction(0), burden_of(start.values)
    tangents: list[Tangent] = []
    while middle_share(available, low, high) is not None:
        refused = _refused(tangents, available, low, high, at_most)
        share = middle_share(available, low, high) if refused == low else _next_share(available, refused)
        low = refused
        if share is None or share >= high:
            break
        answer = within(share)
        if answer.tangent:
            tangents.append(answer.tangent)
        if answer.found is None:
            low = share
            continue
        best, high = answer.found, burden_of(answer.found.values)
    return best


def _refused(tangents: list[Tangent], available: Owners, low: Fraction, high: Fraction, at_most: float) -> Fraction:
    """The largest share below `high` that the tangents refuse, `low` where they refuse none."""
    while tangents and (share := middle_share(available, low, high)) is not None:
        limits = owner_limits(available, share)
        if max(tangent.least(limits) for tangent in tangents) > at_most:
            low = share
        else:
            high = share
    return low


def _next_share(available: Owners, low: Fraction) -> Fraction:
    """The smallest share above `low`."""
    return min(Fraction(low.numerator * teams // low.denominator + 1, teams) for teams in set(available))


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
