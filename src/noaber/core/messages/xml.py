"""XML read with suspicion and written plainly: no entity, no DTD, no network, 5 MiB at most.

The bytes are decoded here, strictly, by the encodings that messages are written in; anything that announces a
document type is refused before the parser proper sees it, so no entity can exist. Which elements a message may
have is not asked here.
"""

from __future__ import annotations

import codecs
import re
from datetime import datetime, timedelta
from typing import Final, cast

from lxml import etree

from noaber.core.problems import InvalidInput, Problem

LIMIT_BYTES: Final = 5 * 1024 * 1024
MOST_ATTRIBUTES: Final = 500
"""Of one element: reading them costs the square of their number, and no message needs more than a score."""

_OVERLOADED = etree.XPath(f"descendant-or-self::*[count(@*) > {MOST_ATTRIBUTES}]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
"""How a document in UTF-16 begins where it has no mark."""
_DECLARED = re.compile(rb"""^<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})
_PROLOG = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_END_OF_DAY = re.compile(r"T24:00:00(?:\.0+)?(?=[Z+-])")


def parse_xml(data: bytes) -> etree._Element:
    """The root element of an XML document, with its line numbers.

    Parameters
    ----------
    data
        The document: at most `LIMIT_BYTES`, in UTF-8, UTF-16, ASCII, ISO 8859-1 or
        -15, or Windows-1252, without a document type.

    Raises
    ------
    InvalidInput
        With one problem, whose `where` is the line.
    """
    if len(data) > LIMIT_BYTES:
        raise _refused("xml.too-large", 1, limit=LIMIT_BYTES // (1024 * 1024))
    text = _decoded(data)
    _refuse_document_type(text)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _refused("xml.syntax", error.lineno or 1, reason=_reason(error)) from error
    for element in cast("list[etree._Element]", _OVERLOADED(root)):
        raise _refused("xml.attributes", line_of(element), limit=MOST_ATTRIBUTES)
    return root


def _refused(code: str, line: int, **params: object) -> InvalidInput:
    return InvalidInput([Problem(code, f"line {line}", params)])


def _reason(error: etree.XMLSyntaxError) -> str:
    """What the parser says, without the place, which is told beside it."""
    text = str(error.msg or error).split("\n", 1)[0]
    return re.sub(r", line \d+, column \d+.*$", "", text).rstrip(". ") or "it ends too early"


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise _refused("xml.empty", 1)
    encoding, start = _encoding_of(data)
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, start + error.start) + 1
        raise _refused("xml.encoding", line, encoding=encoding) from error
    if "\x00" in text:
        raise _refused("xml.nul", text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _encoding_of(data: bytes) -> tuple[str, int]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if data[:2] in _UNMARKED:
        return _UNMARKED[data[:2]], 0
    declared = _DECLARED.match(data)
    if not declared:
        return "utf-8", 0
    name = declared[1].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = ""
    if encoding not in _ENCODINGS:
        raise _refused("xml.unknown-encoding", 1, encoding=name)
    return encoding, 0


def _refuse_document_type(text: str) -> None:
    """A document type can only stand before the root element; nothing there is expanded to find it."""
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    if text[at : at + 9].upper() == "<!DOCTYPE":
        raise _refused("xml.document-type", text.count("\n", 0, at) + 1)


def serialise_xml(root: etree._Element) -> bytes:
    """The document as UTF-8 with its declaration, indented by two blanks: the form in which we write."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def write_time(at: datetime) -> str:
    """An instant with its numeric offset; the emergency standards forbid the letter Z."""
    return at.isoformat()


def parse_time(text: str) -> datetime:
    """An aware instant from an XML dateTime, which may call midnight the hour 24 of the day that ends.

    Raises
    ------
    ValueError
        Where it is no dateTime with an offset that this calendar knows.
    """
    stripped = text.strip()
    if not _TIME.fullmatch(stripped):
        raise ValueError(f"{text!r} is not a time with an offset")
    begun, is_end_of_day = _END_OF_DAY.subn("T00:00:00", stripped)
    return datetime.fromisoformat(begun) + timedelta(days=is_end_of_day)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def line_of(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def text_of(element: etree._Element) -> str:
    """The whole text of an element that holds no elements; comments inside it do not cut it short."""
    return (element.text or "") + "".join(child.tail or "" for child in element)
