"""The forms of incidents and needs: what they find out by themselves, what they refuse, and what they keep."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from boundary_builders import keep_regions, square
from noaber.apps.accounts.enums import Role
from noaber.apps.planner.models import Incident
from noaber.apps.roads.enums import BoundaryKind
from noaber.core.deadlines import within
from planner_builders import EVENING, Evening, client_of, need_of, wanted
from registry_builders import make_acting

_tokens = itertools.count(1)


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


def given(**changes: Any) -> dict[str, Any]:
    """A form as the browser sends it: a flood at Pepinster, one need, two empty rows."""
    fields = {
        "once": f"form-{next(_tokens)}",
        "status": "Exercise",
        "title": "",
        "hazard": "flood",
        "severity": "Severe",
        "place": "Pepinster",
        "territory": "",
        "lon": "",
        "lat": "",
        "tlp": "AMBER",
        "needs-TOTAL_FORMS": "3",
        "needs-INITIAL_FORMS": "0",
        "needs-0-capability": "HCP",
        "needs-0-quantity": "6",
        "needs-0-needed_by": "6",
        "needs-0-priority": "1",
        "needs-1-priority": "1",
        "needs-2-priority": "1",
    }
    return fields | {name.replace("__", "-"): value for name, value in changes.items()}


def open_by(client: Client, answers: int = 302, /, **changes: Any) -> str:
    answer = client.post(reverse("incident-new"), given(**changes))
    page = answer.content.decode()
    assert answer.status_code == answers, page
    return page


def test_a_place_alone_gives_position_territory_and_name(brussels: Client) -> None:
    open_by(brussels)
    incident = Incident.objects.get()
    assert (incident.title, incident.place, incident.territory) == ("Pepinster", "Pepinster", "BE335")
    assert (round(incident.lon, 1), round(incident.lat, 1)) == (5.8, 50.6)
    (need,) = incident.needs.all()
    assert (need.capability, need.quantity, need.needed_by) == ("HCP", 6, within(360, stated_at=EVENING))


def test_a_double_click_opens_one_incident(brussels: Client) -> None:
    for _click in range(2):
        open_by(brussels, once="one-click")
    assert Incident.objects.count() == 1


def test_a_position_that_no_district_is_known_at_asks_for_it(brussels: Client) -> None:
    page = open_by(brussels, 422, place="Doggersbank", lon="2.5", lat="54.7")
    assert "No district is known at this position; choose it by its name." in page
    assert 'value="Doggersbank"' in page
    assert 'value="54.7"' in page
    open_by(brussels, place="Doggersbank", lon="2.5", lat="54.7", territory="NL")
    assert Incident.objects.get().territory == "NL"


def test_a_place_on_the_border_gives_its_own_district_and_another_is_chosen_by_name(brussels: Client) -> None:
    open_by(brussels, place="Eupen")
    assert Incident.objects.get().territory == "BE336"
    open_by(brussels, place="Eupen", territory="Arr. Verviers, communes francophones", title="Herbesthal")
    assert Incident.objects.get(title="Herbesthal").territory == "BE335"
    open_by(brussels, place="Eupen", territory="BE336 Bezirk Verviers", title="Kettenis")
    assert Incident.objects.get(title="Kettenis").territory == "BE336"


def test_the_boundaries_of_the_site_decide_where_places_only_stand_near(brussels: Client) -> None:
    between = {"place": "Hütte", "lon": "6.03", "lat": "50.622"}
    open_by(brussels, title="before", **between)
    keep_regions(BoundaryKind.MUNICIPALITY, "BE", square("63079", (6.0, 50.55, 6.034, 50.625), fr="Baelen"))
    open_by(brussels, title="after", **between)
    assert dict(Incident.objects.values_list("title", "territory")) == {"before": "BE336", "after": "BE335"}


def test_an_incident_that_is_kept_more_coarsely_is_offered_its_district_and_not_changed(brussels: Client) -> None:
    open_by(brussels, place="Eupen", territory="BE3")
    incident = Incident.objects.get()
    page = brussels.get(reverse("incident", args=[incident.number])).content.decode()
    offered = reverse("incident-edit", args=[incident.number]) + "?district=BE336"
    assert f'href="{offered}"' in page
    assert "lies in BE336 Verviers district" in page
    incident.refresh_from_db()
    assert incident.territory == "BE3"
    assert 'value="BE336 Verviers district' in brussels.get(offered).content.decode()

    open_by(brussels, title="exact", place="Eupen")
    exact = Incident.objects.get(title="exact")
    page = brussels.get(reverse("incident", args=[exact.number])).content.decode()
    assert "BE336 Verviers district" in page
    assert "lies in" not in page


def test_an_incident_whose_district_nothing_tells_says_so(brussels: Client) -> None:
    open_by(brussels, place="Kassel")
    incident = Incident.objects.get()
    assert incident.territory == "DE7"
    assert "the district is not known" in brussels.get(reverse("incident", args=[incident.number])).content.decode()


def test_an_unknown_place_asks_for_its_position_and_keeps_the_rest(brussels: Client) -> None:
    page = open_by(brussels, 422, place="Xyzzyqqq", title="Somewhere", note="Eau jusqu’au premier étage")
    assert "No place of that name is known here." in page
    for kept in ('value="Xyzzyqqq"', 'value="Somewhere"', "Eau jusqu’au premier étage", 'value="6"'):
        assert kept in page
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("needs__0__quantity", "0"),
        ("needs__0__quantity", "six"),
        ("needs__0__needed_by", "-1"),
        ("needs__0__needed_by", "nan"),
        ("needs__0__useless_after", "3"),
        ("needs__0__capability", "TANK"),
        ("needs__0__priority", "4"),
        ("lon", "500"),
        ("territory", "ZZ9"),
        ("hazard", "dragons"),
        ("status", "Real"),
        ("needs__TOTAL_FORMS", "many"),
        ("needs__TOTAL_FORMS", "99999999"),
    ],
)
def test_what_cannot_be_is_refused_with_the_form(brussels: Client, field: str, value: str) -> None:
    page = open_by(brussels, 422, **{field: value})
    assert 'class="err"' in page
    assert Incident.objects.count() == 0


def test_at_least_one_need_is_named(brussels: Client) -> None:
    nothing = {"needs__0__capability": "", "needs__0__quantity": "", "needs__0__needed_by": ""}
    assert "Name at least one need." in open_by(brussels, 422, **nothing)
    assert Incident.objects.count() == 0


def test_no_more_than_twenty_needs_are_taken(brussels: Client) -> None:
    rows = {
        f"needs__{row}__{name}": value
        for row in range(21)
        for name, value in (("capability", "HCP"), ("quantity", "1"), ("needed_by", "1"), ("priority", "1"))
    }
    assert "An incident has at most 20 needs." in open_by(brussels, 422, **rows, needs__TOTAL_FORMS="21")
    assert Incident.objects.count() == 0


def test_a_row_that_is_begun_is_finished(brussels: Client) -> None:
    assert 'class="err"' in open_by(brussels, 422, needs__1__quantity="3")


def test_more_rows_keep_what_was_typed_and_complain_of_nothing(brussels: Client) -> None:
    page = open_by(brussels, 200, more="1", place="", needs__0__quantity="7", needs__0__needed_by="")
    assert page.count('class="need-row"') == 5
    assert 'value="7"' in page
    assert 'class="err"' not in page


def test_groups_of_others_are_not_offered_and_not_taken(evening: Evening) -> None:
    stockholm = client_of(evening.stockholm)
    assert "NEIGHBOURS" not in stockholm.get(reverse("incident-new")).content.decode()
    open_by(stockholm, 422, groups=[str(evening.group.pk)])


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OBSERVER])
def test_whoever_may_not_open_incidents_gets_no_form(evening: Evening, role: Role) -> None:
    client = client_of(make_acting(evening.be, role))
    assert client.get(reverse("incident-new")).status_code == 409
    assert client.post(reverse("incident-new"), given()).status_code == 409


def test_an_exercise_offers_and_takes_nothing_actual(evening: Evening, brussels: Client, settings: Any) -> None:
    page = brussels.get(reverse("incident-new")).content.decode()
    assert 'value="Exercise"' in page
    assert 'value="Actual"' not in page
    assert "?status=Actual" not in brussels.get(reverse("incidents")).content.decode()
    assert brussels.post(reverse("incident-new"), given(status="Actual")).status_code == 422
    assert not Incident.objects.exists()
    settings.NOABER_STATUS = "Actual"
    page = brussels.get(reverse("incident-new")).content.decode()
    assert all(f'value="{kind}"' in page for kind in ("Actual", "Exercise", "Test"))


def test_the_status_is_not_asked_again(evening: Evening, brussels: Client) -> None:
    incident = evening.incident()
    page = brussels.get(reverse("incident-edit", args=[incident.number])).content.decode()
    assert 'name="status"' not in page
    changed = given(title="Verviers", place="Verviers", lon="5.86", lat="50.59", territory="BE335", status="Actual")
    assert brussels.post(reverse("incident-edit", args=[incident.number]), changed).status_code == 302
    incident.refresh_from_db()
    assert (incident.title, incident.status) == ("Verviers", "Exercise")


def test_a_need_is_added_changed_and_taken_away(evening: Evening, brussels: Client) -> None:
    incident = evening.incident()
    need = {"capability": "FRB", "quantity": "10", "needed_by": "3", "priority": "1", "once": "need-1"}
    for _click in range(2):
        brussels.post(reverse("need-new", args=[incident.number]), need)
    assert [one.code for one in incident.needs.all()] == ["n1", "n2"]
    changed = brussels.post(reverse("need", args=[incident.number, "n2"]), {**need, "quantity": "0", "once": "need-2"})
    assert changed.status_code == 422
    moved = brussels.post(reverse("need", args=[incident.number, "n2"]), {**need, "needed_by": "4", "once": "need-3"})
    assert moved.status_code == 422, "a deadline moves with a reason only"
    kept = {**need, "needed_by": "21:00", "quantity": "12", "once": "need-4"}
    brussels.post(reverse("need", args=[incident.number, "n2"]), kept)
    assert need_of(incident, "n2").quantity == 12
    brussels.post(reverse("need-remove", args=[incident.number, "n2"]))
    assert [one.code for one in incident.needs.all()] == ["n1"]


def test_a_need_is_shown_as_it_was_typed(evening: Evening, brussels: Client) -> None:
    incident = evening.incident(None, wanted("HCP", 6, 360, useless_after=630))
    page = brussels.get(reverse("need", args=[incident.number, "n1"])).content.decode()
    assert 'value="6"' in page
    assert 'value="2021-07-15 04:30"' in page, "with its day, so that it means the same when the form comes back"


def test_the_form_begins_with_the_kind_that_was_looked_at(brussels: Client) -> None:
    page = brussels.get(reverse("incidents"), {"status": "Test"}).content.decode()
    assert reverse("incident-new") + "?status=Test" in page
    form = brussels.get(reverse("incident-new"), {"status": "Test"}).context["form"]
    assert form["status"].value() == "Test"
