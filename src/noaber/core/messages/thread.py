"""What the messages of one exchange amount to: the result of folding, ready for a page.

A thread is one request with all that follows from it, or one unsolicited offer with all that follows. Values
only; how they come about is in `fold.py`, `effects.py`, `timers.py` and `waits.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from noaber.core.messages.model import (
    BorderCertificate,
    ContactInformation,
    FreeText,
    Location,
    Message,
    ResourceInformation,
    StatusKind,
    Tlp,
)
from noaber.core.messages.states import DeploymentState, OfferState, RequestState, State
from noaber.core.problems import Problem

if TYPE_CHECKING:
    from noaber.core.messages.transitions import StepKind


class EffectCode(StrEnum):
    """What a message did; stable, worded by the pages."""

    REQUEST_SENT = "request-sent"
    REQUEST_ACKNOWLEDGED = "request-acknowledged"
    REQUEST_PARTLY_COVERED = "request-partly-covered"
    REQUEST_COVERED = "request-covered"
    REQUEST_CLOSED = "request-closed"
    REQUEST_CANCELLED = "request-cancelled"
    REQUEST_SUPERSEDED = "request-superseded"
    LINE_DECLINED = "line-declined"
    OFFER_PROVISIONAL = "offer-provisional"
    OFFER_MADE = "offer-made"
    OFFER_UNSOLICITED = "offer-unsolicited"
    OFFER_CONFIRMED = "offer-confirmed"
    OFFER_DECLINED = "offer-declined"
    OFFER_WITHDRAWN = "offer-withdrawn"
    OFFER_REJECTED = "offer-rejected"
    OFFER_ORDERED = "offer-ordered"
    OFFER_LAPSED = "offer-lapsed"
    COMMITTED = "committed"
    COMMIT_DECLINED = "commit-declined"
    COMMIT_UNSURE = "commit-unsure"
    MOBILISING = "mobilising"
    EN_ROUTE = "en-route"
    AT_BORDER = "at-border"
    ARRIVED = "arrived"
    OPERATIONAL = "operational"
    EXTENSION_ASKED = "extension-asked"
    EXTENSION_GRANTED = "extension-granted"
    EXTENSION_REFUSED = "extension-refused"
    EXTENSION_UNSURE = "extension-unsure"
    RETURN_ASKED = "return-asked"
    RETURN_GRANTED = "return-granted"
    RETURN_REFUSED = "return-refused"
    RETURN_UNSURE = "return-unsure"
    RECALLED = "recalled"
    RELEASED = "released"
    RETURNING = "returning"
    RETURNED = "returned"
    NOTED = "noted"
    STATUS_ASKED = "status-asked"
    INFORMATION_ASKED = "information-asked"
    INFORMATION_GIVEN = "information-given"
    QUOTE_ASKED = "quote-asked"
    QUOTE_GIVEN = "quote-given"
    ALERTED = "alerted"
    PAPERS_GIVEN = "papers-given"
    STEP_WITHDRAWN = "step-withdrawn"


class WaitCode(StrEnum):
    """What an organisation owes the other; stable, worded by the pages."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER_LINE = "answer-line"
    CONFIRM_OFFER = "confirm-offer"
    DECIDE_OFFER = "decide-offer"
    COMMIT = "commit"
    CONFIRM_ALERT = "confirm-alert"
    GIVE_PAPERS = "give-papers"
    DEPART = "depart"
    ARRIVE = "arrive"
    SET_TO_WORK = "set-to-work"
    RELEASE = "release"
    RETURN = "return"
    ANSWER_EXTENSION = "answer-extension"
    ANSWER_RETURN = "answer-return"
    GIVE_STATUS = "give-status"
    GIVE_INFORMATION = "give-information"
    GIVE_QUOTE = "give-quote"
    CLOSE_REQUEST = "close-request"


class Coverage(StrEnum):
    NONE = "none"
    PARTLY = "partly"
    FULL = "full"


@dataclass(frozen=True)
class Line:
    """One line of the request, with what has come of it. Quantities are teams.

    `provisional`, `offered` and `accepted` count offers in that state; `committed` counts what was committed and
    not taken back by its owner since. A line may be over-ordered; `coverage` compares with what was asked.
    """

    element_id: str
    capability: str
    quantity: int
    priority: int | None = None
    needed_at: datetime | None = None
    """By when: RequestedArrival."""
    latest_at: datetime | None = None
    """No use after this."""
    until: datetime | None = None
    """How long the help is expected to be needed: EstimatedReturnDeparture."""
    place: Location | None = None
    """Where to report."""
    need_id: str = ""
    provisional: int = 0
    offered: int = 0
    accepted: int = 0
    committed: int = 0
    is_declined: bool = False
    """The supplier declined it, and nothing is open or committed for it."""
    is_answered: bool = False
    """There is an offer, or a decline, that was not taken back."""
    information: ResourceInformation | None = field(default=None, repr=False)

    @property
    def missing(self) -> int:
        return max(0, self.quantity - self.committed)

    @property
    def coverage(self) -> Coverage:
        if self.committed >= self.quantity:
            return Coverage.FULL
        return Coverage.PARTLY if self.committed else Coverage.NONE


@dataclass(frozen=True)
class Request:
    message_id: str
    state: RequestState
    sent_at: datetime
    lines: tuple[Line, ...]
    due_at: datetime | None = None
    """When the answer is due: what the supplier promised when it acknowledged, else what the consumer asked for."""
    acknowledged_at: datetime | None = None
    expires_at: datetime | None = None
    """The last moment at which any line is of use; None where nothing says so."""
    ended_at: datetime | None = None
    """When it was closed, cancelled or superseded."""
    superseded_by: str = ""
    approver: ContactInformation | None = None
    """Who signed it off, at the consumer."""
    is_alert: bool = False
    """Own teams, alerted by name: no text, no border, no offer; they are confirmed or declined."""


@dataclass(frozen=True)
class Offer:
    """One answer to one line (`line_id` empty: unsolicited). `id` stays the id of the deployment."""

    id: str
    line_id: str
    state: OfferState
    quantity: int
    """Teams offered."""
    capability: str
    message_id: str
    """The message that made it."""
    offered_at: datetime
    changed_at: datetime
    """When it came into its state."""
    reason_code: str = ""
    reason: FreeText | None = None
    """Of the latest provisional answer, decline or rejection."""
    is_unsure: bool = False
    """Ordered, and the supplier answered that it is not sure yet."""
    accepted_quantity: int = 0
    """Teams ordered."""
    estimated_arrival_at: datetime | None = None
    valid_until: datetime | None = None
    """EndAvailable: not to be had after this."""
    team_id: str = ""
    team_name: str = ""
    owner: str = ""
    home_unit: str = ""
    price_quote_eur: float | None = None
    commit_due_at: datetime | None = None
    """By when the consumer asked for the commitment."""
    last_message_id: str = ""
    """The latest message about it: what the next one answers."""
    information: ResourceInformation | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Change:
    """A state that a deployment came into."""

    state: DeploymentState
    at: datetime
    """When it happened, as reported; else when it was said."""
    by: str
    """The organisation that said it."""
    message_id: str


@dataclass(frozen=True)
class Asked:
    """An extension or a return that was asked for and is not answered yet."""

    element_id: str
    """The line that asked: what the answer points to."""
    message_id: str
    since: datetime
    until: datetime | None = None
    """The new end, or the time of return, that is asked for."""
    due_at: datetime | None = None
    """By when the answer is asked for."""
    reason: FreeText | None = None


@dataclass(frozen=True)
class Deployment:
    """Teams on their way, at work or going home. `id` is that of the offer that it came of."""

    id: str
    line_id: str
    state: DeploymentState
    quantity: int
    capability: str
    changes: tuple[Change, ...]
    team_id: str = ""
    team_name: str = ""
    owner: str = ""
    home_unit: str = ""
    order_id: str = ""
    estimated_arrival_at: datetime | None = None
    arrived_at: datetime | None = None
    end_at: datetime | None = None
    """When it is to leave again, as last agreed."""
    extension_asked: Asked | None = None
    """The extension that waits for an answer."""
    return_asked: Asked | None = None
    """The return that waits for an answer."""
    reason: FreeText | None = None
    """Why it is asked back, kept, or recalled: of the latest such message."""
    taken_back: bool = False
    """Recalled, or given back at its owner's wish: it no longer covers the line."""
    position: Location | None = None
    """Where it was last reported."""
    certificate: BorderCertificate | None = None
    handover: FreeText | None = None
    status_asked_by: str = ""
    status_asked_at: datetime | None = None
    last_message_id: str = ""
    """The latest message about it: what the next one answers."""

    @property
    def changed_at(self) -> datetime:
        return self.changes[-1].at

    @property
    def extension_pending(self) -> bool:
        return self.extension_asked is not None

    @property
    def return_pending(self) -> bool:
        return self.return_asked is not None


@dataclass(frozen=True)
class Question:
    """A question, or a request for a price, that is not answered yet."""

    message_id: str
    kind: WaitCode
    asked_by: str
    asked_at: datetime
    due_at: datetime | None = None
    subject_id: str = ""
    """The offer or line whose price is asked."""


@dataclass(frozen=True)
class Effect:
    """What a message did to one thing. `row` is the row of the transition table; None where it has none."""

    code: EffectCode
    subject_id: str
    row: int | None = None
    quantity: int | None = None


@dataclass(frozen=True)
class Entry:
    """An applied message. `shortcomings` are duties that it does not meet; it counts all the same."""

    message: Message
    effects: tuple[Effect, ...]
    shortcomings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Withdrawn:
    """A message that its own side withdrew as entered by mistake: it has no effect any more."""

    entry: Entry
    """What it had done."""
    by: Message
    """The message that withdrew it, with the reason."""

    @property
    def message(self) -> Message:
        return self.entry.message


@dataclass(frozen=True)
class Parked:
    """A message, or one line of it, that has had no effect, and why.

    `may_fit` says that it takes effect by itself when what it waits for comes; otherwise the exchange has gone
    past it.
    """

    message: Message
    element_id: str
    """The line; empty where it is the whole message."""
    problem: Problem
    may_fit: bool


@dataclass(frozen=True)
class Conflict:
    """An id that came with different contents. One of them is kept, the same one whichever came first."""

    message_id: str
    kept: Message
    others: tuple[Message, ...]


@dataclass(frozen=True)
class Waiting:
    """Who owes the next step. `subject_id` is a request, line, offer, deployment or question."""

    party: str
    code: WaitCode
    subject_id: str
    since: datetime
    due_at: datetime | None = None


@dataclass(frozen=True)
class Step:
    """Something that an organisation may do now. `outcomes` are the states it can lead to; empty: no state changes."""

    kind: StepKind
    subject_id: str
    outcomes: tuple[State, ...] = ()


@dataclass(frozen=True)
class Thread:
    """One exchange between a consumer and a supplier, as its messages leave it.

    `request` is None for an unsolicited offer, and while the message that opens the exchange has not come.
    """

    thread_id: str
    consumer: str = ""
    supplier: str = ""
    status: StatusKind | None = None
    tlp: Tlp | None = None
    agreement: str = ""
    case_id: str = ""
    sent_at: datetime | None = None
    request: Request | None = None
    offers: tuple[Offer, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    questions: tuple[Question, ...] = ()
    history: tuple[Entry, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    parked: tuple[Parked, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    waits: tuple[Waiting, ...] = ()
    untimed: Thread | None = field(default=None, repr=False, compare=False)
    """The same thread before any timer was looked at; None where this is it."""

    @property
    def is_open(self) -> bool:
        """Whether the message that opens the exchange has come."""
        return self.sent_at is not None

    @property
    def is_alert(self) -> bool:
        """Whether it began with the alert of own teams."""
        return self.request is not None and self.request.is_alert

    @property
    def message_ids(self) -> frozenset[str]:
        """Every message that has had an effect."""
        return frozenset(entry.message.message_id for entry in self.history)

    def find_line(self, element_id: str) -> Line | None:
        lines = self.request.lines if self.request else ()
        return next((line for line in lines if line.element_id == element_id), None)

    def find_offer(self, offer_id: str) -> Offer | None:
        return next((offer for offer in self.offers if offer.id == offer_id), None)

    def find_deployment(self, deployment_id: str) -> Deployment | None:
        return next((item for item in self.deployments if item.id == deployment_id), None)

    def find_question(self, message_id: str) -> Question | None:
        return next((item for item in self.questions if item.message_id == message_id), None)

    def find_price_question(self, subject_id: str) -> Question | None:
        """The question for the price of an offer or line that waits for its answer."""
        return next((item for item in self.questions if subject_id and item.subject_id == subject_id), None)

    def find_message(self, message_id: str) -> Message | None:
        said = [entry.message for entry in self.history] + [item.message for item in self.withdrawn]
        return next((message for message in said if message.message_id == message_id), None)

    def with_offer(self, offer: Offer) -> Thread:
        """The thread with `offer` in the place of the one with its id, or added."""
        if self.find_offer(offer.id) is None:
            return replace(self, offers=(*self.offers, offer))
        return replace(self, offers=tuple(offer if item.id == offer.id else item for item in self.offers))

    def with_deployment(self, deployment: Deployment) -> Thread:
        """The thread with `deployment` in the place of the one with its id, or added."""
        if self.find_deployment(deployment.id) is None:
            return replace(self, deployments=(*self.deployments, deployment))
        kept = tuple(deployment if item.id == deployment.id else item for item in self.deployments)
        return replace(self, deployments=kept)
