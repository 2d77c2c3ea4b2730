"""The frame, looked at through a small site of its own: places, bands, languages, failures, fragments, files."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from noaber.web import context
from noaber.web.navigation import Navigation
from pages.framesite import people, views
from pages.framesite.query import select, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("pages.framesite.urls")]


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> None:
    here = views.__file__.rsplit("/", 1)[0]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [f"{here}/templates"]}]


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> Navigation:
    """Only the small site's places are open."""
    opened = Navigation()
    opened.open_place("desk", url_name="framesite-desk", count=lambda request: 5)
    opened.open_place("assistance", url_name="framesite-form", covers={"framesite-print"}, count=lambda request: 0)
    opened.open_search(url_name="framesite-waits")
    monkeypatch.setattr(context, "navigation", opened)
    return opened


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(people.make_officer())
    return client


def page(client: Client, path: str, *, status: int = 200, **headers: str) -> html.HtmlElement:
    response = client.get(path, headers=headers)
    assert response.status_code == status, response.content[:2000]
    return html.fromstring(response.content)


# the frame


def test_only_open_places_are_shown_with_what_waits_there(officer: Client) -> None:
    found = page(officer, "/framesite/")
    links = select(found, ".places a")
    assert [link.get("href") for link in links] == ["/framesite/", "/framesite/form/"]
    assert [link.get("aria-current") for link in links] == ["page", None]
    assert [text(count) for count in select(found, ".places .count")] == ["5"]


def test_a_page_that_a_place_covers_marks_it(officer: Client, places: Navigation) -> None:
    places.open_place("assistance", url_name="framesite-waits", covers={"framesite-desk"})
    current = select(page(officer, "/framesite/"), ".places a[aria-current]")
    assert [link.get("href") for link in current] == ["/framesite/", "/framesite/waits/"]


def test_the_search_box_leads_to_the_page_that_searches(officer: Client) -> None:
    (form,) = select(page(officer, "/framesite/?q=Pep"), "form.search")
    assert form.get("action") == reverse("framesite-waits")
    assert select(form, "input")[0].get("value") == "Pep"


def test_the_page_says_for_whom_one_acts_and_offers_the_others(officer: Client) -> None:
    found = page(officer, "/framesite/")
    assert text(select(found, ".top .org summary")[0]).startswith("NL-LOCC Centre NL-LOCC, The Hague M. de Wit")
    assert [button.get("value") for button in select(found, ".top button[name=organisation]")] == ["NL-NCC"]


def test_acting_for_another_organisation(officer: Client) -> None:
    officer.post("/act-for", {"organisation": "NL-NCC"})
    assert text(select(page(officer, "/framesite/"), ".top .org b")[0]) == "NL-NCC"


@pytest.mark.parametrize(("status", "word"), [("Actual", "ACTUAL"), ("Exercise", "EXERCISE"), ("Test", "TEST")])
def test_the_band_is_the_first_line_of_every_page(
    officer: Client, settings: LazySettings, status: str, word: str
) -> None:
    settings.NOABER_STATUS, settings.NOABER_STATUS_NOTE = status, "All of it is invented."
    for path in ("/framesite/", "/framesite/print/", "/no-such-page/"):
        found = html.fromstring(officer.get(path).content)
        (band,) = select(found, f".band--{status.lower()}")
        assert text(band) == f"{word}All of it is invented."


def test_local_time_stands_first_and_utc_beside_it(officer: Client) -> None:
    found = page(officer, "/framesite/")
    local, utc = text(select(found, "[data-noaber-local]")[0]), text(select(found, "[data-noaber-utc]")[0])
    ahead = (int(local[:2]) - int(utc[:2])) % 24
    assert ahead in {1, 2}
    assert found.body.get("data-noaber-east") == str(ahead * 60)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_page_shows_in_every_language(officer: Client, language: str) -> None:
    officer.post("/language", {"language": language, "next": "/framesite/"})
    for path in ("/framesite/", "/framesite/form/", "/framesite/print/", reverse("account_change_password")):
        found = page(officer, path)
        assert found.get("lang") == language
    current = select(page(officer, "/framesite/"), ".top .langs [aria-current]")
    assert [text(element) for element in current] == [language.upper()]


def test_numbers_and_dates_follow_the_language(officer: Client) -> None:
    officer.post("/language", {"language": "de", "next": "/framesite/"})
    assert "1.234.567" in text(page(officer, "/framesite/"))


@pytest.mark.parametrize(("cookie", "expected"), [("dark", "dark"), ("light", "light"), ("purple", None), ("", None)])
def test_the_server_writes_the_chosen_theme(officer: Client, cookie: str, expected: str | None) -> None:
    officer.cookies["noaber-theme"] = cookie
    assert page(officer, "/framesite/").get("data-theme") == expected


def test_every_id_is_unique_and_every_label_leads_somewhere(officer: Client) -> None:
    for path in ("/framesite/", "/framesite/form/"):
        found = page(officer, path)
        ids = [element.get("id") for element in found.xpath("//*[@id]")]
        assert len(ids) == len(set(ids))
        for label in select(found, "label[for]"):
            assert label.get("for") in ids
        named = {
            name
            for element in found.xpath("//*[@aria-describedby]")
            for name in element.get("aria-describedby").split()
        }
        assert named <= set(ids)


def test_nothing_is_inline_and_the_policy_is_strict(officer: Client) -> None:
    response = officer.get("/framesite/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    found = html.fromstring(response.content)
    assert found.xpath("//*[@style]") == []
    assert select(found, "style") == []
    inline = [script for script in select(found, "script") if not script.get("src")]
    assert {script.get("type") for script in inline} == {"application/json"}
    assert [name for element in found.iter() for name in element.attrib if str(name).startswith("on")] == []


def test_headers_of_every_page(officer: Client) -> None:
    response = officer.get("/framesite/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


# failures


def test_404_stands_in_the_frame(officer: Client) -> None:
    found = page(officer, "/no-such-page/", status=404)
    assert select(found, ".places a")
    assert text(select(found, "h1")[0]) == "Not found"


def test_404_before_signing_in(client: Client) -> None:
    found = page(client, "/no-such-page/", status=404)
    assert select(found, ".places") == []
    assert text(select(found, "h1")[0]) == "Not found"


def test_500_stands_in_a_frame_without_places(officer: Client) -> None:
    officer.raise_request_exception = False
    found = page(officer, "/framesite/breaks/", status=500)
    assert text(select(found, "h1")[0]) == "Something broke"
    assert select(found, ".places") == []


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/language", {"language": "fr"})
    assert response.status_code == 403
    assert "too old to be accepted" in response.content.decode()


def test_a_refused_step_is_a_page_with_the_reason(officer: Client) -> None:
    found = page(officer, "/framesite/refuses/", status=409, referer="http://testserver/framesite/form/")
    assert "signs off" in text(select(found, ".empty h2")[0])
    assert select(found, ".empty a")[0].get("href") == "http://testserver/framesite/form/"


def test_the_way_back_from_a_refusal_never_leaves_the_site(officer: Client) -> None:
    found = page(officer, "/framesite/refuses/", status=409, referer="https://elsewhere.example/")
    assert select(found, ".empty a")[0].get("href") == "/"


def test_a_refused_step_is_a_toast_for_htmx(officer: Client) -> None:
    response = officer.get("/framesite/refuses/", headers={"hx-request": "true"})
    assert response.status_code == 409
    assert html.fromstring(response.content).get("class") == "toast toast--bad"


# fragments


def test_a_swap_shows_what_a_reload_shows(officer: Client) -> None:
    whole = select(page(officer, "/framesite/"), "#waits")[0]
    part = page(officer, "/framesite/waits/", **{"hx-request": "true"})
    assert html.tostring(part, with_tail=False) == html.tostring(whole, with_tail=False)


def test_a_fragment_opened_as_a_page_is_a_page(officer: Client) -> None:
    response = officer.get("/framesite/waits/")
    assert select(html.fromstring(response.content), "h1")
    assert "HX-Request" in response["Vary"]


def test_a_redirect_leads_the_whole_page(officer: Client) -> None:
    response = officer.get("/framesite/moves/", headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/framesite/")
    assert officer.get("/framesite/moves/").status_code == 302


def test_a_swap_of_someone_signed_out_leads_to_the_sign_in_from_their_page(client: Client) -> None:
    response = client.get(reverse("framesite-waits"), headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Refresh"]) == (204, "true")


# parts in a page


def test_clocks_say_in_words_what_is_late(officer: Client) -> None:
    clocks = select(page(officer, "/framesite/waits/", **{"hx-request": "true"}), ".clock")
    now = views.NOW
    assert len(clocks) == 3
    for clock, wait in zip(clocks, views._waits(), strict=True):
        assert clock.get("data-noaber-deadline") == wait["deadline"].isoformat()
    assert now.tzinfo is not None


def test_numbers_say_what_they_are(officer: Client) -> None:
    rows = select(page(officer, "/framesite/?sort=name"), "#deployments tbody tr")
    by_name = {text(select(row, "a")[0]): select(row, "td")[1] for row in rows}
    assert select(by_name["3 × rescue boat"], ".min")
    assert not select(by_name["3 × rescue boat"], ".est")
    assert select(by_name["2 × pump module"], ".min.est")[0].get("title")
    assert select(by_name["1 × helicopter"], ".unk")


def test_free_text_keeps_its_language(officer: Client) -> None:
    found = page(officer, "/framesite/")
    here, there = select(found, ".free")
    assert (here.get("lang"), there.get("lang")) == ("en", "fr")
    assert [text(tag) for tag in select(found, "abbr.tag")] == ["FR"]


def test_the_track_is_said_to_a_screen_reader(officer: Client) -> None:
    labels = [track.get("aria-label") for track in select(page(officer, "/framesite/"), ".track")]
    assert "At border, step 4 of 7" in labels


def test_a_map_carries_its_data_and_its_library(officer: Client) -> None:
    found = page(officer, "/framesite/")
    (place,) = select(found, "[data-noaber-map]")
    data = found.get_element_by_id(place.get("data-noaber-map"))
    assert json.loads(data.text_content())["features"]["type"] == "FeatureCollection"
    assert place.get("aria-label")
    assert place.get("data-noaber-maplibre").endswith(".js")


# tables and files


def test_a_head_sorts_and_keeps_the_filter(officer: Client) -> None:
    found = page(officer, "/framesite/?kind=boat")
    heads = select(found, "#deployments thead th")
    assert [head.get("aria-sort") for head in heads] == [None, "descending", None]
    assert [link.get("href") for link in select(found, "th a.sort")] == [
        "?kind=boat&sort=name",
        "?kind=boat&sort=minutes",
    ]


def test_the_same_list_leaves_as_csv(officer: Client) -> None:
    response = officer.get("/framesite/?sort=minutes&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Team,Minutes,State",
        "2 × pump module,84.4,At border",
        "3 × rescue boat,118,5",
        "1 × helicopter,,'-1",
    ]


def test_the_same_list_leaves_as_xlsx(officer: Client) -> None:
    response = officer.get("/framesite/?format=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1] == ["3 × rescue boat", 118, "5"]
    assert re.search(r'filename="noaber-teams-\d{8}-\d{4}\.xlsx"', response["Content-Disposition"])


# forms


def test_an_invalid_form_says_what_is_wrong_at_its_field(officer: Client) -> None:
    response = officer.post("/framesite/form/", {"place": "Pepinster"})
    assert response.status_code == 422
    found = html.fromstring(response.content)
    quantity = found.get_element_by_id("id_quantity")
    assert quantity.get("aria-invalid") == "true"
    (said,) = [found.get_element_by_id(name) for name in quantity.get("aria-describedby").split()]
    assert "required" in text(said)
    assert select(said, ".err")
    assert found.get_element_by_id("id_place").get("aria-describedby") == "id_place_helptext"


def test_a_choice_of_few_stands_side_by_side(officer: Client) -> None:
    (segments,) = select(page(officer, "/framesite/form/"), "fieldset .seg")
    assert [label.get("class") for label in select(segments, "label")] == ["yes", "may", "no"]
    assert len(select(segments, "input[type=radio]")) == 3
    assert text(segments) == "Accept Provisional Decline"


def test_a_form_carries_a_fresh_token_each_time(officer: Client) -> None:
    tokens = {select(page(officer, "/framesite/form/"), "input[name=once]")[0].get("value") for _ in range(3)}
    assert len(tokens) == 3


def test_what_was_done_is_said_on_the_next_page(officer: Client) -> None:
    fields = {"place": "Pepinster", "quantity": "2", "reason": "own", "answer": "Accept"}
    response = officer.post("/framesite/form/", fields, follow=True)
    assert text(select(html.fromstring(response.content), "#toasts .toast")[0]) == "Answer sent to Brussels."


# signing in


def test_signing_in(client: Client) -> None:
    people.make_officer("mdewit", language="")
    found = page(client, reverse("account_login"))
    assert [field.get("name") for field in select(found, "form[data-noaber-sign-in] .input")] == ["login", "password"]
    assert "not approved for classified information" in text(found)
    response = client.post(
        reverse("account_login"), {"login": "mdewit", "password": people.PASSWORD, "next": "/framesite/"}
    )
    assert response["Location"] == "/framesite/"


def test_a_wrong_password_is_said(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert select(html.fromstring(response.content), ".note--bad[role=alert]")


@pytest.mark.parametrize(
    ("language", "wrong", "out"),
    [
        ("en", "The user name or the password is not right.", "You are signed out."),
        ("nl", "De gebruikersnaam of het wachtwoord klopt niet.", "U bent afgemeld."),
        ("fr", "Le nom d’utilisateur ou le mot de passe n’est pas le bon.", "Vous êtes déconnecté."),
        ("de", "Benutzername oder Passwort stimmt nicht.", "Sie sind abgemeldet."),
    ],
)
def test_signing_in_and_out_speaks_as_every_other_page(client: Client, language: str, wrong: str, out: str) -> None:
    spoken = {"accept-language": language}
    refused = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}, headers=spoken)
    assert wrong in refused.content.decode()
    client.force_login(people.make_officer(language=language))
    answer = client.post(reverse("account_logout"), headers=spoken, follow=True)
    assert out in answer.content.decode()


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert "administrator gives you an account" in text(page(client, reverse("account_signup")))


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "mfa_index"])
def test_pages_of_ones_own_account_stand_in_the_frame(officer: Client, name: str) -> None:
    assert select(page(officer, reverse(name)), ".places")
