"""What a step of the story is taken from: who takes it, when, with which names; and what can come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.demo.book import Book, Made
from noaber.apps.exchange.services import Manner
from noaber.apps.exchange.threads import load_thread
from noaber.core.messages.acts import Act
from noaber.core.messages.refusals import find_refusal
from noaber.core.messages.states import State
from noaber.core.messages.thread import Thread
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import Problem
from noaber.reference.demo.story import StoryStep
from noaber.web import clock

Payload = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """The step cannot be taken yet; `why` is a whole sentence."""

    why: str


@dataclass(frozen=True)
class Move:
    """What is to be done; nothing (`do` is None) where somebody did it, or went another way.

    `found` are names that stand for what somebody made.
    """

    do: Callable[[], Made] | None = None
    found: Made = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One step about to be taken. `shift` is how late it comes: every time that it names moves with it."""

    step: StoryStep
    acting: Acting
    book: Book
    shift: timedelta

    @property
    def payload(self) -> Payload:
        return dict(self.step.payload)

    @property
    def language(self) -> str:
        return self.acting.person.language or "en"

    @property
    def manner(self) -> Manner:
        return Manner(language=self.language)

    @property
    def request_id(self) -> str:
        return self.book.get("request", self.payload["request"])

    @cached_property
    def thread(self) -> Thread:
        """The exchange as it stands at the moment of the step."""
        return load_thread(self.request_id, clock.now())

    def time(self, text: str) -> datetime:
        return datetime.fromisoformat(text) + self.shift

    def find_time(self, item: Payload, name: str) -> datetime | None:
        return self.time(item[name]) if item.get(name) else None

    def words(self, item: Payload, name: str) -> str:
        """A text of the payload, which carries its language; empty without one."""
        text: str = item[name]["text"] if item.get(name) else ""
        return text

    def missing(self) -> Held | None:
        """Why nothing of a request can be done: it was not sent."""
        name = self.payload["request"]
        if self.book.find("request", name):
            return None
        return Held(Problem("demo.no-request", params={"request": name}).message)

    def sort(self, kind: StepKind, wanted: Sequence[tuple[str | None, State | None, Payload]]) -> Sorted:
        """Which of the things that the step is about are ready for it; each is named by its id, if it has one."""
        ready, why = [], ""
        for subject_id, target, item in wanted:
            if subject_id is None:
                continue
            refusal = find_refusal(self.thread, Act(kind, subject_id, target), self.acting.organisation.code)
            if refusal is None:
                ready.append((subject_id, item))
            elif refusal.may_fit:
                why = refusal.problem.message
        return Sorted(ready, why)


@dataclass(frozen=True)
class Sorted:
    """What a step can be taken on, and why the rest has to wait (empty: the exchange has gone past it)."""

    ready: list[tuple[str, Payload]]
    why: str

    def move(self, do: Callable[[list[tuple[str, Payload]]], Made]) -> Move | Held:
        if self.ready:
            return Move(lambda: do(self.ready))
        return Held(self.why) if self.why else Move()
