"""CAP 1.1 and 1.2: the rules of the text of the standard that its schema cannot say.

An alert is read as its XML; errors break a MUST, warnings are what the standard advises against or what a reader
should know. Sources: CAP 1.1 and 1.2, section 3.2 (the data dictionary).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from noaber.core.messages.findings import Finding, find, warn
from noaber.core.messages.geometry_texts import circle_fault, polygon_fault
from noaber.core.messages.schema import own_text, shorten
from noaber.core.messages.vocabulary import CAP_1_1
from noaber.core.messages.xml import local_name, parse_time

_FORBIDDEN_IN_IDS = re.compile(r"[\s,<&]")
_REFERRING = frozenset({"Update", "Cancel", "Ack", "Error"})
_TIMES = ("sent", "effective", "onset", "expires")
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


def alert_findings(alert: etree._Element) -> list[Finding]:
    """Every rule beyond the schema that an alert breaks, in the order of the rules."""
    return [
        *_identifier_findings(alert),
        *_reference_findings(alert),
        *_scope_findings(alert),
        *_time_findings(alert),
        *_area_findings(alert),
        *_advice(alert),
    ]


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return parent.iterchildren(f"{{{etree.QName(parent).namespace}}}{name}")


def _all_named(alert: etree._Element, *names: str) -> Iterator[etree._Element]:
    namespace = etree.QName(alert).namespace
    return alert.iter(*(f"{{{namespace}}}{name}" for name in names))


def _text(parent: etree._Element, name: str) -> str:
    found = next(_named(parent, name), None)
    return "" if found is None else own_text(found).strip()


def _at(alert: etree._Element, name: str) -> etree._Element:
    """The element that a finding is about: the named one, or the alert where it is missing."""
    return next(_named(alert, name), alert)


def _identifier_findings(alert: etree._Element) -> Iterator[Finding]:
    for name in ("identifier", "sender"):
        for element in _named(alert, name):
            text = own_text(element)
            if not text or _FORBIDDEN_IN_IDS.search(text):
                yield find(element, "cap.identifier", element=name, text=shorten(text))


def _reference_findings(alert: etree._Element) -> Iterator[Finding]:
    kind, references = _text(alert, "msgType"), _text(alert, "references")
    if kind in _REFERRING and not references:
        yield find(_at(alert, "references"), "cap.references", type=kind)
    for reference in references.split():
        if not _is_reference(reference):
            yield find(_at(alert, "references"), "cap.reference", text=shorten(reference))


def _is_reference(text: str) -> bool:
    parts = text.split(",")
    return len(parts) == 3 and all(parts) and _is_time(parts[2])


def _scope_findings(alert: etree._Element) -> Iterator[Finding]:
    scope = _text(alert, "scope")
    for wanted, name in (("Restricted", "restriction"), ("Private", "addresses")):
        if scope == wanted and not _text(alert, name):
            yield find(_at(alert, name), "cap.scope", scope=scope, element=name)
    if scope in ("Public", "Private") and _text(alert, "restriction"):
        yield warn(_at(alert, "restriction"), "cap.restriction", scope=scope)


def _is_time(text: str) -> bool:
    try:
        parse_time(text)
    except (ValueError, OverflowError):
        return False
    return not text.strip().endswith("Z")


def _time_findings(alert: etree._Element) -> Iterator[Finding]:
    """CAP 1.1 too forbids Z, and asks for the offset, but its schema lets both pass."""
    for element in _all_named(alert, *_TIMES):
        if not _is_time(own_text(element)):
            yield find(element, "cap.time", text=shorten(own_text(element)))


def _area_findings(alert: etree._Element) -> Iterator[Finding]:
    for element in _all_named(alert, "polygon", "circle"):
        text = own_text(element)
        fault = polygon_fault(text) if local_name(element) == "polygon" else circle_fault(text)
        if fault:
            yield find(element, fault, text=shorten(text))
    for area in _all_named(alert, "area"):
        for ceiling in _named(area, "ceiling"):
            if next(_named(area, "altitude"), None) is None:
                yield find(ceiling, "cap.ceiling")


def _advice(alert: etree._Element) -> Iterator[Finding]:
    if _text(alert, "msgType") == "Error" and not _text(alert, "note"):
        yield warn(_at(alert, "msgType"), "cap.error-note")
    if _text(alert, "status") == "Exercise" and not _text(alert, "note"):
        yield warn(_at(alert, "status"), "cap.exercise-note")
    if _text(alert, "msgType") in ("Alert", "Update") and next(_named(alert, "info"), None) is None:
        yield warn(alert, "cap.no-info")
    sent = _text(alert, "sent")
    for info in _named(alert, "info"):
        yield from _info_advice(info, sent)


def _info_advice(info: etree._Element, sent: str) -> Iterator[Finding]:
    expires, begins = _text(info, "expires"), _text(info, "effective") or sent
    if _is_time(expires) and _is_time(begins) and parse_time(expires) <= parse_time(begins):
        yield warn(_at(info, "expires"), "cap.expires")
    for name in ("event", "headline"):
        for element in _named(info, name):
            if not own_text(element).strip():
                yield warn(element, "cap.empty", element=name)
    if etree.QName(info).namespace == CAP_1_1:
        for element in _all_named(info, "altitude", "ceiling"):
            if not _NUMBER.fullmatch(own_text(element)):
                yield warn(element, "cap.height", text=shorten(own_text(element)))
