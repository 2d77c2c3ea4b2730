"""What every message must satisfy: each rule is broken once, and is then named with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from message_strategies import MESSAGES

from noaber.core.messages.message_types import STANDARD_TYPES, TYPE_RULES
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    Channel,
    ContactInformation,
    ContactRole,
    DeploymentStatus,
    Envelope,
    FreeText,
    Funding,
    IncidentInformation,
    Location,
    Message,
    MessageType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleInformation,
    ScheduleType,
    StatusKind,
    Tlp,
)
from noaber.core.messages.rules import check_message, find_problems
from noaber.core.problems import InvalidInput

SENT_AT = datetime(2021, 7, 14, 16, 5, tzinfo=UTC)
ENVELOPE = Envelope("BE-NCCN", ("NL-NCC",), StatusKind.EXERCISE, Tlp.AMBER, "fr", "duty officer")
LINE = ResourceInformation(
    "L1", resource=Resource("HCP"), assignment=AssignmentInformation(quantity=2), priority=1, within_minutes=180
)
ANSWER = ResourceInformation("O1", response=ResponseInformation("L1", ResponseType.ACCEPT))


def request(**changes: object) -> Message:
    message = Message(
        "M1",
        MessageType.REQUEST_RESOURCE,
        SENT_AT,
        ENVELOPE,
        "M1",
        incident=IncidentInformation("I1"),
        contacts=(ContactInformation(ContactRole.SENDER, "duty officer"),),
        resources=(LINE,),
    )
    return replace(message, **changes)


def of_type(message_type: MessageType, **changes: object) -> Message:
    return request(message_type=message_type, **changes)


def requisition(**changes: object) -> Message:
    return of_type(MessageType.REQUISITION_RESOURCE, **{"funding": (Funding("free"),)} | changes)


def answer(**changes: object) -> Message:
    found = {"preceding_message_id": "M0", "resources": (ANSWER,)} | changes
    return of_type(MessageType.RESPONSE_TO_REQUEST_RESOURCE, **found)


def line(**changes: object) -> Message:
    return request(resources=(replace(LINE, **changes),))


def enveloped(**changes: object) -> Message:
    return request(envelope=replace(ENVELOPE, **changes))


def declined(response_type: ResponseType) -> Message:
    return answer(resources=(ResourceInformation("O1", response=ResponseInformation("L1", response_type)),))


BROKEN = [
    (request(preceding_message_id="M0"), "message.forbidden-part", "/preceding_message_id"),
    (answer(preceding_message_id=""), "message.missing-part", "/preceding_message_id"),
    (of_type(MessageType.REQUEST_INFORMATION), "message.missing-part", "/description"),
    (request(contacts=()), "message.missing-part", "/contacts"),
    (request(resources=()), "message.missing-part", "/resources"),
    (requisition(funding=()), "message.missing-part", "/funding"),
    (requisition(resources=(replace(LINE, assignment=None),)), "message.missing-part", "/resources/0"),
    (
        requisition(resources=(replace(LINE, assignment=AssignmentInformation()),)),
        "message.missing-part",
        "/resources/0/assignment",
    ),
    (of_type(MessageType.OFFER_UNSOLICITED_RESOURCE, funding=(Funding("free"),)), "message.forbidden-part", "/funding"),
    (request(resources=(replace(ANSWER, resource=LINE.resource),)), "message.forbidden-part", "/resources/0"),
    (request(resources=(replace(LINE, resource=None),)), "message.missing-part", "/resources/0"),
    (line(resource=Resource("HCP", owner="NL-VRZL")), "message.forbidden-part", "/resources/0/resource"),
    (
        line(resource=Resource("HCP", deployment_status=DeploymentStatus.ARRIVED)),
        "message.forbidden-part",
        "/resources/0/resource",
    ),
    (
        of_type(
            MessageType.RESPONSE_TO_REQUEST_RETURN,
            preceding_message_id="M0",
            resources=(replace(ANSWER, resource=Resource("HCP", availability="2 of 3")),),
        ),
        "message.missing-part",
        "/resources/0/resource",
    ),
    (line(resource=Resource("")), "message.unnamed-resource", "/resources/0/resource"),
    (line(resource=Resource("no urn#HCP")), "message.capability", "/resources/0/resource/capability"),
    (line(assignment=AssignmentInformation(order_id="7")), "message.forbidden-part", "/resources/0/assignment"),
    (line(assignment=AssignmentInformation(quantity=0)), "message.quantity", "/resources/0/assignment/quantity"),
    (
        requisition(resources=(replace(LINE, assignment=AssignmentInformation(1, price_quote_eur=float("nan"))),)),
        "message.price",
        "/resources/0/assignment/price_quote_eur",
    ),
    (
        line(schedule=(ScheduleInformation(ScheduleType.ACTUAL_ARRIVAL, SENT_AT),)),
        "message.schedule-type",
        "/resources/0/schedule/0/schedule_type",
    ),
    (
        line(schedule=(ScheduleInformation(ScheduleType.ROUTE, location=Location()),)),
        "message.empty-part",
        "/resources/0/schedule/0/location",
    ),
    (declined(ResponseType.DECLINE), "message.reason", "/resources/0/response/reason"),
    (declined(ResponseType.PROVISIONAL), "message.reason", "/resources/0/response/reason"),
    (
        of_type(
            MessageType.OFFER_REJECTION,
            preceding_message_id="M0",
            resources=(ResourceInformation("R1", subject_id="O1"),),
        ),
        "message.reason",
        "/resources/0/response/reason",
    ),
    (
        requisition(resources=(replace(LINE, resource=Resource("HCP", home_unit="Beek")),)),
        "message.no-owner",
        "/resources/0/resource/owner",
    ),
    (request(message_id="M 1"), "message.id", "/message_id"),
    (line(element_id=""), "message.id", "/resources/0/element_id"),
    (request(resources=(LINE, LINE)), "message.same-element-id", "/resources/1/element_id"),
    (request(incident=IncidentInformation("")), "message.empty-part", "/incident"),
    (requisition(funding=(Funding(""),)), "message.empty-part", "/funding/0"),
    (request(description=FreeText("", "nl")), "message.empty-part", "/description"),
    (request(description=FreeText("Hulp", "Dutch language")), "message.language", "/description/language"),
    (request(description=FreeText("a\x00b", "nl")), "message.character", "/description/text"),
    (line(priority=4), "message.priority", "/resources/0/priority"),
    (line(within_minutes=0), "message.minutes", "/resources/0/within_minutes"),
    (line(latest_minutes=float("inf")), "message.minutes", "/resources/0/latest_minutes"),
    (line(certificate=BorderCertificate()), "message.empty-part", "/resources/0/certificate"),
    (
        line(certificate=BorderCertificate(head_count=-1)),
        "message.head-count",
        "/resources/0/certificate/head_count",
    ),
    (
        line(schedule=(ScheduleInformation(ScheduleType.REQUESTED_ARRIVAL, datetime(2021, 7, 14)),)),
        "message.time",
        "/resources/0/schedule/0/at",
    ),
    (
        enveloped(said_at=datetime(2021, 7, 14, tzinfo=timezone(timedelta(seconds=30)))),
        "message.time",
        "/envelope/said_at",
    ),
    (enveloped(sender=""), "message.no-sender", "/envelope/sender"),
    (enveloped(recipients=()), "message.no-recipient", "/envelope/recipients"),
    (enveloped(recipients=("NL-NCC", "NL-NCC")), "message.same-recipient", "/envelope/recipients"),
    (enveloped(channel=Channel.PHONE), "message.said", "/envelope/said_by"),
    (enveloped(language=""), "message.language", "/envelope/language"),
    (
        Message("A1", MessageType.ACKNOWLEDGEMENT, SENT_AT, ENVELOPE, "M1", "M1", funding=(Funding("free"),)),
        "message.forbidden-part",
        "/funding",
    ),
]


@pytest.mark.parametrize(("message", "code", "where"), BROKEN, ids=[f"{code} {where}" for _, code, where in BROKEN])
def test_a_broken_rule_is_named_with_its_place(message: Message, code: str, where: str) -> None:
    assert [(problem.code, problem.where) for problem in find_problems(message)] == [(code, where)]


@pytest.mark.parametrize("message", [request(), requisition(), answer()])
def test_messages_of_the_flow_are_in_order(message: Message) -> None:
    assert find_problems(message) == []


@given(MESSAGES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_the_table_allows_breaks_no_rule(message: Message) -> None:
    assert find_problems(message) == []


def test_every_problem_is_reported_together() -> None:
    broken = enveloped(recipients=())
    with pytest.raises(InvalidInput) as caught:
        check_message(replace(broken, contacts=(), resources=()))
    assert [problem.where for problem in caught.value.problems] == [
        "/contacts",
        "/resources",
        "/envelope/recipients",
    ]
    assert caught.value.source == "M1"


def test_every_type_has_a_rule() -> None:
    assert set(TYPE_RULES) == set(MessageType)
    assert len(STANDARD_TYPES) == 16
