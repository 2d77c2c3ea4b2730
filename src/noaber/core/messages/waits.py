"""Who owes the next step, since when, and by when: what the desk and the clocks show."""

from __future__ import annotations

from collections.abc import Iterator

from noaber.core.messages.papers import papers_due
from noaber.core.messages.states import (
    HOME_DEPLOYMENTS,
    OPEN_OFFERS,
    OPEN_REQUESTS,
    DeploymentState,
    OfferState,
    RequestState,
)
from noaber.core.messages.thread import Asked, Deployment, Offer, Question, Request, Thread, WaitCode, Waiting


def find_waits(thread: Thread) -> tuple[Waiting, ...]:
    """Everything that the two organisations owe each other, in the order of the thread."""
    waits = [*_request_waits(thread)]
    for offer in thread.offers:
        waits += _offer_waits(thread, offer)
    for deployment in thread.deployments:
        waits += _deployment_waits(thread, deployment)
    waits += (_question_wait(thread, question) for question in thread.questions)
    return tuple(waits)


def _request_waits(thread: Thread) -> Iterator[Waiting]:
    request = thread.request
    if request is None:
        return
    if request.is_alert:
        pass  # each line waits to be confirmed: `_offer_waits`
    elif request.state is RequestState.SENT:
        yield Waiting(thread.supplier, WaitCode.ACKNOWLEDGE, request.message_id, request.sent_at)
    elif request.state in OPEN_REQUESTS:
        since = request.acknowledged_at or request.sent_at
        for line in request.lines:
            if not line.is_answered:
                yield Waiting(thread.supplier, WaitCode.ANSWER_LINE, line.element_id, since, request.due_at)
    yield from _closing(thread, request)


_CLOSABLE = frozenset({RequestState.COVERED, RequestState.PARTLY_COVERED, RequestState.EXPIRED})


def _closing(thread: Thread, request: Request) -> Iterator[Waiting]:
    """Everyone is home and nothing is open: the consumer closes, and the evaluation begins."""
    if request.state not in _CLOSABLE or any(offer.state in OPEN_OFFERS for offer in thread.offers):
        return
    if any(item.state not in HOME_DEPLOYMENTS for item in thread.deployments):
        return
    expired = [request.expires_at] if request.state is RequestState.EXPIRED and request.expires_at else []
    since = max([item.changed_at for item in thread.deployments] + expired, default=request.sent_at)
    yield Waiting(thread.consumer, WaitCode.CLOSE_REQUEST, request.message_id, since)


def _offer_waits(thread: Thread, offer: Offer) -> Iterator[Waiting]:
    match offer.state:
        case OfferState.PROVISIONAL:
            yield Waiting(thread.supplier, WaitCode.CONFIRM_OFFER, offer.id, offer.changed_at)
        case OfferState.OFFERED:
            yield Waiting(thread.consumer, WaitCode.DECIDE_OFFER, offer.id, offer.changed_at, offer.valid_until)
        case OfferState.ACCEPTED:
            code = WaitCode.CONFIRM_ALERT if thread.is_alert else WaitCode.COMMIT
            yield Waiting(thread.supplier, code, offer.id, offer.changed_at, offer.commit_due_at)


def _deployment_waits(thread: Thread, deployment: Deployment) -> Iterator[Waiting]:
    if papers_due(thread, deployment):
        yield Waiting(thread.supplier, WaitCode.GIVE_PAPERS, deployment.id, deployment.changes[0].at)
    yield from _next_report(thread, deployment)
    if deployment.extension_asked:
        yield _answer(thread.supplier, WaitCode.ANSWER_EXTENSION, deployment, deployment.extension_asked)
    if deployment.return_asked:
        yield _answer(thread.consumer, WaitCode.ANSWER_RETURN, deployment, deployment.return_asked)
    if deployment.status_asked_by and deployment.status_asked_at:
        other = thread.supplier if deployment.status_asked_by == thread.consumer else thread.consumer
        yield Waiting(other, WaitCode.GIVE_STATUS, deployment.id, deployment.status_asked_at)


def _next_report(thread: Thread, deployment: Deployment) -> Iterator[Waiting]:
    since = deployment.changed_at
    match deployment.state:
        case DeploymentState.COMMITTED | DeploymentState.MOBILISING:
            yield Waiting(thread.supplier, WaitCode.DEPART, deployment.id, since)
        case DeploymentState.EN_ROUTE | DeploymentState.AT_BORDER:
            due_at = deployment.estimated_arrival_at
            yield Waiting(thread.supplier, WaitCode.ARRIVE, deployment.id, since, due_at)
        case DeploymentState.ARRIVED:
            yield Waiting(thread.consumer, WaitCode.SET_TO_WORK, deployment.id, since)
        case DeploymentState.OPERATIONAL:
            yield Waiting(thread.consumer, WaitCode.RELEASE, deployment.id, since, deployment.end_at)
        case DeploymentState.RECALLED | DeploymentState.RELEASED | DeploymentState.RETURNING:
            yield Waiting(thread.supplier, WaitCode.RETURN, deployment.id, since)


def _answer(party: str, code: WaitCode, deployment: Deployment, asked: Asked) -> Waiting:
    return Waiting(party, code, deployment.id, asked.since, asked.due_at)


def _question_wait(thread: Thread, question: Question) -> Waiting:
    other = thread.supplier if question.asked_by == thread.consumer else thread.consumer
    subject_id = question.subject_id or question.message_id
    return Waiting(other, question.kind, subject_id, question.asked_at, question.due_at)
