"""Any message file: which standard it follows, whether it is valid, and what is in it.

An EDXL-DE envelope is checked together with the RM messages and CAP alerts inside it. Validity is that of the
schema (`schema.py` and the tables) and of the rules beyond it (`cap.py`, `edxl_rules.py`, `edxl_de_2.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from noaber.core.messages.cap import alert_findings
from noaber.core.messages.cap_tables import cap_1_1_schema, cap_1_2_schema
from noaber.core.messages.edxl_de_2 import ROOTS as DE_2_ROOTS
from noaber.core.messages.edxl_de_2 import child_named, code_of, de_2_findings, name_of
from noaber.core.messages.edxl_de_tables import de_1_0_schema
from noaber.core.messages.edxl_rm_tables import rm_schema
from noaber.core.messages.edxl_rules import de_findings, rm_findings
from noaber.core.messages.findings import Finding, warn
from noaber.core.messages.schema import Schema, Validation, own_text
from noaber.core.messages.vocabulary import CAP_1_1, CAP_1_2, DE_1_0, DE_2_0, RM_MSG
from noaber.core.messages.xml import line_of, local_name, parse_xml
from noaber.core.problems import InvalidInput, Problem

_PATHS = {
    "EDXL-DE 1.0": ("contentObject", "xmlContent", "embeddedXMLContent"),
    "EDXL-DE 2.0": ("content", "contentObject", "contentXML", "embeddedXMLContent"),
}
"""Where the envelopes hold XML, in the spelling of `name_of`."""


@dataclass(frozen=True)
class Standard:
    """A standard that is understood here.

    Parameters
    ----------
    name
        As it is written in the answer of `noaber message check`.
    schema
        The tables of its structure; None where there is no schema to be held against (EDXL-DE 2.0).
    rules
        What breaks its rules beyond the schema; asked only where the structure holds.
    type_name, id_name
        The elements that hold the kind and the id of a message; empty where the root's name is the kind.
    """

    name: str
    schema: Callable[[], Schema] | None
    rules: Callable[[etree._Element], list[Finding]]
    type_name: str
    id_name: str


EDXL_RM = Standard("EDXL-RM 1.0", rm_schema, rm_findings, "", "MessageID")
EDXL_DE_1 = Standard("EDXL-DE 1.0", de_1_0_schema, de_findings, "distributionType", "distributionID")
EDXL_DE_2 = Standard("EDXL-DE 2.0", None, de_2_findings, "distributionKind", "distributionID")
CAP_11 = Standard("CAP 1.1", cap_1_1_schema, alert_findings, "msgType", "identifier")
CAP_12 = Standard("CAP 1.2", cap_1_2_schema, alert_findings, "msgType", "identifier")

_BY_NAMESPACE = {RM_MSG: EDXL_RM, DE_1_0: EDXL_DE_1, DE_2_0: EDXL_DE_2, CAP_1_1: CAP_11, CAP_1_2: CAP_12}


@dataclass(frozen=True)
class Document:
    """A message of one standard: a whole file, or what an envelope holds."""

    root: etree._Element
    standard: Standard

    @property
    def type(self) -> str:
        """The kind of message, in the words of its standard; empty where it does not say."""
        if not self.standard.type_name:
            return local_name(self.root)
        element = self._child(self.standard.type_name)
        return "" if element is None else code_of(element)

    @property
    def id(self) -> str:
        """The message's own id; empty where it does not say."""
        element = self._child(self.standard.id_name)
        return "" if element is None else own_text(element).strip()

    def _child(self, name: str) -> etree._Element | None:
        if self.standard is EDXL_DE_2:
            return child_named(self.root, name)
        return self.root.find(f"{{{etree.QName(self.root).namespace}}}{name}")

    @cached_property
    def validation(self) -> Validation | None:
        """The judgement of the structure; None where the standard has no schema here."""
        schema = self.standard.schema
        return None if schema is None else schema().validate(self.root)

    @cached_property
    def contents(self) -> tuple[Document, ...]:
        """The messages that an envelope holds, of the standards that are understood."""
        return tuple(
            Document(element, standard)
            for element in self._embedded()
            if (standard := find_standard(element)) is not None
        )

    def _embedded(self) -> Iterator[etree._Element]:
        """The roots of embedded XML; an envelope inside an envelope keeps its own."""
        holders = [self.root]
        for name in _PATHS.get(self.standard.name, ()):
            holders = [child for holder in holders for child in _named(holder, name)]
        if holders != [self.root]:
            for holder in holders:
                yield from holder.iterchildren(tag=etree.Element)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong or worth a warning, by line, contents included."""
        found = self._own_findings()
        for content in self.contents:
            found += content.findings
        for element in self._embedded():
            if find_standard(element) is None:
                found.append(warn(element, "de.content", element=local_name(element)))
        return tuple(sorted(found, key=lambda finding: finding.line))

    def _own_findings(self) -> list[Finding]:
        """Of the structure; where that holds, of the rules too: they may then take it for granted."""
        if self.validation is not None and self.validation.findings:
            return list(self.validation.findings)
        return self.standard.rules(self.root)

    @property
    def is_structured_well(self) -> bool:
        """Whether it and its contents are valid by their schemas."""
        own = not self.validation.findings if self.validation else not any(f.is_error for f in self._own_findings())
        return own and all(content.is_structured_well for content in self.contents)

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong; warnings do not count."""
        return not any(finding.is_error for finding in self.findings)


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent.iterchildren(f"{{{etree.QName(parent).namespace}}}*"):
        if name_of(child) == name:
            yield child


def find_standard(element: etree._Element) -> Standard | None:
    """The standard that an element is the root of a message of, or None."""
    name = etree.QName(element)
    standard = _BY_NAMESPACE.get(name.namespace or "")
    if standard is EDXL_DE_2:
        return standard if element.tag in DE_2_ROOTS else None
    if standard is None or standard.schema is None or element.tag not in standard.schema().roots:
        return None
    return standard


def read_document(data: bytes) -> Document:
    """The message in a file.

    Raises
    ------
    InvalidInput
        Where it is no XML that is accepted, or of no standard that is understood; with the line.
    """
    root = parse_xml(data)
    standard = find_standard(root)
    if standard is None:
        params = {"expected": "an EDXL-RM 1.0, EDXL-DE 1.0 or 2.0, CAP 1.1 or CAP 1.2 message", "found": root.tag}
        raise InvalidInput([Problem("xml.root", f"line {line_of(root)}", params)])
    return Document(root, standard)
