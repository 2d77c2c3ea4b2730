"""Writing a message file again in one form: same content, stable bytes, nothing lost.

UTF-8, one element a line where blanks mean nothing, attributes in order, values without the blanks that their type
ignores. Texts, comments, prefixes and whatever a standard lets through unseen stay as they are. A document that is
signed keeps every blank: its signature was made over them.
"""

from __future__ import annotations

from lxml import etree

from noaber.core.messages.checking import Document
from noaber.core.messages.datatypes import TOKEN, WhiteSpace
from noaber.core.messages.schema import own_text
from noaber.core.messages.vocabulary import XMLDSIG
from noaber.core.problems import InvalidInput


def normalise_document(document: Document) -> bytes:
    """The document in its one form. It is changed in place; normalising the result gives the same bytes.

    Raises
    ------
    InvalidInput
        Where it is not valid by its schema: what came out would not be either.
    """
    if not document.is_structured_well:
        errors = [finding.problem for finding in document.findings if finding.is_error]
        raise InvalidInput(errors)
    root = document.root
    if root.find(f".//{{{XMLDSIG}}}Signature") is None:
        _tidy(document)
    tree = root.getroottree()
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True) + b"\n"


def _tidy(document: Document) -> None:
    for part in (document, *document.contents):
        if part.validation is None:
            continue
        for element, kind in part.validation.values:
            if kind.white_space is WhiteSpace.COLLAPSE and kind != TOKEN:
                _trim(element)
        for element in part.validation.structured:
            _indent(element, _depth(element))
    for element in document.root.iter(etree.Element):
        _sort_attributes(element)


def _trim(element: etree._Element) -> None:
    """Drop the blanks at the ends of a value; comments in it stay where they are."""
    if len(element) == 0:
        text = own_text(element).strip(" \t\r\n")
        element.text = text or None


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _indent(element: etree._Element, depth: int) -> None:
    if len(element) == 0:
        element.text = None
        return
    inner = "\n" + "  " * (depth + 1)
    element.text = inner
    for child in element:
        child.tail = inner
    element[-1].tail = "\n" + "  " * depth


def _sort_attributes(element: etree._Element) -> None:
    attributes = sorted(element.attrib.items())
    if len(attributes) > 1:
        element.attrib.clear()
        for name, value in attributes:
            element.set(name, value)
