"""Every state, every actor, every act: allowed where the plain table of the oracle says so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest

from builders import CERTIFICATE, CONSUMER, EVENING, SUPPLIER, Exchange, request, text
from noaber.core.messages import factories
from noaber.core.messages.acts import read_acts
from noaber.core.messages.factories import Answer, Ask, Commitment, Order
from noaber.core.messages.fold import fold
from noaber.core.messages.model import DeploymentStatus, Funding, Message, ResponseType
from noaber.core.messages.replay import parts_of
from noaber.core.messages.states import CostState, DeploymentState, OfferState, RequestState
from noaber.core.messages.steps import can_step, possible_steps
from noaber.core.messages.thread import Thread
from noaber.core.messages.transitions import GUARDS, ROWS, Actor, StepKind, Subject, can_reach, get_moves
from oracles.flow import read_allowed

ALLOWED = read_allowed()
PARTIES = {"consumer": CONSUMER, "supplier": SUPPLIER}
A = ResponseType
D = DeploymentStatus


def asking(**facts: object) -> Exchange:
    return Exchange(request(asks=(Ask("SRBOAT", 4, element_id="line", **facts), Ask("HCP", 2, element_id="other"))))


def home(exchange: Exchange) -> Exchange:
    """Everyone back, so that nothing but the state stands in the way."""
    exchange.report(D.MOBILISING, D.EN_ROUTE, D.ARRIVED, D.OPERATIONAL)
    exchange.about(factories.release, CONSUMER, handover=text("Nothing."))
    return exchange.report(D.RETURNING, D.RETURNED)


def expired() -> Exchange:
    asks = (Ask("SRBOAT", 4, useless_after=EVENING + timedelta(hours=1), element_id="line"),)
    return Exchange(request(asks=asks)).acknowledge().wait(hours=2)


REQUESTS: dict[str, Callable[[], Exchange]] = {
    "SENT": asking,
    "ACKNOWLEDGED": lambda: asking().acknowledge(),
    "PARTLY_COVERED": lambda: home(asking().answer().order().commit()),
    "COVERED": lambda: home(Exchange().answer().order().commit()),
    "CLOSED": lambda: home(Exchange().answer().order().commit()).say(factories.close_request),
    "CANCELLED": lambda: asking().say(factories.cancel_request),
    "EXPIRED": expired,
    "SUPERSEDED": lambda: update(asking()),
}

OFFERS: dict[str, Callable[[], Exchange]] = {
    "PROVISIONAL": lambda: asking().answer(A.PROVISIONAL),
    "OFFERED": lambda: asking().answer(),
    "ACCEPTED": lambda: asking().answer().order(),
    "COMMITTED": lambda: asking().answer().order().commit(),
    "DECLINED": lambda: asking().answer(A.DECLINE, None),
    "REJECTED": lambda: asking().answer().reject(),
    "WITHDRAWN": lambda: asking().answer().withdraw(),
    "LAPSED": lambda: asking().answer(valid_until=EVENING + timedelta(hours=1)).wait(hours=2),
}

UNDER_WAY = [D.MOBILISING, D.EN_ROUTE, D.AT_BORDER, D.ARRIVED, D.OPERATIONAL]
TEAMS: dict[str, Callable[[], Exchange]] = {
    "COMMITTED": lambda: OFFERS["COMMITTED"](),
    **{
        status.value: lambda index=index: OFFERS["COMMITTED"]().report(*UNDER_WAY[: index + 1])
        for index, status in enumerate(UNDER_WAY)
    },
    "EXTENSION_ASKED": lambda: extend(Exchange().to_work()),
    "RETURN_ASKED": lambda: Exchange().to_work().about(factories.ask_return, SUPPLIER, reason=text()),
    "RECALLED": lambda: Exchange().to_work().about(factories.recall, SUPPLIER),
    "RELEASED": lambda: Exchange().to_work().about(factories.release, CONSUMER, handover=text()),
    "RETURNING": lambda: TEAMS["RELEASED"]().report(D.RETURNING),
    "RETURNED": lambda: TEAMS["RELEASED"]().report(D.RETURNING, D.RETURNED),
}


def extend(exchange: Exchange) -> Exchange:
    return exchange.about(factories.ask_extension, CONSUMER, until=exchange.now + timedelta(hours=8))


def update(exchange: Exchange) -> Exchange:
    exchange.messages.append(replacement(exchange, CONSUMER))
    return exchange


def replacement(exchange: Exchange, party: str) -> Message:
    return request(f"newer-{len(exchange.messages)}", sent_at=exchange.now, replaces="request", sender=party)


def funded(exchange: Exchange, party: str) -> Message:
    orders = (Order("offer", 1),)
    return exchange.draft(factories.requisition, party, orders=orders, funding=(Funding("free"),))


def answering(answer: ResponseType, **facts: object) -> Callable[[Exchange, str], Message]:
    def make(exchange: Exchange, party: str) -> Message:
        request = exchange.thread.request
        line_id = request.lines[-1].element_id if request else ""
        said = Answer(line_id, answer, 1, reason_code="own-emergency", risk_checked=True, **facts)
        return exchange.draft(factories.respond, party, answers=(said,))

    return make


def committing(answer: ResponseType) -> Callable[[Exchange, str], Message]:
    def make(exchange: Exchange, party: str) -> Message:
        item = Commitment("offer", answer, reason_code="own-emergency", quantity=1, certificate=CERTIFICATE)
        return exchange.draft(factories.commit, party, commitments=(item,))

    return make


def about(make: Callable[..., Message], **facts: object) -> Callable[[Exchange, str], Message]:
    return lambda exchange, party: exchange.draft(make, party, deployment_id="offer", **facts)


ON_REQUEST: dict[str, Callable[[Exchange, str], Message]] = {
    "acknowledge": lambda exchange, party: exchange.draft(factories.acknowledge, party),
    "cancel": lambda exchange, party: exchange.draft(factories.cancel_request, party),
    "close": lambda exchange, party: exchange.draft(factories.close_request, party),
    "update": replacement,
}
ON_LINE = {
    "offer": answering(A.ACCEPT, element_id="new"),
    "offer provisionally": answering(A.PROVISIONAL, element_id="new"),
    "decline": answering(A.DECLINE, element_id="new"),
}
ON_OFFER: dict[str, Callable[[Exchange, str], Message]] = {
    "confirm": answering(A.ACCEPT, offer_id="offer"),
    "stay provisional": answering(A.PROVISIONAL, offer_id="offer"),
    "decline after all": answering(A.DECLINE, offer_id="offer"),
    "withdraw": lambda exchange, party: exchange.draft(factories.withdraw_offer, party, offer_id="offer"),
    "reject": lambda exchange, party: exchange.draft(
        factories.reject_offer, party, offer_id="offer", reason_code="not-needed"
    ),
    "order": funded,
    "commit": committing(A.ACCEPT),
    "refuse to commit": committing(A.DECLINE),
    "commit perhaps": committing(A.PROVISIONAL),
}
ON_TEAMS = {
    **{f"report {status}": about(factories.report, status=status) for status in DeploymentStatus},
    "recall": about(factories.recall),
    "ask extension": about(factories.ask_extension, until=EVENING + timedelta(days=2)),
    "grant extension": about(factories.answer_extension, response_type=A.ACCEPT),
    "refuse extension": about(factories.answer_extension, response_type=A.DECLINE, reason_code="own-emergency"),
    "ask return": about(factories.ask_return, reason=text()),
    "grant return": about(factories.answer_return, response_type=A.ACCEPT),
    "refuse return": about(factories.answer_return, response_type=A.DECLINE, reason_code="needed-here"),
    "release": about(factories.release, handover=text("Nothing.")),
}


STATES = {"request": REQUESTS, "line": REQUESTS, "offer": OFFERS, "teams": TEAMS}
ACTS = {"request": ON_REQUEST, "line": ON_LINE, "offer": ON_OFFER, "teams": ON_TEAMS}
CASES = [
    (thing, state, actor, act)
    for thing in STATES
    for state in STATES[thing]
    for actor in PARTIES
    for act in ACTS[thing]
]


@cache
def played(thing: str, state: str) -> Exchange:
    return STATES[thing][state]()


def exchange_in(thing: str, state: str) -> Exchange:
    """A copy of the exchange that came into that state."""
    before = played(thing, state)
    return Exchange(before.opening, before.messages[1:], before.now)


FLAGGED = {"EXTENSION_ASKED", "RETURN_ASKED"}


def state_of(thread: Thread, thing: str) -> str:
    if thing == "request":
        return thread.request.state
    if thing == "line":
        return thread.find_offer("new").state
    return thread.find_offer("offer").state if thing == "offer" else thread.find_deployment("offer").state


def button_for(thread: Thread, party: str, message: Message) -> bool:
    """Whether the step of `message` is among those that a page would offer."""
    (act,) = read_acts(thread, message, parts_of(message)[0].line)
    return any(
        step.kind is act.kind and step.subject_id == act.subject_id and act.target in step.outcomes
        for step in possible_steps(thread, party)
    )


@pytest.mark.parametrize(("thing", "state", "actor", "act"), CASES)
def test_a_step_is_allowed_exactly_where_the_oracle_says_so(thing: str, state: str, actor: str, act: str) -> None:
    exchange = exchange_in(thing, state)
    party = PARTIES[actor]
    message = ACTS[thing][act](exchange, party)
    before = exchange.thread
    after = fold([*exchange.messages, message], thread_id="request", now=exchange.now)
    expected = ALLOWED.get((thing, state, actor, act))

    assert can_step(before, message) is (expected is not None)
    assert button_for(before, party, message) is (expected is not None)
    if expected is None:
        assert [item.message for item in after.parked] == [message]
        assert (after.offers, after.deployments, after.request) == (before.offers, before.deployments, before.request)
    else:
        assert not after.parked
        left = "OPERATIONAL" if state in FLAGGED else state
        assert state_of(after, thing) == (left if expected == "same" else expected)


@pytest.mark.parametrize(("thing", "state"), [(thing, state) for thing in STATES for state in STATES[thing]])
def test_the_case_is_in_the_state_that_it_says(thing: str, state: str) -> None:
    thread = exchange_in(thing, state).thread
    found = {
        "request": lambda: thread.request.state,
        "line": lambda: thread.request.state,
        "offer": lambda: thread.find_offer("offer").state,
        "teams": lambda: thread.find_deployment("offer").state,
    }[thing]()
    assert found == ("OPERATIONAL" if state in FLAGGED else state)


@pytest.mark.parametrize("thing", STATES)
def test_nobody_else_takes_a_step(thing: str) -> None:
    for state in STATES[thing]:
        exchange = exchange_in(thing, state)
        assert possible_steps(exchange.thread, "FR-COGIC") == ()
        for make in ACTS[thing].values():
            assert not can_step(exchange.thread, make(exchange, "FR-COGIC"))


def test_the_table_has_the_twenty_eight_rows_and_that_of_alerts() -> None:
    assert sorted({row.number for row in ROWS}) == list(range(1, 30))
    assert [row.number for row in ROWS] == sorted(row.number for row in ROWS)
    assert {row.guard for row in ROWS} - {""} == set(GUARDS)


def test_every_state_is_in_the_table_and_every_step_of_the_table_has_a_message() -> None:
    states = {
        (row.subject, state) for row in ROWS for move in row.moves for state in (move.source, move.target) if state
    }
    drafts = {(Subject.OFFER, OfferState.DRAFT)}
    for subject, kind in zip(Subject, (RequestState, OfferState, DeploymentState, CostState), strict=True):
        assert {(subject, state) for state in kind} - drafts <= states
    for row in ROWS:
        steps = {move.step for move in row.moves} - {None, StepKind.AUTHORISE_REQUEST}
        assert not steps or row.messages, row.number
        assert row.actor is not Actor.SYSTEM or not steps


def test_what_no_message_carries_yet_has_no_step() -> None:
    for row in ROWS:
        if row.number in (8, 13, 25, 28):
            assert {move.step for move in row.moves} == {None}
            assert row.messages == ()


def test_reaching_follows_the_table() -> None:
    assert can_reach(Subject.DEPLOYMENT, DeploymentState.COMMITTED, DeploymentState.RETURNED)
    assert can_reach(Subject.OFFER, OfferState.PROVISIONAL, OfferState.PROVISIONAL)
    assert not can_reach(Subject.DEPLOYMENT, DeploymentState.RELEASED, DeploymentState.OPERATIONAL)
    assert not can_reach(Subject.OFFER, OfferState.WITHDRAWN, OfferState.COMMITTED)


def test_a_step_leads_to_moves_of_its_own_only() -> None:
    assert {move.target for _, move in get_moves(StepKind.COMMIT)} == {
        OfferState.COMMITTED,
        OfferState.DECLINED,
        OfferState.ACCEPTED,
    }
    assert get_moves(StepKind.REPORT, DeploymentState.RELEASED) == ()
    assert get_moves(StepKind.NOTE) == ()
