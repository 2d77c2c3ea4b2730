"""The typed model of a message: what the journal keeps, what is signed, what becomes EDXL-RM.

Structures and fields are those of EDXL-RM 1.0 (OASIS, errata edition of 22 December 2009), in snake case. What
the standard has no element for (status, TLP, recipients, channel: EDXL-DE; priority, minutes allowed, the border
certificate: value lists of our own) stands in `Envelope` and in the fields marked *ours*. What a field means for
the flow is in `transitions.py` and `fold.py`; the XML is in `edxl_rm.py` and `edxl_de.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from noaber.core.geo import Position


class MessageType(StrEnum):
    """The sixteen of EDXL-RM 1.0, and the ones of our own, marked as ours."""

    REQUEST_RESOURCE = "RequestResource"
    RESPONSE_TO_REQUEST_RESOURCE = "ResponseToRequestResource"
    REQUISITION_RESOURCE = "RequisitionResource"
    COMMIT_RESOURCE = "CommitResource"
    REQUEST_INFORMATION = "RequestInformation"
    RESPONSE_TO_REQUEST_INFORMATION = "ResponseToRequestInformation"
    OFFER_UNSOLICITED_RESOURCE = "OfferUnsolicitedResource"
    RELEASE_RESOURCE = "ReleaseResource"
    REQUEST_RETURN = "RequestReturn"
    RESPONSE_TO_REQUEST_RETURN = "ResponseToRequestReturn"
    REQUEST_QUOTE = "RequestQuote"
    RESPONSE_TO_REQUEST_QUOTE = "ResponseToRequestQuote"
    REQUEST_RESOURCE_DEPLOYMENT_STATUS = "RequestResourceDeploymentStatus"
    REPORT_RESOURCE_DEPLOYMENT_STATUS = "ReportResourceDeploymentStatus"
    REQUEST_EXTENDED_DEPLOYMENT_DURATION = "RequestExtendedDeploymentDuration"
    RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION = "ResponseToRequestExtendedDeploymentDuration"

    ACKNOWLEDGEMENT = "Acknowledgement"
    """Ours: the EDXL-DE envelope of kind Ack, without content. `preceding_message_id` is what was received."""
    OFFER_REJECTION = "OfferRejection"
    """Ours: the consumer does not take an offer; RM has no such message. XML: ResponseToRequestInformation."""
    REQUEST_CLOSURE = "RequestClosure"
    """Ours: the consumer closes a request; nothing more will come of it. XML: ResponseToRequestInformation."""


class StatusKind(StrEnum):
    """Actual, Exercise or Test: from birth, never changed, never mixed."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    TEST = "Test"


class Tlp(StrEnum):
    """TLP 2.0 (FIRST), from the widest to the narrowest."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class Channel(StrEnum):
    """By which way a step reached us; what was said by phone or on paper is entered with its own time."""

    NOABER = "noaber"
    PHONE = "phone"
    MAIL = "mail"
    PAPER = "paper"
    CECIS = "CECIS"
    LCMS = "LCMS"
    PARAGON = "Paragon"


class ResponseType(StrEnum):
    ACCEPT = "Accept"
    DECLINE = "Decline"
    PROVISIONAL = "Provisional"


class RecallType(StrEnum):
    UPDATE = "Update"
    CANCEL = "Cancel"


class ContactRole(StrEnum):
    SENDER = "Sender"
    REQUESTER = "Requester"
    SUBJECT_MATTER_EXPERT = "SubjectMatterExpert"
    APPROVER = "Approver"
    RESPONDING_ORG = "RespondingOrg"
    OWNER = "Owner"


class ScheduleType(StrEnum):
    """The eighteen schedule types of EDXL-RM 1.0."""

    REQUESTED_ARRIVAL = "RequestedArrival"
    ESTIMATED_ARRIVAL = "EstimatedArrival"
    ACTUAL_ARRIVAL = "ActualArrival"
    REQUESTED_DEPARTURE = "RequestedDeparture"
    ESTIMATED_DEPARTURE = "EstimatedDeparture"
    ACTUAL_DEPARTURE = "ActualDeparture"
    REQUESTED_RETURN_DEPARTURE = "RequestedReturnDeparture"
    ESTIMATED_RETURN_DEPARTURE = "EstimatedReturnDeparture"
    ACTUAL_RETURN_DEPARTURE = "ActualReturnDeparture"
    REQUESTED_RETURN_ARRIVAL = "RequestedReturnArrival"
    ESTIMATED_RETURN_ARRIVAL = "EstimatedReturnArrival"
    ACTUAL_RETURN_ARRIVAL = "ActualReturnArrival"
    BEGIN_AVAILABLE = "BeginAvailable"
    END_AVAILABLE = "EndAvailable"
    COMMITTED = "Committed"
    CURRENT = "Current"
    REPORT_TO = "ReportTo"
    ROUTE = "Route"


class DeploymentStatus(StrEnum):
    """The states of a deployment that a report may carry, in the order in which they come."""

    COMMITTED = "COMMITTED"
    MOBILISING = "MOBILISING"
    EN_ROUTE = "EN_ROUTE"
    AT_BORDER = "AT_BORDER"
    ARRIVED = "ARRIVED"
    OPERATIONAL = "OPERATIONAL"
    RECALLED = "RECALLED"
    RELEASED = "RELEASED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"


@dataclass(frozen=True)
class FreeText:
    """What a person wrote, in the language they wrote it in; never silently translated."""

    text: str
    language: str


@dataclass(frozen=True)
class CodedValue:
    """A value of a list: RM's ValueListType with one value. `urn` names the list."""

    urn: str
    value: str


@dataclass(frozen=True)
class ContactInformation:
    """Who to speak to: a function before a person."""

    role: ContactRole
    description: str
    phone: str = ""
    email: str = ""
    radio: str = ""


@dataclass(frozen=True)
class IncidentInformation:
    incident_id: str
    description: FreeText | None = None


@dataclass(frozen=True)
class MessageRecall:
    recall_message_id: str
    recall_type: RecallType


@dataclass(frozen=True)
class Funding:
    """Who pays. A requisition needs at least one, if only the code "no reimbursement".

    `fund_code` is a cost rule of `core/agreements.py`: free, reimbursed, partly, by-arrangement, unknown.
    """

    fund_code: str
    info: FreeText | None = None


@dataclass(frozen=True)
class ResponseInformation:
    """The answer to one element of an earlier message. Provisional and Decline carry a reason."""

    preceding_element_id: str
    response_type: ResponseType
    reason_code: str = ""
    reason: FreeText | None = None


@dataclass(frozen=True)
class Location:
    """At least a description, or a position."""

    description: str = ""
    position: Position | None = None
    territory: str = ""
    """Ours: the NUTS code of the place."""


@dataclass(frozen=True)
class ScheduleInformation:
    schedule_type: ScheduleType
    at: datetime | None = None
    location: Location | None = None


@dataclass(frozen=True)
class Resource:
    """What is asked for or sent."""

    capability: str
    """RM TypeStructure: a code of the capability vocabulary."""
    resource_id: str = ""
    """The owner's own id of the team, where one is named."""
    name: str = ""
    description: FreeText | None = None
    special_requirements: FreeText | None = None
    owner: str = ""
    """RM OwnershipInformation/Owner: code of the owning organisation."""
    home_unit: str = ""
    """RM OwnershipInformation/HomeUnit: the base."""
    deployment_status: DeploymentStatus | None = None
    availability: str = ""


@dataclass(frozen=True)
class AssignmentInformation:
    """How many, for what, under which order."""

    quantity: int | None = None
    """Teams. RM MeasuredQuantity/Amount, unit "team"."""
    restrictions: FreeText | None = None
    anticipated_function: FreeText | None = None
    price_quote_eur: float | None = None
    order_id: str = ""
    mode_of_transportation: str = ""
    navigation_instructions: FreeText | None = None
    reporting_instructions: FreeText | None = None


@dataclass(frozen=True)
class BorderCertificate:
    """Ours: what a leader shows at the border (NL-DE 1988 and FR-LU 2015 name these fields, domain.md §2)."""

    kind_of_help: str = ""
    kind_of_unit: str = ""
    head_count: int | None = None
    leader: str = ""
    vehicles: tuple[str, ...] = ()
    """One entry a vehicle, with its plate."""
    crossing_point: str = ""
    route: str = ""
    goods: str = ""
    """Fuel, medicines, dogs, radios."""


@dataclass(frozen=True)
class ResourceInformation:
    """One line of a message. `element_id` is unique over all messages; it is what an answer points to.

    The element id of an offer stays the id of what becomes of it: the requisition, the commitment and every
    report, extension, return and release of that deployment name it in `subject_id`.
    """

    element_id: str
    response: ResponseInformation | None = None
    resource: Resource | None = None
    assignment: AssignmentInformation | None = None
    schedule: tuple[ScheduleInformation, ...] = ()
    subject_id: str = ""
    """Ours: the offer (= deployment) that this line is about, where it is not the one that the line makes."""
    priority: int | None = None
    """Ours: 1 (life), 2, 3."""
    within_minutes: float | None = None
    """Ours, in messages of before: how soon it is needed, from the time of sending. New ones say RequestedArrival."""
    latest_minutes: float | None = None
    """Ours, in messages of before: no use after this, from the time of sending. New ones say `useless_after`."""
    useless_after: datetime | None = None
    """Ours: the moment after which it is of no use any more."""
    need_id: str = ""
    """Ours: the need of the incident that this line is to meet."""
    certificate: BorderCertificate | None = None
    """Ours."""
    risk_checked: bool | None = None
    """Ours: the supplier has checked the risk at home before answering."""
    handover: FreeText | None = None
    """Ours: at release: gear list, injuries, damage."""
    planned_units: tuple[str, ...] = ()
    """Ours: the teams that the asker's plan thought of for a line of a request: one "OWNER:CODE" for each."""
    knowing: tuple[str, ...] = ()
    """Ours: what the supplier knows of its own offer and accepts: codes of `core/promises.py`."""
    knowing_reason: str = ""
    """Ours: the coded reason why it offers all the same."""


@dataclass(frozen=True)
class Envelope:
    """Who says it to whom, in which status, and how it came: EDXL-DE, with what of it is ours.

    `sender` signs. Where the step was said by another (an organisation without Noaber, or by phone),
    `on_behalf_of` names that organisation; the step is then theirs, under the sender's signature, and every
    page says so.
    """

    sender: str
    recipients: tuple[str, ...]
    status: StatusKind
    tlp: Tlp
    language: str
    actor: str
    """The function, then the person: "duty officer, A. Lambert"."""
    channel: Channel = Channel.NOABER
    on_behalf_of: str = ""
    said_at: datetime | None = None
    """When it was said, where the channel is not Noaber itself."""
    said_by: str = ""
    """Who said it, over that channel."""
    case_id: str = ""
    """The incident, as the consumer's organisation numbers it."""
    agreement: str = ""
    """Id of the text that the request stands on; "UCPM" for the Union mechanism; empty at home."""
    answer_due_at: datetime | None = None
    """Ours: by when the sender wants the answer, or, in an acknowledgement, promises it."""

    @property
    def party(self) -> str:
        """The organisation whose step it is."""
        return self.on_behalf_of or self.sender


@dataclass(frozen=True)
class Message:
    """One message, of any type. Which parts a type may carry: `rules.py` (the table of domain.md §3.2)."""

    message_id: str
    message_type: MessageType
    sent_at: datetime
    envelope: Envelope
    originating_message_id: str
    """The id of the first message of the exchange: in a first message its own."""
    preceding_message_id: str = ""
    description: FreeText | None = None
    incident: IncidentInformation | None = None
    recall: MessageRecall | None = None
    contacts: tuple[ContactInformation, ...] = field(default_factory=tuple)
    funding: tuple[Funding, ...] = field(default_factory=tuple)
    resources: tuple[ResourceInformation, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if self.sent_at.utcoffset() != timedelta(0):
            raise ValueError("sent_at must be in UTC")
