"""Near misses: who holds what is asked, does the same task, or fails by little; named with why, and never counted."""

from __future__ import annotations

import pytest

from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.presenters.incident_page import helpers_context
from noaber.apps.planner.presenters.incidents import event_rows
from noaber.apps.planner.presenters.near_misses import NearMiss
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.drafting import draft_requests
from noaber.apps.planner.services.incidents import NeedData, change_need, remove_need
from noaber.apps.planner.services.stand_ins import accept_near_miss
from noaber.apps.registry.services.capacities import set_home_cover
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import author_for

ENGINES = wanted("FIRE-ENG", 10, 360)


def shown(evening: Evening, *needs: NeedData) -> dict[str, NearMiss]:
    incident = evening.incident(evening.brussels, *needs)
    found = helpers_context(evening.brussels, incident, need_code="n1")["near"]
    return {one.row.helper.unit.id: one for one in found.rows}


def test_a_platoon_next_door_is_named_with_the_engines_it_holds(evening: Evening) -> None:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423", quantity=2)
    miss = shown(evening, ENGINES)["NL-NCC:PLT"]
    assert miss.why == "Fire platoon. Each holds 4 fire engines."
    assert (miss.teams, miss.covers, miss.asked) == (2, 8, "2 fire platoons")
    assert miss.row.agreement == "NL-BE-1984"
    assert miss.distance_km == pytest.approx(32, abs=1)


def test_a_number_that_nobody_knows_stays_unknown(evening: Evening) -> None:
    evening.team(evening.be, "PLT", capabilities=("FIRE-PLT",), territory="BE33", quantity=2)
    miss = shown(evening, ENGINES)["BE-NCCN:PLT"]
    assert miss.why == "Fire platoon. Holds this, how many is unknown: Fire engine."
    assert (miss.teams, miss.covers, miss.may_stand_in) == (0, 0, False)


def test_its_package_says_what_it_holds(evening: Evening) -> None:
    team = evening.team(evening.be, "PLT", capabilities=("FIRE-PLT",), territory="BE33", quantity=2)
    team.vehicles = [{"kind": "fire-engine", "number": 2}, {"kind": "command-car", "number": 1}]
    team.save(update_fields=["vehicles"])
    miss = shown(evening, wanted("FIRE-ENG", 3, 360))["BE-NCCN:PLT"]
    assert miss.why == "Fire platoon. Each holds 2 fire engines."
    assert (miss.teams, miss.covers) == (2, 3)


def test_the_same_task_larger_and_a_similar_one(evening: Evening) -> None:
    evening.team(evening.be, "SURGERY", capabilities=("AMP-S",), territory="BE33")
    evening.team(evening.nl, "BHP", capabilities=("BHP",), territory="NL423")
    found = shown(evening, wanted("AMP", 1, 600))
    assert {unit: miss.why for unit, miss in found.items()} == {
        "BE-NCCN:SURGERY": "Same task, larger: Advanced medical post with surgery.",
        "NL-NCC:BHP": "Similar task: Treatment place.",
    }


def test_near_misses_count_for_nothing(evening: Evening) -> None:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423", quantity=2)
    incident = evening.incident(evening.brussels, ENGINES)
    context = helpers_context(evening.brussels, incident, need_code="n1")
    assert (context["ranking"].able_count, context["ranking"].unable_count) == (0, 0)
    assert (context["ranking"].supply.own, context["ranking"].supply.neighbours) == (0, 0)
    assert context["near"].count == 1


def test_who_has_what_is_asked_is_no_near_miss_too(evening: Evening) -> None:
    evening.team(evening.be, "BOTH", capabilities=("FIRE-PLT", "FIRE-ENG"), territory="BE33")
    assert shown(evening, ENGINES) == {}


def test_kept_at_home_and_just_too_late_are_near_misses(evening: Evening) -> None:
    evening.team(evening.nl, "KEPT", territory="NL42", quantity=1)
    evening.team(evening.be, "LATE", territory="BE1", quantity=1, lon=4.35, lat=50.85, mobilisation_minutes=30)
    set_home_cover(
        author_for(evening.nl),
        evening.nl,
        "Exercise",
        "HCP",
        1,
        tlp="AMBER",
        groups=[evening.group.code],
        now=EVENING,
    )
    found = shown(evening, wanted("HCP", 2, 60, useless_after=180))
    assert {unit: miss.why for unit, miss in found.items()} == {
        "NL-NCC:KEPT": "Its owner keeps it to cover its home.",
    }
    found = shown(evening, wanted("HCP", 2, 60, useless_after=120))
    assert found["BE-NCCN:LATE"].why == "It would come 49 minutes too late to be of use."
    assert not found["BE-NCCN:LATE"].may_stand_in
    assert "BE-NCCN:LATE" not in shown(evening, wanted("HCP", 2, 60, useless_after=100))


def test_a_limit_of_the_task_is_shown(evening: Evening) -> None:
    team = evening.team(evening.be, "FRB", capabilities=("FRB",), territory="BE33")
    team.attributes = {"max_current_m_per_s": 1.5, "max_wind_m_per_s": 20}
    team.save(update_fields=["attributes"])
    miss = shown(evening, wanted("BOAT", 3, 360))["BE-NCCN:FRB"]
    assert miss.limits == ("Largest current: 1.5 m/s",)
    assert miss.covers == 3


def test_what_is_not_shared_is_no_near_miss(evening: Evening) -> None:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423", groups=[])
    assert shown(evening, ENGINES) == {}


@pytest.fixture
def platoon(evening: Evening) -> str:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423", quantity=2)
    return "NL-NCC:PLT"


def test_an_accepted_platoon_is_a_need_by_itself_and_is_counted_once(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    made = accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    first = need_of(incident)
    assert (first.quantity, first.replaced) == (2, 8)
    assert (made.code, made.capability, made.quantity, made.stands_for) == ("n2", "FIRE-PLT", 2, 8)
    assert (made.stands_in_for, made.priority) == (first, first.priority)
    assert made.function == "in place of 8 fire engines"
    log = incident.events.get(kind=EventKind.NEAR_MISS_ACCEPTED)
    assert event_rows([log], evening.be)[0].text == "accepts 2 fire platoons, PLT, for 8 fire engines"


def test_the_plan_then_asks_for_the_platoon(evening: Evening, platoon: str) -> None:
    evening.team(evening.be, "OTHER", capabilities=("FIRE-PLT",), territory="BE33", lon=5.8, lat=50.57, quantity=5)
    incident = evening.incident(evening.brussels, ENGINES)
    accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    plan = proposals.propose(evening.brussels, incident, include_unknown=False).plan
    lines = [(line["need"], line["unit"], line["quantity"]) for line in plan["assignments"]]
    assert lines == [("n2", platoon, 2)]
    assert [(one["need"], one["missing"]) for one in plan["unmet"]] == [("n1", 2)]


def test_the_request_says_that_the_platoon_is_asked_for_the_engines(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = draft_requests(evening.brussels, made, language="en")
    (line,) = decode_lines(draft.lines)
    assert (line.capability, line.quantity, line.function) == ("FIRE-PLT", 2, "in place of 8 fire engines")


def test_what_stands_in_for_all_leaves_nothing_to_ask(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, wanted("FIRE-ENG", 3, 360, function="foam"))
    made = accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    assert (need_of(incident).quantity, need_of(incident).replaced) == (0, 3)
    assert (made.quantity, made.stands_for, made.function) == (1, 3, "in place of 3 fire engines; foam")
    assert not proposals.propose(evening.brussels, incident, include_unknown=False).plan["unmet"]
    with refused("incident.no-near-miss"):
        accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")


def test_taking_the_stand_in_away_gives_the_teams_back(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    made = accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    remove_need(evening.brussels, made)
    assert (need_of(incident).quantity, need_of(incident).replaced) == (10, 0)


def test_a_stand_in_that_becomes_something_else_stands_for_nothing(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    made = accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    change_need(evening.brussels, made, wanted("HCP", 2, 360))
    assert (need_of(incident).quantity, need_of(incident, "n2").stands_in_for) == (10, None)


@pytest.mark.parametrize("unit", ["NL-NCC:NOBODY", "BE-NCCN:UNKNOWN", "NL-NCC:HIDDEN"])
def test_only_a_near_miss_that_is_seen_and_counted_is_accepted(evening: Evening, unit: str) -> None:
    evening.team(evening.be, "UNKNOWN", capabilities=("FIRE-PLT",), territory="BE33")
    evening.team(evening.nl, "HIDDEN", capabilities=("FIRE-PLT",), territory="NL423", groups=[])
    incident = evening.incident(evening.brussels, ENGINES)
    with refused("incident.no-near-miss"):
        accept_near_miss(evening.brussels, need_of(incident), unit, language="en")


def test_another_organisation_accepts_nothing(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    with refused("incident.not-owner"):
        accept_near_miss(evening.hague, need_of(incident), platoon, language="en")


def test_a_team_stands_in_once(evening: Evening, platoon: str) -> None:
    incident = evening.incident(evening.brussels, ENGINES)
    accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
    (left,) = helpers_context(evening.brussels, incident, need_code="n1")["near"].rows
    assert (left.row.helper.may_go, left.teams, left.covers) == (2, 0, 0)
    with refused("incident.no-near-miss"):
        accept_near_miss(evening.brussels, need_of(incident), platoon, language="en")
