"""Files made to harm, or broken by chance: a clear refusal with a line, never anything else, and soon."""

from __future__ import annotations

import contextlib
import random
import time

import pytest
from documents import random_document
from lxml import etree
from test_schema_tables import ROOTS

from noaber.core.messages.checking import read_document
from noaber.core.messages.edxl_de import decode_envelope
from noaber.core.messages.edxl_rm import decode_message
from noaber.core.messages.labels import LANGUAGES
from noaber.core.messages.model import Envelope, StatusKind, Tlp
from noaber.core.messages.normalising import normalise_document
from noaber.core.messages.showing import show_document
from noaber.core.messages.xml import LIMIT_BYTES, parse_xml
from noaber.core.problems import InvalidInput

CAP = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
ENVELOPE = Envelope("BE-NCCN", ("NL-NCC",), StatusKind.TEST, Tlp.RED, "nl", "desk")
LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<l>&b;</l>'


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "xml.empty", 1),
        (b" \n\t ", "xml.empty", 1),
        (b"not XML", "xml.syntax", 1),
        (b"<a>\n<b>\n</a>", "xml.syntax", 3),
        (b"<a/><b/>", "xml.syntax", 1),
        (b"<a>\n\x00</a>", "xml.nul", 2),
        (b"<a>\n\xff</a>", "xml.encoding", 2),
        (bytes(range(256)) * 8, "xml.encoding", 2),
        (f"{CAP}</alert>".encode("utf-32"), "xml.nul", 1),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "xml.unknown-encoding", 1),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "xml.unknown-encoding", 1),
        (LAUGHS.encode(), "xml.document-type", 2),
        (LAUGHS.encode("utf-16"), "xml.document-type", 2),
        (b'<!-- x -->\n<?p?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml.document-type", 3),
        (b"<!doctype html><html/>", "xml.document-type", 1),
        (b"<a>&lol;</a>", "xml.syntax", 1),
        (b"<a>" * 5000, "xml.syntax", 1),
        (b"<a>&#0;</a>", "xml.syntax", 1),
        (b"<a " + b" ".join(b'n%d="1"' % number for number in range(600)) + b"/>", "xml.attributes", 1),
        (b"<a>" + b"x" * LIMIT_BYTES, "xml.too-large", 1),
    ],
)
def test_what_is_no_xml_for_us_is_refused_with_its_line(data: bytes, code: str, line: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_xml(data)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, f"line {line}")]


def test_a_root_of_no_standard_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Expected an EDXL-RM"):
        read_document(b"<alert/>")


def test_the_largest_file_is_accepted() -> None:
    data = f"{CAP}<note>".encode()
    data += b"x" * (LIMIT_BYTES - len(data) - len(b"</note></alert>")) + b"</note></alert>"
    assert len(data) == LIMIT_BYTES
    assert read_document(data).standard.name == "CAP 1.2"


def test_the_words_of_a_doctype_in_a_text_are_no_doctype() -> None:
    assert parse_xml(b"<!-- <!DOCTYPE x> --><a><![CDATA[<!DOCTYPE x>]]></a>").text == "<!DOCTYPE x>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_in_use_are_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    assert parse_xml(f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'.encode(encoding)).text == "é"
    assert parse_xml("<a>é</a>".encode("utf-16-be")).text == "é"


@pytest.mark.parametrize("part", ["<x/>\n", "<note>x</note>", "<info/>"])
def test_a_file_that_is_wrong_everywhere_is_judged_soon(part: str) -> None:
    body = part * (1_000_000 // len(part))
    begun = time.monotonic()
    assert not read_document(f"{CAP}{body}</alert>".encode()).is_ok
    assert time.monotonic() - begun < 20


def test_lines_are_right_in_long_files() -> None:
    body = "\n" * 70_000
    document = read_document(f"{CAP}{body}<x/></alert>".encode())
    assert [finding.line for finding in document.findings if finding.element == "x"] == [70_001]


def _mangled(data: bytes, chance: random.Random) -> bytes:
    bits = (b"<", b">", b"&", b"<!--", b"-->", b"<a/>", b"&#x9b;", b'"', b"\xff", b"<?x?>", b"<![CDATA[", b"q:", b"\n")
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randrange(30)]
            case 2:
                found[at:at] = chance.choice(bits)
            case 3:
                start = chance.randrange(len(found) + 1)
                found[at:at] = found[start : start + chance.randrange(60)]
    return bytes(found)


@pytest.mark.parametrize("number", range(4))
def test_mangled_messages_never_break_the_reader(number: int) -> None:
    """Whatever it is, it is judged, shown, written again and read, or refused; nothing else happens."""
    chance = random.Random(number)
    for schema, root in ROOTS:
        data = etree.tostring(random_document(schema, root, chance, 0.4))
        for _ in range(6):
            mangled = _mangled(data, chance)
            _use(mangled)
            for decode in (decode_envelope, lambda data: decode_message(data, ENVELOPE)):
                _or_refused(decode, mangled)


def _or_refused(use, data: bytes) -> None:
    with contextlib.suppress(InvalidInput):
        use(data)


def _use(data: bytes) -> None:
    refused = None
    try:
        document = read_document(data)
    except InvalidInput as error:
        refused = error
    if refused:
        assert refused.problems[0].where.startswith("line ")
        return
    for language in LANGUAGES:
        assert show_document(document, language)
    assert document.is_ok == (not any(finding.is_error for finding in document.findings))
    if document.is_structured_well:
        once = normalise_document(document)
        assert normalise_document(read_document(once)) == once
    else:
        with pytest.raises(InvalidInput):
            normalise_document(document)
