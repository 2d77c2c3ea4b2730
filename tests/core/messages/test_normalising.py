"""Normalised files: the same content, in stable bytes, valid by the schema."""

from __future__ import annotations

import random

import pytest
from documents import random_document
from hypothesis import HealthCheck, given, settings
from lxml import etree
from message_strategies import MESSAGES
from schemas import schema_errors
from test_schema_tables import NAMES, ROOTS

from noaber.core.messages.checking import read_document
from noaber.core.messages.edxl_de import decode_envelope, encode_envelope
from noaber.core.messages.model import Message
from noaber.core.messages.normalising import normalise_document
from noaber.core.messages.schema import Schema
from noaber.core.problems import InvalidInput


def normalised(data: bytes) -> bytes:
    return normalise_document(read_document(data))


def said(root: etree._Element) -> list[tuple[str, list[str], str]]:
    """Everything that a document says, element by element, with blanks at the ends of texts left out."""
    return [
        (element.tag, sorted(f"{name}={value}" for name, value in element.attrib.items()), (element.text or "").strip())
        for element in root.iter(etree.Element)
    ]


@pytest.mark.parametrize(("schema", "root"), ROOTS, ids=NAMES)
def test_nothing_is_lost_and_the_result_is_stable_and_valid(schema: Schema, root: str) -> None:
    for number in range(6):
        chance = random.Random(f"{root} {number}")
        document = random_document(schema, root, chance, chance.random())
        once = normalised(etree.tostring(document))
        assert normalised(once) == once
        assert said(etree.fromstring(once)) == said(document)
        if not any("xmldsig" in element.tag for element in document.iter(etree.Element)):
            assert schema_errors(etree.fromstring(once)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(MESSAGES)
def test_a_message_of_ours_says_the_same_afterwards(message: Message) -> None:
    once = normalised(encode_envelope(message))
    assert decode_envelope(once) == message
    assert normalised(once) == once


ALERT = """<?xml version="1.0" encoding="%s"?>
<!-- before --><alert
   xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>A1</identifier>
<sender>desk@example.org</sender><!-- within --><sent>
  2021-07-14T18:00:00+02:00 </sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<note><![CDATA[ Café <Maas>
 ]]></note><info><category>Met</category><event>é</event><urgency>Past</urgency><severity>Minor</severity>
<certainty>Likely</certainty><area><areaDesc>x</areaDesc></area></info>%s</alert><?after all?>
"""


def test_one_form_for_all_ways_of_writing() -> None:
    forms = {
        normalised((ALERT % (name, "")).encode(name)) for name in ("UTF-8", "ISO-8859-1", "UTF-16", "windows-1252")
    }
    (form,) = forms
    text = form.decode()
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<!-- before -->")
    assert "  <!-- within -->\n  <sent>2021-07-14T18:00:00+02:00</sent>\n" in text
    assert "<note> Café &lt;Maas&gt;\n </note>" in text
    assert "<?after all?>" in text


def test_attributes_come_in_order() -> None:
    names = (f'xmlns:{prefix}="urn:example:{prefix}"' for prefix in ("a", "b"))
    text = (
        '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0" '
        + " ".join(names)
        + ">%s</EDXLDistribution>"
    )
    inside = (
        "<distributionID>1</distributionID><senderID>a@b</senderID><dateTimeSent>2021-07-14T18:00:00+02:00</dateTimeSent>"
        "<distributionStatus> Test </distributionStatus><distributionType>Report</distributionType>"
        "<combinedConfidentiality/><contentObject><xmlContent><embeddedXMLContent %s><a:x> kept <y/> so </a:x>"
        "</embeddedXMLContent></xmlContent></contentObject>"
    )
    one, other = (normalised((text % (inside % order)).encode()) for order in ('b:n="1" a:n="2"', 'a:n="2" b:n="1"'))
    assert one == other
    assert b"<a:x> kept <y/> so </a:x>" in one
    assert b"<distributionStatus>Test</distributionStatus>" in one


def test_a_signed_document_keeps_every_blank() -> None:
    signature = '<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"> <d:SignedInfo/> </d:Signature>'
    data = (ALERT % ("UTF-8", signature)).encode()
    once = normalised(data)
    assert etree.tostring(etree.fromstring(once), method="c14n") == etree.tostring(
        etree.fromstring(data), method="c14n"
    )
    assert normalised(once) == once


def test_what_is_not_valid_is_refused() -> None:
    with pytest.raises(InvalidInput, match="actual"):
        normalised((ALERT % ("UTF-8", "")).replace(">Actual<", ">actual<").encode())
