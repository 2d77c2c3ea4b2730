"""Which files the library takes, told by what they hold and never by their name; and what is written in them."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from typing import Final

from lxml import etree

from noaber.apps.library.html_text import is_html, text_of_html
from noaber.apps.library.pdf_text import text_of_pdf
from noaber.apps.registry.document_types import DOCX, ODT, PDF, TXT, DocumentType, type_of
from noaber.core.problems import InvalidInput, Problem

SUFFIXES: Final = ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp, .txt, .md, .html, .png, .jpg"
MOST_TEXT: Final = 200_000
"""Of a long document the first so many characters are read."""
_MOST_UNPACKED: Final = 30 * 1024 * 1024
_MOST_HTML: Final = 2_000_000
"""Characters of a page of the web, its marks included."""
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,  # locked with a password
    NotImplementedError,
    OSError,
    etree.XMLSyntaxError,
    ValueError,
)
"""What an archive raises that is damaged, locked or packed in an unknown way."""
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
XLSX: Final = DocumentType(f"{_OFFICE}spreadsheetml.sheet", ".xlsx")
PPTX: Final = DocumentType(f"{_OFFICE}presentationml.presentation", ".pptx")
ODS: Final = DocumentType(f"{_OPEN}spreadsheet", ".ods")
ODP: Final = DocumentType(f"{_OPEN}presentation", ".odp")
_BY_ENTRY: Final = {"xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_BY_MEDIA_TYPE: Final = {ODS.media_type: ODS, ODP.media_type: ODP}
_MACROS: Final = re.compile(r"vbaProject\.bin|^Basic/|^Scripts/", re.IGNORECASE)
_TEXT_ENTRIES: Final = {
    DOCX: re.compile(r"word/document\.xml"),
    ODT: re.compile(r"content\.xml"),
    ODS: re.compile(r"content\.xml"),
    ODP: re.compile(r"content\.xml"),
    XLSX: re.compile(r"xl/sharedStrings\.xml"),
    PPTX: re.compile(r"ppt/slides/slide\d+\.xml"),
}


def type_of_file(content: bytes) -> DocumentType:
    """What kind of file this is.

    Raises
    ------
    InvalidInput
        Where it is none that is kept here, or brings macros.
    """
    names = _names_in(content)
    if any(_MACROS.search(name) for name in names):
        raise InvalidInput([Problem("library.file-macros", "file")])
    for entry, kind in _BY_ENTRY.items():
        if entry in names:
            return kind
    for media_type, kind in _BY_MEDIA_TYPE.items():
        if content[30:].startswith(b"mimetype" + media_type.encode()):
            return kind
    try:
        return type_of(content)
    except InvalidInput as error:
        raise InvalidInput([Problem("library.file-type", "file", {"kinds": SUFFIXES})]) from error


def text_of_file(content: bytes, kind: DocumentType) -> str:
    """What is written in it, without its layout; nothing where it cannot be read at a bounded cost."""
    if kind == TXT:
        return _text_as_written(content)
    if kind == PDF:
        return text_of_pdf(content, most=MOST_TEXT)
    entries = _TEXT_ENTRIES.get(kind)
    return _text_in_archive(content, entries)[:MOST_TEXT] if entries else ""


def _text_as_written(content: bytes) -> str:
    """A text as it is, a page of the web without its marks."""
    text = content.decode("utf-8")
    return (text_of_html(text[:_MOST_HTML]) if is_html(text) else text)[:MOST_TEXT]


def _names_in(content: bytes) -> list[str]:
    if not content.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []


def _text_in_archive(content: bytes, entries: re.Pattern[str]) -> str:
    """The texts of the parts that hold text. A part that unpacks to too much is left alone."""
    parts: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = _MOST_UNPACKED
            for info in archive.infolist():
                if entries.fullmatch(info.filename) and info.file_size <= left:
                    left -= info.file_size
                    parts.append(_text_in_xml(archive.read(info)))
    except _UNREADABLE:
        return ""
    return "\n".join(parts)


def _text_in_xml(content: bytes) -> str:
    """Each paragraph on a line. No entity is expanded, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    paragraphs = (element for element in root.iter() if _is_paragraph(element))
    return "\n".join("".join(str(part) for part in one.itertext()) for one in paragraphs)


def _is_paragraph(element: etree._Element) -> bool:
    """A paragraph of any of the formats, or the cell text of a spreadsheet."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    return name in {"p", "h", "si"}
