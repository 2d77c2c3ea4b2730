"""Messages and exchanges with sensible defaults: a test writes only what it is about.

Brussels asks The Hague for boats on the evening of the exercise; `Exchange` keeps the messages and says each step
in a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Ask, Commitment, Order, OwnTeams, Unasked
from noaber.core.messages.fold import fold
from noaber.core.messages.model import (
    BorderCertificate,
    DeploymentStatus,
    Envelope,
    FreeText,
    Funding,
    IncidentInformation,
    Message,
    Resource,
    ResponseType,
    StatusKind,
    Tlp,
)
from noaber.core.messages.rules import check_message
from noaber.core.messages.steps import check_step
from noaber.core.messages.thread import Thread

EVENING = datetime(2021, 7, 14, 16, 0, tzinfo=UTC)
"""18:00 in Brussels."""
CONSUMER, SUPPLIER, STRANGER = "BE-NCCN", "NL-NCC", "FR-COGIC"


def envelope(sender: str = CONSUMER, recipient: str = SUPPLIER, **changes: Any) -> Envelope:
    """An envelope of the exercise, labelled AMBER."""
    fields: dict[str, Any] = {
        "sender": sender,
        "recipients": (recipient,),
        "status": StatusKind.EXERCISE,
        "tlp": Tlp.AMBER,
        "language": "fr" if sender == CONSUMER else "nl",
        "actor": "duty officer",
        "case_id": "BE-2021-0714-02",
        "agreement": "NL-BE-1984",
    }
    return Envelope(**fields | changes)


def text(words: str = "Own emergency.", language: str = "en") -> FreeText:
    return FreeText(words, language)


def request(
    message_id: str = "request",
    *,
    asks: tuple[Ask, ...] = (Ask("SRBOAT", 4, priority=1, needed_at=EVENING + timedelta(hours=3), element_id="line"),),
    sent_at: datetime = EVENING,
    replaces: str = "",
    **changes: Any,
) -> Message:
    """A request of Brussels to The Hague: 4 boat teams within 3 hours, on the line "line"."""
    return factories.request_resource(
        envelope(**changes),
        message_id=message_id,
        sent_at=sent_at,
        asks=asks,
        incident=IncidentInformation("BE-2021-0714-02"),
        replaces=replaces,
    )


def unsolicited(message_id: str = "unasked", *, sent_at: datetime = EVENING, **changes: Any) -> Message:
    """An offer of The Hague to Brussels that nobody asked for: 2 pumps, as the offer "offer"."""
    fields: dict[str, Any] = {"resource": Resource("HCP"), "quantity": 2, "risk_checked": True, "element_id": "offer"}
    return factories.offer_unsolicited(
        envelope(SUPPLIER, CONSUMER),
        message_id=message_id,
        sent_at=sent_at,
        offers=(Unasked(**fields | changes),),
    )


def alert(
    message_id: str = "alert", *, owner: str = SUPPLIER, by: str = CONSUMER, sent_at: datetime = EVENING, **changes: Any
) -> Message:
    """Own teams alerted: 4 boat teams, on the line (and the order) "offer"; to be confirmed within 5 minutes."""
    fields: dict[str, Any] = {
        "resource": Resource("SRBOAT", resource_id="BOATS", name="boats", owner=owner),
        "quantity": 4,
        "needed_at": EVENING + timedelta(hours=3),
        "need_id": "n1",
        "element_id": "offer",
    }
    return factories.alert(
        envelope(by, owner, agreement="", answer_due_at=sent_at + timedelta(minutes=5)),
        message_id=message_id,
        sent_at=sent_at,
        teams=(OwnTeams(**fields | changes),),
        funding=(Funding("own-means"),),
        incident=IncidentInformation("BE-2021-0714-02"),
    )


CERTIFICATE = BorderCertificate(
    kind_of_help="rescue from water",
    kind_of_unit="boat team",
    head_count=22,
    leader="team leader 1",
    vehicles=("NL 00-AAA-0",),
)


@dataclass
class Exchange:
    """An exchange being played: each call says one thing, a minute after the last one."""

    opening: Message = field(default_factory=request)
    messages: list[Message] = field(default_factory=list)
    now: datetime = EVENING
    is_checked: bool = True
    """Whether a step that is not allowed is refused, as a server does, or kept all the same."""

    def __post_init__(self) -> None:
        self.messages.insert(0, self.opening)

    @property
    def thread(self) -> Thread:
        return fold(self.messages, thread_id=self.opening.message_id, now=self.now)

    def wait(self, **duration: float) -> Exchange:
        self.now += timedelta(**duration)
        return self

    def say(self, make: Callable[..., Message], by: str = "", message_id: str = "", **facts: Any) -> Exchange:
        """Take a step with one of the factories; `by` is whose step it is."""
        message = self.draft(make, by, message_id, **facts)
        if self.is_checked:
            check_message(message)
            check_step(self.thread, message)
        self.messages.append(message)
        return self

    def draft(self, make: Callable[..., Message], by: str = "", message_id: str = "", **facts: Any) -> Message:
        """The message of a step that is not taken."""
        self.wait(minutes=1)
        envelope_facts = {key: facts.pop(key) for key in ("answer_due_at", "on_behalf_of", "said_at") if key in facts}
        party = by or CONSUMER
        return make(
            self.thread,
            envelope(party, CONSUMER if party == SUPPLIER else SUPPLIER, **envelope_facts),
            message_id=message_id or f"{make.__name__}-{len(self.messages)}",
            sent_at=self.now,
            **facts,
        )

    # The steps of the flow, with one line, one offer and one deployment unless said otherwise.

    def acknowledge(self, **facts: Any) -> Exchange:
        return self.say(factories.acknowledge, SUPPLIER, **facts)

    def answer(
        self, response_type: ResponseType = ResponseType.ACCEPT, quantity: int | None = 4, **facts: Any
    ) -> Exchange:
        defaults: dict[str, Any] = {"line_id": "line", "element_id": "offer", "risk_checked": True}
        if response_type is not ResponseType.ACCEPT:
            defaults["reason_code"] = "own-emergency"
        keep = {key: facts.pop(key) for key in ("by", "message_id", "said_at", "on_behalf_of") if key in facts}
        by = keep.pop("by", SUPPLIER)
        answer = Answer(response_type=response_type, quantity=quantity, **defaults | facts)
        return self.say(factories.respond, by, answers=(answer,), **keep)

    def reject(self, offer_id: str = "offer", **facts: Any) -> Exchange:
        return self.say(factories.reject_offer, offer_id=offer_id, **{"reason_code": "not-needed"} | facts)

    def withdraw(self, offer_id: str = "offer", **facts: Any) -> Exchange:
        return self.say(factories.withdraw_offer, **{"by": SUPPLIER, "offer_id": offer_id} | facts)

    def order(self, quantity: int = 4, offer_id: str = "offer", **facts: Any) -> Exchange:
        keep = {key: facts.pop(key) for key in ("by", "message_id", "answer_due_at") if key in facts}
        order = Order(offer_id, quantity, **facts)
        return self.say(factories.requisition, orders=(order,), funding=(Funding("free"),), **keep)

    def commit(
        self, response_type: ResponseType = ResponseType.ACCEPT, offer_id: str = "offer", **facts: Any
    ) -> Exchange:
        defaults: dict[str, Any] = {"certificate": CERTIFICATE}
        if response_type is not ResponseType.ACCEPT:
            defaults = {"reason_code": "own-emergency"}
        keep = {key: facts.pop(key) for key in ("by", "message_id", "on_behalf_of") if key in facts}
        by = keep.pop("by", SUPPLIER)
        item = Commitment(offer_id, response_type, **defaults | facts)
        return self.say(factories.commit, by, commitments=(item,), **keep)

    def report(self, *statuses: DeploymentStatus, deployment_id: str = "offer", **facts: Any) -> Exchange:
        """Report one status after the other; at work is reported by who receives, all else by who sends."""
        for status in statuses:
            by = CONSUMER if status is DeploymentStatus.OPERATIONAL else SUPPLIER
            self.say(factories.report, **{"by": by, "deployment_id": deployment_id, "status": status} | facts)
        return self

    def to_work(self) -> Exchange:
        """From the request to teams at work."""
        status = DeploymentStatus
        self.acknowledge().answer().order().commit()
        return self.report(status.MOBILISING, status.EN_ROUTE, status.ARRIVED, status.OPERATIONAL)

    def about(self, make: Callable[..., Message], by: str, **facts: Any) -> Exchange:
        """Take a step about the one deployment."""
        return self.say(make, by, **{"deployment_id": "offer"} | facts)
