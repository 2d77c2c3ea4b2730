"""Every page of the mapping: shown in four languages without a gap, with few questions to the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.services import add_person
from noaber.apps.registry.models import Capacity, ContactPoint

PAGES = [
    "/agreements/",
    "/agreements/?q=nothing-of-that-name",
    "/agreements/assumptions",
    "/agreements/new",
    "/agreements/BE-DE-1980/",
    "/agreements/NL-DE-1988/",
    "/agreements/EU-UCPM-2013/",
    "/agreements/BNL-NW-2008/",
    "/capacities/",
    "/capacities/?capability=HCP&state=available&sort=-available",
    "/capacities/?q=nothing-of-that-name",
    "/capacities/?stale=on&owner=BE-CP",
    "/capacities/new",
    "/capacities/home-cover",
    "/capacities/import",
    "/contacts/",
    "/contacts/?due=on&field=duty",
    "/contacts/new",
    "/organisations/",
    "/organisations/?group=EMRIC&connected=on",
    "/organisations/BE-CP/",
    "/organisations/SE-MCF/",
    "/organisations/BNL-SG/",
    "/vocabulary/",
]


@pytest.mark.parametrize("url", PAGES)
def test_page(july_2021: None, client_for: Any, url: str, django_assert_max_num_queries: Any):
    client = client_for("BE-NCCN", Role.PLANNER)
    client.get(url)
    with django_assert_max_num_queries(20):
        response = client.get(url)
    assert response.status_code == 200
    text = response.content.decode()
    assert "<h1" in text
    assert "unknown-variable" not in text


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_main_pages_in_every_language(july_2021: None, client_for: Any, language: str):
    client = client_for("BE-NCCN", Role.PLANNER, language=language)
    for url in ("/agreements/", "/capacities/", "/contacts/", "/organisations/", "/vocabulary/"):
        text = client.get(url).content.decode()
        assert f'<html lang="{language}"' in text
    pumps = {"nl": "Pompmodule met grote capaciteit", "fr": "Pompage à haute capacité", "de": "Hochleistungspumpen"}
    assert pumps[language] in text


def test_each_capacity_and_contact_that_one_sees_has_a_page(july_2021: None, client_for: Any):
    client = client_for("NL-NCC", Role.DUTY_OFFICER)
    reader = Organisation.objects.get(code="NL-NCC")
    for record in [
        *Capacity.objects.visible_to(reader).order_by("pk")[::40],
        *ContactPoint.objects.visible_to(reader).order_by("pk")[::10],
    ]:
        assert client.get(record.get_absolute_url()).status_code == 200


def test_who_belongs_nowhere_is_told_so(db: None):
    person = add_person(username="alone", display_name="Alone", password="x", roles=[])
    client = Client()
    client.force_login(person)
    response = client.get("/capacities/")
    assert response.status_code == 404
    assert "You belong to no organisation" in response.content.decode()


def test_who_is_not_signed_in_is_led_to_sign_in(db: None, client: Any):
    for name in ("capacities", "agreements", "contacts", "organisations", "vocabulary", "place-search"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "url", ["/capacities/?format=csv", "/capacities/?format=xlsx", "/contacts/?format=csv", "/vocabulary/?format=xlsx"]
)
def test_lists_are_files_too(july_2021: None, client_for: Any, url: str):
    response = client_for("BE-NCCN").get(url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert len(response.content) > 500


def test_an_unknown_format_shows_the_list(july_2021: None, client_for: Any):
    response = client_for("BE-NCCN").get("/capacities/?format=pdf")
    assert response.status_code == 302


def test_a_swap_shows_what_a_reload_shows(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    for url, root in [
        ("/capacities/?capability=FRB", 'id="capacity-rows"'),
        ("/agreements/", 'id="agreement-rows"'),
        ("/contacts/?field=duty", 'id="contact-rows"'),
        ("/organisations/?country=LU", 'id="organisation-rows"'),
    ]:
        fragment = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
        page = client.get(url).content.decode()
        assert fragment.startswith("<div")
        assert root in fragment.partition(">")[0]
        assert "".join(fragment.split()) in "".join(page.split())


def test_the_navigation_marks_the_place(july_2021: None, client_for: Any):
    text = client_for("BE-NCCN").get("/vocabulary/").content.decode()
    assert 'data-noaber-go="m"' in text
    link = text.partition('data-noaber-go="m"')[2].partition(">")[0]
    assert 'aria-current="page"' in link


# places


def test_places_are_found_in_any_language_and_propose_their_district(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    found = client.get("/places/search?q=luik").json()["places"][0]
    assert (found["country"], found["territory"]) == ("BE", "BE332")
    assert found["name"] == "Liège"
    assert (found["territory_label"], found["territory_note"]) == ("BE332 Liège district", "")
    assert client.get("/places/search?q=").json() == {"places": []}


def test_a_click_on_the_map_is_a_place(july_2021: None, client_for: Any):
    client = client_for("BE-NCCN")
    found = client.get("/places/at?lon=5.806&lat=50.568").json()["place"]
    assert (found["name"], found["territory"]) == ("Pepinster", "BE335")
    assert found["territory_note"].startswith("≈ By the nearest place")
    assert client.get("/places/at?lon=3.2&lat=53.6").json() == {"place": None}
    assert client.get("/places/at?lon=x&lat=1").status_code == 400
    assert client.get("/places/at?lon=200&lat=1").status_code == 400


def test_boundaries_are_public_and_kept_by_browsers(db: None, client: Any):
    response = client.get("/places/boundaries.geojson")
    assert response["Content-Type"] == "application/geo+json"
    assert "max-age=86400" in response["Cache-Control"]
    roles = {feature["properties"]["outside"] for feature in response.json()["features"]}
    assert roles == {True, False}


# age
