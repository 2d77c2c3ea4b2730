"""The structure of CAP 1.1 and 1.2 alerts, read from the OASIS schemas.

An XML Signature at the end is part of CAP 1.2; CAP 1.1 provides for one in its text but forgot it in its schema, so
it is accepted in both.
"""

from __future__ import annotations

from functools import cache

from noaber.core.messages.schema import Schema
from noaber.core.messages.schema_notation import BUILT_IN, Notation
from noaber.core.messages.vocabulary import CAP_1_1, CAP_1_2, XMLDSIG

_TABLE = """
Alert = identifier:string sender:string sent:%(time)s status:Status msgType:MsgType source:string? scope:Scope
    restriction:string? addresses:string? code:string* note:string? references:string? incidents:string?
    info:Info* *[%(signature)s]*
Info = language:language? category:Category+ event:string responseType:ResponseType* urgency:Urgency
    severity:Severity certainty:Certainty audience:string? eventCode:Pair* effective:%(time)s? onset:%(time)s?
    expires:%(time)s? senderName:string? headline:string? description:string? instruction:string? web:anyURI?
    contact:string? parameter:Pair* resource:Resource* area:Area*
Pair = valueName:string value:string
Resource = resourceDesc:string mimeType:string%(mime)s size:integer? uri:anyURI? derefUri:string? digest:string?
Area = areaDesc:string polygon:string* circle:string* geocode:Pair* altitude:%(height)s? ceiling:%(height)s?
Status := string Actual Exercise System Test Draft
MsgType := string Alert Update Cancel Ack Error
Scope := string Public Restricted Private
Category := string Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other
ResponseType := string %(responses)s
Urgency := string Immediate Expected Future Past Unknown
Severity := string Extreme Severe Moderate Minor Unknown
Certainty := string Observed Likely Possible Unlikely Unknown
"""

_RESPONSES_1_1 = "Shelter Evacuate Prepare Execute Monitor Assess None"
_RESPONSES_1_2 = "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None"


def _schema(namespace: str, **parts: str) -> Schema:
    table = _TABLE % {"signature": XMLDSIG, **parts}
    types = Notation(namespace, {}, {}).read(table)
    return Schema(BUILT_IN | types, {f"{{{namespace}}}alert": "Alert"})


@cache
def cap_1_1_schema() -> Schema:
    """CAP 1.1 (OASIS standard, 2005, with errata of 2007): times are plain, heights are text."""
    return _schema(CAP_1_1, time="dateTime", mime="?", height="string", responses=_RESPONSES_1_1)


@cache
def cap_1_2_schema() -> Schema:
    """CAP 1.2 (OASIS standard, 2010): times without Z or fractions, heights are numbers, a MIME type is required."""
    return _schema(CAP_1_2, time="capTime", mime="", height="decimal", responses=_RESPONSES_1_2)
