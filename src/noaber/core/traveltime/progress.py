"""How far the building of a network is: its phases, what each takes of the whole, and both as lines of JSON.

A terminal shows the text of each step; another process reads the lines, and says the phases in its reader's language.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.core.problems import Problem


class Phase(StrEnum):
    """What is being done, in its order."""

    WAYS = "ways"
    NODES = "nodes"
    KEEPING = "keeping"
    CONTRACTING = "contracting"
    ORDERING = "ordering"
    CUSTOMISING = "customising"
    WRITING = "writing"


_PARTS: Final[dict[Phase, float]] = {
    Phase.WAYS: 0.45,
    Phase.NODES: 0.25,
    Phase.KEEPING: 0.05,
    Phase.CONTRACTING: 0.02,
    Phase.ORDERING: 0.09,
    Phase.CUSTOMISING: 0.12,
    Phase.WRITING: 0.02,
}
"""What each phase takes of the whole, roughly: on a network of 100,000 junctions; it differs with the extract."""


@dataclass(frozen=True)
class Step:
    """One thing that begins, or has got further.

    Parameters
    ----------
    text
        What a terminal shows, in English; nothing where only the share has grown.
    done
        How much of the phase lies behind, from 0 to 1, as far as that is known.
    """

    phase: Phase
    text: str
    done: float = 0.0

    @property
    def share(self) -> float:
        """How much of the whole building lies behind, from 0 to 1."""
        before = sum(part for phase, part in _PARTS.items() if _ORDER[phase] < _ORDER[self.phase])
        return before + self.done * _PARTS[self.phase]


_ORDER: Final = {phase: number for number, phase in enumerate(Phase)}

Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Told:
    """What a line says: how far it is, or what stopped it."""

    phase: Phase | None = None
    share: float = 0.0
    problem: Problem | None = None


def encode_step(step: Step) -> str:
    """A step as one line."""
    return json.dumps({"phase": step.phase, "share": round(step.share, 3)})


def encode_problem(problem: Problem) -> str:
    """What stopped the building, as one line."""
    said = {name: value if isinstance(value, int | float) else str(value) for name, value in problem.params.items()}
    return json.dumps({"problem": problem.code, "where": problem.where, "params": said})


def decode_told(line: str) -> Told:
    """What was encoded."""
    said = json.loads(line)
    if "problem" in said:
        return Told(problem=Problem(said["problem"], said["where"], said["params"]))
    return Told(Phase(said["phase"]), said["share"])


def disk_problem(error: OSError) -> Problem:
    """What the system says of the disk."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem("network.no-space")
    return Problem("network.disk", params={"reason": error.strerror or str(error)})
