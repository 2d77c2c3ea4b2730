"""Matrix, map, gaps and what-if as people see them: who sees what, in which words, as which file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.mapping.models import Scenario
from noaber.reference.vocabulary import load_capabilities

PAGES = [
    "/mapping/matrix/",
    "/mapping/matrix/?rows=all&capability=AMB&hazard=&from=NL-VR24&to=DE-AACHEN",
    "/mapping/matrix/?rows=odd&capability=NONE&hazard=none&level=moon&channel=smoke&on=yesterday&from=X&to=Y",
    "/mapping/matrix/map?to=NL-NCC",
    "/mapping/matrix/?from=NL-NCC&to=FR-PREF-GE&capability=&hazard=",
    "/mapping/matrix/?rows=all&from=FR-59&to=BE-P-WV",
    "/mapping/matrix/two-places",
    "/mapping/matrix/two-places?from-territory=NL423&to-territory=BE335&to-place=Pepinster&capability=HCP&hazard=flood",
    "/mapping/matrix/two-places?from-territory=DE94B&to-territory=NL1&capability=AMB&hazard=",
    "/mapping/matrix/capabilities?to=BE-P-LG&from=NL-VR24&help=AMB&show=all",
    "/mapping/gaps/",
    "/mapping/gaps/?between=regions&level=local&show=all",
    "/mapping/gaps/?between=districts&level=near&show=all",
    "/mapping/gaps/FR/NL/",
    "/mapping/gaps/DE-KLEVE/NL-VR08/?level=near",
    "/mapping/what-if/",
    "/mapping/what-if/?kind=new&party=NL&party=FR&helps=HCP&minutes=9999999",
    "/mapping/what-if/?kind=ended&text=BE-DE-1980",
    "/mapping/what-if/?kind=shorter&text=BE-DE-1980&minutes=10&part=minutes",
    "/mapping/what-if/?kind=new&party=NL&party=FR&part=plans",
]


@pytest.mark.parametrize("url", PAGES)
def test_every_address_shows_something(july_2021: None, client_for: Any, url: str):
    response = client_for("BE-NCCN", Role.PLANNER).get(url)
    assert response.status_code == 200
    assert "unknown-variable" not in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_pages_speak_the_language_of_the_reader(july_2021: None, client_for: Any, language: str):
    client = client_for("BE-NCCN", Role.PLANNER, language=language)
    heads = {"nl": "Leemten tussen buren", "fr": "Lacunes entre voisins", "de": "Lücken zwischen Nachbarn"}
    assert heads[language] in client.get("/mapping/gaps/").content.decode()
    for url in ("/mapping/matrix/", "/mapping/what-if/", "/mapping/matrix/map", "/mapping/matrix/capabilities"):
        assert f'<html lang="{language}"' in client.get(url).content.decode()


def test_who_is_not_signed_in_is_led_to_sign_in(db: None, client: Any):
    for name in ("who-matrix", "who-map", "who-capabilities", "who-may-help", "gaps", "what-if"):
        assert client.get(reverse(name)).status_code == 302


def test_a_swap_shows_what_a_reload_shows(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    for url in ("/mapping/matrix/?rows=states", "/mapping/gaps/?show=all", "/mapping/matrix/map?to=LU-HCPN"):
        fragment = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
        page = client.get(url).content.decode()
        assert "".join(fragment.split()) in "".join(page.split())


def test_a_click_on_a_cell_brings_its_answer_alone(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    asked = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "answer"}
    url = "/mapping/matrix/?rows=all&capability=AMB&from=NL-VR24&to=DE-AACHEN"
    text = client.get(url, headers=asked).content.decode().strip()

    assert text.startswith("<aside")
    assert "EMRIC" in text
    assert text in client.get(url).content.decode()


@pytest.mark.parametrize(
    "url",
    ["/mapping/matrix/?from=DE-NW&to=NL-NCC&rows=all", "/mapping/matrix/capabilities?to=NL-NCC&from=BE-CP&help=HCP"],
)
def test_an_answer_says_whom_to_ring(july_2021: None, client_for: Any, url: str):
    page = client_for("BE-NCCN").get(url)

    assert page.context["answer"] is not None
    assert 'href="tel:' in page.content.decode()
    assert 'href="tel:' not in client_for("BE-NCCN").get(url.replace("from=", "nobody=")).content.decode()


def test_the_place_of_the_mapping_opens_with_the_matrix(july_2021: None, client_for: Any):
    page = client_for("BE-NCCN").get("/mapping/matrix/").content.decode()
    assert 'href="/mapping/matrix/" aria-current="page"' in page


def test_the_gap_list_names_the_neighbours_without_a_text(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN", Role.POLICY_OFFICER)
    response = client.get("/mapping/gaps/")
    kinds = {row.key: row.kind for row in response.context["rows"]}
    assert kinds == {"FR NL": "missing", "LU NL": "unknown"}
    assert response.context["counts"] == {"missing": 1, "unknown": 1, "complete": 8}

    lines = list(csv.reader(io.StringIO(client.get("/mapping/gaps/?format=csv").content.decode("utf-8-sig"))))
    helps = len(load_capabilities())
    assert len(lines) == 1 + helps + helps - 1
    assert {line[1] for line in lines[1:]} == {"FR NL", "LU NL"}
    assert client.get("/mapping/gaps/?format=xlsx")["Content-Disposition"].endswith('.xlsx"')


def test_a_gap_becomes_a_recommendation_that_the_list_then_shows(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN", Role.POLICY_OFFICER)
    url = client.get("/mapping/gaps/NL/FR/").context["recommend"]
    assert url == "/recommendations/new?party=FR&party=NL"
    told = {
        "text": "Conclude a text between the Netherlands and France.",
        "language": "en",
        "made_on": "2021-07-14",
        "made_by": "Brussels",
        "tlp": "AMBER",
    }
    form = client.get(url).context["form"]
    told["origin"] = form.fields["origin"].choices[0][0]
    assert client.post(url, told).status_code == 302

    [row] = [row for row in client.get("/mapping/gaps/").context["rows"] if row.key == "FR NL"]
    [recommendation] = row.recommendations
    assert recommendation.number in client.get("/mapping/gaps/FR/NL/").content.decode()
    other = client_for("DE-NW", Role.POLICY_OFFICER).get("/mapping/gaps/")
    assert all(not row.recommendations for row in other.context["rows"])


def test_districts_are_asked_for_the_texts_of_their_own(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN", Role.POLICY_OFFICER)
    all_levels = client.get("/mapping/gaps/?between=districts&show=all")
    near = client.get("/mapping/gaps/?between=districts&level=near&show=all")
    rows = {row.key: row for row in near.context["rows"]}

    assert all_levels.context["counts"]["complete"] == all_levels.context["asked"] == near.context["asked"]
    assert near.context["counts"]["complete"] == 0
    kleve, further = rows["DE-KLEVE NL-VR08"], rows["DE-KLEVE NL-VR06"]
    assert kleve.unknown
    assert [text.code for text in kleve.doubtful] == ["KLEVE-GELDERLAND-ZUID"]
    assert further.gaps.is_without_text
    assert [text.code for text in further.set_aside] == ["NL-DE-1988"]
    assert further.name == "Kleve district (DE-KLEVE) – Noord- en Oost-Gelderland safety region (NL-VR06)"

    pair = client.get("/mapping/gaps/NL-VR06/DE-KLEVE/?level=near")
    assert "No text of the level or channel asked" in pair.content.decode()
    assert "No text below the Union mechanism" not in pair.content.decode()
    assert pair.context["parties"] == ["DEA1B", "NL22"]
    assert "/agreements/NL-DE-1988/" in pair.content.decode()
    assert client.get(pair.context["recommend"]).status_code == 200


def test_pairs_that_are_no_neighbours_have_no_page(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    assert client.get("/mapping/gaps/BE/BE/").status_code == 404
    assert client.get("/mapping/gaps/NL/XX/").status_code == 404


def keep(client: Any, **fields: Any) -> Any:
    told = {"kind": "new", "party": ["FR", "NL"], "minutes": "30", "title": "Paris and The Hague", "tlp": "AMBER"}
    return client.post("/mapping/what-if/keep", told | fields)


def test_a_draft_is_kept_shared_and_dropped(july_2021: None, client_for: Any):
    planner = client_for("BE-NCCN", Role.PLANNER)
    response = keep(planner, groups=["BENELUX"])
    scenario = Scenario.objects.get()
    assert response.status_code == 302
    assert response["Location"] == scenario.get_absolute_url()
    assert planner.get(response["Location"]).context["form"].change.territories == ("FR", "NL")

    seen = client_for("NL-NCC", Role.PLANNER)
    assert "Paris and The Hague" in seen.get("/mapping/what-if/").content.decode()
    assert seen.post(f"/mapping/what-if/{scenario.pk}/drop").status_code == 409
    hidden = client_for("SE-MCF", Role.PLANNER)
    assert "Paris and The Hague" not in hidden.get("/mapping/what-if/").content.decode()
    assert hidden.post(f"/mapping/what-if/{scenario.pk}/drop").status_code == 404

    assert planner.post(f"/mapping/what-if/{scenario.pk}/drop").status_code == 302
    assert not Scenario.objects.exists()


def test_a_draft_needs_a_role_a_title_and_a_change(july_2021: None, client_for: Any):
    assert keep(client_for("BE-NCCN", Role.OBSERVER)).status_code == 409
    planner = client_for("BE-NCCN", Role.PLANNER)
    assert keep(planner, title="").status_code == 422
    assert keep(planner, party=["FR"]).status_code == 422
    assert not Scenario.objects.exists()
