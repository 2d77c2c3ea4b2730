"""The names by which the standards and we ourselves call things in XML: namespaces and urns of value lists.

The words for people, in four languages, are in `labels.py`.
"""

from __future__ import annotations

from typing import Final

from noaber.core.messages.model import MessageType

RM: Final = "urn:oasis:names:tc:emergency:EDXL:RM:1.0"
"""EDXL-RM 1.0: what stands inside the parts of a message."""
RM_MSG: Final = "urn:oasis:names:tc:emergency:EDXL:RM:1.0:msg"
"""EDXL-RM 1.0: the messages and their parts."""
DE_1_0: Final = "urn:oasis:names:tc:emergency:EDXL:DE:1.0"
DE_2_0: Final = "urn:oasis:names:tc:emergency:EDXL:DE:2.0"
CAP_1_1: Final = "urn:oasis:names:tc:emergency:cap:1.1"
CAP_1_2: Final = "urn:oasis:names:tc:emergency:cap:1.2"
XPIL: Final = "urn:oasis:names:tc:ciq:xpil:3"
XAL: Final = "urn:oasis:names:tc:ciq:xal:3"
XNL: Final = "urn:oasis:names:tc:ciq:xnl:3"
CIQ_TYPES: Final = "urn:oasis:names:tc:ciq:ct:3"
GML: Final = "http://www.opengis.net/gml"
GEO_OASIS: Final = "urn:oasis:names:tc:emergency:EDXL:HAVE:1.0:geo-oasis"
XMLDSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
XLINK: Final = "http://www.w3.org/1999/xlink"
CIQ_XLINK: Final = "http://www.w3.org/1999/xlink1"

NOABER: Final = "urn:noaber:edxl"
"""Namespace of our attributes on CIQ elements, which let attributes of any other namespace stand on them."""

CAPABILITY: Final = "urn:noaber:capability"
DEPLOYMENT_STATUS: Final = "urn:noaber:deployment-status"
REASON: Final = "urn:noaber:reason"
UNIT: Final = "urn:noaber:unit"
CURRENCY: Final = "urn:iso:std:iso:4217"
RADIO: Final = "urn:noaber:radio"
TERRITORY: Final = "urn:noaber:nuts-2021"
WGS_84: Final = "urn:ogc:def:crs:EPSG::4326"
"""Latitude before longitude, as in every GML position of the emergency standards."""

LANGUAGE: Final = "urn:noaber:language"
MESSAGE_TYPE: Final = "urn:noaber:message-type"

LINE: Final = "urn:noaber:line:"
"""Fields of our own of a line, by the name after the last colon."""
CERTIFICATE: Final = "urn:noaber:certificate:"
"""Fields of the border certificate of a line."""

ENVELOPE: Final = "urn:noaber:envelope:"
"""Fields of the envelope that EDXL-DE has no element for, as keywords."""
ORGANISATION: Final = "urn:noaber:organisation"
ACTOR: Final = "urn:noaber:actor"
SENDER_DOMAIN: Final = "@noaber"
"""EDXL-DE asks for a sender of the form actor@domain; our organisation codes get this one."""

TEAM: Final = "team"
EURO: Final = "EUR"

DISTRIBUTION_TYPES: Final[dict[MessageType, str]] = {
    MessageType.REQUEST_RESOURCE: "Request",
    MessageType.RESPONSE_TO_REQUEST_RESOURCE: "Response",
    MessageType.REQUISITION_RESOURCE: "Request",
    MessageType.COMMIT_RESOURCE: "Dispatch",
    MessageType.REQUEST_INFORMATION: "Request",
    MessageType.RESPONSE_TO_REQUEST_INFORMATION: "Response",
    MessageType.OFFER_UNSOLICITED_RESOURCE: "Report",
    MessageType.RELEASE_RESOURCE: "Report",
    MessageType.REQUEST_RETURN: "Request",
    MessageType.RESPONSE_TO_REQUEST_RETURN: "Response",
    MessageType.REQUEST_QUOTE: "Request",
    MessageType.RESPONSE_TO_REQUEST_QUOTE: "Response",
    MessageType.REQUEST_RESOURCE_DEPLOYMENT_STATUS: "Request",
    MessageType.REPORT_RESOURCE_DEPLOYMENT_STATUS: "Report",
    MessageType.REQUEST_EXTENDED_DEPLOYMENT_DURATION: "Request",
    MessageType.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION: "Response",
    MessageType.ACKNOWLEDGEMENT: "Ack",
    MessageType.OFFER_REJECTION: "Response",
    MessageType.REQUEST_CLOSURE: "Report",
}
"""The kind of EDXL-DE distribution by type of message. A commitment is a Dispatch: "a commitment of resources"."""
