"""What an allowed step does to a deployment: reports, extensions, returns, recall and release."""

from __future__ import annotations

from dataclasses import replace

from noaber.core.messages.acts import Act, acted_at, find_time
from noaber.core.messages.applied import Applied, effect_of, line_of
from noaber.core.messages.model import (
    BorderCertificate,
    Location,
    Message,
    ResourceInformation,
    ResponseType,
    ScheduleType,
)
from noaber.core.messages.papers import merge_certificates, with_crossing_point
from noaber.core.messages.states import ACTIVE_DEPLOYMENTS, DeploymentState
from noaber.core.messages.thread import Asked, Change, Deployment, EffectCode, Offer, Thread

E = EffectCode


def make_deployment(message: Message, line: ResourceInformation, offer: Offer) -> Deployment:
    resource, assignment = line.resource, line.assignment
    committed = assignment.quantity if assignment and assignment.quantity is not None else offer.accepted_quantity
    change = Change(DeploymentState.COMMITTED, acted_at(message), message.envelope.party, message.message_id)
    return Deployment(
        id=offer.id,
        line_id=offer.line_id,
        state=DeploymentState.COMMITTED,
        quantity=committed,
        capability=offer.capability,
        changes=(change,),
        team_id=(resource.resource_id if resource else "") or offer.team_id,
        team_name=(resource.name if resource else "") or offer.team_name,
        owner=(resource.owner if resource else "") or offer.owner,
        home_unit=(resource.home_unit if resource else "") or offer.home_unit,
        order_id=assignment.order_id if assignment else "",
        estimated_arrival_at=find_time(line, ScheduleType.ESTIMATED_ARRIVAL) or offer.estimated_arrival_at,
        end_at=find_time(line, ScheduleType.ESTIMATED_RETURN_DEPARTURE),
        certificate=line.certificate,
        last_message_id=message.message_id,
    )


def _deployment(thread: Thread, act: Act) -> Deployment:
    deployment = thread.find_deployment(act.subject_id)
    assert deployment is not None  # noqa: S101 - `refusals.py` has seen it
    return deployment


_HAPPENED_AT = {
    DeploymentState.EN_ROUTE: ScheduleType.ACTUAL_DEPARTURE,
    DeploymentState.AT_BORDER: ScheduleType.CURRENT,
    DeploymentState.ARRIVED: ScheduleType.ACTUAL_ARRIVAL,
    DeploymentState.RETURNING: ScheduleType.ACTUAL_RETURN_DEPARTURE,
    DeploymentState.RETURNED: ScheduleType.ACTUAL_RETURN_ARRIVAL,
}
_CHANGED = {
    DeploymentState.MOBILISING: E.MOBILISING,
    DeploymentState.EN_ROUTE: E.EN_ROUTE,
    DeploymentState.AT_BORDER: E.AT_BORDER,
    DeploymentState.ARRIVED: E.ARRIVED,
    DeploymentState.OPERATIONAL: E.OPERATIONAL,
    DeploymentState.RECALLED: E.RECALLED,
    DeploymentState.RELEASED: E.RELEASED,
    DeploymentState.RETURNING: E.RETURNING,
    DeploymentState.RETURNED: E.RETURNED,
}


def _enter(thread: Thread, message: Message, act: Act, state: DeploymentState) -> Deployment:
    """The deployment in `state`; who leaves has nothing pending any more."""
    deployment = _deployment(thread, act)
    kind = _HAPPENED_AT.get(state)
    at = (find_time(act.line, kind) if kind else None) or acted_at(message)
    stays = state in ACTIVE_DEPLOYMENTS
    return replace(
        deployment,
        state=state,
        changes=(*deployment.changes, Change(state, at, message.envelope.party, message.message_id)),
        extension_asked=deployment.extension_asked if stays else None,
        return_asked=deployment.return_asked if stays else None,
        arrived_at=at if state is DeploymentState.ARRIVED else deployment.arrived_at,
        last_message_id=message.message_id,
    )


def report(thread: Thread, message: Message, act: Act) -> Applied:
    assert isinstance(act.target, DeploymentState)  # noqa: S101 - by the table
    deployment = _enter(thread, message, act, act.target)
    if act.target in _MOVED_ON:
        deployment = replace(deployment, position=None)
    thread = thread.with_deployment(_with_news(deployment, line_of(act)))
    return thread, effect_of(_CHANGED[act.target], act, deployment.quantity)


_MOVED_ON = frozenset(
    {DeploymentState.EN_ROUTE, DeploymentState.ARRIVED, DeploymentState.RETURNING, DeploymentState.RETURNED}
)
"""Who reports one of these is no longer where they were before; where they are is known if the report says it."""


def _with_news(deployment: Deployment, line: ResourceInformation) -> Deployment:
    """What a report says beside the state: where they are, when they come, their certificate."""
    return replace(
        deployment,
        estimated_arrival_at=find_time(line, ScheduleType.ESTIMATED_ARRIVAL) or deployment.estimated_arrival_at,
        position=_find_place(line) or deployment.position,
        certificate=_certificate_after(deployment, line),
        status_asked_by="",
        status_asked_at=None,
    )


def _certificate_after(deployment: Deployment, line: ResourceInformation) -> BorderCertificate | None:
    certificate = merge_certificates(deployment.certificate, line.certificate)
    if deployment.state is not DeploymentState.AT_BORDER:
        return certificate
    place = _find_place(line)
    return with_crossing_point(certificate, place.description if place else "")


_WHERE_THEY_ARE = frozenset({ScheduleType.CURRENT, *_HAPPENED_AT.values()})


def _find_place(line: ResourceInformation) -> Location | None:
    places = (item.location for item in line.schedule if item.schedule_type in _WHERE_THEY_ARE)
    return next((place for place in places if place), None)


def note(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = replace(_deployment(thread, act), last_message_id=message.message_id)
    return thread.with_deployment(_with_news(deployment, line_of(act))), effect_of(E.NOTED, act)


def give_papers(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = replace(_deployment(thread, act), last_message_id=message.message_id)
    return thread.with_deployment(_with_news(deployment, line_of(act))), effect_of(E.PAPERS_GIVEN, act)


def recall(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = _enter(thread, message, act, DeploymentState.RECALLED)
    deployment = replace(deployment, taken_back=True, reason=message.description or deployment.reason)
    return thread.with_deployment(deployment), effect_of(E.RECALLED, act, deployment.quantity)


def release(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = _enter(thread, message, act, DeploymentState.RELEASED)
    deployment = replace(deployment, handover=line_of(act).handover)
    return thread.with_deployment(deployment), effect_of(E.RELEASED, act, deployment.quantity)


_ASKED_TIME = (ScheduleType.REQUESTED_RETURN_DEPARTURE, ScheduleType.ESTIMATED_RETURN_DEPARTURE)
_GRANTED_END = (
    ScheduleType.ESTIMATED_RETURN_DEPARTURE,
    ScheduleType.REQUESTED_RETURN_DEPARTURE,
    ScheduleType.END_AVAILABLE,
)


def _asked(message: Message, act: Act) -> Asked:
    line = line_of(act)
    return Asked(
        element_id=line.element_id,
        message_id=message.message_id,
        since=acted_at(message),
        until=find_time(line, *_ASKED_TIME),
        due_at=message.envelope.answer_due_at,
        reason=message.description,
    )


def ask_extension(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = replace(
        _deployment(thread, act), extension_asked=_asked(message, act), last_message_id=message.message_id
    )
    return thread.with_deployment(deployment), effect_of(E.EXTENSION_ASKED, act)


def answer_extension(thread: Thread, message: Message, act: Act) -> Applied:
    before, line = _deployment(thread, act), line_of(act)
    answer = line.response.response_type if line.response else ResponseType.ACCEPT
    after = replace(before, last_message_id=message.message_id)
    if answer is ResponseType.PROVISIONAL:
        return thread.with_deployment(after), effect_of(E.EXTENSION_UNSURE, act)
    after = replace(after, extension_asked=None)
    if answer is ResponseType.DECLINE:
        return thread.with_deployment(after), effect_of(E.EXTENSION_REFUSED, act)
    asked = before.extension_asked.until if before.extension_asked else None
    after = replace(after, end_at=find_time(line, *_GRANTED_END) or asked or before.end_at)
    return thread.with_deployment(after), effect_of(E.EXTENSION_GRANTED, act)


def ask_return(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = replace(
        _deployment(thread, act), return_asked=_asked(message, act), last_message_id=message.message_id
    )
    return thread.with_deployment(deployment), effect_of(E.RETURN_ASKED, act)


def answer_return(thread: Thread, message: Message, act: Act) -> Applied:
    before, line = _deployment(thread, act), line_of(act)
    answer = line.response.response_type if line.response else ResponseType.ACCEPT
    if answer is ResponseType.ACCEPT:
        released = replace(
            _enter(thread, message, act, DeploymentState.RELEASED), taken_back=True, handover=line.handover
        )
        return thread.with_deployment(released), effect_of(E.RETURN_GRANTED, act, before.quantity)
    after = replace(before, last_message_id=message.message_id)
    if answer is ResponseType.PROVISIONAL:
        return thread.with_deployment(after), effect_of(E.RETURN_UNSURE, act)
    return thread.with_deployment(replace(after, return_asked=None)), effect_of(E.RETURN_REFUSED, act)


def ask_status(thread: Thread, message: Message, act: Act) -> Applied:
    deployment = replace(
        _deployment(thread, act), status_asked_by=message.envelope.party, status_asked_at=acted_at(message)
    )
    return thread.with_deployment(deployment), effect_of(E.STATUS_ASKED, act)
