"""The structure of the sixteen EDXL-RM 1.0 messages: made from the table of types, with the common types beside it.

Read from the OASIS schemas; the geography is the GML profile that comes with them.
"""

from __future__ import annotations

from functools import cache

from noaber.core.messages import datatypes
from noaber.core.messages.ciq_tables import ciq_link_attributes, ciq_types
from noaber.core.messages.datatypes import SimpleType
from noaber.core.messages.message_types import STANDARD_TYPES, Occurs, TypeRule
from noaber.core.messages.model import MessageType, ScheduleType
from noaber.core.messages.schema import Attribute, ComplexType, Schema
from noaber.core.messages.schema_notation import BUILT_IN, Notation
from noaber.core.messages.vocabulary import GML, RM, RM_MSG, XLINK

_COMMON = """
rm.Incident = IncidentID:string? IncidentDescription:string?
rm.Recall = RecallMessageID:string RecallType:rm.RecallType
rm.RecallType := string Update Cancel
rm.Funding = FundCode:string? FundingInfo:string?
rm.Contact = ContactDescription:string? ContactRole:rm.ContactRole? Radio:rm.Radio* ContactLocation:rm.Location?
    AdditionalContactInformation:xpil.Party?
rm.ContactRole := string Sender Requester SubjectMatterExpert Approver RespondingOrg Owner
rm.Radio = RadioType:rm.Values RadioChannel:string
rm.Response = PrecedingResourceInfoElementID:string ResponseType:rm.ResponseType ReasonCode:rm.Values?
    ResponseReason:string?
rm.ResponseType := string Accept Decline Provisional
rm.TypeInfo = *[##any skip]+ @@##any/strict
rm.Ownership = Owner:string? OwningJurisdiction:string? HomeDispatch:string? HomeUnit:string?
rm.Quantity = ( QuantityText:string+ | MeasuredQuantity:rm.Measured )
rm.Measured = Amount:double UnitOfMeasure:rm.Values?
rm.Instructions = ModeOfTransportation:string? NavigationInstructions:string? ReportingInstructions:string?
rm.Location = LocationDescription:string? Address:xal.Address? TargetArea:geo.Where?
rm.Values = ValueListURN:anyURI Value:string+
"""

_MESSAGE = """
%(name)s = MessageID:string SentDateTime:dateTime MessageContentType:%(name)s.ContentType
    MessageDescription:string%(description)s OriginatingMessageID:string %(preceding)s
    IncidentInformation:rm.Incident* MessageRecall:rm.Recall? %(funding)s ContactInformation:rm.Contact+
    ResourceInformation:%(name)s.Line%(lines)s
%(name)s.ContentType := string %(name)s
%(name)s.Funding = FundCode:string? FundingInfo:string?
%(name)s.Line = ResourceInfoElementID:string %(response)s %(resource)s %(assignment)s
    ScheduleInformation:%(name)s.Schedule*
%(name)s.Resource = ResourceID:string? Name:string? TypeStructure:rm.Values? TypeInfo:rm.TypeInfo? Keyword:rm.Values*
    Description:string? Credentials:string? Certifications:string? SpecialRequirements:string?
    %(responsible)s %(ownership)s %(status)s
%(name)s.Status = %(refreshed)s %(deployment)s %(availability)s
%(name)s.Assignment = %(quantity)s Restrictions:string? AnticipatedFunction:string? %(price)s %(order)s %(instructions)s
%(name)s.Schedule = ScheduleType:%(name)s.ScheduleType DateTime:dateTime? Location:rm.Location?
%(name)s.ScheduleType := string %(schedule)s
"""

_GEO = """
geo.Where = ( Point:geo.Point | LineString:geo.LineString | CircleByCenterPoint:geo.Circle | Polygon:geo.Polygon
    | Envelope:geo.Envelope ) @.featuretypetag/NCName @.relationshiptag/NCName @.elev/double @.floor/double
    @.radius/double
geo.Point = pos:geo.Positions &object
geo.LineString = posList:geo.PositionList &object
geo.Polygon = exterior:geo.RingProperty? interior:geo.RingProperty* &object
geo.RingProperty = LinearRing:geo.Ring
geo.Ring = posList:geo.PositionList &object
geo.Circle = pos:geo.Positions radius:geo.Length @.interpolation=circularArcCenterPointWithRadius
    @.numArc!/integer=1
geo.Length = <double> @.uom!/anyURI
geo.Envelope = lowerCorner:geo.Positions upperCorner:geo.Positions
geo.Positions = <doubles> &system
geo.PositionList = <doubles> &system @.count/positiveInteger
"""
_GEO_GROUPS = {
    "system": "@.srsName/anyURI @.srsDimension/positiveInteger @.axisLabels/NCNames @.uomLabels/NCNames",
    "object": "@gml:id/ID &system",
}


@cache
def rm_schema() -> Schema:
    """EDXL-RM 1.0 (OASIS standard, 2008, with errata of 2009): all sixteen messages."""
    types: dict[str, ComplexType | SimpleType] = {**BUILT_IN, **ciq_types()}
    types |= Notation(RM, {}, {}).read(_COMMON)
    types |= Notation(GML, {"gml": GML}, _GEO_GROUPS).read(_GEO)
    for message_type, rule in STANDARD_TYPES.items():
        types |= Notation(RM_MSG, {}, {}).read(_MESSAGE % _parts(message_type, rule))
    roots = {f"{{{RM_MSG}}}{message_type.value}": message_type.value for message_type in STANDARD_TYPES}
    return Schema(types, roots, ciq_link_attributes() | _gml_attributes())


def _parts(message_type: MessageType, rule: TypeRule) -> dict[str, str]:
    """What varies between the sixteen, in the notation of the tables."""
    name, status = message_type.value, rule.status
    funding = f"{name}.Funding" if rule.funding_in_message_namespace else "rm.Funding"
    return {
        "name": name,
        "description": _occurs(rule.description),
        "preceding": _part("PrecedingMessageID:string", rule.preceding),
        "funding": _part(f"Funding:{funding}", rule.funding),
        "lines": _occurs(rule.lines),
        "response": _part("ResponseInformation:rm.Response", rule.response),
        "resource": _part(f"Resource:{name}.Resource", rule.resource),
        "assignment": _part(f"AssignmentInformation:{name}.Assignment", rule.assignment),
        "ownership": _part("OwnershipInformation:rm.Ownership", rule.ownership),
        "responsible": _part("ResponsibleParty:rm.Contact", rule.ownership),
        "status": _part(f"ResourceStatus:{name}.Status", status.status),
        "refreshed": _part("InventoryRefreshDateTime:dateTime", status.refreshed),
        "deployment": _part("DeploymentStatus:rm.Values", status.deployment),
        "availability": _part("Availability:string", status.availability),
        "quantity": _part("Quantity:rm.Quantity", rule.quantity),
        "price": _part("PriceQuote:rm.Quantity", rule.price),
        "order": _part("OrderID:string", rule.order),
        "instructions": _part("AssignmentInstructions:rm.Instructions", rule.instructions),
        "schedule": " ".join(kind.value for kind in ScheduleType if kind in rule.schedule),
    }


def _occurs(occurs: Occurs) -> str:
    return "" if occurs is Occurs.ONCE else occurs.value


def _part(element: str, occurs: Occurs) -> str:
    return "" if occurs is Occurs.NEVER else element + _occurs(occurs)


def _gml_attributes() -> dict[str, Attribute]:
    """Global attributes of GML and of its linking vocabulary."""
    text, uri = datatypes.STRING, datatypes.ANY_URI
    show = datatypes.one_of(text, "new", "replace", "embed", "other", "none")
    actuate = datatypes.one_of(text, "onLoad", "onRequest", "other", "none")
    links = {"href": uri, "role": uri, "arcrole": uri, "title": text, "show": show, "actuate": actuate}
    links |= {"label": text, "from": text, "to": text}
    found = {f"{{{XLINK}}}{name}": Attribute(kind) for name, kind in links.items()}
    return found | {f"{{{GML}}}id": Attribute(datatypes.ID)}
