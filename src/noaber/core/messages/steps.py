"""May this organisation take this step now? Asked by the button before and by the server after the click.

Both ask `refusals.py`, which asks the transition table, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from noaber.core.messages.acts import Act, is_opener
from noaber.core.messages.fold import refold, without
from noaber.core.messages.mistakes import correctable, corrected_id, find_late_problem
from noaber.core.messages.model import Message
from noaber.core.messages.refusals import Refusal, find_refusal
from noaber.core.messages.replay import parts_of, try_opening, try_part
from noaber.core.messages.states import State
from noaber.core.messages.thread import Step, Thread
from noaber.core.messages.transitions import StepKind, get_moves
from noaber.core.problems import NotAllowed, Problem

MOST_CORRECTIONS: Final = 3


def check_step(thread: Thread | None, message: Message) -> None:
    """Refuse a message that somebody wants to send and that the flow does not allow now.

    The message's own rules are asked of `rules.check_message`. Timers are looked at as they stand when the step
    is taken, whatever time `thread` was folded for.

    Parameters
    ----------
    thread
        The exchange so far; None for the message that opens one.

    Raises
    ------
    NotAllowed
        With the sentence that says why, and what to do.
    """
    problem = find_step_problem(thread, message)
    if problem:
        raise NotAllowed(problem.code, problem.where, **problem.params)


def can_step(thread: Thread | None, message: Message) -> bool:
    """Whether `check_step` lets the message pass."""
    return find_step_problem(thread, message) is None


def find_step_problem(thread: Thread | None, message: Message) -> Problem | None:
    """Why the message may not be sent now; None where it may."""
    if thread is None or not thread.is_open:
        return _opening_problem(message)
    before = thread.find_message(message.message_id) or _find_parked(thread, message.message_id)
    if before is not None:
        code = "flow.repeated" if before == message else "flow.same-id"
        return Problem(code, params={"id": message.message_id})
    return _parts_problem(thread.untimed or thread, message)


def _opening_problem(message: Message) -> Problem | None:
    if not is_opener(message):
        return Problem("flow.begins-wrong")
    result = try_opening(Thread(message.message_id), message)
    if isinstance(result, Refusal):
        return result.problem
    return next(iter(result.history[0].shortcomings), None)


def _find_parked(thread: Thread, message_id: str) -> Message | None:
    return next((item.message for item in thread.parked if item.message.message_id == message_id), None)


def _correction_problem(thread: Thread, message: Message) -> Problem | None:
    """Why a step cannot be withdrawn as a mistake; it needs its reason."""
    after = refold(thread, message)
    parked = next((item for item in after.parked if item.message.message_id == message.message_id), None)
    if parked is not None:
        return parked.problem
    return None if message.description or message.envelope.on_behalf_of else Problem("duty.mistake-reason")


def find_corrections(thread: Thread, party: str) -> tuple[str, ...]:
    """The ids of the messages that `party` may withdraw now as entered by mistake, the latest first.

    Of the steps of a side only the last ones are looked at: earlier ones have been built on as a rule, and each look
    folds the exchange once.
    """
    base = thread.untimed or thread
    candidates = islice(correctable(base, party), MOST_CORRECTIONS)
    return tuple(
        message.message_id
        for message in candidates
        if find_late_problem(base, without(base, message.message_id), message) is None
    )


def _parts_problem(thread: Thread, message: Message) -> Problem | None:
    """The first reason against any part, each part being tried after the ones before it."""
    if corrected_id(message):
        return _correction_problem(thread, message)
    settled_ids = thread.message_ids | {item.message.message_id for item in thread.parked if not item.may_fit}
    for part in parts_of(message):
        result = try_part(thread, part, settled_ids)
        if isinstance(result, Refusal):
            return result.problem
        thread = result
    entry = next((entry for entry in thread.history if entry.message.message_id == message.message_id), None)
    return entry.shortcomings[0] if entry and entry.shortcomings else None


def possible_steps(thread: Thread, party: str) -> tuple[Step, ...]:
    """What `party` may do now, as `thread` stands; empty for who takes no part.

    Returns
    -------
    tuple of Step
        One for each kind of step and thing it is about, with the states that it can lead to.
    """
    return tuple(_allowed(thread, party, _candidates(thread)))


def _allowed(thread: Thread, party: str, candidates: Iterable[tuple[StepKind, str]]) -> Iterator[Step]:
    for kind, subject_id in candidates:
        targets: list[State | None] = list(dict.fromkeys(move.target for _, move in get_moves(kind))) or [None]
        outcomes = [target for target in targets if find_refusal(thread, Act(kind, subject_id, target), party) is None]
        if outcomes:
            yield Step(kind, subject_id, tuple(target for target in outcomes if target is not None))


_ON_REQUEST = (
    StepKind.ACKNOWLEDGE,
    StepKind.UPDATE_REQUEST,
    StepKind.CANCEL_REQUEST,
    StepKind.CLOSE_REQUEST,
)
_ON_LINE = (StepKind.ANSWER_LINE, StepKind.ASK_QUOTE)
_ON_OFFER = (
    StepKind.REVISE_OFFER,
    StepKind.WITHDRAW_OFFER,
    StepKind.REQUISITION,
    StepKind.REJECT_OFFER,
    StepKind.COMMIT,
    StepKind.ASK_QUOTE,
    StepKind.ANSWER_QUOTE,
)
_ON_DEPLOYMENT = (
    StepKind.REPORT,
    StepKind.ASK_EXTENSION,
    StepKind.ANSWER_EXTENSION,
    StepKind.ASK_RETURN,
    StepKind.ANSWER_RETURN,
    StepKind.RECALL,
    StepKind.RELEASE,
    StepKind.NOTE,
    StepKind.GIVE_PAPERS,
    StepKind.ASK_STATUS,
)


def _candidates(thread: Thread) -> Iterator[tuple[StepKind, str]]:
    """Every kind of step with every thing that it could be about, allowed or not."""
    if not thread.is_open:
        return
    if thread.request:
        yield from ((kind, thread.thread_id) for kind in _ON_REQUEST)
        yield from ((kind, line.element_id) for line in thread.request.lines for kind in _ON_LINE)
    for offer in thread.offers:
        yield from ((kind, offer.id) for kind in _ON_OFFER)
    for deployment in thread.deployments:
        yield from ((kind, deployment.id) for kind in _ON_DEPLOYMENT)
    yield from ((StepKind.ANSWER_INFORMATION, question.message_id) for question in thread.questions)
    yield (StepKind.ASK_INFORMATION, thread.thread_id)
