"""EDXL-DE 2.0 as we read it: what an envelope must have, in either spelling of its names.

2.0 stayed a committee specification. Its first edition wrote DistributionID and wrapped codes in value lists, its
second writes distributionID and plain codes; both are in use, so both are read. What is not known here gives a
warning, never an error: there is no schema to be held against.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from noaber.core.messages.datatypes import DATE_TIME
from noaber.core.messages.findings import Finding, find, warn
from noaber.core.messages.schema import own_text, shorten
from noaber.core.messages.vocabulary import DE_2_0
from noaber.core.messages.xml import local_name

STATUSES = ("Actual", "Exercise", "System", "Test", "Unknown", "NoAppropriateDefault")
KINDS = (
    "Report",
    "Update",
    "Cancel",
    "Request",
    "Response",
    "Dispatch",
    "Ack",
    "Error",
    "SensorConfiguration",
    "SensorControl",
    "SensorStatus",
    "SensorDetection",
    "Unknown",
    "NoAppropriateDefault",
)
ROOTS = (f"{{{DE_2_0}}}EDXLDistribution", f"{{{DE_2_0}}}edxlDistribution")
_HEAD = (
    "distributionID",
    "senderID",
    "dateTimeSent",
    "dateTimeExpires",
    "distributionStatus",
    "distributionKind",
)
_REST = ("descriptor", "content", "signature", "other", "link")
_DEFAULTS = "EDXL:DE:2.0:Defaults"


def name_of(element: etree._Element) -> str:
    """The name of an element in the spelling of the second edition."""
    name = local_name(element)
    return name[:1].lower() + name[1:]


def code_of(element: etree._Element) -> str:
    """The code in an element, plain or as the value of a value list."""
    for inner in element.iter(etree.Element):
        if inner is not element and name_of(inner) == "value":
            return own_text(inner).strip()
    return own_text(element).strip()


def child_named(parent: etree._Element, name: str) -> etree._Element | None:
    for child in parent.iterchildren(f"{{{DE_2_0}}}*"):
        if name_of(child) == name:
            return child
    return None


def de_2_findings(distribution: etree._Element) -> list[Finding]:
    """What an EDXL-DE 2.0 envelope lacks or has wrong; its contents are not looked at."""
    found = list(_head_findings(distribution))
    for name, values in (("distributionStatus", STATUSES), ("distributionKind", KINDS)):
        element = child_named(distribution, name)
        if element is not None:
            found += _code_findings(element, values)
    for name in ("dateTimeSent", "dateTimeExpires"):
        element = child_named(distribution, name)
        if element is not None:
            found += _time_findings(element)
    content = child_named(distribution, "content")
    if content is not None:
        found += _content_findings(content)
    return found


def _head_findings(distribution: etree._Element) -> Iterator[Finding]:
    children = list(distribution.iterchildren(f"{{{DE_2_0}}}*"))
    names = [name_of(child) for child in children]
    for name in _HEAD:
        if name not in names:
            yield find(distribution, "schema.missing", parent=local_name(distribution), element=name)
    order = [name for name in _HEAD + _REST if name in names]
    reached = 0
    for child, name in zip(children, names, strict=True):
        if name not in order:
            yield warn(child, "de.unknown", element=local_name(child))
        elif order.index(name) < reached or (name in _HEAD and names.index(name) != children.index(child)):
            yield find(child, "schema.order", element=local_name(child))
        else:
            reached = order.index(name)


def _code_findings(element: etree._Element, values: tuple[str, ...]) -> Iterator[Finding]:
    lists = [own_text(inner) for inner in element.iter(etree.Element) if name_of(inner) == "valueListURI"]
    if lists and not any(_DEFAULTS in text for text in lists):
        return
    code = code_of(element)
    if code not in values:
        yield find(element, "schema.value", text=shorten(code), expected=f"one of {', '.join(values)}")


def _time_findings(element: etree._Element) -> Iterator[Finding]:
    text = own_text(element)
    if not DATE_TIME.accepts(text):
        yield find(element, "schema.value", text=shorten(text), expected=DATE_TIME.name)
    elif text.strip().endswith("Z"):
        yield warn(element, "edxl.zulu", text=shorten(text))
    elif text.strip()[-6:-5] not in ("+", "-"):
        yield find(element, "edxl.offset", text=shorten(text))


def _content_findings(content: etree._Element) -> Iterator[Finding]:
    objects = [child for child in content.iterchildren(f"{{{DE_2_0}}}*") if name_of(child) == "contentObject"]
    if not objects:
        yield find(content, "schema.missing", parent=local_name(content), element="contentObject")
