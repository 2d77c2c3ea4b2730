"""CAP alerts: the rules of the text of the standard, each broken once, in both editions."""

from __future__ import annotations

import pytest
from lxml import etree
from schemas import schema_errors

from noaber.core.messages.checking import Document, read_document
from noaber.core.messages.xml import parse_time

CAP_1_1, CAP_1_2 = "urn:oasis:names:tc:emergency:cap:1.1", "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature>'
AREA = "<area><areaDesc>Valkenburg</areaDesc>%s</area>"
SQUARE = "50.8,5.8 50.9,5.8 50.9,5.9 50.8,5.8"
INFO = (
    "<info><language>nl</language><category>Met</category><event>Hoogwater</event><urgency>Immediate</urgency>"
    "<severity>Severe</severity><certainty>Observed</certainty>%s</info>"
)


def alert(
    *,
    kind: str = "Alert",
    scope: str = "Public",
    head: str = "",
    status: str = "Actual",
    sent: str = "2021-07-14T18:00:00+02:00",
    identifier: str = "NL-2021-1",
    info: str = INFO % "",
    tail: str = "",
    namespace: str = CAP_1_2,
) -> Document:
    text = (
        f'<alert xmlns="{namespace}"><identifier>{identifier}</identifier><sender>desk@example.org</sender>'
        f"<sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType><scope>{scope}</scope>"
        f"{head}{info}{tail}</alert>"
    )
    return read_document(text.encode())


def in_area(shape: str, **changes: str) -> Document:
    return alert(info=INFO % (AREA % shape), **changes)


def codes(document: Document) -> list[tuple[str, str]]:
    return [(finding.element, finding.problem.code) for finding in document.findings]


REFERENCES = "<references>desk@example.org,NL-2021-0,2021-07-14T16:00:00+02:00</references>"


@pytest.mark.parametrize("namespace", [CAP_1_1, CAP_1_2])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": "Update", "head": REFERENCES},
        {"kind": "Cancel", "head": REFERENCES},
        {"scope": "Restricted", "head": "<restriction>responders</restriction>"},
        {"scope": "Private", "head": "<addresses>nl-ncc be-nccn</addresses>"},
        {"tail": SIGNATURE},
        {"info": INFO % (AREA % f"<polygon>{SQUARE}</polygon><altitude>0</altitude><ceiling>300</ceiling>")},
        {"info": INFO % (AREA % "<circle>50.8,5.8 12.5</circle>")},
    ],
    ids=["alert", "update", "cancel", "restricted", "private", "signed", "polygon", "circle"],
)
def test_an_alert_in_order_is_ok(namespace: str, changes: dict[str, str]) -> None:
    document = alert(namespace=namespace, **changes)
    assert codes(document) == []
    if not (namespace == CAP_1_1 and "tail" in changes):
        assert schema_errors(document.root) == []


BROKEN = [
    (alert(kind="Update"), "alert", "cap.references"),
    (alert(kind="Cancel"), "alert", "cap.references"),
    (alert(kind="Ack"), "alert", "cap.references"),
    (alert(kind="Error", head="<note>late</note>"), "alert", "cap.references"),
    (alert(kind="Update", head="<references> </references>"), "references", "cap.references"),
    (alert(kind="Update", head="<references>NL-2021-0</references>"), "references", "cap.reference"),
    (alert(kind="Update", head=REFERENCES.replace("+02:00", "Z")), "references", "cap.reference"),
    (alert(scope="Restricted"), "alert", "cap.scope"),
    (alert(scope="Restricted", head="<restriction/>"), "restriction", "cap.scope"),
    (alert(scope="Private"), "alert", "cap.scope"),
    (alert(identifier="NL 2021"), "identifier", "cap.identifier"),
    (alert(identifier="NL,2021"), "identifier", "cap.identifier"),
    (alert(identifier=""), "identifier", "cap.identifier"),
    (alert(sent="2021-07-14T16:00:00Z", namespace=CAP_1_1), "sent", "cap.time"),
    (alert(sent="2021-07-14T16:00:00", namespace=CAP_1_1), "sent", "cap.time"),
    (alert(sent="2021-07-14T16:00:00Z"), "sent", "schema.value"),
    (alert(sent="2021-07-14T16:00:00.5+02:00"), "sent", "schema.value"),
    (in_area("<polygon>50.8,5.8 50.9,5.8 50.8,5.8</polygon>"), "polygon", "geometry.points"),
    (in_area("<polygon>50.8,5.8 50.9,5.8 50.9,5.9 50.8,5.9</polygon>"), "polygon", "geometry.open"),
    (in_area("<polygon>5.8;50.8</polygon>"), "polygon", "geometry.pairs"),
    (in_area("<polygon/>"), "polygon", "geometry.pairs"),
    (in_area("<polygon>95,5 96,5 96,6 95,5</polygon>"), "polygon", "geometry.range"),
    (in_area("<circle>50.8,5.8</circle>"), "circle", "geometry.circle"),
    (in_area("<circle>50.8,5.8 -1</circle>"), "circle", "geometry.circle"),
    (in_area("<circle>50.8,185 1</circle>"), "circle", "geometry.range"),
    (in_area("<ceiling>300</ceiling>"), "ceiling", "cap.ceiling"),
    (in_area("<altitude>high</altitude>"), "altitude", "schema.value"),
]


@pytest.mark.parametrize(("document", "element", "code"), BROKEN)
def test_a_broken_rule_is_an_error_at_its_element(document: Document, element: str, code: str) -> None:
    assert codes(document) == [(element, code)]
    assert not document.is_ok


ADVISED = [
    (alert(kind="Error", head=REFERENCES), "msgType", "cap.error-note"),
    (alert(status="Exercise"), "status", "cap.exercise-note"),
    (alert(info=""), "alert", "cap.no-info"),
    (alert(head="<restriction>responders</restriction>"), "restriction", "cap.restriction"),
    (alert(info=INFO % "<expires>2021-07-14T17:00:00+02:00</expires>"), "expires", "cap.expires"),
    (alert(info=INFO.replace("Hoogwater", "") % ""), "event", "cap.empty"),
    (in_area("<altitude>high</altitude>", namespace=CAP_1_1), "altitude", "cap.height"),
]


@pytest.mark.parametrize(("document", "element", "code"), ADVISED)
def test_advice_is_a_warning(document: Document, element: str, code: str) -> None:
    assert codes(document) == [(element, code)]
    assert document.is_ok


def test_the_kind_and_the_id_are_told() -> None:
    document = alert()
    assert (document.standard.name, document.type, document.id) == ("CAP 1.2", "Alert", "NL-2021-1")


def test_rules_wait_until_the_structure_holds() -> None:
    document = alert(kind="Update", head="<colour>red</colour>")
    assert codes(document) == [("colour", "schema.unexpected")]


def test_1_1_does_not_know_what_came_with_1_2() -> None:
    avoid = INFO.replace("<urgency>", "<responseType>Avoid</responseType><urgency>") % ""
    assert alert(info=avoid).is_ok
    assert codes(alert(info=avoid, namespace=CAP_1_1)) == [("responseType", "schema.value")]
    assert schema_errors(etree.fromstring(etree.tostring(alert(info=avoid).root))) == []


@pytest.mark.parametrize("namespace", [CAP_1_1, CAP_1_2])
def test_midnight_may_be_the_hour_24_of_the_day_that_ends(namespace: str) -> None:
    document = alert(sent="2021-07-14T24:00:00+02:00", namespace=namespace)
    assert schema_errors(document.root) == []
    assert document.findings == ()
    assert parse_time("2021-12-31T24:00:00+01:00") == parse_time("2022-01-01T00:00:00+01:00")


@pytest.mark.parametrize("shape", ["<polygon>٥0,5 51,5 51,6 ٥0,5</polygon>", "<circle>50,5 ١0</circle>"])
def test_numbers_are_written_in_ascii_digits(shape: str) -> None:
    assert not alert(info=INFO % (AREA % shape)).is_ok
