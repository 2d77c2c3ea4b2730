"""Playing the story: step after step, through the services that the pages call.

The story goes by the exercise's clock: a step that lies ahead puts the clock forward to it, and one that comes late
moves everything after it by as much, so that promised times still make sense. People may play too: what somebody has
done when the story comes to it is taken over, and a step for which something is still missing is held until it is
there, with the sentence that says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from noaber.apps.demo.book import Book, Made
from noaber.apps.demo.cast import acting_as
from noaber.apps.demo.models import Outcome, PlayedStep
from noaber.apps.demo.scene import Held, Scene
from noaber.apps.demo.steps import MOVES
from noaber.apps.exchange.models import JournalEntry
from noaber.core.messages.transitions import StepKind
from noaber.reference.demo.story import StoryStep, load_story
from noaber.web import clock

_ON_TIME: Final = timedelta(minutes=1)
_ASKING: Final = frozenset({StepKind.AUTHORISE_REQUEST, StepKind.SEND_REQUEST})


@dataclass(frozen=True)
class Played:
    """What came of a step: how it came about, or why it is held."""

    step: StoryStep
    at: datetime
    outcome: Outcome | None
    why: str = ""


def waiting_steps() -> list[StoryStep]:
    """What is not behind us, in the story's order."""
    behind = set(PlayedStep.objects.values_list("step", flat=True))
    return [step for step in load_story() if step.id not in behind]


def moment_of(step: StoryStep, late: timedelta) -> datetime:
    """When the step is taken: its own time, later by as much as the story runs late; not before now.

    Within a minute the story counts as on time, unless somebody said something meanwhile: two steps of one minute
    follow on each other.
    """
    due, now = step.at + late, clock.now()
    if due < now - _ON_TIME or due < _last_said_at():
        return now
    return due


def _last_said_at() -> datetime:
    last: datetime | None = JournalEntry.objects.aggregate(last=Max("recorded_at"))["last"]
    return last or datetime.min.replace(tzinfo=UTC)


def play(*, until: datetime | None = None, most: int | None = None, leave: Collection[str] = ()) -> Iterator[Played]:
    """Play on, each step as it is asked for; of the steps of one request that are held, only the first is told.

    Parameters
    ----------
    until
        Play nothing that would be taken after this; None: to the end.
    most
        So many steps; what was done by hand is not counted.
    leave
        Codes of organisations that people play: their steps are taken over when done, and never taken here.
    """
    count = 0
    held: set[str] = set()
    for step in waiting_steps():
        if until is not None and moment_of(step, Book.read().late) > until:
            return
        played = take_step(step, leave=leave)
        if played.outcome is Outcome.PLAYED:
            clock.advance_to(played.at)
            count += 1
        if played.outcome or _request_of(step) not in held:
            yield played
        if not played.outcome:
            held.add(_request_of(step))
        if count == most or _is_their_turn(played):
            return


def _request_of(step: StoryStep) -> str:
    return str(step.payload.get("request", step.case))


def _is_their_turn(played: Played) -> bool:
    """Whether the story waits for people; not for a request that they may never send: its steps are passed over."""
    return played.outcome is None and not played.why and played.step.step not in _ASKING


def take_step(step: StoryStep, *, leave: Collection[str] = ()) -> Played:
    """Take one step, in one transaction with the record of it."""
    try:
        with transaction.atomic():
            return _take(step, leave)
    except IntegrityError:
        if not PlayedStep.objects.filter(step=step.id).exists():
            raise
        return Played(step, clock.now(), Outcome.OVERTAKEN)


def _take(step: StoryStep, leave: Collection[str]) -> Played:
    book = Book.read()
    moment = moment_of(step, book.late)
    scene = Scene(step, acting_as(step.username, step.organisation), book, moment - step.at)
    with clock.at(moment):
        move = MOVES[step.step](scene)
        if isinstance(move, Held):
            return Played(step, moment, None, move.why)
        if move.do is not None and step.organisation in leave:
            return Played(step, moment, None)
        made = move.do() if move.do else {}
    outcome = Outcome.PLAYED if move.do else Outcome.OVERTAKEN
    book = Book(dict(move.found))
    book.add(made)
    _record(step, moment, outcome, book.names)
    return Played(step, moment, outcome)


def _record(step: StoryStep, moment: datetime, outcome: Outcome, made: Made) -> None:
    PlayedStep.objects.create(step=step.id, outcome=outcome, at=moment, story_at=step.at, made=made)
