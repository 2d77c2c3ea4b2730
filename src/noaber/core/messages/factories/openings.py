"""The messages that open an exchange: a request to one organisation, an offer that nobody asked for, and an alert.

A request or an alert to several organisations is one message each; they share `envelope.case_id`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from noaber.core.messages.factories.common import element_id_of, place_of, schedule_of, sender_contact
from noaber.core.messages.model import (
    AssignmentInformation,
    ContactInformation,
    Envelope,
    FreeText,
    Funding,
    IncidentInformation,
    Location,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResourceInformation,
    ScheduleInformation,
    ScheduleType,
)

S = ScheduleType


@dataclass(frozen=True)
class Ask:
    """One line of a request."""

    capability: str
    quantity: int
    priority: int | None = None
    needed_at: datetime | None = None
    """By when: the same moment in every request for the need, whenever it is sent."""
    useless_after: datetime | None = None
    until: datetime | None = None
    """How long the help is expected to be needed."""
    report_to: Location | None = None
    description: FreeText | None = None
    special_requirements: FreeText | None = None
    restrictions: FreeText | None = None
    anticipated_function: FreeText | None = None
    need_id: str = ""
    element_id: str = ""
    planned_units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unasked:
    """One line of an offer that nobody asked for."""

    resource: Resource
    quantity: int
    estimated_arrival_at: datetime | None = None
    valid_until: datetime | None = None
    risk_checked: bool | None = None
    element_id: str = ""


@dataclass(frozen=True)
class OwnTeams:
    """One line of an alert: so many teams of one capacity of the own country."""

    resource: Resource
    quantity: int
    priority: int | None = None
    needed_at: datetime | None = None
    useless_after: datetime | None = None
    estimated_arrival_at: datetime | None = None
    report_to: Location | None = None
    function: FreeText | None = None
    need_id: str = ""
    element_id: str = ""


def request_resource(
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    asks: Sequence[Ask],
    incident: IncidentInformation | None = None,
    description: FreeText | None = None,
    contacts: tuple[ContactInformation, ...] = (),
    funding: tuple[Funding, ...] = (),
    replaces: str = "",
) -> Message:
    """Ask one organisation, the first recipient, for help.

    Parameters
    ----------
    contacts
        Who to speak to; the sign-off stands here too, as a contact with the role Approver.
    replaces
        The id of the request that this one supersedes.
    """
    return Message(
        message_id=message_id,
        message_type=MessageType.REQUEST_RESOURCE,
        sent_at=sent_at,
        envelope=envelope,
        originating_message_id=message_id,
        description=description,
        incident=incident,
        recall=MessageRecall(replaces, RecallType.UPDATE) if replaces else None,
        contacts=contacts or (sender_contact(envelope),),
        funding=funding,
        resources=tuple(_ask_line(ask, message_id, index) for index, ask in enumerate(asks)),
    )


def _ask_line(ask: Ask, message_id: str, index: int) -> ResourceInformation:
    report_to = (ScheduleInformation(S.REPORT_TO, location=ask.report_to),) if ask.report_to else ()
    return ResourceInformation(
        element_id=ask.element_id or element_id_of(message_id, index),
        resource=Resource(
            capability=ask.capability, description=ask.description, special_requirements=ask.special_requirements
        ),
        assignment=AssignmentInformation(
            quantity=ask.quantity, restrictions=ask.restrictions, anticipated_function=ask.anticipated_function
        ),
        schedule=schedule_of((S.REQUESTED_ARRIVAL, ask.needed_at), (S.ESTIMATED_RETURN_DEPARTURE, ask.until))
        + report_to,
        priority=ask.priority,
        useless_after=ask.useless_after,
        need_id=ask.need_id,
        planned_units=ask.planned_units,
    )


def offer_unsolicited(
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    offers: Sequence[Unasked],
    incident: IncidentInformation | None = None,
    description: FreeText | None = None,
    contacts: tuple[ContactInformation, ...] = (),
) -> Message:
    """Offer help to one organisation, the first recipient, that has not asked for it."""
    return Message(
        message_id=message_id,
        message_type=MessageType.OFFER_UNSOLICITED_RESOURCE,
        sent_at=sent_at,
        envelope=envelope,
        originating_message_id=message_id,
        description=description,
        incident=incident,
        contacts=contacts or (sender_contact(envelope),),
        resources=tuple(_unasked_line(offer, message_id, index) for index, offer in enumerate(offers)),
    )


def _unasked_line(offer: Unasked, message_id: str, index: int) -> ResourceInformation:
    return ResourceInformation(
        element_id=offer.element_id or element_id_of(message_id, index),
        resource=offer.resource,
        assignment=AssignmentInformation(quantity=offer.quantity),
        schedule=schedule_of((S.ESTIMATED_ARRIVAL, offer.estimated_arrival_at), (S.END_AVAILABLE, offer.valid_until)),
        risk_checked=offer.risk_checked,
    )


def alert(
    envelope: Envelope,
    *,
    message_id: str,
    sent_at: datetime,
    teams: Sequence[OwnTeams],
    funding: tuple[Funding, ...],
    incident: IncidentInformation | None = None,
    description: FreeText | None = None,
    contacts: tuple[ContactInformation, ...] = (),
) -> Message:
    """Alert own teams at their owner, the first recipient: a requisition that follows on nothing.

    `envelope.answer_due_at` is by when the owner is expected to confirm; `envelope.agreement` is empty.
    """
    return Message(
        message_id=message_id,
        message_type=MessageType.REQUISITION_RESOURCE,
        sent_at=sent_at,
        envelope=envelope,
        originating_message_id=message_id,
        description=description,
        incident=incident,
        contacts=contacts or (sender_contact(envelope),),
        funding=funding,
        resources=tuple(_alert_line(item, message_id, index) for index, item in enumerate(teams)),
    )


def _alert_line(item: OwnTeams, message_id: str, index: int) -> ResourceInformation:
    return ResourceInformation(
        element_id=item.element_id or element_id_of(message_id, index),
        resource=item.resource,
        assignment=AssignmentInformation(quantity=item.quantity, anticipated_function=item.function),
        schedule=schedule_of((S.REQUESTED_ARRIVAL, item.needed_at), (S.ESTIMATED_ARRIVAL, item.estimated_arrival_at))
        + place_of(S.REPORT_TO, item.report_to),
        priority=item.priority,
        useless_after=item.useless_after,
        need_id=item.need_id,
    )
