"""Writing a message as EDXL-RM 1.0. Where each field goes, and why: docs/algorithms/messages.md.

What RM has no element for goes into the value lists of the Resource of a line, or, where the type of message
lets a line have no Resource, into the free text lines of the first contact. The envelope is not written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from noaber.core.messages import vocabulary as v
from noaber.core.messages.message_types import TYPE_RULES, WRITTEN_AS
from noaber.core.messages.model import (
    AssignmentInformation,
    ContactInformation,
    FreeText,
    Funding,
    Location,
    Message,
    Resource,
    ResourceInformation,
    ResponseInformation,
    ScheduleInformation,
)
from noaber.core.messages.own_fields import OwnFields, pack_own_fields
from noaber.core.messages.xml import write_time

_NAMESPACES: dict[Any, str] = {
    None: v.RM_MSG,
    "rm": v.RM,
    "xpil": v.XPIL,
    "xal": v.XAL,
    "gml": v.GML,
    "noaber": v.NOABER,
}


@dataclass
class _Notes:
    """What the first contact must carry for other parts of the message, gathered while they are written."""

    language: str
    languages: list[tuple[etree._Element, str]] = field(default_factory=list)
    lines: list[tuple[str, OwnFields]] = field(default_factory=list)


def build_message(message: Message) -> etree._Element:
    """The RM element of a message that satisfies the rules and is not an acknowledgement."""
    written_as = WRITTEN_AS.get(message.message_type, message.message_type)
    root = etree.Element(f"{{{v.RM_MSG}}}{written_as.value}", nsmap=_NAMESPACES)
    notes = _Notes(message.envelope.language)
    _write_head(root, message, written_as.value, notes)
    inline = TYPE_RULES[message.message_type].funding_in_message_namespace
    for funding in message.funding:
        _write_funding(root, funding, v.RM_MSG if inline else v.RM, notes)
    contacts = [_write_contact(root, contact) for contact in message.contacts]
    for line in message.resources:
        _write_line(root, line, notes)
    _write_notes(contacts[0], message, notes)
    etree.cleanup_namespaces(root)
    return root


def _add(parent: etree._Element, namespace: str, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = text
    return element


def _add_if(parent: etree._Element, namespace: str, name: str, text: str) -> None:
    if text:
        _add(parent, namespace, name, text)


def _add_free_text(parent: etree._Element, namespace: str, name: str, value: FreeText | None, notes: _Notes) -> None:
    if value is None:
        return
    element = _add(parent, namespace, name, value.text)
    if value.language != notes.language:
        notes.languages.append((element, value.language))


def _add_values(parent: etree._Element, namespace: str, name: str, urn: str, *values: str) -> None:
    element = _add(parent, namespace, name)
    _add(element, v.RM, "ValueListURN", urn)
    for value in values:
        _add(element, v.RM, "Value", value)


def _write_head(root: etree._Element, message: Message, content_type: str, notes: _Notes) -> None:
    _add(root, v.RM_MSG, "MessageID", message.message_id)
    _add(root, v.RM_MSG, "SentDateTime", write_time(message.sent_at))
    _add(root, v.RM_MSG, "MessageContentType", content_type)
    _add_free_text(root, v.RM_MSG, "MessageDescription", message.description, notes)
    _add(root, v.RM_MSG, "OriginatingMessageID", message.originating_message_id)
    _add_if(root, v.RM_MSG, "PrecedingMessageID", message.preceding_message_id)
    if message.incident:
        incident = _add(root, v.RM_MSG, "IncidentInformation")
        _add_if(incident, v.RM, "IncidentID", message.incident.incident_id)
        _add_free_text(incident, v.RM, "IncidentDescription", message.incident.description, notes)
    if message.recall:
        recall = _add(root, v.RM_MSG, "MessageRecall")
        _add(recall, v.RM, "RecallMessageID", message.recall.recall_message_id)
        _add(recall, v.RM, "RecallType", message.recall.recall_type.value)


def _write_funding(root: etree._Element, funding: Funding, namespace: str, notes: _Notes) -> None:
    element = _add(root, v.RM_MSG, "Funding")
    _add_if(element, namespace, "FundCode", funding.fund_code)
    _add_free_text(element, namespace, "FundingInfo", funding.info, notes)


def _write_contact(root: etree._Element, contact: ContactInformation) -> etree._Element:
    element = _add(root, v.RM_MSG, "ContactInformation")
    _add_if(element, v.RM, "ContactDescription", contact.description)
    _add(element, v.RM, "ContactRole", contact.role.value)
    if contact.radio:
        radio = _add(element, v.RM, "Radio")
        _add_values(radio, v.RM, "RadioType", v.RADIO, "radio")
        _add(radio, v.RM, "RadioChannel", contact.radio)
    if contact.phone or contact.email:
        party = _add(element, v.RM, "AdditionalContactInformation")
        _write_reachability(party, contact)
    return element


def _write_reachability(party: etree._Element, contact: ContactInformation) -> None:
    if contact.phone:
        number = _add(_add(party, v.XPIL, "ContactNumbers"), v.XPIL, "ContactNumber")
        number.set(f"{{{v.XPIL}}}CommunicationMediaType", "Telephone")
        _add(number, v.XPIL, "ContactNumberElement", contact.phone)
    if contact.email:
        addresses = _add(party, v.XPIL, "ElectronicAddressIdentifiers")
        address = _add(addresses, v.XPIL, "ElectronicAddressIdentifier", contact.email)
        address.set(f"{{{v.XPIL}}}Type", "EMAIL")


def _write_line(root: etree._Element, line: ResourceInformation, notes: _Notes) -> None:
    element = _add(root, v.RM_MSG, "ResourceInformation")
    _add(element, v.RM_MSG, "ResourceInfoElementID", line.element_id)
    if line.response:
        _write_response(element, line.response, notes)
    own_fields = pack_own_fields(line)
    if line.resource:
        _write_resource(element, line.resource, own_fields, notes)
    elif own_fields:
        notes.lines.append((line.element_id, own_fields))
    if line.assignment:
        _write_assignment(element, line.assignment, notes)
    for schedule in line.schedule:
        _write_schedule(element, schedule)


def _write_response(parent: etree._Element, response: ResponseInformation, notes: _Notes) -> None:
    element = _add(parent, v.RM_MSG, "ResponseInformation")
    _add(element, v.RM, "PrecedingResourceInfoElementID", response.preceding_element_id)
    _add(element, v.RM, "ResponseType", response.response_type.value)
    if response.reason_code:
        _add_values(element, v.RM, "ReasonCode", v.REASON, response.reason_code)
    _add_free_text(element, v.RM, "ResponseReason", response.reason, notes)


def _write_resource(parent: etree._Element, resource: Resource, own_fields: OwnFields, notes: _Notes) -> None:
    element = _add(parent, v.RM_MSG, "Resource")
    _add_if(element, v.RM_MSG, "ResourceID", resource.resource_id)
    _add_if(element, v.RM_MSG, "Name", resource.name)
    if resource.capability:
        urn, value = split_capability(resource.capability)
        _add_values(element, v.RM_MSG, "TypeStructure", urn, value)
    for list_urn, values in own_fields.items():
        _add_values(element, v.RM_MSG, "Keyword", list_urn, *values)
    _add_free_text(element, v.RM_MSG, "Description", resource.description, notes)
    _add_free_text(element, v.RM_MSG, "SpecialRequirements", resource.special_requirements, notes)
    if resource.owner or resource.home_unit:
        ownership = _add(element, v.RM_MSG, "OwnershipInformation")
        _add_if(ownership, v.RM, "Owner", resource.owner)
        _add_if(ownership, v.RM, "HomeUnit", resource.home_unit)
    if resource.deployment_status is not None or resource.availability:
        status = _add(element, v.RM_MSG, "ResourceStatus")
        if resource.deployment_status is not None:
            code = resource.deployment_status.value
            _add_values(status, v.RM_MSG, "DeploymentStatus", v.DEPLOYMENT_STATUS, code)
        _add_if(status, v.RM_MSG, "Availability", resource.availability)


def split_capability(capability: str) -> tuple[str, str]:
    """The value list and the value of a capability; a code of another list is kept as "urn#value"."""
    urn, mark, value = capability.partition("#")
    return (urn, value) if mark else (v.CAPABILITY, capability)


def _write_assignment(parent: etree._Element, assignment: AssignmentInformation, notes: _Notes) -> None:
    element = _add(parent, v.RM_MSG, "AssignmentInformation")
    if assignment.quantity is not None:
        _write_measure(element, "Quantity", str(assignment.quantity), v.UNIT, v.TEAM)
    _add_free_text(element, v.RM_MSG, "Restrictions", assignment.restrictions, notes)
    _add_free_text(element, v.RM_MSG, "AnticipatedFunction", assignment.anticipated_function, notes)
    if assignment.price_quote_eur is not None:
        _write_measure(element, "PriceQuote", repr(float(assignment.price_quote_eur)), v.CURRENCY, v.EURO)
    _add_if(element, v.RM_MSG, "OrderID", assignment.order_id)
    if assignment.mode_of_transportation or assignment.navigation_instructions or assignment.reporting_instructions:
        instructions = _add(element, v.RM_MSG, "AssignmentInstructions")
        _add_if(instructions, v.RM, "ModeOfTransportation", assignment.mode_of_transportation)
        _add_free_text(instructions, v.RM, "NavigationInstructions", assignment.navigation_instructions, notes)
        _add_free_text(instructions, v.RM, "ReportingInstructions", assignment.reporting_instructions, notes)


def _write_measure(parent: etree._Element, name: str, amount: str, urn: str, unit: str) -> None:
    measured = _add(_add(parent, v.RM_MSG, name), v.RM, "MeasuredQuantity")
    _add(measured, v.RM, "Amount", amount)
    _add_values(measured, v.RM, "UnitOfMeasure", urn, unit)


def _write_schedule(parent: etree._Element, schedule: ScheduleInformation) -> None:
    element = _add(parent, v.RM_MSG, "ScheduleInformation")
    _add(element, v.RM_MSG, "ScheduleType", schedule.schedule_type.value)
    if schedule.at is not None:
        _add(element, v.RM_MSG, "DateTime", write_time(schedule.at))
    if schedule.location is not None:
        _write_location(element, schedule.location)


def _write_location(parent: etree._Element, location: Location) -> None:
    element = _add(parent, v.RM_MSG, "Location")
    _add_if(element, v.RM, "LocationDescription", location.description)
    if location.territory:
        area = _add(_add(element, v.RM, "Address"), v.XAL, "AdministrativeArea")
        name = _add(area, v.XAL, "NameElement", location.territory)
        name.set(f"{{{v.XAL}}}NameCode", location.territory)
        name.set(f"{{{v.XAL}}}NameCodeType", v.TERRITORY)
    if location.position:
        point = _add(_add(element, v.RM, "TargetArea"), v.GML, "Point")
        point.set("srsName", v.WGS_84)
        _add(point, v.GML, "pos", f"{location.position.lat!r} {location.position.lon!r}")


def _write_notes(contact: etree._Element, message: Message, notes: _Notes) -> None:
    """Free text lines of the first contact: what RM has no other place for, in every type of message."""
    entries: list[tuple[str, str, str, str]] = []
    if message.message_type in WRITTEN_AS:
        entries.append((v.MESSAGE_TYPE, "", "", message.message_type.value))
    for element, language in notes.languages:
        entries.append((v.LANGUAGE, "of", path_of(element), language))
    for element_id, fields in notes.lines:
        entries += [(urn, "line", element_id, value) for urn, values in fields.items() for value in values]
    if not entries:
        return
    party = contact.find(f"{{{v.RM}}}AdditionalContactInformation")
    if party is None:
        party = _add(contact, v.RM, "AdditionalContactInformation")
    lines = etree.Element(f"{{{v.XPIL}}}FreeTextLines")
    party.insert(0, lines)
    for urn, attribute, of, value in entries:
        entry = _add(lines, v.XPIL, "FreeTextLine", value)
        entry.set(f"{{{v.XPIL}}}Type", urn)
        if attribute:
            entry.set(f"{{{v.NOABER}}}{attribute}", of)


def path_of(element: etree._Element) -> str:
    """The place of an element in its message: "ResourceInformation[2]/Resource/Description"."""
    steps: list[str] = []
    parent = element.getparent()
    while parent is not None and etree.QName(element).namespace in (v.RM, v.RM_MSG):
        steps.append(_step(element, parent))
        if etree.QName(parent).localname in MESSAGE_NAMES and etree.QName(parent).namespace == v.RM_MSG:
            break
        element, parent = parent, parent.getparent()
    return "/".join(reversed(steps))


def _step(element: etree._Element, parent: etree._Element) -> str:
    name = etree.QName(element).localname
    same = parent.findall(element.tag)
    return name if len(same) == 1 else f"{name}[{same.index(element) + 1}]"


MESSAGE_NAMES = frozenset(message_type.value for message_type in TYPE_RULES)
