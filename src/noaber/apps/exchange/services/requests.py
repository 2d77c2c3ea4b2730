"""The steps of a request and of its offers, until a team is committed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.services.manner import (
    HERE,
    Manner,
    contact_of,
    envelope_of,
    minutes_later,
    new_message_id,
)
from noaber.apps.exchange.services.messages import Appended, take_step
from noaber.apps.exchange.services.promises import find_late
from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Commitment, Order
from noaber.core.messages.model import (
    BorderCertificate,
    ContactRole,
    Funding,
    Location,
    Message,
    Resource,
    ResponseType,
)
from noaber.core.messages.thread import Thread
from noaber.core.problems import InvalidInput, Problem


@dataclass(frozen=True, kw_only=True)
class Team:
    """Teams of one capacity, offered for a line.

    Parameters
    ----------
    team_id, owner, base
        The owner's own id of the capacity, the owner's code, and where it stands; empty where no capacity is named.
    knowing, knowing_reason, reason
        What is found against the offer and accepted all the same (codes of `core/promises.py`), and why: by a code,
        and in words beside those of the line.
    """

    quantity: int
    team_id: str = ""
    name: str = ""
    owner: str = ""
    base: str = ""
    estimated_arrival_at: datetime | None = None
    knowing: tuple[str, ...] = ()
    knowing_reason: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LineAnswer:
    """The answer to one line of a request: several teams make several offers.

    Parameters
    ----------
    offer_id
        The provisional offer that this answer makes firm, or declines.
    valid_until
        Until when the offer holds.
    risk_checked
        The supplier has looked at the risk at home.
    """

    line_id: str
    response_type: ResponseType
    teams: tuple[Team, ...] = ()
    reason_code: str = ""
    reason: str = ""
    valid_until: datetime | None = None
    risk_checked: bool | None = None
    offer_id: str = ""


def acknowledge(
    acting: Acting, request_id: str, *, answer_within_minutes: float | None = None, manner: Manner = HERE
) -> Appended:
    """The supplier has the request, and says by when it will answer. Appends an Acknowledgement."""

    def make(thread: Thread, now: datetime) -> Message:
        due_at = minutes_later(now, answer_within_minutes)
        envelope = envelope_of(acting, thread, manner, answer_due_at=due_at)
        return factories.acknowledge(thread, envelope, message_id=new_message_id(), sent_at=now)

    return take_step(acting, request_id, make)


def respond_to_request(
    acting: Acting, request_id: str, answers: Sequence[LineAnswer], *, note: str = "", manner: Manner = HERE
) -> Appended:
    """The supplier answers lines, or makes provisional offers firm. Appends one ResponseToRequestResource."""
    if not answers:
        raise InvalidInput([Problem("request.no-answer", "/answers")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.respond(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            answers=[made for answer in answers for made in _answers(thread, answer, manner)],
            description=manner.text(note),
            contacts=(contact_of(acting, ContactRole.RESPONDING_ORG),),
        )

    return take_step(acting, request_id, make)


def _answers(thread: Thread, answer: LineAnswer, manner: Manner) -> Iterable[Answer]:
    """One answer for each team; one for the line where no team is named."""
    if answer.response_type is ResponseType.DECLINE:
        yield Answer(
            line_id=answer.line_id,
            response_type=answer.response_type,
            reason_code=answer.reason_code,
            reason=manner.text(answer.reason),
            offer_id=answer.offer_id,
        )
        return
    line = thread.find_line(answer.line_id)
    if not answer.teams:
        raise InvalidInput([Problem("request.no-teams", f"/lines/{answer.line_id}")])
    for team in answer.teams:
        yield Answer(
            line_id=answer.line_id,
            response_type=answer.response_type,
            quantity=team.quantity,
            resource=_resource(team, line.capability if line else ""),
            reason_code=answer.reason_code,
            reason=manner.text("\n".join(filter(None, (answer.reason.strip(), team.reason.strip())))),
            estimated_arrival_at=team.estimated_arrival_at,
            valid_until=answer.valid_until,
            risk_checked=answer.risk_checked,
            offer_id=answer.offer_id,
            knowing=team.knowing,
            knowing_reason=team.knowing_reason,
        )


def _resource(team: Team, capability: str) -> Resource:
    return Resource(
        capability=capability,
        resource_id=team.team_id,
        name=team.name,
        owner=team.owner,
        home_unit=team.base if team.owner else "",
    )


def withdraw_offer(
    acting: Acting, request_id: str, offer_id: str, *, reason_code: str, reason: str = "", manner: Manner = HERE
) -> Appended:
    """The supplier takes an offer back before it is committed. Appends an answer that recalls it."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.withdraw_offer(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            offer_id=offer_id,
            reason=manner.text(reason),
            reason_code=reason_code,
        )

    return take_step(acting, request_id, make)


def reject_offer(
    acting: Acting, request_id: str, offer_id: str, *, reason_code: str, reason: str = "", manner: Manner = HERE
) -> Appended:
    """The consumer does not take an offer, and says why. Appends an OfferRejection."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.reject_offer(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            offer_id=offer_id,
            reason=manner.text(reason),
            reason_code=reason_code,
        )

    return take_step(acting, request_id, make)


def requisition(
    acting: Acting,
    request_id: str,
    orders: Sequence[tuple[str, int]],
    *,
    until: datetime | None = None,
    report_to: Location | None = None,
    commit_within_minutes: float | None = None,
    late_taken: Collection[str] = (),
    manner: Manner = HERE,
) -> Appended:
    """The consumer takes offers: so many teams of each. Appends one RequisitionResource, with who pays.

    Who pays is what the request said; it stands in the requisition too, since from there it binds. `late_taken` are
    the ids of offers that are taken though they come late; of others that do, nothing is ordered.

    Raises
    ------
    InvalidInput
        Where nothing is ordered, or an offer comes late and nobody confirms that it is taken.
    """
    if not orders:
        raise InvalidInput([Problem("request.no-order", "/orders")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.requisition(
            thread,
            envelope_of(acting, thread, manner, answer_due_at=minutes_later(now, commit_within_minutes)),
            message_id=new_message_id(),
            sent_at=now,
            orders=[
                _order(thread, offer_id, quantity, until, report_to, is_late_taken=offer_id in late_taken)
                for offer_id, quantity in orders
            ],
            funding=funding_of(thread),
            contacts=(contact_of(acting, ContactRole.REQUESTER),),
        )

    return take_step(acting, request_id, make)


def _order(
    thread: Thread,
    offer_id: str,
    quantity: int,
    until: datetime | None,
    report_to: Location | None,
    *,
    is_late_taken: bool,
) -> Order:
    offer = thread.find_offer(offer_id)
    line = thread.find_line(offer.line_id) if offer else None
    return Order(
        offer_id=offer_id,
        quantity=quantity,
        requested_arrival_at=line.needed_at if line else None,
        until=until or (line.until if line else None),
        report_to=report_to or (line.place if line else None),
        knowing=tuple(one.code.value for one in find_late(thread, offer)) if offer and is_late_taken else (),
    )


def funding_of(thread: Thread) -> tuple[Funding, ...]:
    """Who pays, as the request said; unknown where nothing did."""
    opening = thread.find_message(thread.thread_id)
    return opening.funding if opening and opening.funding else (Funding("unknown"),)


def commit(
    acting: Acting,
    request_id: str,
    offer_id: str,
    *,
    response_type: ResponseType = ResponseType.ACCEPT,
    quantity: int | None = None,
    certificate: BorderCertificate | None = None,
    estimated_arrival_at: datetime | None = None,
    until: datetime | None = None,
    reason_code: str = "",
    reason: str = "",
    knowing: tuple[str, ...] = (),
    knowing_reason: str = "",
    manner: Manner = HERE,
) -> Appended:
    """The supplier promises what was ordered, with the data of the border certificate; or says no, or not yet sure.

    Appends a CommitResource; a promise begins a deployment.
    """

    def make(thread: Thread, now: datetime) -> Message:
        commitment = Commitment(
            offer_id=offer_id,
            response_type=response_type,
            quantity=quantity,
            certificate=certificate,
            estimated_arrival_at=estimated_arrival_at,
            until=until,
            reason_code=reason_code,
            reason=manner.text(reason),
            knowing=knowing,
            knowing_reason=knowing_reason,
        )
        return factories.commit(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            commitments=[commitment],
            contacts=(contact_of(acting, ContactRole.OWNER),),
        )

    return take_step(acting, request_id, make)


def cancel_request(
    acting: Acting, request_id: str, *, reason_code: str = "", reason: str = "", manner: Manner = HERE
) -> Appended:
    """The consumer needs the help no more; open offers lapse, running deployments are not touched.

    Appends a RequestResource that recalls the first one.
    """
    words = manner.text(reason) or (manner.text(reason_code) if reason_code else None)

    def make(thread: Thread, now: datetime) -> Message:
        return factories.cancel_request(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            description=words,
        )

    return take_step(acting, request_id, make)


def close_request(acting: Acting, request_id: str, *, note: str = "", manner: Manner = HERE) -> Appended:
    """Everyone is home; nothing more will come of the request. Appends a RequestClosure."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.close_request(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            description=manner.text(note),
        )

    return take_step(acting, request_id, make)


def ask_information(
    acting: Acting, request_id: str, question: str, *, answer_within_minutes: float | None = None, manner: Manner = HERE
) -> Appended:
    """Ask the other side anything. Appends a RequestInformation."""
    words = manner.text(question)
    if words is None:
        raise InvalidInput([Problem("request.no-words", "/question")])

    def make(thread: Thread, now: datetime) -> Message:
        envelope = envelope_of(acting, thread, manner, answer_due_at=minutes_later(now, answer_within_minutes))
        return factories.ask_information(thread, envelope, message_id=new_message_id(), sent_at=now, question=words)

    return take_step(acting, request_id, make)


def answer_information(
    acting: Acting, request_id: str, question_id: str, answer: str, *, manner: Manner = HERE
) -> Appended:
    """Answer a question of the other side. Appends a ResponseToRequestInformation."""
    words = manner.text(answer)
    if words is None:
        raise InvalidInput([Problem("request.no-words", "/answer")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.answer_information(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            question_id=question_id,
            answer=words,
        )

    return take_step(acting, request_id, make)
