"""The mapping report as page, files and PDF: it says what other pages say, in four languages, to its owner alone."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import translation

from actions_builders import make_recommendation
from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.reports.document import facts_of
from noaber.apps.reports.enums import ReportState
from noaber.apps.reports.facts import decode_content, encode_content
from noaber.apps.reports.gather import gather
from noaber.apps.reports.models import Report
from noaber.apps.reports.sections import sections_of
from noaber.apps.reports.sections.overview import sentences_of
from noaber.web import clock
from registry_builders import NOW, make_acting
from report_builders import ASKED

DAY = datetime.date(2024, 6, 24)
LANGUAGES = ("nl", "fr", "de", "en")
HOSTILE = '<script>alert(1)</script> #panic("x") *a* $b$ @c \\d'


def pdf_words(content: bytes) -> str:
    """The text of all pages without spaces and hyphens: lines break where they will."""
    with pypdfium2.PdfDocument(content) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return squeezed(text)


def squeezed(words: str) -> str:
    return "".join(sign for sign in words if sign.isalnum())


def test_the_figures_are_those_of_the_other_pages(report: Report, client_for: Any) -> None:
    content, client = decode_content(report.content), client_for("NL-NCC", Role.PLANNER)
    with clock.at(NOW):
        gaps = client.get("/mapping/gaps/?show=all&capability=&hazard=").context["counts"]
        questions = client.get("/mapping/questions/").context["counts"]
        regions = client.get("/map/regions?capability=HCP&hazard=flood").context

    assert content.figure("gaps-countries").value == gaps["missing"]
    assert content.figure("unknowns").value == questions.unknown
    shown = {row.code: row for row in (*regions["pages"].rows, regions["total"])}
    [minutes] = content.minutes
    assert [(row.people, row.closed, row.opened, row.gaining) for row in minutes.regions] == [
        (shown[row.code].people, shown[row.code].closed_people, shown[row.code].opened_people, shown[row.code].gaining)
        for row in minutes.regions
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_pdf_say_the_same_in_each_language(report: Report, client_for: Any, language: str) -> None:
    client = client_for("NL-NCC", Role.PLANNER, language=language)
    page = client.get(f"/mapping/reports/{report.pk}/").content.decode()
    response = client.get(f"/mapping/reports/{report.pk}/pdf")
    words = pdf_words(response.content)

    with translation.override(language):
        sentences = [sentence for sentence, _figure in sentences_of(decode_content(report.content))]
    assert len(sentences) == 10
    assert f"-{language}-" in response["Content-Disposition"]
    for sentence in sentences:
        assert sentence in page
        assert squeezed(sentence) in words
    assert report.digest[:16] in page
    assert reverse("links", args=["report", report.pk]) in page
    assert report.digest[:16] in words
    assert words.count("TLP") >= 2


def test_the_address_chooses_the_language_of_the_pdf(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.PLANNER, language="en")

    assert "Seite1von" in pdf_words(client.get(f"/mapping/reports/{report.pk}/pdf?language=de").content)
    assert "Page1of" in pdf_words(client.get(f"/mapping/reports/{report.pk}/pdf").content)
    assert client.get(f"/mapping/reports/{report.pk}/pdf?language=xx").status_code == 404


def test_the_same_report_gives_the_same_bytes(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.PLANNER)
    one, other = (client.get(f"/mapping/reports/{report.pk}/pdf?language=fr").content for _ in range(2))

    assert one == other


def test_nobody_else_is_told_that_a_report_exists(report: Report, client_for: Any) -> None:
    paths = ("", "pdf", "tables/gaps", "maps/HCP-open.svg")
    addresses = [
        *(f"/mapping/reports/{report.pk}/{path}" for path in paths),
        f"/mapping/reports/compare?old={report.pk}&new={report.pk}",
    ]
    owner, neighbour = client_for("NL-NCC", Role.OBSERVER), client_for("BE-NCCN", Role.DIRECTOR)

    assert [owner.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert [neighbour.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert neighbour.post(f"/mapping/reports/{report.pk}/again").status_code == 404
    assert list(owner.get("/mapping/reports/").context["reports"]) == [report]
    assert list(neighbour.get("/mapping/reports/").context["reports"]) == []


def test_a_report_holds_what_its_owner_sees_and_no_more(report: Report) -> None:
    owner, neighbour = Organisation.objects.get(code="NL-NCC"), Organisation.objects.get(code="BE-NCCN")
    make_recommendation(make_acting(owner, Role.POLICY_OFFICER), text="Ours alone.", tlp="RED")

    def seen_by(reader: Organisation) -> tuple[list[str], str]:
        content = gather(reader, "Exercise", NOW, ASKED, lambda _step, _done, _total: None)
        return [advice.text for advice in content.advice], content.tlp

    assert seen_by(owner)[0] == ["Ours alone."]
    assert seen_by(owner)[1] == "RED"
    assert seen_by(neighbour)[0] == []
    assert seen_by(neighbour)[1] != "RED"


def test_whatever_someone_wrote_stays_text(report: Report, client_for: Any) -> None:
    owner = Organisation.objects.get(code="NL-NCC")
    make_recommendation(make_acting(owner, Role.POLICY_OFFICER), text=HOSTILE, tlp="RED")
    content = gather(owner, "Exercise", NOW, ASKED, lambda _step, _done, _total: None)
    Report.objects.filter(pk=report.pk).update(content=encode_content(content))
    client = client_for(owner, Role.PLANNER)

    page = client.get(f"/mapping/reports/{report.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert squeezed(HOSTILE) in pdf_words(client.get(f"/mapping/reports/{report.pk}/pdf").content)


def test_a_table_is_sorted_alone_and_taken_along(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.PLANNER)
    address = f"/mapping/reports/{report.pk}/"
    headers = {"HX-Request": "true", "HX-Target": "table-capacities"}
    swapped = client.get(f"{address}?sort=capacities.help", headers=headers)
    rows = swapped.context["block"]["rows"]
    names = [cells[0][1] for cells in rows]

    assert "reports/report.html" not in [template.name for template in swapped.templates]
    assert names == sorted(names, key=str.casefold)
    listed = list(
        csv.reader(io.StringIO(client.get(f"{address}tables/capacities?format=csv").content.decode("utf-8-sig")))
    )
    assert len(listed) == len(rows) + 1
    assert client.get(f"{address}tables/capacities?format=xlsx").content.startswith(b"PK")
    assert client.get(f"{address}tables/nothing").status_code == 404


def test_a_map_is_a_drawing_of_ours(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.PLANNER)
    found = client.get(f"/mapping/reports/{report.pk}/maps/HCP-gain.svg")

    assert found["Content-Type"] == "image/svg+xml"
    assert found.content.startswith(b"<svg ")
    assert client.get(f"/mapping/reports/{report.pk}/maps/HCP-nothing.svg").status_code == 404
    assert client.get(f"/mapping/reports/{report.pk}/maps/AMB-gain.svg").status_code == 404


def test_two_reports_are_compared(report: Report, client_for: Any) -> None:
    owner = Organisation.objects.get(code="NL-NCC")
    content = decode_content(report.content)
    before = Report.objects.get(pk=report.pk)
    for made_on in (NOW.date(), NOW.date() + datetime.timedelta(days=1)):
        make_recommendation(make_acting(owner, Role.POLICY_OFFICER), made_on=made_on)
    with clock.at(NOW):
        gathered = gather(owner, "Exercise", NOW, ASKED, lambda _step, _done, _total: None)
    after = Report.objects.create(
        owner=owner,
        status="Exercise",
        asked=ASKED.as_json(),
        made_at=NOW,
        made_by="planner",
        state=ReportState.MADE,
        content=encode_content(gathered),
    )
    client = client_for(owner, Role.PLANNER)
    found = client.get(f"/mapping/reports/compare?old={before.pk}&new={after.pk}").context["found"]
    changed = {change.key: (change.old.value, change.new.value) for change in found.figures}

    assert changed == {"advice": (len(content.advice), len(content.advice) + 1)}
    assert "Nothing changed" in client.get(f"/mapping/reports/compare?old={after.pk}&new={after.pk}").content.decode()
    for odd in ("", "x", "9" * 30, "²"):
        assert client.get(f"/mapping/reports/compare?old={odd}&new={after.pk}").status_code == 404


def test_a_report_is_asked_for_and_made_behind_a_page_that_can_be_left(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.PLANNER)
    page = client.get("/mapping/reports/new")
    assert page.context["form"].initial["capabilities"][0] == "HCP"
    given = {"hazard": "flood", "capabilities": ["HCP", "AMB"], "tlp": "AMBER", "once": "asked-once"}

    asked = client.post("/mapping/reports/new", given)
    again = client.post("/mapping/reports/new", given)

    assert asked.url == again.url
    made = Report.objects.exclude(pk=report.pk).get()
    assert (made.state, made.tlp, made.asked["capabilities"]) == (ReportState.MAKING, "AMBER", ["HCP", "AMB"])
    assert "The report is being made." in client.get(asked.url).content.decode()
    assert client.get(f"{asked.url}pdf").status_code == 404
    assert (
        client.post("/mapping/reports/new", given | {"capabilities": ["HCP", "AMB", "BOAT", "ICU", "FC"]}).status_code
        == 422
    )


def test_who_does_not_work_on_the_cooperation_reads_only(report: Report, client_for: Any) -> None:
    client = client_for("NL-NCC", Role.DUTY_OFFICER)

    assert client.get(f"/mapping/reports/{report.pk}/").status_code == 200
    assert not client.get("/mapping/reports/").context["may_make"]
    assert client.post("/mapping/reports/new", {"hazard": "flood", "capabilities": ["HCP"]}).status_code == 409


@pytest.mark.parametrize(
    ("roads", "said"),
    [
        ({"roads_on": None}, ["none; minutes are estimated", "minutes are estimated from the distance"]),
        (
            {"roads_on": None, "has_main_roads": True},
            ["main roads; minutes are approximate", "Minutes are those by main roads"],
        ),
        ({"roads_on": DAY}, ["road network of 24 June", "contributors, as of 24 June", "on the roads of 24 June"]),
        (
            {"roads_on": DAY, "is_day_built": True},
            ["network built on 24 June", "contributors, network built on 24 June", "which was built on 24 June"],
        ),
    ],
    ids=["none", "main roads", "of a day", "built on a day"],
)
def test_it_says_of_which_day_the_roads_are_or_when_their_network_was_built(
    report: Report, roads: dict[str, Any], said: list[str]
) -> None:
    content = decode_content(encode_content(replace(decode_content(report.content), **roads)))
    told = f"{facts_of(report, content)} {sections_of(content)}"
    assert [words for words in said if words not in told] == []
