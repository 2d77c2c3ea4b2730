"""EDXL-RM 1.0 and EDXL-DE: the rules of the text of the standards that their schemas cannot say.

Messages are read as their XML, anyone's, not only ours; the rules for ours are in `rules.py`. Sources: EDXL-RM 1.0
section 3 and the comments of its schemas; EDXL-DE 1.0 section 3.2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from noaber.core.messages.datatypes import LANGUAGE
from noaber.core.messages.findings import Finding, find, warn
from noaber.core.messages.geometry_texts import circle_fault, polygon_fault, ring_fault
from noaber.core.messages.schema import own_text, shorten
from noaber.core.messages.vocabulary import GML, RM, RM_MSG
from noaber.core.messages.xml import local_name

_HAS_OFFSET = re.compile(r"(Z|[+-]\d\d:\d\d)\s*$")
_TIMES = ("SentDateTime", "DateTime", "InventoryRefreshDateTime")
_ONE_OF = {
    "IncidentInformation": ("IncidentID", "IncidentDescription"),
    "Funding": ("FundCode", "FundingInfo"),
    "ContactInformation": ("ContactDescription", "ContactRole"),
    "ResponsibleParty": ("ContactDescription", "ContactRole"),
    "Resource": ("ResourceID", "Name", "TypeStructure"),
    "OwnershipInformation": ("Owner", "OwningJurisdiction"),
    "Location": ("LocationDescription", "Address", "TargetArea"),
    "ContactLocation": ("LocationDescription", "Address", "TargetArea"),
}
"""Elements of which at least one must be there: the schemas say so in comments only."""
_REFERRING = frozenset({"Update", "Cancel", "Ack", "Error"})


def rm_findings(message: etree._Element) -> list[Finding]:
    """Every rule beyond the schema that an EDXL-RM message breaks."""
    found: list[Finding] = []
    elements = [element for element in message.iter(f"{{{RM_MSG}}}*", f"{{{RM}}}*") if isinstance(element.tag, str)]
    for element in elements:
        found += _part_findings(element)
    found += _element_id_findings(message)
    found += _first_message_findings(message)
    for element in message.iter(f"{{{GML}}}pos", f"{{{GML}}}posList"):
        found += _position_findings(element)
    return found


def _names(element: etree._Element) -> list[str]:
    return [local_name(child) for child in element.iterchildren(tag=etree.Element)]


def _child_text(parent: etree._Element, name: str) -> str:
    for child in parent.iterchildren(tag=etree.Element):
        if local_name(child) == name:
            return own_text(child).strip()
    return ""


def _part_findings(element: etree._Element) -> Iterator[Finding]:
    name = local_name(element)
    wanted = _ONE_OF.get(name)
    if wanted and not set(wanted) & set(_names(element)):
        yield find(element, "rm.one-of", element=name, wanted=" or ".join(wanted))
    if name in _TIMES:
        yield from _offset_findings(element)
    if name == "ResponseInformation" and _child_text(element, "ResponseType") == "Provisional":
        yield from _reason_findings(element)


def _reason_findings(response: etree._Element) -> Iterator[Finding]:
    names = _names(response)
    if "ReasonCode" not in names and not _child_text(response, "ResponseReason"):
        yield find(response, "rm.reason")


def _offset_findings(element: etree._Element) -> Iterator[Finding]:
    text = own_text(element)
    if not _HAS_OFFSET.search(text):
        yield find(element, "edxl.offset", text=shorten(text))
    elif text.strip().endswith("Z"):
        yield warn(element, "edxl.zulu", text=shorten(text))


def _element_id_findings(message: etree._Element) -> Iterator[Finding]:
    ids = list(message.iterfind(f"{{{RM_MSG}}}ResourceInformation/{{{RM_MSG}}}ResourceInfoElementID"))
    counts = Counter(own_text(element).strip() for element in ids)
    for element in ids:
        text = own_text(element).strip()
        if counts[text] > 1:
            yield find(element, "rm.same-element-id", id=shorten(text))


def _first_message_findings(message: etree._Element) -> Iterator[Finding]:
    """A message that answers nothing and recalls nothing opens an exchange, which has its id."""
    if local_name(message) not in ("RequestResource", "OfferUnsolicitedResource"):
        return
    if "MessageRecall" in _names(message):
        return
    own, first = _child_text(message, "MessageID"), _child_text(message, "OriginatingMessageID")
    if own != first:
        yield warn(message, "rm.originating", own=shorten(own), first=shorten(first))


def _position_findings(element: etree._Element) -> Iterator[Finding]:
    """Positions come in pairs of latitude and longitude, rings are closed."""
    try:
        numbers = [float(part) for part in own_text(element).split()]
    except ValueError:
        return
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if len(numbers) % 2 or not pairs or (local_name(element) == "pos" and len(pairs) != 1):
        yield find(element, "geometry.positions", text=shorten(own_text(element)))
        return
    parent = element.getparent()
    is_ring = parent is not None and local_name(parent) == "LinearRing"
    fault = ring_fault(pairs)
    if fault == "geometry.range" or (fault and is_ring):
        yield find(element, fault, text=shorten(own_text(element)))


def de_findings(distribution: etree._Element) -> list[Finding]:
    """Every rule beyond the schema that an EDXL-DE 1.0 distribution breaks; its contents are not looked at."""
    found: list[Finding] = []
    for child in distribution.iterchildren(tag=etree.Element):
        check = _DE_CHECKS.get(local_name(child))
        if check:
            found += check(child)
    if _child_text(distribution, "distributionType") in _REFERRING:
        found += _distribution_reference_findings(distribution)
    return found


def _distribution_reference_findings(distribution: etree._Element) -> Iterator[Finding]:
    if "distributionReference" not in _names(distribution):
        yield warn(distribution, "de.reference", type=_child_text(distribution, "distributionType"))


def _target_area_findings(area: etree._Element) -> Iterator[Finding]:
    for child in area.iterchildren(tag=etree.Element):
        text = own_text(child)
        match local_name(child):
            case "polygon":
                fault = polygon_fault(text)
            case "circle":
                fault = circle_fault(text)
            case _:
                fault = ""
        if fault:
            yield find(child, fault, text=shorten(text))
        if local_name(child) == "country" and not re.fullmatch(r"\s*[A-Za-z]{2}\s*", text):
            yield warn(child, "de.country", text=shorten(text))


def _sender_findings(element: etree._Element) -> Iterator[Finding]:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", own_text(element).strip()):
        yield warn(element, "de.sender", text=shorten(own_text(element)))


def _language_findings(element: etree._Element) -> Iterator[Finding]:
    if not LANGUAGE.accepts(own_text(element)):
        yield warn(element, "de.language", text=shorten(own_text(element)))


_DE_CHECKS: dict[str, Callable[[etree._Element], Iterator[Finding]]] = {
    "dateTimeSent": _offset_findings,
    "targetArea": _target_area_findings,
    "senderID": _sender_findings,
    "language": _language_findings,
}
