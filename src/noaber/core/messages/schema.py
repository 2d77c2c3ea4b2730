"""The structure of an XML document: what elements, how often, in which order, with which values.

The standards' own schema files are not ours to ship, so what they say is written down in short tables
(`*_tables.py`, in the notation of `schema_notation.py`) and judged here. It covers what those schemas use: sequences
of elements, choices and wildcards, simple content, attributes; every content model is deterministic, so one pass
from left to right decides. Rules that no schema can say are in `cap.py` and `edxl_rules.py`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice

from lxml import etree

from noaber.core.messages.datatypes import ID, STRING, SimpleType
from noaber.core.messages.findings import Finding, find
from noaber.core.messages.xml import local_name

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"
MOST_FINDINGS = 2000
"""Enough of what is wrong with one document: a file that is wrong everywhere must not cost minutes."""
_NOT_BLANK = re.compile("[^ \t\r\n]")


class Process(StrEnum):
    """What XML Schema asks of content that a wildcard lets through."""

    SKIP = "skip"
    LAX = "lax"
    STRICT = "strict"


@dataclass(frozen=True)
class Wildcard:
    """Elements or attributes of other vocabularies. `namespace` is "##any", "##other" or one namespace."""

    namespace: str
    target: str
    process: Process = Process.LAX
    minimum: int = 0
    maximum: int | None = None

    def admits(self, tag: str) -> bool:
        namespace = etree.QName(tag).namespace or ""
        match self.namespace:
            case "##any":
                return True
            case "##other":
                return namespace not in ("", self.target)
            case wanted:
                return namespace == wanted

    @property
    def names(self) -> tuple[str, ...]:
        return ("an element of another vocabulary",)


@dataclass(frozen=True)
class Element:
    """An element by its name, as `tag` writes it: {namespace}name."""

    tag: str
    type_name: str
    minimum: int = 1
    maximum: int | None = 1

    def admits(self, tag: str) -> bool:
        return tag == self.tag

    @property
    def names(self) -> tuple[str, ...]:
        return (etree.QName(self.tag).localname,)


@dataclass(frozen=True)
class Choice:
    """One of several elements, each time anew where it may repeat."""

    options: tuple[Element, ...]
    minimum: int = 1
    maximum: int | None = 1

    def admits(self, tag: str) -> bool:
        return any(option.admits(tag) for option in self.options)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for option in self.options for name in option.names)


Particle = Element | Choice | Wildcard


@dataclass(frozen=True)
class Attribute:
    """An attribute. `fixed` is the only value it may have, where the schema fixes it."""

    type: SimpleType
    required: bool = False
    fixed: str | None = None


@dataclass(frozen=True)
class ComplexType:
    """An element's content and attributes: `text` where it holds a value, `content` where it holds elements."""

    name: str
    content: tuple[Particle, ...] = ()
    text: SimpleType | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    other_attributes: Wildcard | None = None


@dataclass(frozen=True)
class Schema:
    """The types of a standard by name, the elements that may be a document's root, and known global attributes."""

    types: Mapping[str, ComplexType | SimpleType]
    roots: Mapping[str, str]
    global_attributes: Mapping[str, Attribute] = field(default_factory=dict)

    def validate(self, root: etree._Element) -> Validation:
        """Judge a document or a part of one, whose element must be one of `roots`."""
        return Validation(self, root)


@dataclass(frozen=True)
class Validation:
    """What the schema says of one element and everything in it. Cost is linear in the size of the document."""

    schema: Schema
    root: etree._Element

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, by line."""
        found = [finding for _, findings in self._judged for finding in findings]
        found += self._repeated_ids()
        return tuple(sorted(found, key=lambda finding: finding.line))

    def _repeated_ids(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for element, kind in self._typed:
            for name, attribute in () if isinstance(kind, SimpleType) else kind.attributes.items():
                value = ID.treat(element.get(name, ""))
                if attribute.type == ID and value:
                    if value in seen:
                        yield find(element, "schema.same-id", id=shorten(value))
                    seen.add(value)

    @cached_property
    def structured(self) -> tuple[etree._Element, ...]:
        """The elements that hold elements only, so that blanks between those mean nothing."""
        return tuple(element for element, kind in self._typed if isinstance(kind, ComplexType) and kind.text is None)

    @cached_property
    def values(self) -> tuple[tuple[etree._Element, SimpleType], ...]:
        """The elements that hold a value, each with the type of it."""
        found: list[tuple[etree._Element, SimpleType]] = []
        for element, kind in self._typed:
            text = kind if isinstance(kind, SimpleType) else kind.text
            if text is not None:
                found.append((element, text))
        return tuple(found)

    @cached_property
    def _typed(self) -> list[tuple[etree._Element, ComplexType | SimpleType]]:
        return [(element, kind) for (element, kind), _ in self._judged]

    @cached_property
    def _judged(self) -> list[tuple[tuple[etree._Element, ComplexType | SimpleType], list[Finding]]]:
        judged = []
        count = 0
        waiting = [(self.root, self.schema.roots[self.root.tag])]
        while waiting and count < MOST_FINDINGS:
            element, type_name = waiting.pop()
            kind = self.schema.types[type_name]
            findings = list(_attribute_findings(element, kind, self.schema))
            if isinstance(kind, SimpleType):
                findings += _text_findings(element, kind)
            elif kind.text is not None:
                findings += _text_findings(element, kind.text)
            else:
                children, problems = _match(element, kind)
                findings += problems
                waiting += reversed(children)
            judged.append(((element, kind), findings))
            count += len(findings)
        return judged


def _children(element: etree._Element) -> list[etree._Element]:
    return list(element.iterchildren(tag=etree.Element))


def _text_findings(element: etree._Element, kind: SimpleType) -> Iterator[Finding]:
    children = _children(element)
    for child in children:
        yield find(child, "schema.in-value", element=local_name(child), parent=local_name(element))
    text = own_text(element)
    if not children and not kind.accepts(text):
        yield find(element, "schema.value", text=shorten(text), expected=kind.name)


def own_text(element: etree._Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def shorten(text: str, length: int = 60) -> str:
    """A value as it can be shown in a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= length else f"{one_line[: length - 1]}…"


def _match(element: etree._Element, kind: ComplexType) -> tuple[list[tuple[etree._Element, str]], list[Finding]]:
    """The children with the names of their types, and what is wrong with their order and number."""
    findings: list[Finding] = []
    if _NOT_BLANK.search(own_text(element)):
        findings.append(find(element, "schema.text", element=local_name(element)))
    waiting: deque[etree._Element] = deque()
    for child in _children(element):
        if any(particle.admits(child.tag) for particle in kind.content):
            waiting.append(child)
        elif len(findings) < MOST_FINDINGS:
            findings.append(_unexpected(child, element, kind.content))
    typed: list[tuple[etree._Element, str]] = []
    for index, particle in enumerate(kind.content):
        taken = _take(particle, waiting, typed, findings)
        if taken < particle.minimum:
            findings.append(_missing(element, particle))
        if taken and particle.maximum == taken and waiting and particle.admits(waiting[0].tag):
            findings += islice(_surplus(particle, waiting, kind.content[index + 1 :]), MOST_FINDINGS)
    leftover = islice(waiting, MOST_FINDINGS)
    findings += [find(child, "schema.order", element=local_name(child)) for child in leftover]
    return typed, findings


def _take(
    particle: Particle,
    waiting: deque[etree._Element],
    typed: list[tuple[etree._Element, str]],
    findings: list[Finding],
) -> int:
    """Take from the head of `waiting` what belongs to `particle`; returns how often it occurs."""
    count = 0
    while waiting and particle.admits(waiting[0].tag) and (particle.maximum is None or count < particle.maximum):
        count += 1
        match particle:
            case Wildcard():
                child = waiting.popleft()
                if particle.process is Process.STRICT:
                    findings.append(find(child, "schema.unknown-element", element=local_name(child)))
            case Element():
                typed.append((waiting.popleft(), particle.type_name))
            case Choice():
                option = next(option for option in particle.options if option.admits(waiting[0].tag))
                _take(option, waiting, typed, findings)
    return count


def _surplus(particle: Particle, waiting: deque[etree._Element], later: Sequence[Particle]) -> Iterator[Finding]:
    """Report and drop what comes more often than it may, unless a later part takes it."""
    while waiting and particle.admits(waiting[0].tag) and not any(part.admits(waiting[0].tag) for part in later):
        child = waiting.popleft()
        yield find(child, "schema.too-many", element=local_name(child))


def _missing(element: etree._Element, particle: Particle) -> Finding:
    return find(element, "schema.missing", parent=local_name(element), element=" or ".join(particle.names))


def _unexpected(child: etree._Element, parent: etree._Element, content: Sequence[Particle]) -> Finding:
    names = {name for particle in content for name in particle.names}
    name = local_name(child)
    if name in names:
        namespace = etree.QName(child).namespace or ""
        return find(child, "schema.namespace", element=name, namespace=namespace)
    return find(child, "schema.unexpected", element=name, parent=local_name(parent))


def _attribute_findings(element: etree._Element, kind: ComplexType | SimpleType, schema: Schema) -> Iterator[Finding]:
    declared = {} if isinstance(kind, SimpleType) else kind.attributes
    wildcard = None if isinstance(kind, SimpleType) else kind.other_attributes
    for key, text in element.attrib.items():
        name, value = str(key), str(text)
        attribute = declared.get(name)
        if attribute is None and etree.QName(name).namespace == XSI:
            yield from _instance_findings(element, name, kind)
        elif attribute is not None:
            yield from _attribute_value_findings(element, name, value, attribute)
        else:
            yield from _other_attribute_findings(element, name, value, wildcard, schema)
    for name, attribute in declared.items():
        if attribute.required and name not in element.attrib:
            attribute_name = etree.QName(name).localname
            yield find(element, "schema.missing-attribute", element=local_name(element), attribute=attribute_name)


def _instance_findings(element: etree._Element, name: str, kind: ComplexType | SimpleType) -> Iterator[Finding]:
    """Where schemas lie may always be said; another type, or no value at all, never fits these standards."""
    local = etree.QName(name).localname
    if local in ("schemaLocation", "noNamespaceSchemaLocation"):
        return
    if local == "type" and _names_same_type(element, kind):
        return
    yield find(element, "schema.attribute", attribute=f"xsi:{local}", element=local_name(element))


def _names_same_type(element: etree._Element, kind: ComplexType | SimpleType) -> bool:
    prefix, _, name = element.get(f"{{{XSI}}}type", "").strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    if isinstance(kind, SimpleType):
        return namespace == XSD and kind == STRING and name in ("string", "normalizedString", "token")
    return name == kind.name.rpartition(".")[2]


def _attribute_value_findings(
    element: etree._Element, name: str, value: str, attribute: Attribute
) -> Iterator[Finding]:
    wrong = attribute.fixed is not None and attribute.type.treat(value) != attribute.fixed
    if wrong or not attribute.type.accepts(value):
        expected = attribute.type.name if attribute.fixed is None else attribute.fixed
        local = etree.QName(name).localname
        yield find(element, "schema.attribute-value", attribute=local, text=shorten(value), expected=expected)


def _other_attribute_findings(
    element: etree._Element, name: str, value: str, wildcard: Wildcard | None, schema: Schema
) -> Iterator[Finding]:
    known = schema.global_attributes.get(name)
    allowed = wildcard is not None and wildcard.admits(name)
    if not allowed or (wildcard is not None and wildcard.process is Process.STRICT and known is None):
        local = etree.QName(name).localname
        yield find(element, "schema.attribute", attribute=local, element=local_name(element))
    elif known is not None and wildcard is not None and wildcard.process is not Process.SKIP:
        yield from _attribute_value_findings(element, name, value, known)
