"""What all messages of an exchange are made of: the envelope of a reply, its references, lines and times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from noaber.core.messages.model import (
    Channel,
    ContactInformation,
    ContactRole,
    DeploymentStatus,
    Envelope,
    FreeText,
    Funding,
    Location,
    Message,
    MessageRecall,
    MessageType,
    Resource,
    ResourceInformation,
    ScheduleInformation,
    ScheduleType,
    StatusKind,
    Tlp,
)
from noaber.core.messages.thread import Deployment, Offer, Thread
from noaber.core.problems import NotFound


def reply_envelope(
    thread: Thread,
    *,
    sender: str,
    language: str,
    actor: str,
    on_behalf_of: str = "",
    channel: Channel = Channel.NOABER,
    said_at: datetime | None = None,
    said_by: str = "",
    answer_due_at: datetime | None = None,
) -> Envelope:
    """The envelope of a later message: to the other side, with the exchange's status, label, case and text."""
    party = on_behalf_of or sender
    return Envelope(
        sender=sender,
        recipients=(thread.supplier if party == thread.consumer else thread.consumer,),
        status=thread.status or StatusKind.ACTUAL,
        tlp=thread.tlp or Tlp.AMBER,
        language=language,
        actor=actor,
        channel=channel,
        on_behalf_of=on_behalf_of,
        said_at=said_at,
        said_by=said_by,
        case_id=thread.case_id,
        agreement=thread.agreement,
        answer_due_at=answer_due_at,
    )


def make_reply(
    thread: Thread,
    message_type: MessageType,
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    preceding: str = "",
    description: FreeText | None = None,
    recall: MessageRecall | None = None,
    contacts: tuple[ContactInformation, ...] = (),
    funding: tuple[Funding, ...] = (),
    resources: Sequence[ResourceInformation] = (),
) -> Message:
    return Message(
        message_id=message_id,
        message_type=message_type,
        sent_at=sent_at,
        envelope=envelope,
        originating_message_id=thread.thread_id,
        preceding_message_id=preceding,
        description=description,
        recall=recall,
        contacts=contacts or (sender_contact(envelope),),
        funding=funding,
        resources=tuple(resources),
    )


def sender_contact(envelope: Envelope) -> ContactInformation:
    """The function that sends it: every message needs somebody to speak to."""
    return ContactInformation(ContactRole.SENDER, envelope.actor or envelope.party)


def element_id_of(message_id: str, index: int) -> str:
    """The id of the line at `index` (from 0) of a message: unique because message ids are."""
    return f"{message_id}.{index + 1}"


def schedule_of(*entries: tuple[ScheduleType, datetime | None]) -> tuple[ScheduleInformation, ...]:
    """One schedule entry for each time that is given."""
    return tuple(ScheduleInformation(kind, at) for kind, at in entries if at is not None)


def place_of(kind: ScheduleType, location: Location | None) -> tuple[ScheduleInformation, ...]:
    return (ScheduleInformation(kind, location=location),) if location else ()


def teams_of(thing: Offer | Deployment, status: DeploymentStatus | None = None) -> Resource:
    return Resource(
        capability=thing.capability,
        resource_id=thing.team_id,
        name=thing.team_name,
        deployment_status=status,
    )


def get_offer(thread: Thread, offer_id: str) -> Offer:
    offer = thread.find_offer(offer_id)
    if offer is None:
        raise NotFound(f"no offer {offer_id} in {thread.thread_id}")
    return offer


def get_deployment(thread: Thread, deployment_id: str) -> Deployment:
    deployment = thread.find_deployment(deployment_id)
    if deployment is None:
        raise NotFound(f"no deployment {deployment_id} in {thread.thread_id}")
    return deployment
