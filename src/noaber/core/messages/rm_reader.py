"""Reading an EDXL-RM 1.0 message, ours or anyone's, into the model.

The structure is checked before (`edxl_rm_tables.py`), so this reader only meets what the schema allows; what the
model has no place for is not read here, and kept by whoever keeps the document itself. Fields of our own are
looked for where `rm_writer.py` puts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from lxml import etree

from noaber.core.geo import Position
from noaber.core.messages import vocabulary as v
from noaber.core.messages.model import (
    AssignmentInformation,
    ContactInformation,
    ContactRole,
    DeploymentStatus,
    Envelope,
    FreeText,
    Funding,
    IncidentInformation,
    Location,
    Message,
    MessageRecall,
    MessageType,
    RecallType,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ResponseType,
    ScheduleInformation,
    ScheduleType,
)
from noaber.core.messages.own_fields import unpack_own_fields
from noaber.core.messages.rm_writer import path_of
from noaber.core.messages.xml import line_of, local_name, parse_time, text_of
from noaber.core.problems import InvalidInput, Problem

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True)
class _Notes:
    """What the free text lines of the contacts say about other parts of the message."""

    language: str
    languages: Mapping[str, str]
    lines: Mapping[str, dict[str, tuple[str, ...]]]
    message_type: str

    def free_text(self, element: etree._Element | None) -> FreeText | None:
        if element is None or not text_of(element):
            return None
        language = self.language
        if self.languages:
            language = self.languages.get(path_of(element), language)
        return FreeText(text_of(element), language)


def read_message(root: etree._Element, envelope: Envelope) -> Message:
    """The message that an RM element holds, under `envelope`.

    Raises
    ------
    InvalidInput
        Where a value cannot be held by the model, with its line.
    """
    notes = _read_notes(root, envelope.language)
    recall = _child(root, "MessageRecall")
    return Message(
        message_id=_text(root, "MessageID"),
        message_type=_read_type(root, notes),
        sent_at=_read_time(_required(root, "SentDateTime")).astimezone(UTC),
        envelope=envelope,
        originating_message_id=_text(root, "OriginatingMessageID"),
        preceding_message_id=_text(root, "PrecedingMessageID"),
        description=notes.free_text(_child(root, "MessageDescription")),
        incident=_read_incident(_child(root, "IncidentInformation"), notes),
        recall=None if recall is None else _read_recall(recall),
        contacts=tuple(_read_contact(contact) for contact in _children(root, "ContactInformation")),
        funding=tuple(_read_funding(funding, notes) for funding in _children(root, "Funding")),
        resources=tuple(_read_line(line, notes) for line in _children(root, "ResourceInformation")),
    )


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent.iterchildren(tag=etree.Element):
        if local_name(child) == name:
            yield child


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else next(_children(parent, name), None)


def _required(parent: etree._Element, name: str) -> etree._Element:
    found = _child(parent, name)
    if found is None:
        raise _unusable(parent, "xml.missing", parent=local_name(parent), element=name)
    return found


def _text(parent: etree._Element | None, name: str) -> str:
    found = _child(parent, name)
    return "" if found is None else text_of(found)


def _unusable(element: etree._Element, code: str, /, **params: object) -> InvalidInput:
    where = f"line {line_of(element)}, {local_name(element)}"
    return InvalidInput([Problem(code, where, params)])


def _read_code(element: etree._Element, codes: type[_Code], text: str | None = None) -> _Code:
    value = text_of(element) if text is None else text
    try:
        return codes(value)
    except ValueError as error:
        known = ", ".join(codes)
        raise _unusable(element, "xml.code", text=value, known=known) from error


def _read_time(element: etree._Element) -> datetime:
    try:
        return parse_time(text_of(element))
    except (ValueError, OverflowError) as error:
        raise _unusable(element, "xml.time", text=text_of(element)) from error


def _read_type(root: etree._Element, notes: _Notes) -> MessageType:
    return _read_code(root, MessageType, notes.message_type or local_name(root))


def _read_notes(root: etree._Element, language: str) -> _Notes:
    languages: dict[str, str] = {}
    lines: dict[str, dict[str, tuple[str, ...]]] = {}
    message_type = ""
    for entry in root.iterfind(f"{{{v.RM_MSG}}}ContactInformation//{{{v.XPIL}}}FreeTextLine"):
        urn = entry.get(f"{{{v.XPIL}}}Type", "")
        if urn == v.MESSAGE_TYPE:
            message_type = text_of(entry)
        elif urn == v.LANGUAGE:
            languages[entry.get(f"{{{v.NOABER}}}of", "")] = text_of(entry)
        elif (line := entry.get(f"{{{v.NOABER}}}line")) is not None:
            fields = lines.setdefault(line, {})
            fields[urn] = (*fields.get(urn, ()), text_of(entry))
    return _Notes(language, languages, lines, message_type)


def _read_incident(element: etree._Element | None, notes: _Notes) -> IncidentInformation | None:
    if element is None:
        return None
    description = notes.free_text(_child(element, "IncidentDescription"))
    return IncidentInformation(_text(element, "IncidentID"), description)


def _read_recall(element: etree._Element) -> MessageRecall:
    recall_type = _read_code(_required(element, "RecallType"), RecallType)
    return MessageRecall(_text(element, "RecallMessageID"), recall_type)


def _read_funding(element: etree._Element, notes: _Notes) -> Funding:
    return Funding(_text(element, "FundCode"), notes.free_text(_child(element, "FundingInfo")))


def _read_contact(element: etree._Element) -> ContactInformation:
    role = _child(element, "ContactRole")
    party = _child(element, "AdditionalContactInformation")
    return ContactInformation(
        # The standard lets a contact have a description only; whoever sends the message then stands for it.
        role=ContactRole.SENDER if role is None else _read_code(role, ContactRole),
        description=_text(element, "ContactDescription"),
        phone=_read_phone(party),
        email=_text(_child(party, "ElectronicAddressIdentifiers"), "ElectronicAddressIdentifier"),
        radio=_text(_child(element, "Radio"), "RadioChannel"),
    )


def _read_phone(party: etree._Element | None) -> str:
    number = _child(_child(party, "ContactNumbers"), "ContactNumber")
    if number is None:
        return ""
    return " ".join(text_of(part) for part in _children(number, "ContactNumberElement"))


def _read_line(element: etree._Element, notes: _Notes) -> ResourceInformation:
    element_id = _text(element, "ResourceInfoElementID")
    response = _child(element, "ResponseInformation")
    resource = _child(element, "Resource")
    assignment = _child(element, "AssignmentInformation")
    fields = dict(notes.lines.get(element_id, {})) | _read_keywords(resource)
    try:
        own_fields = unpack_own_fields(fields)
    except ValueError as error:
        raise _unusable(element, "xml.number", text=str(error)) from error
    return ResourceInformation(
        element_id=element_id,
        response=None if response is None else _read_response(response, notes),
        resource=None if resource is None else _read_resource(resource, notes),
        assignment=None if assignment is None else _read_assignment(assignment, notes),
        schedule=tuple(_read_schedule(part) for part in _children(element, "ScheduleInformation")),
        **own_fields,
    )


def _read_keywords(resource: etree._Element | None) -> dict[str, tuple[str, ...]]:
    if resource is None:
        return {}
    return dict(_read_values(keyword) for keyword in _children(resource, "Keyword"))


def _read_values(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    return _text(element, "ValueListURN"), tuple(text_of(value) for value in _children(element, "Value"))


def _read_value(element: etree._Element | None) -> str:
    """The first value of a value list; of another list than ours, with its urn before it."""
    return "" if element is None else _text(element, "Value")


def _read_response(element: etree._Element, notes: _Notes) -> ResponseInformation:
    return ResponseInformation(
        preceding_element_id=_text(element, "PrecedingResourceInfoElementID"),
        response_type=_read_code(_required(element, "ResponseType"), ResponseType),
        reason_code=_read_value(_child(element, "ReasonCode")),
        reason=notes.free_text(_child(element, "ResponseReason")),
    )


def _read_resource(element: etree._Element, notes: _Notes) -> Resource:
    ownership = _child(element, "OwnershipInformation")
    status = _child(element, "ResourceStatus")
    deployment = _child(status, "DeploymentStatus")
    return Resource(
        capability=_read_capability(_child(element, "TypeStructure")),
        resource_id=_text(element, "ResourceID"),
        name=_text(element, "Name"),
        description=notes.free_text(_child(element, "Description")),
        special_requirements=notes.free_text(_child(element, "SpecialRequirements")),
        owner=_text(ownership, "Owner"),
        home_unit=_text(ownership, "HomeUnit"),
        deployment_status=(
            None if deployment is None else _read_code(deployment, DeploymentStatus, _read_value(deployment))
        ),
        availability=_text(status, "Availability"),
    )


def _read_capability(element: etree._Element | None) -> str:
    if element is None:
        return ""
    urn, values = _read_values(element)
    return values[0] if urn == v.CAPABILITY else f"{urn}#{values[0]}"


def _read_assignment(element: etree._Element, notes: _Notes) -> AssignmentInformation:
    instructions = _child(element, "AssignmentInstructions")
    return AssignmentInformation(
        quantity=_read_quantity(_child(element, "Quantity")),
        restrictions=notes.free_text(_child(element, "Restrictions")),
        anticipated_function=notes.free_text(_child(element, "AnticipatedFunction")),
        price_quote_eur=_read_price(_child(element, "PriceQuote")),
        order_id=_text(element, "OrderID"),
        mode_of_transportation=_text(instructions, "ModeOfTransportation"),
        navigation_instructions=notes.free_text(_child(instructions, "NavigationInstructions")),
        reporting_instructions=notes.free_text(_child(instructions, "ReportingInstructions")),
    )


def _read_amount(element: etree._Element) -> float:
    measured = _child(element, "MeasuredQuantity")
    text = _text(element, "QuantityText") if measured is None else _text(measured, "Amount")
    try:
        return float(text)
    except ValueError as error:
        raise _unusable(element, "xml.number", text=text) from error


def _read_quantity(element: etree._Element | None) -> int | None:
    if element is None:
        return None
    amount = _read_amount(element)
    if not amount.is_integer():
        raise _unusable(element, "xml.number", text=str(amount))
    return int(amount)


def _read_price(element: etree._Element | None) -> float | None:
    if element is None:
        return None
    unit = _read_value(_child(_child(element, "MeasuredQuantity"), "UnitOfMeasure"))
    if unit not in ("", v.EURO):
        raise _unusable(element, "xml.code", text=unit, known=v.EURO)
    return _read_amount(element)


def _read_schedule(element: etree._Element) -> ScheduleInformation:
    at = _child(element, "DateTime")
    location = _child(element, "Location")
    return ScheduleInformation(
        schedule_type=_read_code(_required(element, "ScheduleType"), ScheduleType),
        at=None if at is None else _read_time(at),
        location=None if location is None else _read_location(location),
    )


def _read_location(element: etree._Element) -> Location:
    return Location(
        description=_text(element, "LocationDescription"),
        position=_read_position(_child(element, "TargetArea")),
        territory=_read_territory(_child(element, "Address")),
    )


def _read_territory(address: etree._Element | None) -> str:
    area = _child(address, "AdministrativeArea")
    for name in () if area is None else _children(area, "NameElement"):
        if name.get(f"{{{v.XAL}}}NameCodeType") == v.TERRITORY:
            return name.get(f"{{{v.XAL}}}NameCode", "")
    return ""


def _read_position(area: etree._Element | None) -> Position | None:
    """The point, or the centre of the circle, of a target area; lines and polygons are no position."""
    for shape in () if area is None else area.iterchildren(f"{{{v.GML}}}Point", f"{{{v.GML}}}CircleByCenterPoint"):
        pos = _required(shape, "pos")
        try:
            lat, lon = (float(part) for part in text_of(pos).split()[:2])
            return Position(lon, lat)
        except ValueError as error:
            raise _unusable(pos, "xml.number", text=text_of(pos)) from error
    return None
