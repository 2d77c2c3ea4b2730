"""The steps of a deployment: on the way, at work, longer or shorter, and home again."""

from __future__ import annotations

from datetime import datetime

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.services.manner import HERE, Manner, envelope_of, minutes_later, new_message_id
from noaber.apps.exchange.services.messages import Appended, take_step
from noaber.core.messages import factories
from noaber.core.messages.model import (
    BorderCertificate,
    DeploymentStatus,
    Location,
    Message,
    ResponseType,
)
from noaber.core.messages.thread import Thread
from noaber.core.problems import InvalidInput, Problem


def report_deployment(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    status: DeploymentStatus | None,
    at: datetime | None = None,
    location: Location | None = None,
    estimated_arrival_at: datetime | None = None,
    certificate: BorderCertificate | None = None,
    note: str = "",
    manner: Manner = HERE,
) -> Appended:
    """Where the teams are: mobilising, en route, at the border (with the crossing point), arrived, at work, home.

    Without `status` only what else is given: where they are now, when they come, their certificate. Appends a
    ReportResourceDeploymentStatus.
    """

    def make(thread: Thread, now: datetime) -> Message:
        return factories.report(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            status=status,
            at=at or now,
            location=location,
            estimated_arrival_at=estimated_arrival_at,
            certificate=certificate,
            description=manner.text(note),
        )

    return take_step(acting, request_id, make)


def ask_status(acting: Acting, request_id: str, deployment_id: str, *, manner: Manner = HERE) -> Appended:
    """Ask where the teams are. Appends a RequestResourceDeploymentStatus."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.ask_status(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
        )

    return take_step(acting, request_id, make)


def ask_extension(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    until: datetime,
    reason: str = "",
    answer_within_minutes: float | None = None,
    manner: Manner = HERE,
) -> Appended:
    """The consumer asks to keep the teams longer. Appends a RequestExtendedDeploymentDuration."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.ask_extension(
            thread,
            envelope_of(acting, thread, manner, answer_due_at=minutes_later(now, answer_within_minutes)),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            until=until,
            description=manner.text(reason),
        )

    return take_step(acting, request_id, make)


def answer_extension(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    response_type: ResponseType,
    until: datetime | None = None,
    reason_code: str = "",
    reason: str = "",
    manner: Manner = HERE,
) -> Appended:
    """The supplier says yes, no, or not yet sure. Appends a ResponseToRequestExtendedDeploymentDuration."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.answer_extension(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            response_type=response_type,
            until=until,
            reason_code=reason_code,
            reason=manner.text(reason),
        )

    return take_step(acting, request_id, make)


def ask_return(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    reason: str,
    return_at: datetime | None = None,
    answer_within_minutes: float | None = None,
    manner: Manner = HERE,
) -> Appended:
    """The supplier asks for its teams back, and says why. Appends a RequestReturn."""
    words = manner.text(reason)
    if words is None:
        raise InvalidInput([Problem("request.no-words", "/reason")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.ask_return(
            thread,
            envelope_of(acting, thread, manner, answer_due_at=minutes_later(now, answer_within_minutes)),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            reason=words,
            return_at=return_at,
        )

    return take_step(acting, request_id, make)


def answer_return(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    response_type: ResponseType,
    return_at: datetime | None = None,
    reason_code: str = "",
    reason: str = "",
    handover: str = "",
    manner: Manner = HERE,
) -> Appended:
    """The consumer lets the teams go, or not yet, with the reason. Appends a ResponseToRequestReturn."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.answer_return(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            response_type=response_type,
            return_at=return_at,
            reason_code=reason_code,
            reason=manner.text(reason),
            handover=manner.text(handover),
        )

    return take_step(acting, request_id, make)


def recall(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    reason: str = "",
    return_at: datetime | None = None,
    manner: Manner = HERE,
) -> Appended:
    """The supplier takes its teams back: its sovereign right, at any time. Appends a RequestReturn that recalls."""

    def make(thread: Thread, now: datetime) -> Message:
        return factories.recall(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            reason=manner.text(reason),
            return_at=return_at,
        )

    return take_step(acting, request_id, make)


def release(
    acting: Acting,
    request_id: str,
    deployment_id: str,
    *,
    handover: str,
    return_at: datetime | None = None,
    manner: Manner = HERE,
) -> Appended:
    """The consumer lets the teams go home: gear, injuries and damage noted. Appends a ReleaseResource."""
    words = manner.text(handover)
    if words is None:
        raise InvalidInput([Problem("request.no-words", "/handover")])

    def make(thread: Thread, now: datetime) -> Message:
        return factories.release(
            thread,
            envelope_of(acting, thread, manner),
            message_id=new_message_id(),
            sent_at=now,
            deployment_id=deployment_id,
            handover=words,
            return_at=return_at,
        )

    return take_step(acting, request_id, make)


def returned(
    acting: Acting, request_id: str, deployment_id: str, *, at: datetime | None = None, manner: Manner = HERE
) -> Appended:
    """The teams are home. Appends a ReportResourceDeploymentStatus."""
    return report_deployment(acting, request_id, deployment_id, status=DeploymentStatus.RETURNED, at=at, manner=manner)
