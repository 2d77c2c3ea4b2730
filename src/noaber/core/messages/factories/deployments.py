"""Reports, extensions, returns, recall and release."""

from __future__ import annotations

from datetime import datetime

from noaber.core.messages.factories.common import element_id_of, get_deployment, make_reply, schedule_of, teams_of
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    DeploymentStatus,
    Envelope,
    FreeText,
    Location,
    Message,
    MessageType,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleInformation,
    ScheduleType,
)
from noaber.core.messages.thread import Asked, Deployment, Thread

S = ScheduleType


_REPORTED_AS = {
    DeploymentStatus.EN_ROUTE: S.ACTUAL_DEPARTURE,
    DeploymentStatus.AT_BORDER: S.CURRENT,
    DeploymentStatus.ARRIVED: S.ACTUAL_ARRIVAL,
    DeploymentStatus.RETURNING: S.ACTUAL_RETURN_DEPARTURE,
    DeploymentStatus.RETURNED: S.ACTUAL_RETURN_ARRIVAL,
}


def report(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    status: DeploymentStatus | None,
    at: datetime | None = None,
    location: Location | None = None,
    estimated_arrival_at: datetime | None = None,
    certificate: BorderCertificate | None = None,
    description: FreeText | None = None,
) -> Message:
    """Where the teams are. Without `status` only what else is given: where they are now, when they come.

    `at` is when it happened; `location` the crossing point or where they are.
    """
    deployment = get_deployment(thread, deployment_id)
    kind = _REPORTED_AS.get(status, S.CURRENT) if status else S.CURRENT
    happened = (ScheduleInformation(kind, at, location),) if at or location else ()
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        resource=teams_of(deployment, status),
        schedule=happened + schedule_of((S.ESTIMATED_ARRIVAL, estimated_arrival_at)),
        subject_id=deployment.id,
        certificate=certificate,
    )
    return make_reply(
        thread,
        MessageType.REPORT_RESOURCE_DEPLOYMENT_STATUS,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=deployment.last_message_id,
        description=description,
        resources=(line,),
    )


def ask_status(
    thread: Thread, envelope: Envelope, *, message_id: str, sent_at: datetime, deployment_id: str
) -> Message:
    """Ask where the teams are."""
    return _about_deployment(
        thread,
        MessageType.REQUEST_RESOURCE_DEPLOYMENT_STATUS,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment_id=deployment_id,
    )


def ask_extension(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    until: datetime,
    description: FreeText | None = None,
) -> Message:
    """The consumer asks to keep the teams longer, until the time given."""
    return _about_deployment(
        thread,
        MessageType.REQUEST_EXTENDED_DEPLOYMENT_DURATION,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment_id=deployment_id,
        description=description,
        schedule=schedule_of((S.REQUESTED_RETURN_DEPARTURE, until)),
    )


def answer_extension(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    response_type: ResponseType,
    until: datetime | None = None,
    reason_code: str = "",
    reason: FreeText | None = None,
) -> Message:
    """The supplier says yes (until when it was asked, or another time), no, or not yet sure."""
    deployment = get_deployment(thread, deployment_id)
    asked = deployment.extension_asked
    granted = until or (asked.until if asked else None)
    accepts = response_type is ResponseType.ACCEPT
    return _answer_asked(
        thread,
        MessageType.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment=deployment,
        asked=asked,
        response=(response_type, reason_code, reason),
        schedule=schedule_of((S.ESTIMATED_RETURN_DEPARTURE, granted)) if accepts else (),
    )


def ask_return(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    reason: FreeText,
    return_at: datetime | None = None,
) -> Message:
    """The supplier asks for its teams back, and says why."""
    return _about_deployment(
        thread,
        MessageType.REQUEST_RETURN,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment_id=deployment_id,
        description=reason,
        schedule=schedule_of((S.REQUESTED_RETURN_DEPARTURE, return_at)),
    )


def answer_return(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    response_type: ResponseType,
    return_at: datetime | None = None,
    reason_code: str = "",
    reason: FreeText | None = None,
    handover: FreeText | None = None,
) -> Message:
    """The consumer lets the teams go, or not yet, with the reason."""
    deployment = get_deployment(thread, deployment_id)
    return _answer_asked(
        thread,
        MessageType.RESPONSE_TO_REQUEST_RETURN,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment=deployment,
        asked=deployment.return_asked,
        response=(response_type, reason_code, reason),
        schedule=schedule_of((S.ESTIMATED_RETURN_DEPARTURE, return_at)),
        handover=handover,
    )


def recall(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    reason: FreeText | None = None,
    return_at: datetime | None = None,
) -> Message:
    """The supplier takes its teams back, without asking: its sovereign right."""
    return _about_deployment(
        thread,
        MessageType.REQUEST_RETURN,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment_id=deployment_id,
        description=reason,
        schedule=schedule_of((S.REQUESTED_RETURN_DEPARTURE, return_at)),
        status=DeploymentStatus.RECALLED,
    )


def release(
    thread: Thread,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    handover: FreeText,
    return_at: datetime | None = None,
) -> Message:
    """The consumer lets the teams go home, with the note on gear, injuries and damage."""
    return _about_deployment(
        thread,
        MessageType.RELEASE_RESOURCE,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        deployment_id=deployment_id,
        schedule=schedule_of((S.ESTIMATED_RETURN_DEPARTURE, return_at)),
        handover=handover,
    )


def _about_deployment(
    thread: Thread,
    message_type: MessageType,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment_id: str,
    description: FreeText | None = None,
    schedule: tuple[ScheduleInformation, ...] = (),
    status: DeploymentStatus | None = None,
    handover: FreeText | None = None,
) -> Message:
    deployment = get_deployment(thread, deployment_id)
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        resource=teams_of(deployment, status),
        assignment=AssignmentInformation(quantity=deployment.quantity),
        schedule=schedule,
        subject_id=deployment.id,
        handover=handover,
    )
    return make_reply(
        thread,
        message_type,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=deployment.last_message_id,
        description=description,
        resources=(line,),
    )


def _answer_asked(
    thread: Thread,
    message_type: MessageType,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    deployment: Deployment,
    asked: Asked | None,
    response: tuple[ResponseType, str, FreeText | None],
    schedule: tuple[ScheduleInformation, ...] = (),
    handover: FreeText | None = None,
) -> Message:
    line = ResourceInformation(
        element_id=element_id_of(message_id, 0),
        response=ResponseInformation(asked.element_id if asked else deployment.id, *response),
        schedule=schedule,
        subject_id=deployment.id,
        handover=handover,
    )
    return make_reply(
        thread,
        message_type,
        envelope,
        message_id=message_id,
        sent_at=sent_at,
        preceding=asked.message_id if asked else deployment.last_message_id,
        resources=(line,),
    )
