"""Reads the standards' XSD files into the same kind of structure as our tables: the oracle that they agree.

Covers what those files use (sequences, choices, extensions, references, groups of attributes, restrictions by
enumeration) and nothing more; anything else fails loudly. Names are {namespace}name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"


@dataclass
class Shape:
    """What an element may hold: parts in order (tag, minimum, maximum), attributes, values."""

    parts: list[tuple[object, int, int | None]] = field(default_factory=list)
    children: dict[str, etree._Element] = field(default_factory=dict)
    attributes: dict[str, tuple[bool, tuple[str, ...]]] = field(default_factory=dict)
    other_attributes: str | None = None
    values: tuple[str, ...] = ()


class XsdReader:
    """All components of a schema file and of what it imports or includes."""

    def __init__(self, path: Path) -> None:
        self.globals: dict[tuple[str, str], etree._Element] = {}
        self.homes: dict[etree._Element, etree._Element] = {}
        self._loaded: set[Path] = set()
        self._load(path.resolve())

    def _load(self, path: Path) -> None:
        if path in self._loaded:
            return
        self._loaded.add(path)
        root = etree.parse(path).getroot()
        for child in root.iterchildren(tag=etree.Element):
            kind = child.tag.removeprefix(XS)
            if kind in ("import", "include"):
                self._load((path.parent / child.get("schemaLocation")).resolve())
            elif child.get("name"):
                self.globals[kind, f"{{{root.get('targetNamespace')}}}{child.get('name')}"] = child

    def resolve(self, kind: str, name: str, at: etree._Element) -> etree._Element | None:
        """The global component that a QName at some place of a file means; None for a built-in type."""
        prefix, _, local = name.rpartition(":")
        return self.globals.get((kind, f"{{{at.nsmap.get(prefix or None)}}}{local}"))

    def tag_of(self, declaration: etree._Element) -> str:
        root = declaration.getroottree().getroot()
        is_global = declaration.getparent() is root
        form = declaration.get("form") or root.get(f"{declaration.tag.removeprefix(XS)}FormDefault", "unqualified")
        qualified = is_global or form == "qualified"
        name = declaration.get("name")
        return f"{{{root.get('targetNamespace')}}}{name}" if qualified else name

    def shape(self, declaration: etree._Element) -> Shape:
        """The shape of a declared element."""
        found = Shape()
        inline = declaration.find(XS + "complexType")
        if inline is None:
            inline = declaration.find(XS + "simpleType")
        if inline is None and declaration.get("type"):
            name = declaration.get("type")
            inline = self.resolve("complexType", name, declaration)
            if inline is None:
                inline = self.resolve("simpleType", name, declaration)
        if inline is not None:
            self._read(inline, found)
        return found

    def _read(self, node: etree._Element, found: Shape) -> None:
        for child in node.iterchildren(tag=etree.Element):
            match child.tag.removeprefix(XS):
                case "sequence" | "complexContent" | "simpleContent" | "list":
                    self._read(child, found)
                case "extension" | "restriction":
                    self._read_base(child, found)
                    if child.find(XS + "enumeration") is not None:
                        found.values = ()
                    self._read(child, found)
                case "group":
                    self._read(self.resolve("group", child.get("ref"), child), found)
                case "attributeGroup":
                    self._read(self.resolve("attributeGroup", child.get("ref"), child), found)
                case "element" | "any" | "choice":
                    self._read_part(child, found)
                case "attribute":
                    self._read_attribute(child, found)
                case "anyAttribute":
                    process = child.get("processContents", "strict")
                    found.other_attributes = found.other_attributes or f"{child.get('namespace', '##any')}/{process}"
                case "enumeration":
                    found.values = (*found.values, child.get("value"))
                case "annotation" | "pattern" | "whiteSpace" | "minInclusive" | "minLength" | "maxLength":
                    pass
                case unknown:
                    raise NotImplementedError(unknown)

    def _read_base(self, node: etree._Element, found: Shape) -> None:
        for kind in ("complexType", "simpleType"):
            base = self.resolve(kind, node.get("base"), node)
            if base is not None:
                self._read(base, found)

    def _read_part(self, node: etree._Element, found: Shape) -> None:
        most = node.get("maxOccurs", "1")
        occurs = int(node.get("minOccurs", "1")), None if most == "unbounded" else int(most)
        if node.tag == XS + "any":
            process = node.get("processContents", "strict")
            found.parts.append((f"{node.get('namespace', '##any')}/{process}", *occurs))
        elif node.tag == XS + "choice":
            inner = Shape()
            self._read(node, inner)
            found.parts.append((tuple(inner.parts), *occurs))
            found.children |= inner.children
        else:
            declaration = self._substituted(node)
            tag = self.tag_of(declaration)
            found.parts.append((tag, *occurs))
            found.children[tag] = declaration

    def _substituted(self, node: etree._Element) -> etree._Element:
        """What a reference means; for an abstract head, the one element that may stand in for it."""
        if not node.get("ref"):
            return node
        declaration = self.resolve("element", node.get("ref"), node)
        if declaration.get("abstract") != "true":
            return declaration
        heads = [
            other
            for (kind, _), other in self.globals.items()
            if kind == "element"
            and other.get("substitutionGroup")
            and other.get("abstract") != "true"
            and self.resolve("element", other.get("substitutionGroup"), other) is declaration
        ]
        assert len(heads) == 1, [head.get("name") for head in heads]
        return heads[0]

    def _read_attribute(self, node: etree._Element, found: Shape) -> None:
        declaration = self.resolve("attribute", node.get("ref"), node) if node.get("ref") else node
        inner = Shape()
        name = declaration.get("type")
        simple = self.resolve("simpleType", name, declaration) if name else declaration.find(XS + "simpleType")
        if simple is not None:
            self._read(simple, inner)
        if declaration.get("fixed") and not inner.values:
            inner.values = (declaration.get("fixed"),)
        found.attributes[self.tag_of(declaration)] = (node.get("use") == "required", inner.values)
