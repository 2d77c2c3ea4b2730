"""Who can help now: the same minutes as the plan's, what stays at home, and the reason of each who cannot."""

from __future__ import annotations

import datetime

import pytest

from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.helpers import find_union_row
from noaber.apps.planner.presenters.incident_page import helpers_context
from noaber.apps.planner.services import proposals
from noaber.apps.registry.services.capacities import set_home_cover
from planner_builders import APPROVAL_MINUTES, EVENING, Evening, need_of, wanted
from registry_builders import author_for

LIEGE, EINDHOVEN = "BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


def test_the_table_and_the_plan_say_the_same_minutes(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    shown = helpers_context(evening.brussels, incident, need_code="n1")
    minutes = {row.helper.unit.id: row.helper.minutes for row in shown["able"]}
    assert minutes == {line["unit"]: line["arrival"] for line in made.plan["assignments"]}
    assert [row.helper.unit.id for row in shown["able"]] == [LIEGE, EINDHOVEN]
    neighbour = shown["able"][1]
    assert (neighbour.agreement, neighbour.helper.approval) == ("NL-BE-1984", APPROVAL_MINUTES)
    assert neighbour.cost_unknown is True


def test_what_may_go_leaves_the_home_cover(evening: Evening, incident: Incident) -> None:
    cover = {"tlp": "AMBER", "groups": [evening.group.code], "now": EVENING}
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 2, **cover)
    evening.team(evening.nl, "VENLO", territory="NL42", quantity=1, lon=6.17, lat=51.37)
    shown = helpers_context(evening.brussels, incident, need_code="n1")
    rows = {row.helper.unit.id: (row.helper.may_go, row.helper.stay) for row in shown["able"]}
    assert rows[EINDHOVEN] == (4, 2)
    assert shown["ranking"].supply.neighbours == 4


def test_who_cannot_come_says_why(evening: Evening) -> None:
    evening.team(evening.fr, "LILLE", territory="FRE", quantity=2, lon=3.06, lat=50.6)
    evening.team(evening.nl, "LOCAL", territory="NL423", state="out-of-service")
    evening.team(evening.nl, "COVER", territory="NL41", quantity=1, capabilities=("HCP", "FRB"))
    incident = evening.incident(evening.hague, wanted("HCP", 3, 360), territory="NL423", lon=5.83, lat=50.87)
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 1, now=EVENING)
    rows = helpers_context(evening.hague, incident, need_code="n1")["unable"]
    assert {row.helper.unit.id: row.why_not for row in rows} == {
        "FR-COGIC:LILLE": "No text below the Union mechanism lets it come here.",
        "NL-NCC:LOCAL": "Its owner says that it is out of service.",
        "NL-NCC:COVER": "Its owner keeps it to cover its home.",
    }


def test_an_old_state_is_marked(evening: Evening) -> None:
    evening.team(evening.be, "OLD", territory="BE33", now=EVENING - datetime.timedelta(hours=25))
    evening.team(evening.be, "NEW", territory="BE33", now=EVENING - datetime.timedelta(hours=23))
    rows = helpers_context(evening.brussels, evening.incident(), need_code="n1")["able"]
    assert {row.helper.unit.name: row.helper.unit.stale for row in rows} == {"OLD": True, "NEW": False}


def test_what_is_not_shared_is_in_no_row_and_no_sum(evening: Evening, incident: Incident) -> None:
    before = helpers_context(evening.brussels, incident, need_code="n1")["ranking"]
    evening.team(evening.nl, "HIDDEN", territory="NL41", quantity=9, groups=[], tlp="AMBER")
    after = helpers_context(evening.brussels, incident, need_code="n1")["ranking"]
    assert (after.supply, after.able_count, after.unable_count) == (
        before.supply,
        before.able_count,
        before.unable_count,
    )


def test_the_sum_counts_only_what_surely_may_come(evening: Evening) -> None:
    evening.team(evening.lu, "BELVAUX", territory="LU", quantity=2, lon=5.9, lat=49.5)
    incident = evening.incident(evening.hague, wanted("HCP", 3, 360), territory="NL423", lon=5.83, lat=50.87)
    shown = helpers_context(evening.hague, incident, need_code="n1")
    assert [(row.agreement, row.text_unknown) for row in shown["able"]] == [("BNL-2006", True)]
    assert shown["ranking"].supply.neighbours == 0


def test_the_union_mechanism_is_named_apart(evening: Evening, incident: Incident) -> None:
    row = find_union_row(evening.be, incident, need_of(incident), EVENING.date())
    assert row is not None
    assert row.agreement == "EU-UCPM-2013"
    assert row.channels
