"""The inventory by hand: any day, fields checked, the text itself, local arrangements in full, two texts compared."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.records.models import Change
from noaber.apps.registry.agreement_records import MAX_DOCUMENT_BYTES
from noaber.apps.registry.models import AgreementDocument, AgreementRow, FieldCheck
from noaber.apps.registry.queries import agreement_of
from noaber.core.agreements import NONE, Authority, Confidence

LOCAL = {
    "id": "NL-VR24-DE-HEINSBERG-2020",
    "title": "Brandhulp Zuid-Limburg en Heinsberg",
    "language": "nl",
    "kind": "arrangement",
    "level": "local",
    "parties": ["NL-VR24", "DE-HEINSBERG"],
    "signed": "2020-03-01",
    "in_force": "",
    "valid_until": "2030-12-31",
    "replaces": ["KLEVE-GELDERLAND-ZUID"],
    "supplements": ["NL-NW-2014"],
    "implements": ["NL-DE-1988"],
    "providers": "NL423 DEA29",
    "receivers": "NL423",
    "receivers_within": "DEA29",
    "requester_roles-0-role": "control-room",
    "requester_roles-0-territory": "nl423",
    "requester_roles-0-organisation": "nl-vr24",
    "requester_roles-0-relays": "on",
    "requester_roles-1-role": "municipality",
    "granter_roles_silent": "on",
    "channels": ["control-room"],
    "help_types": ["FIRE-ENG"],
    "any_hazard": "on",
    "trigger": "own-means-insufficient",
    "certificate_required": "no",
    "cost_rule": "free",
    "cost_exceptions": "Schuim wordt vergoed.\nDiesel wordt vergoed.",
    "border_rule": "Elke grensovergang.",
    "liability_rule_silent": "on",
    "notes": "Elk jaar een oefening.",
    "source": "Gemeenteblad 2020, 123",
    "confidence": "sourced",
    "checked_on": "2021-07-01",
    "tlp": "AMBER",
    "groups": ["EMRIC"],
}

pytestmark = pytest.mark.usefixtures("july_2021")


@pytest.fixture
def planner(client_for: Any) -> Client:
    client: Client = client_for("BE-NCCN", Role.PLANNER)
    return client


def text_of(code: str) -> Any:
    return agreement_of(AgreementRow.objects.get(code=code))


# any day


def test_the_list_stands_as_of_the_day_asked_for(planner: Client):
    today = planner.get("/agreements/")
    then = planner.get("/agreements/?on=1990-01-01")

    assert "not at today" not in today.content.decode()
    assert "Monday 1 January 1990, not at today" in then.content.decode()
    assert 'href="/agreements/NL-DE-1988/?on=1990-01-01"' in then.content.decode()
    assert standings(then)["NL-DE-1988"] == "signed"
    assert standings(today)["NL-DE-1988"] == "in-force"
    assert standings(then)["BE-LU-2015"] == "not-signed"


def standings(answer: Any) -> dict[str, str]:
    return {row.code: row.standing.key for row in answer.context["rows"]}


def test_the_file_of_the_list_follows_the_day_and_the_filters(planner: Client):
    answer = planner.get("/agreements/?on=1990-01-01&standing=in-force&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=delimiter_of(answer)))

    assert {row["Id"] for row in rows} == {"NL-BE-1984", "DE-FR-1977"}
    assert {row["As of"] for row in rows} == {"1990-01-01"}
    assert "1990-01-01" in answer["Content-Disposition"]


def delimiter_of(answer: Any) -> str:
    head = answer.content.decode("utf-8-sig").splitlines()[0]
    return ";" if ";" in head else ","


def test_a_text_stands_as_of_the_day_asked_for(planner: Client):
    page = planner.get("/agreements/NL-DE-1988/?on=1996-12-31").content.decode()

    assert "signed, not in force yet" in page
    assert "31 December 1996, not at today" in page


def test_two_places_are_answered_as_of_the_day_asked_for(planner: Client):
    url = "/mapping/matrix/two-places?from-territory=NL34&to-territory=BE25&capability=HCP&hazard=flood&on="
    before, after = (planner.get(url + day).content.decode() for day in ("1988-10-31", "1988-11-01"))

    assert "31 October 1988, not at today" in before
    assert 'class="big k-missing"' in before
    assert 'class="big k-missing"' not in after


def test_a_day_that_is_none_is_told(planner: Client):
    answer = planner.get("/agreements/?on=yesterday")

    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()


def test_unknown_facts_are_counted_by_field_and_lead_to_their_texts(planner: Client):
    page = planner.get("/agreements/").content.decode()
    number = int(re.search(r"unknown=claim_deadline[^>]*>[^<]*?(\d+)</a>", page)[1])  # type: ignore[index]
    cut = planner.get("/agreements/?unknown=claim_deadline").content.decode()

    assert number == cut.count("data-noaber-row ")
    assert "/agreements/NL-DE-1988/" in cut
    assert "/agreements/FR-LU-2015/" not in cut


# one field


def check(client: Client, code: str, field: str, **found: Any) -> Any:
    data = {"finding": "stands", "source": "Staatsblad", "confidence": "sourced", "on": "2021-07-10", "note": ""}
    return client.post(f"/agreements/{code}/fields/{field}", data | found)


def test_a_party_writes_down_what_the_text_says(planner: Client):
    answer = check(planner, "BE-DE-1980", "in_force", finding="says", in_force="1984-05-01", source="Moniteur 1984")
    text = text_of("BE-DE-1980")
    page = planner.get("/agreements/BE-DE-1980/").content.decode()

    assert answer["Location"] == "/agreements/BE-DE-1980/#f-in_force"
    assert text.in_force.isoformat() == "1984-05-01"
    assert text.counted_from is None
    assert text.remarks["in_force"].confidence is Confidence.SOURCED
    assert "Moniteur 1984" in page
    assert "N. Peeters" in page
    row = AgreementRow.objects.get(code="BE-DE-1980")
    change = Change.objects.filter(subject="agreementrow", subject_id=row.pk).first()
    assert change is not None
    assert change.fields == {"in_force": ["unknown", "1984-05-01"]}


def test_others_say_that_it_stands_and_nothing_else(client_for: Any):
    stranger = client_for("LU-HCPN", Role.PLANNER)
    before = text_of("BE-DE-1980")

    assert check(stranger, "BE-DE-1980", "trigger", confidence="derived").status_code == 302
    assert text_of("BE-DE-1980").remarks["trigger"].confidence is Confidence.DERIVED
    refused = check(stranger, "BE-DE-1980", "trigger", finding="says", trigger="none")
    assert refused.status_code == 422
    assert text_of("BE-DE-1980").trigger == before.trigger
    assert FieldCheck.objects.count() == 1


def test_who_may_not_edit_agreements_checks_no_field(client_for: Any):
    client = client_for("BE-NCCN", Role.DUTY_OFFICER, language="en")

    assert "I checked this field" not in client.get("/agreements/BE-DE-1980/fields/trigger").content.decode()
    assert check(client, "BE-DE-1980", "trigger").status_code in (403, 409)
    assert not FieldCheck.objects.exists()


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("in_force", {"finding": "says", "in_force": ""}),
        ("in_force", {"finding": "says", "in_force": "1970-01-01"}),
        ("cost_rule", {"finding": "says", "cost_rule": "unknown"}),
        ("border_rule", {"finding": "says", "border_rule": "None.", "border_rule_silent": "on", "language": "en"}),
        ("requester_roles", {"finding": "says", "requester_roles-0-role": "", "requester_roles-0-territory": "BE"}),
        ("trigger", {"on": "2030-01-01"}),
        ("trigger", {"source": ""}),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(planner: Client, field: str, found: dict[str, str]):
    answer = check(planner, "BE-DE-1980", field, **found)

    assert answer.status_code == 422
    assert 'class="err' in answer.content.decode()
    assert not FieldCheck.objects.exists()


def test_a_field_that_is_none_is_not_there(planner: Client):
    assert planner.get("/agreements/BE-DE-1980/fields/remarks").status_code == 404
    assert planner.get("/agreements/NO-SUCH/fields/signed").status_code == 404


# the text itself


def add(client: Client, code: str = "NL-BE-1984", **found: Any) -> Any:
    return client.post(f"/agreements/{code}/documents", {f"document-{name}": value for name, value in found.items()})


def test_a_document_is_kept_and_given_back_byte_for_byte(planner: Client):
    content = b"%PDF-1.7 \x00\xff the treaty"
    file = SimpleUploadedFile("../treaty.exe", content)
    assert add(planner, title="Staatsblad 1984", language="nl", file=file).status_code == 302
    document = AgreementDocument.objects.get()
    got = planner.get(f"/agreements/NL-BE-1984/documents/{document.pk}")

    assert got.content == content
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="treaty.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "Staatsblad 1984" in planner.get("/agreements/NL-BE-1984/").content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>alert(1)</script>\x00", b"MZ\x90\x00\x03", b"PK\x03\x04 no archive at all"]
)
def test_a_file_of_another_kind_is_refused(planner: Client, content: bytes):
    answer = add(planner, title="x", file=SimpleUploadedFile("treaty.pdf", content))

    assert answer.status_code == 422
    assert not AgreementDocument.objects.exists()


@pytest.mark.parametrize(("size", "status"), [(MAX_DOCUMENT_BYTES, 302), (MAX_DOCUMENT_BYTES + 1, 422)])
def test_a_file_is_as_large_as_it_may_be(planner: Client, size: int, status: int):
    content = b"%PDF-1.7" + bytes(size - 8)

    assert add(planner, title="x", file=SimpleUploadedFile("treaty.pdf", content)).status_code == status
    assert AgreementDocument.objects.count() == (status == 302)


def test_a_document_needs_a_file_or_a_place(planner: Client):
    assert add(planner, title="x").status_code == 422
    assert add(planner, title="x", address="javascript:alert(1)").status_code == 422
    assert add(planner, title="x", reference="Moniteur belge, 7 mars 2018").status_code == 302


def test_a_document_is_withdrawn_by_who_put_it_there(planner: Client, client_for: Any):
    add(planner, title="x", reference="Moniteur")
    address = f"/agreements/NL-BE-1984/documents/{AgreementDocument.objects.get().pk}"

    assert client_for("LU-HCPN", Role.PLANNER).post(f"{address}/withdraw").status_code in (403, 409)
    assert planner.post(f"{address}/withdraw").status_code == 302
    assert planner.get(address).status_code == 404


# a local arrangement


def test_a_region_writes_down_an_arrangement_with_every_field(client_for: Any):
    region = client_for("NL-VR24", Role.PLANNER)
    assert region.post("/agreements/new", LOCAL | {"replaces": []}).status_code == 302
    text = text_of(LOCAL["id"])

    assert text.requester_roles == (
        Authority("control-room", "NL423", "NL-VR24", signs=False),
        Authority("municipality"),
    )
    assert text.granter_roles is NONE
    assert text.receivers.within == ("DEA29",)
    assert (text.supplements, text.implements) == (("NL-NW-2014",), ("NL-DE-1988",))
    assert [exception.nl for exception in text.cost_exceptions] == ["Schuim wordt vergoed.", "Diesel wordt vergoed."]
    assert text.liability_rule is NONE
    assert text.command_rule.value == "unknown"
    assert text.notes[0].nl == "Elk jaar een oefening."
    assert region.get(f"/agreements/{text.id}/edit").status_code == 200


def test_what_the_form_shows_and_gets_back_unchanged_stays_the_same(client_for: Any):
    region = client_for("NL-VR24", Role.PLANNER)
    region.post("/agreements/new", LOCAL | {"replaces": []})
    check(region, LOCAL["id"], "command_rule", finding="says", command_rule="Zelf.", language="nl", source="Bijlage")
    before = text_of(LOCAL["id"])
    form = region.get(f"/agreements/{LOCAL['id']}/edit").context["form"]
    again = LOCAL | {"replaces": [], "command_rule": form.initial["command_rule"], "title": "Nieuwe titel"}
    assert region.post(f"/agreements/{LOCAL['id']}/edit", again).status_code == 302
    after = text_of(LOCAL["id"])

    assert after.title.nl == "Nieuwe titel"
    assert after.command_rule == before.command_rule
    assert after.remarks == before.remarks
    assert after.sources == before.sources


def test_a_local_text_replaces_no_text_of_a_higher_level(client_for: Any):
    region = client_for("NL-VR24", Role.PLANNER)
    answer = region.post("/agreements/new", LOCAL | {"replaces": ["NL-DE-1988"]})

    assert answer.status_code == 422
    assert "replaces" in answer.context["form"].errors


def test_a_chain_of_replacements_is_shown_from_both_ends(client_for: Any):
    region = client_for("NL-VR24", Role.PLANNER)
    region.post("/agreements/new", LOCAL)
    old = region.get("/agreements/KLEVE-GELDERLAND-ZUID/").content.decode()

    assert old.index('class="chain"') < old.index(f"/agreements/{LOCAL['id']}/")
    assert "/agreements/KLEVE-GELDERLAND-ZUID/" in region.get(f"/agreements/{LOCAL['id']}/").content.decode()


def test_others_see_a_local_text_and_what_belongs_to_it_only_where_it_is_shared(client_for: Any):
    region, stranger = client_for("NL-VR24", Role.PLANNER), client_for("LU-HCPN", Role.PLANNER)
    region.post("/agreements/new", LOCAL | {"replaces": []})
    add(region, LOCAL["id"], title="x", file=SimpleUploadedFile("x.txt", b"Artikel 1"))
    pk = AgreementDocument.objects.get().pk
    base = f"/agreements/{LOCAL['id']}"
    addresses = [
        f"{base}/",
        f"{base}/fields/signed",
        f"{base}/documents/{pk}",
        f"/agreements/compare?a={LOCAL['id']}&b=NL-DE-1988",
    ]

    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    assert add(stranger, LOCAL["id"], title="x", reference="x").status_code == 404
    assert LOCAL["id"] not in stranger.get("/agreements/").content.decode()
    assert LOCAL["id"] not in stranger.get("/agreements/?format=csv").content.decode()
    assert LOCAL["id"] not in stranger.get("/agreements/compare").content.decode()
    member = client_for(Organisation.objects.get(code="BE-P-LG"), Role.PLANNER)
    assert [member.get(address).status_code for address in addresses] == [200] * 4


# two texts


def test_two_texts_side_by_side(planner: Client):
    page = planner.get("/agreements/compare?a=NL-BE-1984&b=BE-LU-2015").content.decode()

    assert re.search(r'class="tag tag--warn">\s*<svg.*?</svg>differs', page, re.DOTALL)
    assert "unknown in both" in page
    assert page.count("<details") >= 2
    assert "Usually: free unless agreed otherwise." in page


def test_ticked_texts_lead_to_the_address_that_can_be_handed_on(planner: Client):
    answer = planner.get("/agreements/compare?text=NL-BE-1984&text=BE-LU-2015&on=2000-01-01")

    assert answer["Location"] == "/agreements/compare?a=NL-BE-1984&b=BE-LU-2015&on=2000-01-01"
    assert planner.get(answer["Location"]).status_code == 200


def test_a_comparison_on_paper_hides_nothing(planner: Client):
    page = planner.get("/agreements/compare?a=NL-BE-1984&b=BE-LU-2015&format=print").content.decode()

    assert 'class="paper"' in page
    assert page.count("<details") == page.count(" open>")


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/agreements/", 20),
        ("/agreements/compare?a=NL-BE-1984&b=BE-LU-2015", 20),
        ("/agreements/BE-DE-1980/", 22),
        ("/agreements/BE-DE-1980/fields/cost_rule", 20),
    ],
)
def test_few_questions_to_the_database(planner: Client, url: str, most: int, django_assert_max_num_queries: Any):
    planner.get(url)
    with django_assert_max_num_queries(most):
        assert planner.get(url).status_code == 200
