"""People act for one organisation at a time; a form sent twice acts once; open pages hear of changes."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection, transaction
from django.test import Client

from noaber.apps.accounts.acting import acting_for
from noaber.apps.accounts.enums import OrganisationKind, Permission, Role
from noaber.apps.accounts.models import Feed, Membership, Organisation, Person
from noaber.apps.accounts.permissions import ROLE_PERMISSIONS, check_may, may
from noaber.apps.accounts.services import add_person, announce, do_once
from noaber.core.problems import NotAllowed

pytestmark = pytest.mark.django_db

WRITES = {permission for permission in Permission if permission is not Permission.READ}


@pytest.fixture
def brussels() -> Organisation:
    return Organisation.objects.create(
        code="BE-NCCN", kind=OrganisationKind.NATIONAL_CENTRE, names={"nl": "Crisiscentrum", "en": "Crisis Centre"}
    )


@pytest.fixture
def hague() -> Organisation:
    return Organisation.objects.create(code="NL-NCC", kind=OrganisationKind.NATIONAL_CENTRE, names={"en": "NCC"})


def person(*roles: tuple[Organisation, Role], username: str = "officer") -> Person:
    return add_person(username=username, display_name="A. Lambert", password="a long enough one", roles=roles)


def test_every_role_reads_and_an_observer_only_reads() -> None:
    assert all(Permission.READ in allowed for allowed in ROLE_PERMISSIONS.values())
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert not any(may([Role.OBSERVER], permission) for permission in WRITES)
    assert not may([], Permission.READ)


@pytest.mark.parametrize("permission", sorted(Permission))
def test_what_a_role_may_not_do_is_said_in_a_sentence(permission: Permission) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_may([], permission)
    assert refused.value.problem.message.endswith(".")


def test_who_belongs_to_two_acts_for_the_one_they_chose(brussels: Organisation, hague: Organisation) -> None:
    someone = person((brussels, Role.DUTY_OFFICER), (hague, Role.OBSERVER))
    default, chosen = acting_for(someone, None), acting_for(someone, "NL-NCC")
    assert default is not None
    assert chosen is not None
    assert default.organisation == brussels
    assert default.may(Permission.SEND_REQUEST)
    assert chosen.organisation == hague
    assert not chosen.may(Permission.SEND_REQUEST), "a role in one organisation is no role in another"
    assert set(default.choices) == {brussels, hague}


def test_a_membership_ends(brussels: Organisation) -> None:
    someone = person()
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    Membership.objects.create(person=someone, organisation=brussels, role=Role.PLANNER, until=yesterday)
    assert acting_for(someone, None) is None


def test_one_cannot_act_for_an_organisation_of_others(
    client: Client, brussels: Organisation, hague: Organisation
) -> None:
    client.force_login(person((brussels, Role.DUTY_OFFICER)))
    assert client.post("/act-for", {"organisation": hague.code}).status_code == 404
    assert client.post("/act-for", {"organisation": brussels.code}).status_code == 302


def test_the_same_form_does_its_work_once(brussels: Organisation) -> None:
    someone = person((brussels, Role.DUTY_OFFICER))
    done: list[str] = []

    def work() -> str:
        done.append("done")
        return "/somewhere"

    assert [do_once("token", someone, work) for _ in range(3)] == ["/somewhere"] * 3
    assert done == ["done"]


def test_a_page_of_one_organisation_does_nothing_for_another(
    client: Client, brussels: Organisation, hague: Organisation
) -> None:
    client.force_login(person((brussels, Role.DUTY_OFFICER), (hague, Role.DUTY_OFFICER)))
    page = client.get("/incidents/new").content.decode()
    assert f'name="acting" value="{brussels.code}"' in page
    client.post("/act-for", {"organisation": hague.code})
    refused = client.post("/incidents/new", {"acting": brussels.code})
    assert refused.status_code == 409
    assert "was opened for BE-NCCN; meanwhile you act for NL-NCC." in refused.content.decode()
    client.post("/act-for", {"organisation": brussels.code})
    assert client.post("/incidents/new", {"acting": brussels.code}).status_code == 422


@pytest.mark.parametrize("token", ["", "\0", "x" * 100, "‮token", "<script>"])
def test_what_no_form_sends_as_its_token_is_none(brussels: Organisation, token: str) -> None:
    someone = person((brussels, Role.DUTY_OFFICER))
    assert [do_once(token, someone, lambda place=place: place) for place in ("/a", "/b")] == ["/a", "/b"]


def test_a_token_of_one_person_is_none_of_another(brussels: Organisation, hague: Organisation) -> None:
    someone = person((brussels, Role.DUTY_OFFICER))
    other = person((hague, Role.DUTY_OFFICER), username="other")
    assert do_once("token", someone, lambda: "/brussels") == "/brussels"
    assert do_once("token", other, lambda: "/hague") == "/hague"


def test_a_form_that_failed_may_be_sent_again(brussels: Organisation) -> None:
    someone = person((brussels, Role.DUTY_OFFICER))

    def fails() -> str:
        raise NotAllowed("accounts.role.read")

    with pytest.raises(NotAllowed):
        do_once("token", someone, fails)
    assert do_once("token", someone, lambda: "/there") == "/there"


def test_a_change_raises_the_counter_of_those_who_see_it_and_only_when_it_is_done(
    brussels: Organisation, hague: Organisation
) -> None:
    announce([brussels])
    announce([brussels, hague])
    assert dict(Feed.objects.values_list("organisation__code", "version")) == {"BE-NCCN": 2, "NL-NCC": 1}
    with transaction.atomic():
        announce([brussels])
        transaction.set_rollback(True)
    assert Feed.objects.get(organisation=brussels).version == 2


def test_health_says_ok_and_which_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["database"] == connection.vendor


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/password/reset/"])
def test_what_the_administrator_does_has_no_page_of_the_account_library(
    client: Client, brussels: Organisation, address: str
) -> None:
    assert client.get(address).status_code == 404
    client.force_login(person((brussels, Role.DUTY_OFFICER)))
    assert client.get(address).status_code == 404


def test_the_language_follows_the_person_then_the_browser(client: Client, brussels: Organisation) -> None:
    assert client.get("/accounts/login/", headers={"accept-language": "fr"}).headers["content-language"] == "fr"
    someone = person((brussels, Role.DUTY_OFFICER))
    client.force_login(someone)
    client.post("/language", {"language": "nl", "next": "/organisations/"})
    someone.refresh_from_db()
    assert someone.language == "nl"
    assert client.get("/organisations/", headers={"accept-language": "fr"}).headers["content-language"] == "nl"


def test_the_way_back_never_leads_outside(client: Client) -> None:
    answer = client.post("/language", {"language": "nl", "next": "https://elsewhere.example/"})
    assert answer.headers["location"] == "/"


def test_the_feed_is_for_those_who_belong_to_an_organisation(client: Client) -> None:
    assert client.get("/feed").status_code == 404
