"""The structure of EDXL-DE 1.0, read from the OASIS schema. For 2.0 see `edxl_de_2.py`."""

from __future__ import annotations

from functools import cache

from noaber.core.messages.schema import Schema
from noaber.core.messages.schema_notation import BUILT_IN, Notation
from noaber.core.messages.vocabulary import DE_1_0

_TABLE = """
Distribution = distributionID:string senderID:string dateTimeSent:dateTime distributionStatus:Status
    distributionType:Type combinedConfidentiality:string language:string? senderRole:Values* recipientRole:Values*
    keyword:Values* distributionReference:string* explicitAddress:Address* targetArea:TargetArea*
    contentObject:Content*
Content = contentDescription:string? contentKeyword:Values* incidentID:string? incidentDescription:string?
    originatorRole:Values* consumerRole:Values* confidentiality:string?
    ( nonXMLContent:NonXml | xmlContent:Xml ) *[##other]*
NonXml = mimeType:string size:integer? digest:string? uri:anyURI? contentData:base64?
Xml = keyXMLContent:AnyXml* embeddedXMLContent:AnyXml*
AnyXml = *[##other]+ @@##other
Values = valueListUrn:string value:string+
Address = explicitAddressScheme:string explicitAddressValue:string+
TargetArea = circle:string* polygon:string* country:string* subdivision:string* locCodeUN:string*
Status := NMTOKEN Actual Exercise System Test
Type := NMTOKEN Report Update Cancel Request Response Dispatch Ack Error
    SensorConfiguration SensorControl SensorStatus SensorDetection
"""


@cache
def de_1_0_schema() -> Schema:
    """EDXL-DE 1.0 (OASIS standard, 2006)."""
    types = Notation(DE_1_0, {}, {}).read(_TABLE)
    return Schema(BUILT_IN | types, {f"{{{DE_1_0}}}EDXLDistribution": "Distribution"})
