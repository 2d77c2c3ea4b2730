"""What a message must satisfy, whatever the state of the case: parts by type, reasons, numbers, texts, names.

The table of parts is in `message_types.py`. Whether the step is allowed now is asked of `transitions.py`;
whether a foreign XML file is valid is asked of `checking.py`.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

from noaber.core.messages.message_types import TYPE_RULES, Occurs, TypeRule
from noaber.core.messages.model import (
    AssignmentInformation,
    BorderCertificate,
    Channel,
    Envelope,
    FreeText,
    Location,
    Message,
    MessageType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleInformation,
)
from noaber.core.messages.vocabulary import CAPABILITY
from noaber.core.problems import InvalidInput, Problem

_IDENTIFIER = re.compile(r"[^\s,<>&]+")
"""Ids are joined by blanks and commas in the reference elements of DE and CAP, so they hold neither."""
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_FOREIGN_CAPABILITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?@!$&'()*+,;=-]*#.+", re.DOTALL)
"""The urn of another value list, and a value of it."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_message(message: Message) -> None:
    """Refuse a message that breaks any rule.

    Raises
    ------
    InvalidInput
        With every problem found; `where` is a JSON pointer into the message.
    """
    problems = find_problems(message)
    if problems:
        raise InvalidInput(problems, source=message.message_id)


def find_problems(message: Message) -> list[Problem]:
    """Every rule that the message breaks, in the order of its fields; empty where it is in order."""
    rule = TYPE_RULES[message.message_type]
    problems = [
        *_head_problems(message, rule),
        *_envelope_problems(message.envelope),
        *_funding_problems(message),
    ]
    for index, line in enumerate(message.resources):
        problems += _line_problems(line, rule, message.message_type, f"/resources/{index}")
    problems += _duplicate_problems([line.element_id for line in message.resources])
    problems += _rejection_problems(message)
    problems += _value_problems(message, "")
    return problems


def _occurs_problems(part: str, count: int, occurs: Occurs, kind: str, where: str) -> Iterator[Problem]:
    if occurs.allows(count):
        return
    code = "message.missing-part" if count < occurs.minimum else "message.forbidden-part"
    yield Problem(code, where, {"part": part, "type": kind})


def _head_problems(message: Message, rule: TypeRule) -> Iterator[Problem]:
    kind = message.message_type.value
    parts: Sequence[tuple[str, str, int, Occurs]] = (
        ("PrecedingMessageID", "/preceding_message_id", bool(message.preceding_message_id), rule.preceding),
        ("MessageDescription", "/description", message.description is not None, rule.description),
        ("IncidentInformation", "/incident", message.incident is not None, rule.incident),
        ("MessageRecall", "/recall", message.recall is not None, rule.recall),
        ("Funding", "/funding", len(message.funding), rule.funding),
        ("ContactInformation", "/contacts", len(message.contacts), rule.contacts),
        ("ResourceInformation", "/resources", len(message.resources), rule.lines),
    )
    for name, where, count, occurs in parts:
        yield from _occurs_problems(name, count, occurs, kind, where)
    yield from _id_problems(message.message_id, "/message_id")
    yield from _id_problems(message.originating_message_id, "/originating_message_id")
    if message.preceding_message_id:
        yield from _id_problems(message.preceding_message_id, "/preceding_message_id")
    if message.recall:
        yield from _id_problems(message.recall.recall_message_id, "/recall/recall_message_id")
    if message.incident and not message.incident.incident_id and not message.incident.description:
        yield Problem("message.empty-part", "/incident", {"part": "IncidentInformation"})


def _id_problems(value: str, where: str) -> Iterator[Problem]:
    if not _IDENTIFIER.fullmatch(value):
        yield Problem("message.id", where, {"id": value})


def _envelope_problems(envelope: Envelope) -> Iterator[Problem]:
    if not envelope.sender:
        yield Problem("message.no-sender", "/envelope/sender")
    if not envelope.recipients or not all(envelope.recipients):
        yield Problem("message.no-recipient", "/envelope/recipients")
    if len(set(envelope.recipients)) < len(envelope.recipients):
        yield Problem("message.same-recipient", "/envelope/recipients")
    yield from _language_problems(envelope.language, "/envelope/language")
    if envelope.channel is Channel.PHONE and not (envelope.said_at and envelope.said_by):
        yield Problem("message.said", "/envelope/said_by")


def _language_problems(language: str, where: str) -> Iterator[Problem]:
    if not _LANGUAGE.fullmatch(language):
        yield Problem("message.language", where, {"language": language})


def _funding_problems(message: Message) -> Iterator[Problem]:
    for index, funding in enumerate(message.funding):
        if not funding.fund_code and not funding.info:
            yield Problem("message.empty-part", f"/funding/{index}", {"part": "Funding"})


def _line_problems(
    line: ResourceInformation, rule: TypeRule, message_type: MessageType, where: str
) -> Iterator[Problem]:
    kind = message_type.value
    yield from _id_problems(line.element_id, f"{where}/element_id")
    for name, part, occurs in (
        ("ResponseInformation", line.response, rule.response),
        ("Resource", line.resource, rule.resource),
        ("AssignmentInformation", line.assignment, rule.assignment),
    ):
        yield from _occurs_problems(name, part is not None, occurs, kind, where)
    if line.response:
        yield from _response_problems(line.response, f"{where}/response")
    if line.resource:
        yield from _resource_problems(line.resource, rule, kind, f"{where}/resource")
    if line.assignment:
        yield from _assignment_problems(line.assignment, rule, kind, f"{where}/assignment")
    for index, schedule in enumerate(line.schedule):
        yield from _schedule_problems(schedule, rule, kind, f"{where}/schedule/{index}")
    yield from _own_field_problems(line, where)


def _response_problems(response: ResponseInformation, where: str) -> Iterator[Problem]:
    yield from _id_problems(response.preceding_element_id, f"{where}/preceding_element_id")
    if response.response_type is ResponseType.ACCEPT or response.reason_code or response.reason:
        return
    yield Problem("message.reason", f"{where}/reason", {"response": response.response_type.value})


def _resource_problems(resource: Resource, rule: TypeRule, kind: str, where: str) -> Iterator[Problem]:
    if not (resource.resource_id or resource.name or resource.capability):
        yield Problem("message.unnamed-resource", where)
    if not _is_capability(resource.capability):
        yield Problem("message.capability", f"{where}/capability", {"capability": resource.capability})
    for name, count, occurs in (
        ("OwnershipInformation", bool(resource.owner or resource.home_unit), rule.ownership),
        ("DeploymentStatus", resource.deployment_status is not None, rule.status.deployment),
        ("Availability", bool(resource.availability), rule.status.availability),
    ):
        yield from _occurs_problems(name, count, occurs, kind, where)
    if resource.home_unit and not resource.owner:
        yield Problem("message.no-owner", f"{where}/owner")


def _is_capability(capability: str) -> bool:
    if "#" not in capability:
        return True
    return bool(_FOREIGN_CAPABILITY.fullmatch(capability)) and not capability.startswith(f"{CAPABILITY}#")


def _assignment_problems(assignment: AssignmentInformation, rule: TypeRule, kind: str, where: str) -> Iterator[Problem]:
    instructions = (
        assignment.mode_of_transportation or assignment.navigation_instructions or assignment.reporting_instructions
    )
    for name, count, occurs in (
        ("Quantity", assignment.quantity is not None, rule.quantity),
        ("PriceQuote", assignment.price_quote_eur is not None, rule.price),
        ("OrderID", bool(assignment.order_id), rule.order),
        ("AssignmentInstructions", bool(instructions), rule.instructions),
    ):
        yield from _occurs_problems(name, count, occurs, kind, where)
    if assignment.quantity is not None and assignment.quantity < 1:
        yield Problem("message.quantity", f"{where}/quantity", {"quantity": assignment.quantity})
    price = assignment.price_quote_eur
    if price is not None and not (price >= 0 and math.isfinite(price)):
        yield Problem("message.price", f"{where}/price_quote_eur", {"price": price})


def _schedule_problems(schedule: ScheduleInformation, rule: TypeRule, kind: str, where: str) -> Iterator[Problem]:
    if schedule.schedule_type not in rule.schedule:
        params = {"schedule": schedule.schedule_type.value, "type": kind}
        yield Problem("message.schedule-type", f"{where}/schedule_type", params)
    if schedule.location == Location():
        yield Problem("message.empty-part", f"{where}/location", {"part": "Location"})


def _own_field_problems(line: ResourceInformation, where: str) -> Iterator[Problem]:
    if line.priority is not None and line.priority not in (1, 2, 3):
        yield Problem("message.priority", f"{where}/priority", {"priority": line.priority})
    for name in ("within_minutes", "latest_minutes"):
        minutes = getattr(line, name)
        if minutes is not None and not (minutes > 0 and math.isfinite(minutes)):
            yield Problem("message.minutes", f"{where}/{name}", {"minutes": minutes})
    if line.certificate == BorderCertificate():
        yield Problem("message.empty-part", f"{where}/certificate", {"part": "BorderCertificate"})
    heads = line.certificate.head_count if line.certificate else None
    if heads is not None and heads < 0:
        yield Problem("message.head-count", f"{where}/certificate/head_count", {"count": heads})


def _duplicate_problems(ids: Sequence[str]) -> Iterator[Problem]:
    for index, element_id in enumerate(ids):
        if element_id in ids[:index]:
            yield Problem("message.same-element-id", f"/resources/{index}/element_id", {"id": element_id})


def _rejection_problems(message: Message) -> Iterator[Problem]:
    if message.message_type is not MessageType.OFFER_REJECTION or message.description:
        return
    for index, line in enumerate(message.resources):
        if not (line.response and (line.response.reason or line.response.reason_code)):
            yield Problem("message.reason", f"/resources/{index}/response/reason", {"response": "Decline"})


def _value_problems(value: object, where: str) -> Iterator[Problem]:
    """What every value of its kind must satisfy, wherever it stands: characters, languages, times."""
    match value:
        case Enum():
            return
        case str():
            if found := _NOT_XML.search(value):
                yield Problem("message.character", where, {"code": f"U+{ord(found[0]):04X}"})
        case FreeText():
            if not value.text:
                yield Problem("message.empty-part", where, {"part": "FreeText"})
            yield from _language_problems(value.language, f"{where}/language")
            yield from _value_problems(value.text, f"{where}/text")
        case datetime():
            yield from _time_problems(value, where)
        case tuple():
            for index, item in enumerate(value):
                yield from _value_problems(item, f"{where}/{index}")
        case _ if dataclasses.is_dataclass(value):
            for item in dataclasses.fields(value):
                yield from _value_problems(getattr(value, item.name), f"{where}/{item.name}")


def _time_problems(at: datetime, where: str) -> Iterator[Problem]:
    """XML times need an offset in whole minutes, at most 14 hours."""
    offset = at.utcoffset()
    if offset is None or offset % timedelta(minutes=1) or abs(offset) > timedelta(hours=14):
        yield Problem("message.time", where, {"time": at.isoformat()})
