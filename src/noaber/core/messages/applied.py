"""What a step that was applied gives back: the thread after it, and what it did."""

from __future__ import annotations

from noaber.core.messages.acts import Act
from noaber.core.messages.model import ResourceInformation
from noaber.core.messages.thread import Effect, EffectCode, Thread

Applied = tuple[Thread, tuple[Effect, ...]]


def effect_of(code: EffectCode, act: Act, quantity: int | None = None) -> tuple[Effect, ...]:
    """One effect on the thing that the step is about."""
    return (Effect(code, act.subject_id, quantity=quantity),)


def line_of(act: Act) -> ResourceInformation:
    """The line that takes the step."""
    assert act.line is not None  # noqa: S101 - `acts.py` gives every such step its line
    return act.line
