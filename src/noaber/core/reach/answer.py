"""The answer: which team is the k-th to arrive, for every place and capability."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from noaber.core.reach.nearest import Called, Floats, Int32s, Int64s, Nearest
from noaber.core.reach.permits import HOME, permits_of
from noaber.core.reach.question import Question

COLUMNS: Final = ("place", "capability", "k", "minutes", "unit", "owner", "agreement")


@dataclass(frozen=True)
class CapabilityReach:
    """What one capability's teams reach.

    Parameters
    ----------
    minutes
        (p, k) float64: the arrival of the k-th team at each place, columns as in the question's `ks`; infinite where
        there are not so many.
    units, agreements
        (p, k) int32: of which unit it is, and under which agreement it comes, by their numbers; `HOME` where it needs
        none, and nothing where `minutes` is infinite.
    """

    minutes: Floats
    units: Int32s
    agreements: Int32s


def reach(question: Question, nearest: Nearest) -> dict[str, CapabilityReach]:
    """The reach of every capability, by its code."""
    receivers = list(dict.fromkeys(place.territory for place in question.places))
    number = {territory: i for i, territory in enumerate(receivers)}
    territory_of = np.array([number[place.territory] for place in question.places], dtype=np.int64)
    quantity = np.array([unit.quantity for unit in question.units], dtype=np.int64)
    return {
        capability: _capability_reach(question, nearest, capability, receivers, territory_of, quantity)
        for capability in question.capabilities
    }


def _capability_reach(
    question: Question,
    nearest: Nearest,
    capability: str,
    receivers: list[str],
    territory_of: Int64s,
    quantity: Int64s,
) -> CapabilityReach:
    units = [i for i, unit in enumerate(question.units) if capability in unit.capabilities and unit.quantity > 0]
    permits = permits_of(question, capability, [question.units[i].territory for i in units], receivers)
    called = Called(np.array(units, dtype=np.int32), permits.class_of, permits.approval[:, territory_of])
    ks = np.array(question.ks, dtype=np.int64)
    first = nearest.first(called, max(1, min(int(ks.max()), len(units))))
    teams = np.where(np.isfinite(first.minutes), quantity[first.units], 0).cumsum(axis=1)
    column = (teams[:, :, None] < ks).sum(axis=1)
    enough = column < first.minutes.shape[1]
    column = np.where(enough, column, 0)
    chosen = np.take_along_axis(first.units, column, axis=1)
    class_of = np.zeros(len(question.units), dtype=np.int32)
    class_of[called.units] = called.class_of
    agreements = permits.agreement[class_of[chosen], territory_of[:, None]] if units else np.full_like(chosen, HOME)
    return CapabilityReach(
        np.where(enough, np.take_along_axis(first.minutes, column, axis=1), np.inf), chosen, agreements
    )


def encode_reach(question: Question, found: dict[str, CapabilityReach]) -> Iterator[bytes]:
    """The answer as CSV, in UTF-8: by place, then capability, then k; minutes with six decimals."""
    yield _encoded([COLUMNS])
    for i, place in enumerate(question.places):
        yield _encoded(
            [
                (place.id, capability, k, *_shown(question, one, i, j))
                for capability, one in found.items()
                for j, k in enumerate(question.ks)
            ]
        )


def _shown(question: Question, found: CapabilityReach, place: int, column: int) -> tuple[str, str, str, str]:
    """Minutes, unit, owner and agreement; empty where no team comes."""
    minutes = found.minutes[place, column]
    if not np.isfinite(minutes):
        return "", "", "", ""
    unit, agreement = question.units[found.units[place, column]], int(found.agreements[place, column])
    return f"{minutes:.6f}", unit.id, unit.owner, "" if agreement == HOME else question.agreements[agreement].id


def _encoded(rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
