"""A message as text for a person, in one of the four languages: everything that it says, codes in words.

One element a line, indented as it is nested; value lists, quantities and positions on one line. Nothing is left
out: what has no label is shown by its name. Names of capabilities and organisations come from outside, by `Names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree

from noaber.core.messages.checking import EDXL_DE_1, EDXL_DE_2, Document, find_standard
from noaber.core.messages.edxl_de_2 import code_of, name_of
from noaber.core.messages.labels import code_label, element_label, list_label
from noaber.core.messages.schema import XSI, own_text
from noaber.core.messages.vocabulary import XMLDSIG, XPIL
from noaber.core.messages.xml import local_name, parse_time

Names = Callable[[str, str, str], str | None]
"""The name that a value of a list has in a language: (urn, value, language) → name, or None."""
Translate = Callable[[str], str]
"""An English sentence of the house, with its placeholders, in the reader's language."""

_DATE_FORMS = {"nl": "%d-%m-%Y %H:%M", "fr": "%d/%m/%Y %H:%M", "de": "%d.%m.%Y %H:%M", "en": "%Y-%m-%d %H:%M"}
_TIME_ELEMENTS = frozenset(
    {
        "SentDateTime",
        "DateTime",
        "InventoryRefreshDateTime",
        "dateTimeSent",
        "dateTimeExpires",
        "sent",
        "effective",
        "onset",
        "expires",
    }
)
_LIST_NAMES = frozenset({"ValueListURN", "valueListUrn", "valueListURI", "explicitAddressScheme", "valueName"})
_VALUE_NAMES = frozenset({"Value", "value", "explicitAddressValue"})
_WRAPPERS = frozenset(
    {
        "xmlContent",
        "contentXML",
        "embeddedXMLContent",
        "FreeTextLines",
        "ContactNumbers",
        "ElectronicAddressIdentifiers",
        "Addresses",
    }
)
"""Elements that only hold others of one kind: their content says enough."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal could obey instead of show."""
_WHOLE = re.compile(r"\d+\.0")
_STEP = "  "


def no_names(_urn: str, _value: str, _language: str) -> str | None:
    """For whoever has no names at hand."""
    return None


def show_document(document: Document, language: str, *, names: Names = no_names, translate: Translate = str) -> str:
    """The message as lines of text in `language` (nl, fr, de or en), with a heading and, last, what is wrong."""
    lines = [_heading(document, language), "", *_Reader(language, names).lines(document.root, 0)]
    errors = [finding for finding in document.findings if finding.is_error]
    if errors:
        line = code_label("standard", "line", language)
        lines += ["", f"{code_label('standard', 'invalid', language)}:"]
        for finding in errors:
            sentence = translate(finding.problem.text) % finding.problem.params
            lines.append(f"{_STEP}{line} {finding.line}, {finding.element}: {sentence}")
    return "".join(_CONTROL.sub("\ufffd", line) + "\n" for line in lines)


def _heading(document: Document, language: str) -> str:
    if document.standard in (EDXL_DE_1, EDXL_DE_2):
        title = code_label("standard", "distribution", language)
        kind = code_label("distributionType", document.type, language)
    elif document.standard.type_name:
        title = code_label("standard", "alert", language)
        kind = code_label("msgType", document.type, language)
    else:
        title = code_label("MessageContentType", document.type, language)
        kind = None
    words = f"{title or document.type}: {kind or document.type}" if document.standard.type_name else title
    return f"{words} ({document.standard.name})"


class _Reader:
    """Turns elements into lines. Holds the language and the names, which every step needs."""

    def __init__(self, language: str, names: Names) -> None:
        self.language = language
        self.names = names

    def lines(self, parent: etree._Element, depth: int) -> Iterator[str]:
        for child in parent.iterchildren(tag=etree.Element):
            yield from self._element_lines(child, depth)

    def _element_lines(self, element: etree._Element, depth: int) -> Iterator[str]:
        indent = _STEP * depth
        if _is_wrapper(element):
            yield from self.lines(element, depth)
            return
        if etree.QName(element).namespace == XMLDSIG:
            yield f"{indent}{element_label('Signature', self.language)}"
            return
        short = self._short_form(element)
        if short is not None:
            label, values = short
            yield from _labelled(indent, label, values)
        elif len(element) == 0 and not own_text(element).strip():
            yield f"{indent}{self._label(element)}{self._attributes(element)}"
        else:
            yield f"{indent}{self._heading(element)}{self._attributes(element)}"
            yield from self.lines(element, depth + 1)

    def _heading(self, element: etree._Element) -> str:
        """The word for a part; a message inside an envelope says which one it is."""
        standard = find_standard(element)
        return self._label(element) if standard is None else _heading(Document(element, standard), self.language)

    def _label(self, element: etree._Element) -> str:
        name = local_name(element)
        if name == "FreeTextLine" and (label := list_label(_list_type(element), self.language)):
            return label
        return element_label(name, self.language) or element_label(name_of(element), self.language) or name

    def _attributes(self, element: etree._Element) -> str:
        shown = [
            f"{etree.QName(name).localname}: {value!s}"
            for name, value in element.attrib.items()
            if etree.QName(name).namespace != XSI and list_label(str(value), self.language) is None
        ]
        return f" ({'; '.join(shown)})" if shown else ""

    def _short_form(self, element: etree._Element) -> tuple[str, list[str]] | None:
        """Label and values of what is told on one line; None for what has parts of its own."""
        children = list(element.iterchildren(tag=etree.Element))
        if not children:
            if not own_text(element).strip():
                return None
            return f"{self._label(element)}{self._attributes(element)}", [self._value(element)]
        kinds = {_kind(child) for child in children}
        if kinds <= {"list", "value"} and "value" in kinds:
            return self._value_list(element, children)
        if local_name(element) in ("Quantity", "PriceQuote") and len(children) == 1:
            measured = self._measured(children[0])
            return None if measured is None else (self._label(element), [measured])
        if len(children) == 1 and name_of(element) in ("distributionStatus", "distributionKind"):
            return self._label(element), [self._coded(name_of(element), code_of(element))]
        return None

    def _value_list(self, element: etree._Element, children: list[etree._Element]) -> tuple[str, list[str]]:
        urn = next((own_text(child).strip() for child in children if _kind(child) == "list"), "")
        label = list_label(urn, self.language)
        name = local_name(element)
        values = [self._list_value(urn, name, own_text(child)) for child in children if _kind(child) == "value"]
        if label is not None:
            return label, values
        own = urn.startswith("urn:noaber:") or not urn
        return self._label(element) + ("" if own else f" ({urn})"), values

    def _list_value(self, urn: str, element_name: str, value: str) -> str:
        name = self.names(urn, value.strip(), self.language)
        if name is not None:
            return f"{name} ({value.strip()})"
        if _WHOLE.fullmatch(value) and urn.startswith("urn:noaber:line:"):
            value = value.removesuffix(".0")
        return self._time(value) or code_label(urn, value, self.language) or self._coded(element_name, value)

    def _coded(self, name: str, value: str) -> str:
        return code_label(name, value, self.language) or value

    def _measured(self, measured: etree._Element) -> str | None:
        if local_name(measured) != "MeasuredQuantity":
            return own_text(measured).strip() or None
        amount, unit, urn = "", "", ""
        for inner in measured.iter(etree.Element):
            match local_name(inner):
                case "Amount":
                    amount = own_text(inner).strip()
                case "Value":
                    unit = own_text(inner)
                case "ValueListURN":
                    urn = own_text(inner).strip()
        return f"{amount} {self._list_value(urn, '', unit)}".strip() if amount else None

    def _value(self, element: etree._Element) -> str:
        text = own_text(element)
        name = local_name(element)
        if name == "FreeTextLine":
            return self._list_value(_list_type(element), "", text)
        if name_of(element) in ("dateTimeSent", "dateTimeExpires") or name in _TIME_ELEMENTS:
            return self._time(text) or text
        if name in ("Owner", "explicitAddressValue", "senderID"):
            return self._organisation(text)
        code = code_label(name, text, self.language) or code_label(name_of(element), text, self.language)
        return code or text

    def _organisation(self, text: str) -> str:
        code = text.strip().removesuffix("@noaber")
        name = self.names("urn:noaber:organisation", code, self.language)
        return f"{name} ({code})" if name else text

    def _time(self, text: str) -> str | None:
        """A time in the form of the language, with its offset; None for what is no time."""
        try:
            at: datetime = parse_time(text)
        except (ValueError, OverflowError):
            return None
        offset = f"{at:%z}"
        return f"{at.strftime(_DATE_FORMS[self.language])} (UTC{offset[:3]}:{offset[3:5]})"


def _is_wrapper(element: etree._Element) -> bool:
    named = local_name(element) in _WRAPPERS or name_of(element) in _WRAPPERS
    return named and len(element) > 0 and not element.attrib


def _list_type(element: etree._Element) -> str:
    return str(element.get(f"{{{XPIL}}}Type", ""))


def _kind(element: etree._Element) -> str:
    name = local_name(element)
    if name in _LIST_NAMES or name_of(element) in _LIST_NAMES:
        return "list"
    return "value" if name in _VALUE_NAMES or name_of(element) in _VALUE_NAMES else "other"


def _labelled(indent: str, label: str, values: list[str]) -> Iterator[str]:
    """One line, or, for a text of several lines or several values, one line each below the label."""
    lines = [line.rstrip() for value in values for line in value.strip("\r\n").splitlines() or [""]]
    if len(lines) == 1:
        yield f"{indent}{label}: {lines[0].strip()}"
        return
    yield f"{indent}{label}:"
    for line in lines:
        yield f"{indent}{_STEP}{line.strip()}"
