"""From the messages of one exchange to its state: the same state whichever order they came in, and how often.

The messages are put into the order of their causes (what answers comes after what it answers), then of their
sending, then of their ids, and take effect one after the other. What does not fit yet waits and takes effect as
soon as it does; what the exchange has gone past is kept beside it with the reason. Guarantees and a worked
example: `docs/algorithms/message-flow.md`.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from noaber.core.messages.acts import thread_ids
from noaber.core.messages.canonical import encode
from noaber.core.messages.mistakes import corrected_id, find_correction_problem, find_late_problem
from noaber.core.messages.model import Message
from noaber.core.messages.refusals import Refusal, waits_for
from noaber.core.messages.replay import Part, causes_of, parts_of, refuse_message, try_opening, try_part
from noaber.core.messages.thread import Conflict, Effect, EffectCode, Entry, Parked, Thread, Withdrawn
from noaber.core.messages.timers import at_time
from noaber.core.problems import Problem


def fold(messages: Iterable[Message], *, thread_id: str = "", now: datetime | None = None) -> Thread:
    """What `messages` amount to.

    Parameters
    ----------
    messages
        All messages of one exchange, in any order, repeats allowed.
    thread_id
        The id of the message that opens the exchange; found from the messages where it is left out.
    now
        Timers (row 8) are looked at as they stand then; without it, no timer is looked at.

    Returns
    -------
    Thread
        The same for every order and repetition of the same messages.

    Raises
    ------
    ValueError
        Where no `thread_id` is given and the messages are none, or of several exchanges.
    """
    kept, conflicts = _distinct(messages)
    thread = Thread(thread_id or _find_thread_id(kept), conflicts=conflicts)
    return at_time(_replay(thread, order_by_cause(kept)), now)


def refold(thread: Thread, *messages: Message, now: datetime | None = None) -> Thread:
    """The thread with more messages: the same as folding all of them together."""
    before = messages_of(thread)
    doubted = [message for conflict in thread.conflicts for message in (conflict.kept, *conflict.others)]
    return fold([*before, *doubted, *messages], thread_id=thread.thread_id, now=now)


def messages_of(thread: Thread) -> list[Message]:
    """Every message that the thread came of: those with an effect, those withdrawn, and those kept beside."""
    kept = [entry.message for entry in thread.history] + [item.message for item in thread.withdrawn]
    return kept + [item.message for item in thread.parked]


def without(thread: Thread, message_id: str) -> Thread:
    """What the thread would be if that message had never been said; no timer is looked at."""
    kept = [message for message in messages_of(thread) if message.message_id != message_id]
    return fold(kept, thread_id=thread.thread_id)


def _distinct(messages: Iterable[Message]) -> tuple[list[Message], tuple[Conflict, ...]]:
    """Each id once. Of several contents the one sent first is kept; of those sent at once, the first by its bytes."""
    by_id: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        if message not in by_id[message.message_id]:
            by_id[message.message_id].append(message)
    kept, conflicts = [], []
    for message_id, contents in sorted(by_id.items()):
        first, *others = contents if len(contents) == 1 else sorted(contents, key=_by_content)
        kept.append(first)
        if others:
            conflicts.append(Conflict(message_id, first, tuple(others)))
    return kept, tuple(conflicts)


def _by_content(message: Message) -> tuple[datetime, bytes]:
    return message.sent_at, encode(message)


def _find_thread_id(messages: Sequence[Message]) -> str:
    candidates = set.intersection(*(set(thread_ids(message)) for message in messages)) if messages else set()
    if len(candidates) > 1:
        candidates &= {message.message_id for message in messages}
    if len(candidates) != 1:
        raise ValueError("name the exchange: the messages are none, or of several")
    return candidates.pop()


def order_by_cause(messages: Iterable[Message]) -> list[Message]:
    """The messages so that each comes after those it names, else in order of sending, else of id.

    Causes that are not among the messages are passed over. Messages that name each other in a circle come last.
    """
    by_id = {message.message_id: message for message in messages}
    makers = _makers(by_id.values())
    waiting = {message_id: _causes_within(message, by_id, makers) for message_id, message in by_id.items()}
    followers: dict[str, list[str]] = defaultdict(list)
    for message_id, causes in waiting.items():
        for cause in causes:
            followers[cause].append(message_id)
    ready = [_by_sending(by_id[message_id]) for message_id, causes in waiting.items() if not causes]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, message_id = heapq.heappop(ready)
        ordered.append(by_id.pop(message_id))
        for follower in followers[message_id]:
            waiting[follower].discard(message_id)
            if not waiting[follower]:
                heapq.heappush(ready, _by_sending(by_id[follower]))
    return ordered + sorted(by_id.values(), key=_by_sending)


def _makers(messages: Iterable[Message]) -> dict[str, str]:
    """Which message made each line, by the line's id; the first one sent where an id was used twice."""
    makers: dict[str, str] = {}
    for message in sorted(messages, key=_by_sending):
        for line in message.resources:
            makers.setdefault(line.element_id, message.message_id)
    return makers


def _causes_within(message: Message, by_id: Mapping[str, Message], makers: Mapping[str, str]) -> set[str]:
    """Those of `by_id` that the message names: itself, or by a line of theirs."""
    named = [line.subject_id for line in message.resources]
    named += [line.response.preceding_element_id for line in message.resources if line.response]
    causes = {*causes_of(message), *(makers[element_id] for element_id in named if element_id in makers)}
    return {cause for cause in causes if cause in by_id and cause != message.message_id}


def _by_sending(message: Message) -> tuple[datetime, str]:
    return message.sent_at, message.message_id


@dataclass(frozen=True)
class _Course:
    """How far a replay has come. `corrections` are the messages withdrawn as mistakes, each with what withdrew it."""

    thread: Thread
    waiting: list[Part] = field(default_factory=list)
    corrections: Mapping[str, Withdrawn] = field(default_factory=dict)


def _replay(blank: Thread, messages: Sequence[Message]) -> Thread:
    corrections: dict[str, Withdrawn] = {}
    while True:
        course, correction = _run(blank, messages, corrections)
        if correction is None:
            break
        corrections[correction.message.message_id] = correction
    return _park_rest(course.thread, course.waiting, {message.message_id for message in messages}, messages)


def _run(
    blank: Thread, messages: Sequence[Message], corrections: Mapping[str, Withdrawn]
) -> tuple[_Course, Withdrawn | None]:
    """Let the messages take effect, one after the other; stop at one that withdraws another as a mistake.

    All is then run again without the mistaken one: each round knows one correction more.
    """
    course = _Course(blank, corrections=corrections)
    for number, message in enumerate(messages, start=1):
        seen = messages[:number]
        course = _hear(course, message, {item.message_id for item in seen})
        course, correction = _correct(blank, course, seen)
        if correction is not None:
            return course, correction
    return course, None


def _probe(blank: Thread, messages: Sequence[Message], corrections: Mapping[str, Withdrawn]) -> Thread:
    """What the messages amount to with these corrections and no others."""
    course = _Course(blank, corrections=corrections)
    for number, message in enumerate(messages, start=1):
        course = _hear(course, message, {item.message_id for item in messages[:number]})
        course = _note_corrections(course)
    return course.thread


def _hear(course: _Course, message: Message, seen_ids: set[str]) -> _Course:
    thread, waiting = course.thread, course.waiting
    if message.message_id == thread.thread_id:
        return replace(course, thread=_open(thread, message))
    if (withdrawn := course.corrections.get(message.message_id)) is not None:
        thread, left = replace(thread, withdrawn=(*thread.withdrawn, withdrawn)), []
    elif corrected_id(message):
        left = [Part(message, None)]
    else:
        thread, left = _take(thread, parts_of(message), _settled(seen_ids, waiting))
    thread, waiting = _retry(thread, waiting + left, seen_ids)
    return replace(course, thread=thread, waiting=waiting)


def _correct(blank: Thread, course: _Course, seen: Sequence[Message]) -> tuple[_Course, Withdrawn | None]:
    """Judge the corrections that wait, in the order of the messages, up to the first that holds."""
    course = _note_corrections(course)
    for part in [part for part in course.waiting if corrected_id(part.message)]:
        refusal = _judge(blank, course, part.message, seen)
        if refusal is None:
            done = (item for item in course.thread.history if item.message.message_id == corrected_id(part.message))
            return course, Withdrawn(next(done), part.message)
        if not refusal.may_fit:
            waiting = [item for item in course.waiting if item != part]
            course = replace(course, thread=_park(course.thread, part, refusal), waiting=waiting)
    return course, None


def _note_corrections(course: _Course) -> _Course:
    """What was corrected is left out already: its correction stands in the history."""
    for part in course.waiting:
        withdrawn = course.corrections.get(corrected_id(part.message))
        if withdrawn is not None and withdrawn.by == part.message:
            subjects = [line.subject_id for line in part.message.resources] or [course.thread.thread_id]
            effects = tuple(Effect(EffectCode.STEP_WITHDRAWN, subject) for subject in subjects)
            history = (*course.thread.history, Entry(part.message, effects))
            waiting = [item for item in course.waiting if item != part]
            course = replace(course, thread=replace(course.thread, history=history), waiting=waiting)
    return course


def _judge(blank: Thread, course: _Course, message: Message, seen: Sequence[Message]) -> Refusal | None:
    """Why a correction has no effect, or not yet; None where it has."""
    thread, mistaken_id = course.thread, corrected_id(message)
    refusal = refuse_message(thread, message, {item.message_id for item in seen})
    if refusal:
        return refusal
    mistaken = thread.find_message(mistaken_id)
    if mistaken is None:
        is_beside = any(item.message.message_id == mistaken_id and not item.may_fit for item in thread.parked)
        return Refusal(Problem("flow.mistake.nothing")) if is_beside else waits_for(thread, mistaken_id)
    problem = find_correction_problem(thread, mistaken, message.envelope.party)
    if problem is None and mistaken.message_type is not message.message_type:
        problem = Problem("flow.mistake.kind")
    if problem is None:
        others = [item for item in seen if item.message_id not in (message.message_id, mistaken_id)]
        problem = find_late_problem(thread, _probe(blank, others, course.corrections), mistaken)
    return Refusal(problem) if problem else None


def _settled(seen_ids: set[str], waiting: Iterable[Part]) -> set[str]:
    """The messages that have had their effect, or never will: what follows on them need not wait."""
    return seen_ids - {part.message.message_id for part in waiting}


def _open(thread: Thread, message: Message) -> Thread:
    result = try_opening(thread, message)
    return _park(thread, Part(message, None), result) if isinstance(result, Refusal) else result


def _take(thread: Thread, parts: Iterable[Part], settled_ids: set[str]) -> tuple[Thread, list[Part]]:
    """Apply what fits; give back what may fit later; keep the rest beside the thread."""
    left = []
    for part in parts:
        if corrected_id(part.message):
            left.append(part)
            continue
        result = try_part(thread, part, settled_ids)
        if not isinstance(result, Refusal):
            thread = result
        elif result.may_fit:
            left.append(part)
        else:
            thread = _park(thread, part, result)
    return thread, left


def _retry(thread: Thread, waiting: list[Part], seen_ids: set[str]) -> tuple[Thread, list[Part]]:
    """Apply what waits, in the order of the messages, for as long as anything of it fits."""
    progress = bool(waiting)
    while progress:
        before = len(waiting)
        thread, waiting = _take(thread, waiting, _settled(seen_ids, waiting))
        progress = 0 < len(waiting) < before
    return thread, waiting


def _park(thread: Thread, part: Part, refusal: Refusal) -> Thread:
    parked = Parked(part.message, part.element_id, refusal.problem, refusal.may_fit)
    return replace(thread, parked=(*thread.parked, parked))


def _park_rest(thread: Thread, waiting: list[Part], seen_ids: set[str], messages: Sequence[Message]) -> Thread:
    for part in waiting:
        if corrected_id(part.message):
            thread = _park(thread, part, waits_for(thread, corrected_id(part.message)))
            continue
        refusal = try_part(thread, part, _settled(seen_ids, waiting))
        assert isinstance(refusal, Refusal)  # noqa: S101 - it did not fit a moment ago, and nothing changed since
        thread = _park(thread, part, refusal)
    place = {message.message_id: index for index, message in enumerate(messages)}
    return replace(thread, parked=tuple(sorted(thread.parked, key=lambda item: place[item.message.message_id])))
