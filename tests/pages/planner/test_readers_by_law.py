"""Whoever answers for the territory of an incident sees it everywhere, is told of it, and acts on nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import OrganisationKind, Role, TlpLabel
from noaber.apps.accounts.models import Feed, Organisation, Responsibility
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.accounts.who_sees import who_sees
from noaber.apps.library.search import Wanted, search
from noaber.apps.planner.services.incidents import change_incident, remove_need
from noaber.core.problems import NotAllowed
from noaber.core.search.question import read_question
from planner_builders import Evening, client_of, need_of
from registry_builders import make_acting, make_organisation


@pytest.fixture
def governor(evening: Evening) -> Organisation:
    """The governor of Liège, who belongs to no group."""
    made = make_organisation("BE-P-LG", kind=OrganisationKind.REGIONAL_PARTNER)
    Responsibility.objects.create(organisation=made, territory="BE335", answers_for="BE33")
    return made


@pytest.fixture
def liege(governor: Organisation) -> Acting:
    return make_acting(governor, Role.DUTY_OFFICER)


def show(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_governor_sees_the_disaster_in_the_own_province_whatever_its_label(evening: Evening, liege: Acting) -> None:
    incident = evening.incident(tlp=TlpLabel.RED, groups=[])
    client = client_of(liege)
    page = show(client, "incident", incident.number)
    assert "in our territory" in page
    for name in ("incidents", "desk"):
        listed = show(client, name, status="Exercise")
        assert incident.number in listed
        assert "in our territory" in listed
    found = search(liege.organisation, Wanted(read_question("Pepinster"), status="Exercise"))
    assert [hit.record for hit in found.hits] == [incident]
    elsewhere = evening.incident(tlp=TlpLabel.RED, groups=[], territory="BE341", title="Elsewhere")
    assert client.get(reverse("incident", args=[elsewhere.number])).status_code == 404
    assert "in our territory" not in show(client_of(evening.brussels), "incident", incident.number)


def test_files_and_the_api_know_the_same_readers(evening: Evening, liege: Acting) -> None:
    incident = evening.incident(tlp=TlpLabel.RED, groups=[])
    elsewhere = evening.incident(tlp=TlpLabel.RED, groups=[], territory="BE341", title="Elsewhere")
    client = client_of(liege)
    file = client.get(reverse("incidents"), {"status": "Exercise", "format": "csv"}).content.decode()
    assert incident.number in file
    assert elsewhere.number not in file
    listed = client.get("/api/v1/incidents").json()["items"]
    assert [one["number"] for one in listed] == [incident.number]
    assert client.get(f"/api/v1/incidents/{incident.number}").status_code == 200
    assert client.get(f"/api/v1/incidents/{elsewhere.number}").status_code == 404


def test_the_list_asks_no_more_questions_for_more_incidents(
    evening: Evening, liege: Acting, django_assert_max_num_queries: Any
) -> None:
    client = client_of(liege)
    for count in (1, 30):
        for _ in range(count):
            evening.incident(groups=[])
        with django_assert_max_num_queries(20):
            show(client, "incidents", status="Exercise")


def test_an_incident_that_moves_into_the_territory_is_told_and_found(evening: Evening, liege: Acting) -> None:
    incident = evening.incident(groups=[], territory="BE341")
    question = Wanted(read_question("Pepinster"), status="Exercise")
    assert search(liege.organisation, question).counts.total == 0
    before = _version(liege)
    change_incident(evening.brussels, incident, evening.data(groups=[]))
    assert _version(liege) > before
    assert search(liege.organisation, question).counts.total == 1
    change_incident(evening.brussels, incident, evening.data(groups=[], territory="BE341"))
    assert search(liege.organisation, question).counts.total == 0


def test_a_new_incident_wakes_the_pages_of_those_who_answer_for_its_territory(evening: Evening, liege: Acting) -> None:
    evening.incident(groups=[], territory="BE341")
    before = _version(liege)
    evening.incident(groups=[])
    assert _version(liege) > before


def test_whom_the_law_adds_reads_and_does_not_act(evening: Evening, liege: Acting) -> None:
    incident = evening.incident(groups=[])
    page = show(client_of(liege), "incident", incident.number)
    assert reverse("incident-edit", args=[incident.number]) not in page
    assert reverse("incident-close", args=[incident.number]) not in page
    with pytest.raises(NotAllowed):
        remove_need(liege, need_of(incident))


def test_the_page_says_who_sees_it_and_why(evening: Evening, governor: Organisation) -> None:
    incident = evening.incident()
    page = show(client_of(evening.brussels), "incident", incident.number)
    pane = page[page.index("Who sees this, and why") :].partition("</section>")[0]
    row = pane[pane.index("BE-P-LG") :].partition("</tr>")[0]
    assert "answers for Liège" in re.sub(r"Prov\. ", "", row)
    assert "(BE33)" in row
    assert "by law" in row
    assert "owns it" in pane[pane.index(">BE-NCCN<") :].partition("</tr>")[0]
    assert "belongs to" in pane[pane.index(">NL-NCC<") :].partition("</tr>")[0]


@pytest.mark.parametrize("label", list(TlpLabel), ids=str)
def test_those_who_are_named_are_those_who_see_it(evening: Evening, governor: Organisation, label: TlpLabel) -> None:
    incident = evening.incident(tlp=label)
    incident.addressees.add(evening.se)
    told = who_sees(incident)
    named = {reader.organisation for reader in told.readers}
    assert told.everyone == (label is TlpLabel.CLEAR)
    assert named == set(readers_of(incident)) or told.everyone
    assert {evening.be, evening.se, governor} <= named


def test_the_form_says_whom_the_law_adds(evening: Evening, governor: Organisation) -> None:
    asked = {"tlp": "RED", "territory": "BE335"}
    answer = client_of(evening.brussels).get(reverse("reach"), asked).content.decode()
    assert "BE-P-LG" in answer
    assert "Reaches nobody" not in answer
    asked["territory"] = "BE341"
    answer = client_of(evening.brussels).get(reverse("reach"), asked).content.decode()
    assert "BE-P-LG" not in answer
    assert "Reaches nobody" in answer


def _version(acting: Acting) -> int:
    return Feed.objects.filter(organisation=acting.organisation).values_list("version", flat=True).first() or 0
