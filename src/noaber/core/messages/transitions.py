"""The one table of allowed changes: the 28 rows of the domain notes, section 3.3, and
row 29, which is ours: own teams are alerted.

`refusals.py` asks it for every step, so the button, the server, the file reader and the diagram in
`docs/reference/states.md` cannot disagree. Rows that no message carries yet (1, 25, 28) are here as data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from noaber.core.messages.model import MessageType as M
from noaber.core.messages.states import (
    ACTIVE_DEPLOYMENTS,
    OPEN_OFFERS,
    OPEN_REQUESTS,
    CostState,
    DeploymentState,
    OfferState,
    RequestState,
    State,
)


class Subject(StrEnum):
    REQUEST = "request"
    OFFER = "offer"
    DEPLOYMENT = "deployment"
    COST = "cost"


class Actor(StrEnum):
    CONSUMER = "consumer"
    """Asks and receives."""
    SUPPLIER = "supplier"
    """Owns and sends."""
    EITHER = "either"
    SYSTEM = "system"
    """Time passing, or a sum; never a message."""
    AUTHORITY = "authority"
    """Who must sign at the consumer, before anything is sent."""


class Flag(StrEnum):
    """What a deployment waits for beside its state."""

    EXTENSION_PENDING = "extension_pending"
    RETURN_PENDING = "return_pending"


class StepKind(StrEnum):
    """What an organisation may do next: one kind, one button."""

    AUTHORISE_REQUEST = "authorise-request"
    SEND_REQUEST = "send-request"
    ACKNOWLEDGE = "acknowledge"
    ANSWER_LINE = "answer-line"
    OFFER_UNSOLICITED = "offer-unsolicited"
    REVISE_OFFER = "revise-offer"
    WITHDRAW_OFFER = "withdraw-offer"
    REJECT_OFFER = "reject-offer"
    REQUISITION = "requisition"
    ALERT = "alert"
    COMMIT = "commit"
    REPORT = "report"
    ASK_EXTENSION = "ask-extension"
    ANSWER_EXTENSION = "answer-extension"
    ASK_RETURN = "ask-return"
    ANSWER_RETURN = "answer-return"
    RECALL = "recall"
    RELEASE = "release"
    CLOSE_REQUEST = "close-request"
    CANCEL_REQUEST = "cancel-request"
    UPDATE_REQUEST = "update-request"

    WITHDRAW_MISTAKE = "withdraw-mistake"
    """Of a message: the exchange is folded without it. Asked of `steps.find_corrections`."""

    # Possible at any time and without effect on a state, so in no row.
    NOTE = "note"
    GIVE_PAPERS = "give-papers"
    ASK_STATUS = "ask-status"
    ASK_INFORMATION = "ask-information"
    ANSWER_INFORMATION = "answer-information"
    ASK_QUOTE = "ask-quote"
    ANSWER_QUOTE = "answer-quote"


@dataclass(frozen=True)
class Move:
    """One change of state. `source` is None where the thing begins with it; `step` None where no step leads there."""

    source: State | None
    target: State
    step: StepKind | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table.

    Parameters
    ----------
    messages
        The message types that carry it; empty where none does (sign-off, timer, sum, cost file).
    needs, sets
        The flag that must be up, and the one that goes up. A flag that is needed goes down with the step.
    guard
        Key of the guard in `GUARDS`; empty where the table has none.
    """

    number: int
    subject: Subject
    moves: tuple[Move, ...]
    actor: Actor
    messages: tuple[M, ...] = ()
    needs: Flag | None = None
    sets: Flag | None = None
    guard: str = ""


GUARDS = {
    "sign-off": "agreement or Union mechanism chosen; quantity, place, time, reception point; cost rule shown",
    "contact": "at least one contact",
    "clock": "the clock of the answer starts",
    "reason": "provisional and decline carry a reason; the supplier's own risk was checked",
    "not-committed": "not after the commitment",
    "own-risk": "no request is needed; the supplier's own risk was checked",
    "need-date": "the offer's availability ended; the need date of every line passed, or 90 days under the UCPM",
    "rejection-reason": "a reason",
    "funding": "funding, if only the code for no reimbursement; one quantity, not above what was offered",
    "certificate": "a quantity not above what was ordered; the papers for the border may follow",
    "commit-reason": "a reason; the coverage is computed anew",
    "units": "teams against teams, line by line",
    "team-list": "the list of the teams stands",
    "border-told": "the host has told its border authority",
    "checked-in": "checked in at the reception point",
    "task-given": "the host's commander has given a task",
    "new-end": "a new end, after the one agreed",
    "rotation": "the rotation of the crew was looked at",
    "return-reason": "a reason",
    "return-answer": "a decline carries a reason",
    "sovereign": "the helper's own right, at any time",
    "handover": "gear, injuries and damage noted",
    "no-deployment": "every team is home",
    "recall-request": "open offers lapse; running deployments are not touched",
    "claim-window": "within the claim window of the agreement",
    "own-teams": "teams of the own country: no text, funding by own means, not more than are free",
    "receipts": "each line carries its rule and its receipt",
}
"""What each guard asks, in a few words for the diagram. What is enforced: `refusals.py` and `duties.py`."""


def _moves(sources: Iterable[State | None], target: State, step: StepKind | None) -> tuple[Move, ...]:
    return tuple(Move(source, target, step) for source in sources)


def _chain(step: StepKind | None, *states: State) -> tuple[Move, ...]:
    return tuple(Move(a, b, step) for a, b in pairwise(states))


R, O, D, C = RequestState, OfferState, DeploymentState, CostState  # noqa: E741
S = StepKind

_OPEN_REQUESTS = sorted(OPEN_REQUESTS, key=list(R).index)
_OPEN_OFFERS = sorted(OPEN_OFFERS, key=list(O).index)
_ACTIVE = sorted(ACTIVE_DEPLOYMENTS, key=list(D).index)
_BEFORE_PAID = [C.ESTIMATED, C.CLAIMED, C.CHECKED, C.AGREED, C.DISPUTED]

ROWS: tuple[Row, ...] = (
    Row(1, Subject.REQUEST, _chain(S.AUTHORISE_REQUEST, R.DRAFT, R.AUTHORISED), Actor.AUTHORITY, guard="sign-off"),
    Row(
        2,
        Subject.REQUEST,
        _chain(S.SEND_REQUEST, R.AUTHORISED, R.SENT),
        Actor.CONSUMER,
        (M.REQUEST_RESOURCE,),
        guard="contact",
    ),
    Row(
        3,
        Subject.REQUEST,
        _chain(S.ACKNOWLEDGE, R.SENT, R.ACKNOWLEDGED),
        Actor.SUPPLIER,
        (M.ACKNOWLEDGEMENT,),
        guard="clock",
    ),
    Row(
        4,
        Subject.OFFER,
        tuple(Move(None, target, S.ANSWER_LINE) for target in (O.PROVISIONAL, O.OFFERED, O.DECLINED)),
        Actor.SUPPLIER,
        (M.RESPONSE_TO_REQUEST_RESOURCE, M.RESPONSE_TO_REQUEST_QUOTE),
        guard="reason",
    ),
    Row(
        5,
        Subject.OFFER,
        (Move(None, O.OFFERED, S.OFFER_UNSOLICITED),),
        Actor.SUPPLIER,
        (M.OFFER_UNSOLICITED_RESOURCE,),
        guard="own-risk",
    ),
    Row(
        6,
        Subject.OFFER,
        tuple(Move(O.PROVISIONAL, target, S.REVISE_OFFER) for target in (O.OFFERED, O.DECLINED)),
        Actor.SUPPLIER,
        (M.RESPONSE_TO_REQUEST_RESOURCE,),
    ),
    Row(
        7,
        Subject.OFFER,
        _moves(_OPEN_OFFERS, O.WITHDRAWN, S.WITHDRAW_OFFER),
        Actor.SUPPLIER,
        (M.RESPONSE_TO_REQUEST_RESOURCE, M.OFFER_UNSOLICITED_RESOURCE),
        guard="not-committed",
    ),
    Row(8, Subject.OFFER, _chain(None, O.OFFERED, O.LAPSED), Actor.SYSTEM, guard="need-date"),
    Row(
        8,
        Subject.REQUEST,
        _moves((R.SENT, R.ACKNOWLEDGED, R.PARTLY_COVERED), R.EXPIRED, None),
        Actor.SYSTEM,
        guard="need-date",
    ),
    Row(
        9,
        Subject.OFFER,
        _chain(S.REJECT_OFFER, O.OFFERED, O.REJECTED),
        Actor.CONSUMER,
        (M.OFFER_REJECTION,),
        guard="rejection-reason",
    ),
    Row(
        10,
        Subject.OFFER,
        _chain(S.REQUISITION, O.OFFERED, O.ACCEPTED),
        Actor.CONSUMER,
        (M.REQUISITION_RESOURCE,),
        guard="funding",
    ),
    Row(
        11,
        Subject.OFFER,
        _chain(S.COMMIT, O.ACCEPTED, O.COMMITTED),
        Actor.SUPPLIER,
        (M.COMMIT_RESOURCE,),
        guard="certificate",
    ),
    Row(
        11,
        Subject.DEPLOYMENT,
        (Move(None, D.COMMITTED, None),),
        Actor.SUPPLIER,
        (M.COMMIT_RESOURCE,),
        guard="certificate",
    ),
    Row(
        12,
        Subject.OFFER,
        (Move(O.ACCEPTED, O.DECLINED, S.COMMIT), Move(O.ACCEPTED, O.ACCEPTED, S.COMMIT)),
        Actor.SUPPLIER,
        (M.COMMIT_RESOURCE,),
        guard="commit-reason",
    ),
    Row(
        13,
        Subject.REQUEST,
        (
            *_moves((R.SENT, R.ACKNOWLEDGED, R.COVERED), R.PARTLY_COVERED, None),
            *_moves((R.SENT, R.ACKNOWLEDGED, R.PARTLY_COVERED), R.COVERED, None),
        ),
        Actor.SYSTEM,
        guard="units",
    ),
    Row(
        14,
        Subject.DEPLOYMENT,
        _chain(S.REPORT, D.COMMITTED, D.MOBILISING, D.EN_ROUTE),
        Actor.SUPPLIER,
        (M.REPORT_RESOURCE_DEPLOYMENT_STATUS,),
        guard="team-list",
    ),
    Row(
        15,
        Subject.DEPLOYMENT,
        _chain(S.REPORT, D.EN_ROUTE, D.AT_BORDER),
        Actor.SUPPLIER,
        (M.REPORT_RESOURCE_DEPLOYMENT_STATUS,),
        guard="border-told",
    ),
    Row(
        16,
        Subject.DEPLOYMENT,
        _moves((D.EN_ROUTE, D.AT_BORDER), D.ARRIVED, S.REPORT),
        Actor.EITHER,
        (M.REPORT_RESOURCE_DEPLOYMENT_STATUS,),
        guard="checked-in",
    ),
    Row(
        17,
        Subject.DEPLOYMENT,
        _chain(S.REPORT, D.ARRIVED, D.OPERATIONAL),
        Actor.CONSUMER,
        (M.REPORT_RESOURCE_DEPLOYMENT_STATUS,),
        guard="task-given",
    ),
    Row(
        18,
        Subject.DEPLOYMENT,
        _chain(S.ASK_EXTENSION, D.OPERATIONAL, D.OPERATIONAL),
        Actor.CONSUMER,
        (M.REQUEST_EXTENDED_DEPLOYMENT_DURATION,),
        sets=Flag.EXTENSION_PENDING,
        guard="new-end",
    ),
    Row(
        19,
        Subject.DEPLOYMENT,
        _chain(S.ANSWER_EXTENSION, D.OPERATIONAL, D.OPERATIONAL),
        Actor.SUPPLIER,
        (M.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION,),
        needs=Flag.EXTENSION_PENDING,
        guard="rotation",
    ),
    Row(
        20,
        Subject.DEPLOYMENT,
        _chain(S.ASK_RETURN, D.OPERATIONAL, D.OPERATIONAL),
        Actor.SUPPLIER,
        (M.REQUEST_RETURN,),
        sets=Flag.RETURN_PENDING,
        guard="return-reason",
    ),
    Row(
        21,
        Subject.DEPLOYMENT,
        (
            Move(D.OPERATIONAL, D.RELEASED, S.ANSWER_RETURN),
            Move(D.OPERATIONAL, D.OPERATIONAL, S.ANSWER_RETURN),
        ),
        Actor.CONSUMER,
        (M.RESPONSE_TO_REQUEST_RETURN,),
        needs=Flag.RETURN_PENDING,
        guard="return-answer",
    ),
    Row(
        22,
        Subject.DEPLOYMENT,
        (*_moves(_ACTIVE, D.RECALLED, S.RECALL), Move(D.RECALLED, D.RETURNING, S.REPORT)),
        Actor.SUPPLIER,
        (M.REQUEST_RETURN, M.REPORT_RESOURCE_DEPLOYMENT_STATUS),
        guard="sovereign",
    ),
    Row(
        23,
        Subject.DEPLOYMENT,
        _chain(S.RELEASE, D.OPERATIONAL, D.RELEASED),
        Actor.CONSUMER,
        (M.RELEASE_RESOURCE,),
        guard="handover",
    ),
    Row(
        24,
        Subject.DEPLOYMENT,
        _chain(S.REPORT, D.RELEASED, D.RETURNING, D.RETURNED),
        Actor.SUPPLIER,
        (M.REPORT_RESOURCE_DEPLOYMENT_STATUS,),
    ),
    Row(25, Subject.DEPLOYMENT, _chain(None, D.RETURNED, D.SETTLED), Actor.EITHER, guard="claim-window"),
    Row(
        26,
        Subject.REQUEST,
        _moves((R.PARTLY_COVERED, R.COVERED, R.EXPIRED), R.CLOSED, S.CLOSE_REQUEST),
        Actor.CONSUMER,
        (M.REQUEST_CLOSURE,),
        guard="no-deployment",
    ),
    Row(
        27,
        Subject.REQUEST,
        (
            *_moves((*_OPEN_REQUESTS, R.EXPIRED), R.CANCELLED, S.CANCEL_REQUEST),
            *_moves((*_OPEN_REQUESTS, R.EXPIRED), R.SUPERSEDED, S.UPDATE_REQUEST),
        ),
        Actor.CONSUMER,
        (M.REQUEST_RESOURCE,),
        guard="recall-request",
    ),
    Row(
        28,
        Subject.COST,
        (
            *_chain(None, C.ESTIMATED, C.CLAIMED, C.CHECKED, C.AGREED, C.PAID),
            *_chain(None, C.CHECKED, C.DISPUTED, C.PAID),
            *_moves(_BEFORE_PAID, C.WAIVED, None),
        ),
        Actor.EITHER,
        guard="receipts",
    ),
    Row(
        29,
        Subject.REQUEST,
        (Move(None, R.SENT, S.ALERT),),
        Actor.CONSUMER,
        (M.REQUISITION_RESOURCE,),
        guard="own-teams",
    ),
    Row(
        29,
        Subject.OFFER,
        (Move(None, O.ACCEPTED, None),),
        Actor.CONSUMER,
        (M.REQUISITION_RESOURCE,),
        guard="own-teams",
    ),
)


@cache
def get_moves(step: StepKind, target: State | None = None) -> tuple[tuple[Row, Move], ...]:
    """Every move of the table that `step` can make, or only those that end in `target`."""
    return tuple(
        (row, move)
        for row in ROWS
        for move in row.moves
        if move.step is step and (target is None or move.target is target)
    )


@cache
def can_reach(subject: Subject, source: State, target: State) -> bool:
    """Whether some chain of moves leads a thing from `source` to `target`; it always reaches itself."""
    seen, waiting = {source}, [source]
    while waiting:
        here = waiting.pop()
        if here is target:
            return True
        after = {move.target for row in ROWS if row.subject is subject for move in row.moves if move.source is here}
        waiting.extend(after - seen)
        seen |= after
    return False
