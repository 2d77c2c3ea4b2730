"""Who may come where with a capability, and after which approval: by territory, not by unit and place.

Units whose territory is treated alike everywhere form a class; places of one territory are treated alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noaber.core.planning.problem import Agreement
from noaber.core.reach.question import Borders, Question

Floats = npt.NDArray[np.float64]
Int32s = npt.NDArray[np.int32]

HOME = -1
"""In place of an agreement: help inside one country, which needs none."""


@dataclass(frozen=True)
class Permits:
    """What one capability's units may.

    Parameters
    ----------
    class_of
        (u,) int32: the class of each unit asked about.
    approval
        (c, r) float64, minutes, from a class to a receiving territory; infinite where it may not come.
    agreement
        (c, r) int32: under which agreement, by its number; `HOME` at home, and where it may not come.
    """

    class_of: Int32s
    approval: Floats
    agreement: Int32s


def permits_of(question: Question, capability: str, providers: list[str], receivers: list[str]) -> Permits:
    """The permits of units with the territories `providers` towards the territories `receivers`."""
    covering = _covering(question, capability)
    codes = sorted(set(providers))
    rows = [tuple(_permit(provider, receiver, covering) for receiver in receivers) for provider in codes]
    classes = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    class_of = {code: classes[row] for code, row in zip(codes, rows, strict=True)}
    table = np.array(list(classes), dtype=np.float64).reshape(len(classes), len(receivers), 2)
    return Permits(
        np.array([class_of[provider] for provider in providers], dtype=np.int32),
        table[:, :, 0],
        table[:, :, 1].astype(np.int32),
    )


def _covering(question: Question, capability: str) -> list[tuple[int, Agreement]]:
    """The agreements that count for the capability and hazard, the quickest first, equals as in the file."""
    if question.borders is Borders.CLOSED:
        return []
    covering = [
        (number, agreement)
        for number, agreement in enumerate(question.agreements)
        if agreement.covers(capability=capability, hazard=question.hazard)
    ]
    return sorted(covering, key=lambda entry: entry[1].approval)


def _permit(provider: str, receiver: str, covering: list[tuple[int, Agreement]]) -> tuple[float, int]:
    if provider[:2] == receiver[:2]:
        return 0.0, HOME
    for number, agreement in covering:
        if agreement.joins(provider=provider, receiver=receiver):
            return agreement.approval, number
    return np.inf, HOME
