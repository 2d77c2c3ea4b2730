"""The worked example of docs/algorithms/message-flow.md, played row by row."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from builders import CERTIFICATE, CONSUMER, EVENING, SUPPLIER, Exchange, request, text
from noaber.core.messages import factories
from noaber.core.messages.factories import Answer, Ask, Commitment, Order
from noaber.core.messages.fold import fold
from noaber.core.messages.model import DeploymentStatus, Funding, Message, ResponseType
from noaber.core.messages.thread import Thread

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "message-flow.md"
SUMMER = timezone(timedelta(hours=2))
FREE = (Funding("free"),)


def at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2021, 7, 14, hour, minute, tzinfo=SUMMER).astimezone(timezone.utc)  # noqa: UP017 - as sent_at


def play() -> Exchange:
    asks = (
        Ask("SRBOAT", 4, priority=1, needed_at=EVENING + timedelta(hours=3), element_id="boats"),
        Ask("HCP", 2, element_id="pumps"),
    )
    exchange = Exchange(request(asks=asks, sent_at=at("18:34")))

    def say(clock: str, make: object, by: str, **facts: object) -> None:
        exchange.now = at(clock) - timedelta(minutes=1)
        exchange.say(make, by, **facts)

    def commit(clock: str, offer_id: str) -> None:
        say(clock, factories.commit, SUPPLIER, commitments=(Commitment(offer_id, certificate=CERTIFICATE),))

    maybe = {"reason": text("Depends on the Meuse forecast of 21:00."), "quantity": 2, "risk_checked": True}
    boats = Answer("boats", ResponseType.ACCEPT, 4, risk_checked=True, element_id="offer-boats")
    pumps = Answer("pumps", ResponseType.PROVISIONAL, element_id="offer-pumps", **maybe)
    firm = Answer("pumps", ResponseType.ACCEPT, 2, risk_checked=True, offer_id="offer-pumps")
    say("18:35", factories.acknowledge, SUPPLIER)
    say("18:41", factories.respond, SUPPLIER, answers=(boats, pumps))
    say("18:50", factories.requisition, CONSUMER, orders=(Order("offer-boats", 4),), funding=FREE)
    commit("19:02", "offer-boats")
    say("21:05", factories.respond, SUPPLIER, answers=(firm,))
    say("21:07", factories.requisition, CONSUMER, orders=(Order("offer-pumps", 2),), funding=FREE)
    commit("21:20", "offer-pumps")
    say("21:30", factories.recall, SUPPLIER, deployment_id="offer-pumps", reason=text())
    return exchange


def row(message: Message, thread: Thread) -> list[str]:
    line = message.resources[0] if message.resources else None
    status = line.resource.deployment_status if line and line.resource else None
    kind = message.message_type.value + (f" ({status})" if status is DeploymentStatus.RECALLED else "")
    counts = [f"{line.offered}, {line.accepted}, {line.committed}" for line in thread.request.lines]
    waits = ", ".join(f"{wait.party} {wait.code}" for wait in thread.waits)
    clock = message.sent_at.astimezone(SUMMER).strftime("%H:%M")
    return [clock, message.envelope.party, kind, thread.request.state.value, *counts, waits]


def test_the_example_is_as_the_page_says() -> None:
    exchange = play()
    played = [
        row(message, fold(exchange.messages[: index + 1], thread_id="request"))
        for index, message in enumerate(exchange.messages)
    ]
    table = PAGE.read_text(encoding="utf-8").split("## Worked example")[1]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert rows[2:] == played


def test_a_commitment_that_overtakes_the_answer_waits() -> None:
    messages = play().messages
    without_answer = fold([message for message in messages[:5] if message is not messages[2]], thread_id="request")
    assert [item.message for item in without_answer.parked] == [messages[3], messages[4]]
    assert all(item.may_fit for item in without_answer.parked)
    assert without_answer.parked[0].problem.message.startswith("This follows on something that has not come yet")
