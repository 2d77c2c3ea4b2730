"""EDXL files of anyone: the rules of the texts of the standards, and what envelopes hold."""

from __future__ import annotations

import pytest
from lxml import etree

from noaber.core.messages.checking import Document, read_document

RM, MSG = "urn:oasis:names:tc:emergency:EDXL:RM:1.0", "urn:oasis:names:tc:emergency:EDXL:RM:1.0:msg"
DE_1, DE_2 = "urn:oasis:names:tc:emergency:EDXL:DE:1.0", "urn:oasis:names:tc:emergency:EDXL:DE:2.0"
GML = "http://www.opengis.net/gml"
CONTACT = "<ContactInformation><r:ContactRole>Sender</r:ContactRole></ContactInformation>"
RESOURCE = "<Resource><Name>High capacity pump</Name></Resource>"


def response(
    *, answer: str = "Accept", reason: str = "", line: str = "", contact: str = CONTACT, sent: str = "+02:00"
) -> str:
    """A ResponseToRequestResource, with what may vary."""
    return (
        f'<ResponseToRequestResource xmlns="{MSG}" xmlns:r="{RM}" xmlns:g="{GML}"><MessageID>M2</MessageID>'
        f"<SentDateTime>2021-07-14T18:00:00{sent}</SentDateTime>"
        "<MessageContentType>ResponseToRequestResource</MessageContentType><OriginatingMessageID>M1"
        f"</OriginatingMessageID><PrecedingMessageID>M1</PrecedingMessageID>{contact}<ResourceInformation>"
        "<ResourceInfoElementID>L1</ResourceInfoElementID><ResponseInformation>"
        "<r:PrecedingResourceInfoElementID>L0</r:PrecedingResourceInfoElementID>"
        f"<r:ResponseType>{answer}</r:ResponseType>{reason}</ResponseInformation>{line or RESOURCE}"
        "</ResourceInformation></ResponseToRequestResource>"
    )


def at(place: str) -> str:
    return (
        f"{RESOURCE}<ScheduleInformation><ScheduleType>EstimatedArrival</ScheduleType>"
        f"<Location>{place}</Location></ScheduleInformation>"
    )


def on_map(shape: str) -> str:
    return at(f"<r:TargetArea>{shape}</r:TargetArea>")


def polygon(points: str) -> str:
    ring = f"<g:exterior><g:LinearRing><g:posList>{points}</g:posList></g:LinearRing></g:exterior>"
    return on_map(f"<g:Polygon>{ring}</g:Polygon>")


def codes(text: str) -> list[tuple[str, str]]:
    return [(finding.element, finding.problem.code) for finding in read_document(text.encode()).findings]


@pytest.mark.parametrize(
    "text",
    [
        response(),
        response(answer="Provisional", reason="<r:ResponseReason>waiting</r:ResponseReason>"),
        response(line=at("<r:LocationDescription>Valkenburg</r:LocationDescription>")),
        response(line=on_map("<g:Point><g:pos>50.86 5.83</g:pos></g:Point>")),
        response(line=polygon("50 5 51 5 51 6 50 5")),
    ],
)
def test_a_message_in_order_is_ok(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "element", "code"),
    [
        (response(answer="Provisional"), "ResponseInformation", "rm.reason"),
        (response(contact="<ContactInformation/>"), "ContactInformation", "rm.one-of"),
        (response(line="<Resource><Description>pump</Description></Resource>"), "Resource", "rm.one-of"),
        (response(line=at("")), "Location", "rm.one-of"),
        (response(sent=""), "SentDateTime", "edxl.offset"),
        (response(line=on_map("<g:Point><g:pos>50.86</g:pos></g:Point>")), "pos", "geometry.positions"),
        (response(line=on_map("<g:Point><g:pos>5.83 500.86</g:pos></g:Point>")), "pos", "geometry.range"),
        (response(line=polygon("50 5 51 5 51 6 50 6")), "posList", "geometry.open"),
        (response(line=polygon("50 5 51 5 50 5")), "posList", "geometry.points"),
        (response(answer="Maybe"), "ResponseType", "schema.value"),
    ],
)
def test_a_broken_rule_is_an_error_at_its_element(text: str, element: str, code: str) -> None:
    assert codes(text) == [(element, code)]
    assert not read_document(text.encode()).is_ok


def test_zulu_time_is_a_warning_in_edxl() -> None:
    document = read_document(response(sent="Z").encode())
    assert [finding.problem.code for finding in document.findings] == ["edxl.zulu"]
    assert document.is_ok


def test_element_ids_are_unique() -> None:
    root = etree.fromstring(response())
    root.append(etree.fromstring(etree.tostring(root[-1])))
    assert codes(etree.tostring(root).decode()) == [("ResourceInfoElementID", "rm.same-element-id")] * 2


def distribution(*, content: str = "", rest: str = "", kind: str = "Report", status: str = "Test") -> str:
    holder = f"<xmlContent><embeddedXMLContent>{content}</embeddedXMLContent></xmlContent>" if content else ""
    return (
        f'<EDXLDistribution xmlns="{DE_1}"><distributionID>D1</distributionID><senderID>desk@example.org</senderID>'
        f"<dateTimeSent>2021-07-14T18:00:00+02:00</dateTimeSent><distributionStatus>{status}</distributionStatus>"
        f"<distributionType>{kind}</distributionType><combinedConfidentiality>TLP:GREEN</combinedConfidentiality>"
        f"{rest}{f'<contentObject>{holder}</contentObject>' if content else ''}</EDXLDistribution>"
    )


def test_an_envelope_is_checked_with_its_content() -> None:
    assert codes(distribution(content=response())) == []
    assert codes(distribution(content=response(answer="Maybe"))) == [("ResponseType", "schema.value")]
    document = read_document(distribution(content=response()).encode())
    assert (document.standard.name, document.type, document.id) == ("EDXL-DE 1.0", "Report", "D1")
    assert [content.type for content in document.contents] == ["ResponseToRequestResource"]


def test_content_of_an_unknown_kind_is_a_warning() -> None:
    document = read_document(distribution(content='<report xmlns="urn:example:report"/>').encode())
    assert [finding.problem.code for finding in document.findings] == ["de.content"]
    assert document.is_ok


@pytest.mark.parametrize(
    ("text", "element", "code"),
    [
        (distribution(kind="Ack"), "EDXLDistribution", "de.reference"),
        (distribution(rest="<language>Dutch language</language>"), "language", "de.language"),
        (distribution(rest="<targetArea><country>Holland</country></targetArea>"), "country", "de.country"),
        (distribution(rest="<targetArea><polygon>1,1 2,2</polygon></targetArea>"), "polygon", "geometry.points"),
        (distribution(rest="<targetArea><circle>1,1</circle></targetArea>"), "circle", "geometry.circle"),
        (distribution(status="Draft"), "distributionStatus", "schema.value"),
    ],
)
def test_rules_of_the_envelope(text: str, element: str, code: str) -> None:
    assert codes(text) == [(element, code)]


SECOND_EDITION = (
    f'<edxlDistribution xmlns="{DE_2}"><distributionID>D1</distributionID><senderID>desk@example.org</senderID>'
    "<dateTimeSent>2021-07-14T18:00:00+02:00</dateTimeSent><dateTimeExpires>2021-07-15T18:00:00+02:00"
    "</dateTimeExpires><distributionStatus>Exercise</distributionStatus><distributionKind>Request</distributionKind>"
    "<descriptor><language>nl</language></descriptor><content><contentObject><contentXML><embeddedXMLContent>%s"
    "</embeddedXMLContent></contentXML></contentObject></content></edxlDistribution>"
)
_CODE = (
    '<{0}Default xmlns:ct="urn:oasis:names:tc:emergency:edxl:ct:1.0"><ct:ValueListURI>'
    "urn:oasis:names:tc:emergency:EDXL:DE:2.0:Defaults:{0}</ct:ValueListURI><ct:Value>{1}</ct:Value></{0}Default>"
)


def first_edition() -> str:
    """The same in the spelling of the first edition: capitals, and codes in value lists."""
    root = etree.fromstring(SECOND_EDITION % response())
    for element in root.iter(f"{{{DE_2}}}*"):
        name = etree.QName(element).localname
        element.tag = f"{{{DE_2}}}{name[0].upper()}{name[1:]}" if element is not root else f"{{{DE_2}}}EDXLDistribution"
    text = etree.tostring(root).decode()
    text = text.replace(">Exercise<", f">{_CODE.format('StatusKind', 'Exercise')}<")
    return text.replace(">Request<", f">{_CODE.format('DistributionKind', 'Request')}<")


@pytest.mark.parametrize("text", [SECOND_EDITION % response(), first_edition()], ids=["second", "first"])
def test_both_editions_of_de_2_are_read(text: str) -> None:
    document = read_document(text.encode())
    assert codes(text) == []
    assert (document.standard.name, document.type, document.id) == ("EDXL-DE 2.0", "Request", "D1")
    assert [content.type for content in document.contents] == ["ResponseToRequestResource"]


@pytest.mark.parametrize(
    ("old", "new", "element", "code"),
    [
        ("<senderID>desk@example.org</senderID>", "", "edxlDistribution", "schema.missing"),
        (">Exercise<", ">Practice<", "distributionStatus", "schema.value"),
        (">Request<", ">Please<", "distributionKind", "schema.value"),
        ("15T18:00:00+02:00", "15T18:00:00", "dateTimeExpires", "edxl.offset"),
        ("15T18:00:00+02:00", "15", "dateTimeExpires", "schema.value"),
        ("<senderID>", "<senderID>x</senderID><senderID>", "senderID", "schema.order"),
        (">Accept<", ">Perhaps<", "ResponseType", "schema.value"),
        ("<descriptor>", "<colour>red</colour><descriptor>", "colour", "de.unknown"),
    ],
)
def test_what_is_wrong_in_de_2(old: str, new: str, element: str, code: str) -> None:
    text = (SECOND_EDITION % response()).replace(old, new, 1)
    assert codes(text) == [(element, code)]
    assert read_document(text.encode()).is_ok == (code == "de.unknown")


def test_an_envelope_in_an_envelope_is_checked_once() -> None:
    inner = SECOND_EDITION % response(answer="Maybe")
    document: Document = read_document(distribution(content=inner).encode())
    assert [finding.problem.code for finding in document.findings] == ["schema.value"]
