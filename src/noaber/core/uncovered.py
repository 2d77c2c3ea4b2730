"""What nobody covers: how much of a need is open, because of which answer, and which of it comes first.

A need is left open where teams are missing and nobody who was asked may still bring them. A refusal says so at once;
so do a withdrawal, a recall, an offer that ran out, an answer with fewer teams than were asked for, a request that ran
out without an answer, and a need for which nobody was asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from noaber.core.coverage import Coverage

SEVERITIES: Final = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
"""CAP 1.2, the gravest first."""
LIVES_AT_STAKE: Final = 1
"""The priority of a need on which lives depend."""
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Because(StrEnum):
    """How teams that were hoped for were lost."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    LAPSED = "lapsed"
    """The offer was not taken in time."""
    FEWER = "fewer"
    """Offered, but fewer than were asked for."""
    UNANSWERED = "unanswered"
    """The request ran out before anybody answered."""


@dataclass(frozen=True)
class Loss:
    """An answer that brings fewer teams than were hoped for: how many fewer, of whom, when, and why in their words.

    `team` names the teams that were offered; empty where they had no name, or nothing was offered.
    """

    because: Because
    by: str
    at: datetime
    reason: str = ""
    language: str = ""
    reason_code: str = ""
    request_id: str = ""
    teams: int = 0
    team: str = ""

    @property
    def answer(self) -> tuple[Because, str, datetime, str]:
        """What one answer has in common: its losses are told as one."""
        return self.because, self.by, self.at, self.request_id


@dataclass(frozen=True)
class Accepted:
    """The officer's word that so many teams stay missing, and when it was given."""

    teams: int
    at: datetime


@dataclass(frozen=True)
class Uncovered:
    """So many teams that nobody covers. `loss` is the newest answer that left them open; None: nobody was asked."""

    teams: int
    loss: Loss | None = None


def find_uncovered(
    coverage: Coverage, *, pending: int, losses: Iterable[Loss], accepted: Accepted | None = None
) -> Uncovered | None:
    """What of a need nobody covers.

    Parameters
    ----------
    pending
        Teams that were asked for and not answered yet.
    losses
        The answers that left teams of the need open, in any order.
    accepted
        What the officer said may stay missing. It holds until more is missing, or a new answer leaves something open.

    Returns
    -------
    Uncovered or None
        None where all is covered, may still be answered or confirmed, or is accepted as it is.
    """
    teams = coverage.missing - coverage.provisional - pending
    if teams <= 0:
        return None
    every = list(losses)
    newest = max(every, key=lambda loss: (loss.at, loss.request_id), default=None)
    if newest is not None:
        newest = _together(newest, [loss for loss in every if loss.answer == newest.answer])
    if accepted is not None and teams <= accepted.teams and (newest is None or newest.at <= accepted.at):
        return None
    return Uncovered(teams, newest)


def _together(newest: Loss, same: Sequence[Loss]) -> Loss:
    """All that one answer took away, with the names of its teams."""
    names = dict.fromkeys(loss.team for loss in same if loss.team)
    return replace(newest, teams=sum(loss.teams for loss in same), team=", ".join(names))


Urgency = tuple[int, int, datetime]


def urgency(severity: str, priority: int, needed_by: datetime | None) -> Urgency:
    """The order of what is open: severity of the incident, then priority, then time left; no deadline comes last."""
    rank = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return rank, priority, needed_by or NEVER
