"""What would be, if: a text that does not exist yet, one that ends, an approval that takes less time.

A change turns a `Law` (the texts, and the minutes that an organisation counts with) into another one. Nothing else is
computed here: the matrix, the minutes and the plans of both are got by the functions that everyone uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from noaber.core.agreements.approvals import ApprovalAssumption
from noaber.core.agreements.matrix import HOME_CODE, HelpMatrix
from noaber.core.agreements.model import NONE, Agreement, Checked, Confidence, Kind, Level
from noaber.core.agreements.scope import EVERYTHING, Match, Scope, Territories
from noaber.core.agreements.wording import Wording


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that permits help in the eyes of one organisation: texts, and assumed minutes."""

    texts: tuple[Agreement, ...]
    assumptions: tuple[ApprovalAssumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text that does not exist yet: all its territories help each other.

    Parameters
    ----------
    territories
        NUTS codes, two or more.
    capabilities, hazards
        Codes; empty for all.
    approval_minutes
        What the organisation would count with.
    """

    id: str
    title: Wording
    level: Level
    territories: tuple[str, ...]
    approval_minutes: float
    capabilities: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndedText:
    """A text that ends the day before."""

    agreement_id: str


@dataclass(frozen=True, slots=True)
class ShorterApproval:
    """Other minutes for one text."""

    agreement_id: str
    minutes: float


Change = NewText | EndedText | ShorterApproval


def apply_change(change: Change, law: Law, *, organisation: str, owner: str, on: date) -> Law:
    """The law as it would be on the day `on`.

    Parameters
    ----------
    organisation
        Whose assumptions change.
    owner
        Who answers for the changed minutes.
    """

    def minutes(agreement_id: str, number: float) -> ApprovalAssumption:
        return ApprovalAssumption(
            organisation=organisation, minutes=number, owner=owner, as_of=on, agreement_id=agreement_id
        )

    match change:
        case NewText():
            new = minutes(change.id, change.approval_minutes)
            return Law((*law.texts, _text(change, owner, on)), (*law.assumptions, new))
        case EndedText(agreement_id):
            ended = (_ended(text, on) if text.id == agreement_id else text for text in law.texts)
            return replace(law, texts=tuple(ended))
        case ShorterApproval(agreement_id, number):
            mine = (organisation, agreement_id)
            others = (one for one in law.assumptions if (one.organisation, one.agreement_id) != mine)
            return replace(law, assumptions=(*others, minutes(agreement_id, number)))


def _text(change: NewText, owner: str, on: date) -> Agreement:
    sides = Territories(change.territories)
    return Agreement(
        id=change.id,
        title=change.title,
        kind=Kind.ARRANGEMENT,
        level=change.level,
        parties=change.territories,
        providers=sides,
        receivers=sides,
        checked=Checked(on, owner),
        confidence=Confidence.OURS,
        sources=(),
        signed=on,
        in_force=on,
        valid_until=NONE,
        help_types=_scope(change.capabilities),
        hazards=_scope(change.hazards),
    )


def _scope(codes: Sequence[str]) -> Scope:
    return Scope(yes=frozenset(codes)) if codes else EVERYTHING


def _ended(text: Agreement, on: date) -> Agreement:
    return replace(text, valid_until=on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class MatrixChange:
    """How the cells of two matrices of the same shape differ.

    Parameters
    ----------
    better, worse
        Same shape, bool: the answer is surer than before, or less sure.
    other_text
        The answer is the same, and another text is named first.
    """

    better: NDArray[np.bool_]
    worse: NDArray[np.bool_]
    other_text: NDArray[np.bool_]


def compare_matrices(before: HelpMatrix, after: HelpMatrix) -> MatrixChange:
    """Where `after` differs from `before`; both over the same owners, places, helps and hazards."""
    ids_before, ids_after = _text_ids(before), _text_ids(after)
    same = before.codes == after.codes
    return MatrixChange(
        better=after.codes > before.codes,
        worse=after.codes < before.codes,
        other_text=same & (before.codes != HOME_CODE) & (before.codes != Match.NO) & (ids_before != ids_after),
    )


def _text_ids(matrix: HelpMatrix) -> NDArray[np.str_]:
    """The id of the text named first in each cell; empty where there is none."""
    ids = np.array([*(text.id for text in matrix.texts), ""], dtype=np.str_)
    return ids[matrix.text_index]
