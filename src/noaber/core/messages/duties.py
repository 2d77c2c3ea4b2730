"""What goes with a step beside the message's own rules and the state: the paper duties of the transition table.

They are asked of an organisation that takes a step itself. What was said all the same, elsewhere or by phone on
behalf of another, counts; the thread then notes what was not done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from noaber.core.messages.acts import Act, find_time
from noaber.core.messages.model import Message, ScheduleType
from noaber.core.messages.states import OfferState
from noaber.core.messages.thread import Thread
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import Problem


def find_shortcomings(thread: Thread, message: Message, act: Act) -> tuple[Problem, ...]:
    """The duties of this step that the message does not meet; none for a step taken on behalf of another."""
    if message.envelope.on_behalf_of:
        return ()
    find = _DUTIES.get(act.kind)
    return tuple(Problem(code) for code in find(thread, message, act)) if find else ()


def _offering(thread: Thread, message: Message, act: Act) -> Iterator[str]:
    if act.target is not OfferState.DECLINED and act.line and act.line.risk_checked is not True:
        yield "duty.risk"


def _extending(thread: Thread, message: Message, act: Act) -> Iterator[str]:
    asked = find_time(act.line, ScheduleType.REQUESTED_RETURN_DEPARTURE, ScheduleType.ESTIMATED_RETURN_DEPARTURE)
    deployment = thread.find_deployment(act.subject_id)
    if asked is None:
        yield "duty.end"
    elif deployment and deployment.end_at and asked <= deployment.end_at:
        yield "duty.later-end"


def _asking_back(thread: Thread, message: Message, act: Act) -> Iterator[str]:
    if message.description is None:
        yield "duty.return-reason"


def _releasing(thread: Thread, message: Message, act: Act) -> Iterator[str]:
    if act.line and act.line.handover is None:
        yield "duty.handover"


_DUTIES: dict[StepKind, Callable[[Thread, Message, Act], Iterator[str]]] = {
    StepKind.ANSWER_LINE: _offering,
    StepKind.OFFER_UNSOLICITED: _offering,
    StepKind.ASK_EXTENSION: _extending,
    StepKind.ASK_RETURN: _asking_back,
    StepKind.RELEASE: _releasing,
}
