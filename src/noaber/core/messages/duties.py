"""What goes with a step beside the message's own rules and the state: the paper duties of the transition table.

They are asked of an organisation that takes a step itself. What was said all the same, elsewhere or by phone on
behalf of another, counts; the thread then notes what was not done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from noaber.core.messages.acts import Act, find_time
from noaber.core.messages.model import BorderCertificate, Message, ScheduleType
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


_CERTIFICATE: tuple[tuple[str, Callable[[BorderCertificate], object]], ...] = (
    ("duty.certificate.kind-of-help", lambda certificate: certificate.kind_of_help),
    ("duty.certificate.kind-of-unit", lambda certificate: certificate.kind_of_unit),
    ("duty.certificate.head-count", lambda certificate: certificate.head_count),
    ("duty.certificate.leader", lambda certificate: certificate.leader),
    ("duty.certificate.vehicles", lambda certificate: certificate.vehicles),
)
"""What the NL-DE text of 1988 and the FR-LU text of 2015 name (domain notes, section 2)."""


def _committing(thread: Thread, message: Message, act: Act) -> Iterator[str]:
    """Help at home (no agreement) crosses no border and needs no certificate."""
    if act.target is not OfferState.COMMITTED or not thread.agreement or act.line is None:
        return
    certificate = act.line.certificate or BorderCertificate()
    yield from (code for code, read in _CERTIFICATE if not read(certificate))


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
    StepKind.COMMIT: _committing,
    StepKind.ASK_EXTENSION: _extending,
    StepKind.ASK_RETURN: _asking_back,
    StepKind.RELEASE: _releasing,
}
