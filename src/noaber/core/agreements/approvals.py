"""How long an approval takes: an assumption that an organisation makes for its planning, never part of a text.

No text of the inventory gives minutes. An organisation writes down what it counts with, for one text or for all
texts of a level, with who answers for the number and since when; every place that shows it says *assumed*. Without
such a number a text is not planned with: none is invented.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from noaber.core.agreements.model import Agreement, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAssumption:
    """What one organisation counts with.

    Parameters
    ----------
    organisation
        The asking organisation in whose planning it holds.
    minutes
        From request to permission to leave, 0 or more.
    owner
        The function that answers for the number.
    as_of
        Since when; of two for the same text the newer holds.
    note
        Where the number comes from ("mean of four exercises").
    agreement_id, level
        For one text, or as the default for all texts of a level: exactly one of the two.

    Raises
    ------
    ValueError
        Where both or none of `agreement_id` and `level` is given, no owner is named, or the minutes are no number of
        0 or more.
    """

    organisation: str
    minutes: float
    owner: str
    as_of: date
    note: str = ""
    agreement_id: str = ""
    level: Level | None = None

    def __post_init__(self) -> None:
        if bool(self.agreement_id) == (self.level is not None):
            raise ValueError("an assumption is for one agreement or for one level")
        if not math.isfinite(self.minutes) or self.minutes < 0:
            raise ValueError(f"minutes of an approval are 0 or more, not {self.minutes}")
        if not self.owner.strip():
            raise ValueError("an assumption names who answers for it")

    @property
    def is_default(self) -> bool:
        """Whether it stands in for a text that has no number of its own."""
        return self.level is not None


def find_assumption(
    assumptions: Iterable[ApprovalAssumption], agreement: Agreement, *, organisation: str, on: date
) -> ApprovalAssumption | None:
    """What `organisation` counts with for a text on a day.

    The newest number for the text itself; else the newest default of its level; else `None`. Numbers of other
    organisations, and numbers dated after the day, do not count.
    """
    own = [known for known in assumptions if known.organisation == organisation and known.as_of <= on]
    for_text = [known for known in own if known.agreement_id == agreement.id]
    for_level = [known for known in own if known.level is agreement.level]
    return max(for_text or for_level, key=lambda known: known.as_of, default=None)
