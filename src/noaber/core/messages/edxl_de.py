"""EDXL-DE 1.0 as bytes: the envelope with the message in it, as it travels between organisations.

DE 1.0 and not 2.0, because 1.0 is the OASIS standard whose schema every receiver can validate. What DE has no
element for is a keyword of a value list of ours. An acknowledgement is a distribution of type Ack without content.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from lxml import etree

from noaber.core.messages import vocabulary as v
from noaber.core.messages.edxl_de_tables import de_1_0_schema
from noaber.core.messages.edxl_rm import read_root
from noaber.core.messages.model import (
    Channel,
    ContactInformation,
    ContactRole,
    Envelope,
    FreeText,
    IncidentInformation,
    Message,
    MessageType,
    StatusKind,
    Tlp,
)
from noaber.core.messages.rm_writer import build_message
from noaber.core.messages.rules import check_message
from noaber.core.messages.xml import (
    line_of,
    local_name,
    parse_time,
    parse_xml,
    serialise_xml,
    text_of,
    write_time,
)
from noaber.core.problems import InvalidInput, Problem

_DE = f"{{{v.DE_1_0}}}"
_TLP_PREFIX = "TLP:"
_DEFAULT_LANGUAGE = "en-US"
"""What EDXL-DE 1.0 assumes where a distribution names no language."""

_Code = TypeVar("_Code", bound=StrEnum)
_Keywords = dict[str, tuple[str, ...]]


def encode_envelope(message: Message) -> bytes:
    """The message in its EDXL-DE 1.0 envelope, valid by the schema.

    Raises
    ------
    InvalidInput
        Where the message breaks a rule.
    """
    check_message(message)
    namespaces: dict[Any, str] = {None: v.DE_1_0}
    root = etree.Element(f"{_DE}EDXLDistribution", nsmap=namespaces)
    _write_head(root, message)
    for urn, values in _keywords_of(message):
        _add_values(root, "keyword", urn, values)
    if message.message_type is MessageType.ACKNOWLEDGEMENT:
        _add(root, "distributionReference", message.preceding_message_id)
    addresses = _add(root, "explicitAddress")
    _add(addresses, "explicitAddressScheme", v.ORGANISATION)
    for recipient in message.envelope.recipients:
        _add(addresses, "explicitAddressValue", recipient)
    if message.message_type is not MessageType.ACKNOWLEDGEMENT:
        _write_content(root, message)
    return serialise_xml(root)


def decode_envelope(data: bytes) -> Message:
    """The message in an EDXL-DE 1.0 envelope.

    Raises
    ------
    InvalidInput
        Where it is no such envelope around one EDXL-RM 1.0 message (or none, in an acknowledgement), or says
        what the model cannot hold.
    """
    root = parse_xml(data)
    if root.tag != f"{_DE}EDXLDistribution":
        raise _unusable(root, "xml.root", expected="an EDXL-DE 1.0 distribution", found=root.tag)
    findings = de_1_0_schema().validate(root).findings
    if findings:
        raise InvalidInput(finding.problem for finding in findings)
    keywords = dict(_read_values(keyword) for keyword in root.iterchildren(f"{_DE}keyword"))
    envelope = _read_envelope(root, keywords)
    if _text(root, "distributionType") == "Ack":
        message = _read_acknowledgement(root, envelope, keywords)
        check_message(message)
        return message
    return read_root(_content_of(root), envelope)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _DE + name)
    element.text = text
    return element


def _add_values(parent: etree._Element, name: str, urn: str, values: tuple[str, ...]) -> None:
    element = _add(parent, name)
    _add(element, "valueListUrn", urn)
    for value in values:
        _add(element, "value", value)


def _write_head(root: etree._Element, message: Message) -> None:
    envelope = message.envelope
    _add(root, "distributionID", message.message_id)
    _add(root, "senderID", envelope.sender + v.SENDER_DOMAIN)
    _add(root, "dateTimeSent", write_time(message.sent_at))
    _add(root, "distributionStatus", envelope.status.value)
    _add(root, "distributionType", v.DISTRIBUTION_TYPES[message.message_type])
    _add(root, "combinedConfidentiality", _TLP_PREFIX + envelope.tlp.value)
    _add(root, "language", envelope.language)
    if envelope.actor:
        _add_values(root, "senderRole", v.ACTOR, (envelope.actor,))


def _keywords_of(message: Message) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What DE has no element for, by the urn of its value list, in a fixed order."""
    envelope = message.envelope
    yield v.MESSAGE_TYPE, (message.message_type.value,)
    yield v.ENVELOPE + "channel", (envelope.channel.value,)
    said_at = write_time(envelope.said_at) if envelope.said_at else ""
    answer_due_at = write_time(envelope.answer_due_at) if envelope.answer_due_at else ""
    for name, value in (
        ("on-behalf-of", envelope.on_behalf_of),
        ("said-at", said_at),
        ("said-by", envelope.said_by),
        ("case-id", envelope.case_id),
        ("agreement", envelope.agreement),
        ("answer-due-at", answer_due_at),
    ):
        if value:
            yield v.ENVELOPE + name, (value,)
    if message.message_type is MessageType.ACKNOWLEDGEMENT:
        yield from _acknowledgement_keywords(message)


def _acknowledgement_keywords(message: Message) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield v.ENVELOPE + "originating-message-id", (message.originating_message_id,)
    if message.description:
        yield v.ENVELOPE + "description", (message.description.language, message.description.text)
    if message.incident:
        yield v.ENVELOPE + "incident-id", (message.incident.incident_id,)
        if text := message.incident.description:
            yield v.ENVELOPE + "incident-description", (text.language, text.text)
    for index, contact in enumerate(message.contacts, start=1):
        values = (contact.role.value, contact.description, contact.phone, contact.email, contact.radio)
        yield f"{v.ENVELOPE}contact-{index}", values


def _write_content(root: etree._Element, message: Message) -> None:
    content = _add(root, "contentObject")
    _add(content, "contentDescription", message.message_type.value)
    if message.incident and message.incident.incident_id:
        _add(content, "incidentID", message.incident.incident_id)
    embedded = _add(_add(content, "xmlContent"), "embeddedXMLContent")
    embedded.append(build_message(message))


def _unusable(element: etree._Element, code: str, /, **params: object) -> InvalidInput:
    return InvalidInput([Problem(code, f"line {line_of(element)}, {local_name(element)}", params)])


def _child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.find(_DE + name)
    if found is None:
        raise _unusable(parent, "xml.missing", parent=local_name(parent), element=name)
    return found


def _text(parent: etree._Element, name: str) -> str:
    return text_of(_child(parent, name))


def _read_values(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    values = tuple(text_of(value) for value in element.iterchildren(f"{_DE}value"))
    return _text(element, "valueListUrn"), values


def _read_code(element: etree._Element, codes: type[_Code], text: str) -> _Code:
    try:
        return codes(text)
    except ValueError as error:
        raise _unusable(element, "xml.code", text=text, known=", ".join(codes)) from error


def _read_time(element: etree._Element, text: str) -> datetime:
    try:
        return parse_time(text)
    except (ValueError, OverflowError) as error:
        raise _unusable(element, "xml.time", text=text) from error


def _keyword(keywords: _Keywords, name: str) -> str:
    return next(iter(keywords.get(v.ENVELOPE + name, ())), "")


def _read_envelope(root: etree._Element, keywords: _Keywords) -> Envelope:
    language = root.findtext(f"{_DE}language")
    roles = dict(_read_values(role) for role in root.iterchildren(f"{_DE}senderRole"))
    said_at = _keyword(keywords, "said-at")
    answer_due_at = _keyword(keywords, "answer-due-at")
    channel = _keyword(keywords, "channel")
    return Envelope(
        sender=_text(root, "senderID").removesuffix(v.SENDER_DOMAIN),
        recipients=tuple(_recipients(root)),
        status=_read_code(root, StatusKind, _text(root, "distributionStatus")),
        tlp=_read_tlp(root),
        language=language or _DEFAULT_LANGUAGE,
        actor=next(iter(roles.get(v.ACTOR, ())), ""),
        channel=_read_code(root, Channel, channel) if channel else Channel.NOABER,
        on_behalf_of=_keyword(keywords, "on-behalf-of"),
        said_at=_read_time(root, said_at) if said_at else None,
        said_by=_keyword(keywords, "said-by"),
        case_id=_keyword(keywords, "case-id"),
        agreement=_keyword(keywords, "agreement"),
        answer_due_at=_read_time(root, answer_due_at) if answer_due_at else None,
    )


def _recipients(root: etree._Element) -> Iterator[str]:
    """The organisations addressed: by our scheme, or, where it does not occur, by whatever scheme there is."""
    addresses = list(root.iterchildren(f"{_DE}explicitAddress"))
    ours = [address for address in addresses if _text(address, "explicitAddressScheme") == v.ORGANISATION]
    for address in ours or addresses:
        for value in address.iterchildren(f"{_DE}explicitAddressValue"):
            yield text_of(value)


def _read_tlp(root: etree._Element) -> Tlp:
    element = _child(root, "combinedConfidentiality")
    text = text_of(element).strip()
    try:
        return Tlp(text.upper().removeprefix(_TLP_PREFIX))
    except ValueError as error:
        raise _unusable(element, "xml.tlp", text=text) from error


def _read_acknowledgement(root: etree._Element, envelope: Envelope, keywords: _Keywords) -> Message:
    reference = root.findtext(f"{_DE}distributionReference") or ""
    incident_id = keywords.get(v.ENVELOPE + "incident-id")
    incident_text = _read_free_text(keywords, "incident-description")
    preceding = reference.split(",")[0]
    return Message(
        message_id=_text(root, "distributionID"),
        message_type=MessageType.ACKNOWLEDGEMENT,
        sent_at=_read_time(root, _text(root, "dateTimeSent")).astimezone(UTC),
        envelope=envelope,
        originating_message_id=_keyword(keywords, "originating-message-id") or preceding,
        preceding_message_id=preceding,
        description=_read_free_text(keywords, "description"),
        incident=IncidentInformation(incident_id[0], incident_text) if incident_id else None,
        contacts=tuple(_read_contacts(root, keywords)),
    )


def _read_free_text(keywords: _Keywords, name: str) -> FreeText | None:
    match keywords.get(v.ENVELOPE + name):
        case (language, text):
            return FreeText(text, language)
        case _:
            return None


def _read_contacts(root: etree._Element, keywords: _Keywords) -> Iterator[ContactInformation]:
    index = 1
    while values := keywords.get(f"{v.ENVELOPE}contact-{index}"):
        role, description, phone, email, radio = (*values, "", "", "", "", "")[:5]
        yield ContactInformation(_read_code(root, ContactRole, role), description, phone, email, radio)
        index += 1


def _content_of(root: etree._Element) -> etree._Element:
    """The one RM message among the contents of a distribution."""
    found = [
        child
        for embedded in root.iterfind(f"{_DE}contentObject/{_DE}xmlContent/{_DE}embeddedXMLContent")
        for child in embedded.iterchildren(f"{{{v.RM_MSG}}}*")
    ]
    if len(found) != 1:
        raise _unusable(root, "xml.contents", count=len(found))
    return found[0]
