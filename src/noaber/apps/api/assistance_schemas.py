"""What the API says of assistance: incidents, requests, deployments, what waits, and the own journal.

Ids are those of the messages; quantities are teams; codes are those of the vocabulary.
"""

from __future__ import annotations

import datetime

from ninja import Schema
from pydantic import Field

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.exchange.models import Deployment, Request, Waiting
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import Incident, Need
from noaber.core.journal import EntryKind
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.thread import WaitCode
from noaber.web import clock


class NeedOut(Schema):
    code: str
    capability: str
    quantity: int
    needed_by: datetime.datetime
    useless_after: datetime.datetime | None
    priority: int = Field(ge=1, le=3)
    function: str
    language: str = Field(description="Of `function`; empty without one, and where nobody said.")


class IncidentOut(Schema):
    """Something that happened at a place, and what it needs."""

    number: str
    title: str
    language: str
    status: Status
    owner: str
    tlp: TlpLabel
    hazard: str
    severity: Severity
    place: str
    territory: str
    lon: float
    lat: float
    affected_radius_km: float | None
    reception_point: str
    note: str
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    needs: list[NeedOut]

    @staticmethod
    def resolve_owner(row: Incident) -> str:
        return row.owner.code

    @staticmethod
    def resolve_needs(row: Incident) -> list[Need]:
        return list(row.needs.all())


class RequestLineOut(Schema):
    """One line of a request, and how many teams have been offered, accepted and committed to it."""

    element_id: str
    position: int
    capability: str
    quantity: int
    priority: int | None
    needed_at: datetime.datetime | None
    latest_at: datetime.datetime | None
    provisional: int
    offered: int
    accepted: int
    committed: int
    is_declined: bool


class _Exchange(Schema):
    case_id: str = Field(description="The number of the incident.")
    status: Status
    tlp: TlpLabel
    consumer: str = Field(description="Who asks.")
    supplier: str = Field(description="Who is asked.")

    @staticmethod
    def resolve_consumer(row: Request | Deployment | Waiting) -> str:
        return row.consumer.code

    @staticmethod
    def resolve_supplier(row: Request | Deployment | Waiting) -> str:
        return row.supplier.code


class RequestOut(_Exchange):
    """One request to one organisation."""

    message_id: str = Field(description="The id of the message that asked.")
    agreement: str
    state: RequestState
    sent_at: datetime.datetime
    acknowledged_at: datetime.datetime | None
    due_at: datetime.datetime | None
    expires_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    superseded_by: str
    lines: list[RequestLineOut]

    @staticmethod
    def resolve_state(row: Request) -> RequestState:
        return row.state_at(clock.now())


class OfferOut(Schema):
    """One answer to one line."""

    offer_id: str
    line_id: str
    state: OfferState
    capability: str
    quantity: int
    accepted_quantity: int
    team_id: str
    team_name: str
    owner: str
    home_unit: str
    offered_at: datetime.datetime
    estimated_arrival_at: datetime.datetime | None
    valid_until: datetime.datetime | None
    reason_code: str


class RequestInFull(Schema):
    """One request, with what was offered to it."""

    request: RequestOut
    offers: list[OfferOut]


class StateChange(Schema):
    state: DeploymentState
    at: datetime.datetime


class DeploymentOut(_Exchange):
    """Teams on their way, at work or going home."""

    deployment_id: str
    line_id: str
    state: DeploymentState
    capability: str
    quantity: int
    team_id: str
    team_name: str
    owner: str
    home_unit: str
    committed_at: datetime.datetime
    estimated_arrival_at: datetime.datetime | None
    arrived_at: datetime.datetime | None
    end_at: datetime.datetime | None
    extension_pending: bool
    return_pending: bool
    position_text: str
    lon: float | None
    lat: float | None
    changes: list[StateChange]


class WaitingOut(_Exchange):
    """A step that the reader owes."""

    code: WaitCode
    subject_id: str = Field(description="The request, offer or deployment that waits.")
    since: datetime.datetime
    due_at: datetime.datetime | None


class EntryOut(Schema):
    """One entry of the own journal."""

    sequence: int
    kind: EntryKind
    message_id: str
    message_type: str
    case_id: str
    status: Status
    signer: str
    reason: str
    recorded_at: datetime.datetime
    payload_digest: str = Field(description="SHA-256 of the message as it is kept.")
    entry_hash: str
