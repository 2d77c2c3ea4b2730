"""The exercise: everything in it refers to something that is there, is possible, and cannot be mistaken for real."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import shapely

from noaber.core.agreements.answer import Question, may_help
from noaber.core.agreements.scope import Match
from noaber.core.messages.model import DeploymentStatus
from noaber.core.messages.transitions import StepKind
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.options import Permit
from noaber.core.planning.problem import Incident, Need, Unit
from noaber.core.planning.solve import solve
from noaber.reference.boundaries import load_countries
from noaber.reference.demo.capacities import DemoCapacity, load_capacities, load_home_cover
from noaber.reference.demo.scenario import (
    default_approval_minutes,
    load_approvals,
    load_contacts,
    load_people,
    load_scenario,
)
from noaber.reference.demo.story import (
    CLOSE_INCIDENT,
    OPEN_INCIDENT,
    StoryStep,
    load_story,
    played_steps,
    steps_to_come,
)
from noaber.reference.legal_texts import agreements
from noaber.reference.organisations import load_groups, load_organisations
from noaber.reference.territories import load_territories
from noaber.reference.vocabulary import (
    AttributeKind,
    ReasonUse,
    load_attributes,
    load_capabilities,
    load_hazards,
    load_host_needs,
    load_reasons,
)

ORGANISATIONS = load_organisations()
CAPACITIES = {capacity.code: capacity for capacity in load_capacities()}
SCENARIO = load_scenario()
TEXTS = {agreement.id: agreement for agreement in agreements()}
PEOPLE = {person.username: person for person in load_people()}
STORY = load_story()
ROLES = {"duty-officer", "planner", "director", "policy-officer", "administrator", "observer"}


def lies_in(country: str, lon: float, lat: float) -> bool:
    """Whether the boundaries, drawn to about a kilometre, have the point in the country."""
    shape = next(known.shape for known in load_countries() if known.code == country)
    return bool(shape.distance(shapely.Point(lon, lat)) < 0.02)


@pytest.mark.parametrize("capacity", CAPACITIES.values(), ids=lambda capacity: capacity.code)
def test_a_capacity_is_coded_and_stands_where_its_owner_works(capacity: DemoCapacity) -> None:
    owner = ORGANISATIONS[capacity.owner]
    assert any(capacity.territory.startswith(territory) for territory in owner.territories)
    assert capacity.territory in load_territories()
    assert lies_in(owner.country, capacity.position.lon, capacity.position.lat)
    assert capacity.capabilities
    assert set(capacity.capabilities) <= set(load_capabilities())
    assert set(capacity.host_needs) <= set(load_host_needs())
    assert set(capacity.groups) <= set(load_groups())
    assert set(capacity.languages) <= {"nl", "fr", "de", "en"}
    assert bool(capacity.host_note) == bool(capacity.host_note_language)


@pytest.mark.parametrize("capacity", CAPACITIES.values(), ids=lambda capacity: capacity.code)
def test_the_state_of_a_capacity_is_complete_and_of_the_day(capacity: DemoCapacity) -> None:
    assert capacity.state in {"available", "reduced", "committed", "out-of-service"}
    assert (capacity.reduced_to is not None) == (capacity.state == "reduced")
    assert 0 <= capacity.free <= capacity.quantity
    assert capacity.state_at <= SCENARIO.starts_at
    if capacity.state != "available":
        assert capacity.state_until is not None
        assert capacity.state_until > SCENARIO.starts_at
        assert capacity.state_reason
        assert capacity.free < capacity.quantity


@pytest.mark.parametrize("capacity", CAPACITIES.values(), ids=lambda capacity: capacity.code)
def test_attributes_are_of_the_vocabulary(capacity: DemoCapacity) -> None:
    for code, value in capacity.attributes.items():
        attribute = load_attributes()[code]
        assert any(attribute.fits(capability) for capability in capacity.capabilities), code
        match attribute.kind:
            case AttributeKind.CHOICE:
                assert value in {choice.code for choice in attribute.choices}
            case AttributeKind.YES_NO:
                assert value in {"yes", "no"}
            case AttributeKind.NUMBER:
                assert float(value) >= 0


def test_what_is_not_marked_illustrative_names_its_source() -> None:
    published = [capacity for capacity in CAPACITIES.values() if not capacity.illustrative]
    assert published
    assert all(capacity.source for capacity in published)
    assert len(published) < len(CAPACITIES) / 10


def test_the_inventory_is_rich_and_everyone_is_hit_at_once() -> None:
    owners = {capacity.owner for capacity in CAPACITIES.values()}
    countries = Counter(ORGANISATIONS[capacity.owner].country for capacity in CAPACITIES.values())
    hit = Counter(ORGANISATIONS[c.owner].country for c in CAPACITIES.values() if c.free < c.quantity)

    assert len(CAPACITIES) >= 150
    assert {f"NL-VR{number:02d}" for number in range(1, 26)} <= owners
    assert min(countries[country] for country in ("BE", "NL", "LU", "DE", "FR")) >= 12
    assert min(hit[country] for country in ("BE", "NL", "LU", "DE")) >= 5


def test_some_states_are_older_than_a_day() -> None:
    day = timedelta(hours=24)
    old = [capacity for capacity in CAPACITIES.values() if SCENARIO.starts_at - capacity.state_at > day]
    assert 2 <= len(old) <= 10


def test_home_cover_is_of_what_an_owner_has() -> None:
    have = {(capacity.owner, capability) for capacity in CAPACITIES.values() for capability in capacity.capabilities}
    rows = [(row.owner, row.capability) for row in load_home_cover()]
    assert set(rows) <= have
    assert len(set(rows)) == len(rows)


def test_each_connected_organisation_can_sign_in_and_an_unconnected_one_cannot() -> None:
    connected = {code for code, organisation in ORGANISATIONS.items() if organisation.connected}
    seats = {membership.organisation for person in PEOPLE.values() for membership in person.memberships}
    assert seats == connected
    for code in connected - {"BNL-SG"}:
        roles = {(membership.organisation, membership.role) for membership in PEOPLE[code.lower()].memberships}
        assert (code, "duty-officer") in roles


def test_people_have_known_roles_and_some_act_for_two() -> None:
    for person in PEOPLE.values():
        assert {membership.role for membership in person.memberships} <= ROLES
    assert len(PEOPLE) == len(load_people())
    both = [p for p in PEOPLE.values() if len({membership.organisation for membership in p.memberships}) > 1]
    assert len(both) >= 2


def test_the_main_centres_have_every_role() -> None:
    for code in ("BE-NCCN", "NL-NCC", "LU-HCPN"):
        roles = {m.role for person in PEOPLE.values() for m in person.memberships if m.organisation == code}
        assert roles >= ROLES - {"observer"}, code


@pytest.mark.parametrize("contact", load_contacts(), ids=lambda contact: f"{contact.organisation}-{contact.field}")
def test_nobody_can_be_rung_or_written_to(contact: Any) -> None:
    """Numbers set aside for fiction in Germany and France; a zero after the country code elsewhere."""
    assert contact.mail.endswith("@example.org")
    assert re.fullmatch(
        r"\+(32|31|352) 0[ 0-9]+|\+49 (30 23125|221 4710) \d{3}|\+33 (3 53 01|1 99 00) \d\d \d\d",
        contact.phone,
    )
    assert {contact.owner, contact.organisation} <= set(ORGANISATIONS)
    assert ORGANISATIONS[contact.owner].connected
    assert contact.verified_on < SCENARIO.starts_at.date()
    assert contact.always_open or contact.open_days or contact.hours


def test_some_contacts_are_due_and_no_two_share_a_number() -> None:
    today = SCENARIO.starts_at.date()
    assert sum(contact.expires_on <= today + timedelta(days=1) for contact in load_contacts()) == 2
    phones = [contact.phone for contact in load_contacts()]
    assert len(set(phones)) == len(phones)


def test_assumed_approvals_are_of_known_texts_that_concern_whoever_assumes() -> None:
    for approval in load_approvals():
        text = TEXTS[approval.agreement]
        country = ORGANISATIONS[approval.organisation].country
        assert 0 < approval.minutes <= 600
        assert approval.as_of < SCENARIO.starts_at.date()
        areas = (*text.providers.codes, *text.providers.within, *text.receivers.codes, *text.receivers.within)
        assert text.level == "union" or country in {area[:2] for area in areas}


def test_every_level_has_a_supposition() -> None:
    assert set(default_approval_minutes()) >= {str(text.level) for text in TEXTS.values()}


# The story


def test_it_is_told_in_order_by_people_who_belong_to_whom_they_act_for() -> None:
    assert list(STORY) == sorted(STORY, key=lambda step: step.at)
    assert len({step.id for step in STORY}) == len(STORY)
    for step in STORY:
        memberships = {(m.organisation, m.role) for m in PEOPLE[step.username].memberships}
        assert (step.organisation, "duty-officer") in memberships
        assert step.step in {*StepKind, OPEN_INCIDENT, CLOSE_INCIDENT}


def test_when_the_site_opens_one_exchange_is_over_and_no_request_of_the_day_is_sent() -> None:
    assert all(step.at < SCENARIO.starts_at for step in played_steps())
    assert all(step.at > SCENARIO.starts_at for step in steps_to_come())
    opened = [step.case for step in played_steps() if step.step == OPEN_INCIDENT]
    closed = [step.case for step in played_steps() if step.step == CLOSE_INCIDENT]
    sent = {step.case for step in played_steps() if step.step == StepKind.SEND_REQUEST}
    assert opened == ["ettelbruck-test", "valkenburg", "eschweiler", "pepinster"]
    assert closed == ["ettelbruck-test"]
    assert sent == {"ettelbruck-test"}


def opened(case: str) -> StoryStep:
    return next(step for step in STORY if step.case == case and step.step == OPEN_INCIDENT)


@pytest.mark.parametrize("case", ["ettelbruck-test", "valkenburg", "eschweiler", "pepinster"])
def test_an_incident_is_coded_and_lies_where_it_says(case: str) -> None:
    incident = opened(case).payload
    assert incident["hazard"] in load_hazards()
    assert incident["territory"] in load_territories()
    assert lies_in(incident["territory"][:2], incident["lon"], incident["lat"])
    assert set(incident["groups"]) <= set(load_groups())
    for need in incident["needs"]:
        assert need["capability"] in load_capabilities()
        assert need["quantity"] >= 1
        assert need["priority"] in {1, 2, 3}


def steps_of(request: str, *kinds: StepKind) -> Iterator[StoryStep]:
    return (step for step in STORY if step.payload.get("request") == request and step.step in kinds)


REQUESTS = {step.payload["request"]: step for step in STORY if step.step == StepKind.AUTHORISE_REQUEST}


@pytest.mark.parametrize("request_name", REQUESTS)
def test_a_request_stands_on_a_text_between_the_two_and_asks_what_the_incident_needs(request_name: str) -> None:
    step = REQUESTS[request_name]
    text = TEXTS[step.payload["agreement"]]
    needs = {need["need"]: need for need in opened(step.case).payload["needs"]}
    countries = {ORGANISATIONS[step.organisation].country, ORGANISATIONS[step.payload["to"]].country}

    assert countries <= {area[:2] for area in text.providers.codes}
    assert any(m.role == "director" for m in PEOPLE[step.payload["signed_by"]].memberships)
    for line in step.payload["lines"]:
        need = needs[line["need"]]
        assert (line["capability"], line["priority"]) == (need["capability"], need["priority"])
        assert "within" not in line, "a line is needed when its need is"


@pytest.mark.parametrize("request_name", REQUESTS)
def test_answers_fit_the_lines_and_the_teams(request_name: str) -> None:
    lines = {line["line"]: line for line in REQUESTS[request_name].payload["lines"]}
    answered: Counter[str] = Counter()
    for step in steps_of(request_name, StepKind.ANSWER_LINE, StepKind.REVISE_OFFER):
        for answer in step.payload["answers"]:
            line = lines[answer["line"]]
            assert answer["risk_checked"] is True
            if answer["response"] == "Decline":
                assert ReasonUse.DECLINE in load_reasons()[answer["reason"]].uses
                continue
            if answer["response"] == "Provisional":
                assert ReasonUse.PROVISIONAL in load_reasons()[answer["reason"]].uses
            team = CAPACITIES[answer["capacity"]]
            assert ORGANISATIONS[team.owner].asked_through == step.organisation
            assert line["capability"] in team.capabilities
            assert answer["quantity"] <= team.free
            if answer["response"] == "Accept":
                answered[answer["line"]] += answer["quantity"]
    assert all(answered[name] <= line["quantity"] for name, line in lines.items())


@pytest.mark.parametrize("request_name", REQUESTS)
def test_what_is_committed_was_offered_and_ordered(request_name: str) -> None:
    def quantities(kind: StepKind) -> dict[str, int]:
        return {o["offer"]: o["quantity"] for step in steps_of(request_name, kind) for o in step.payload["offers"]}

    answers = [
        answer
        for step in steps_of(request_name, StepKind.ANSWER_LINE, StepKind.REVISE_OFFER)
        for answer in step.payload["answers"]
    ]
    offered = {answer["offer"]: answer["quantity"] for answer in answers if answer["response"] == "Accept"}
    assert quantities(StepKind.REQUISITION) == quantities(StepKind.COMMIT) == offered


def test_every_team_comes_home_step_by_step() -> None:
    journeys = defaultdict(list)
    for step in STORY:
        if step.step == StepKind.REPORT:
            journeys[step.payload["deployment"]].append(DeploymentStatus(step.payload["deployment_status"]))
    order = list(DeploymentStatus)
    whole = ["MOBILISING", "EN_ROUTE", "AT_BORDER", "ARRIVED", "OPERATIONAL", "RETURNING", "RETURNED"]

    assert len(journeys) == 5
    for reports in journeys.values():
        assert [order.index(report) for report in reports] == sorted(order.index(report) for report in reports)
        assert [str(report) for report in reports] == whole


def test_every_team_is_released_or_asked_back_before_it_returns() -> None:
    for step in STORY:
        if step.payload.get("deployment_status") == "RETURNING":
            before = [other for other in STORY if other.payload.get("deployment") == step.payload["deployment"]]
            let_go = [other for other in before if other.step in {StepKind.RELEASE, StepKind.ANSWER_RETURN}]
            assert let_go
            assert let_go[0].at < step.at


def test_an_extension_is_asked_while_the_team_is_there_and_ends_later_than_agreed() -> None:
    agreed = {
        offer["offer"]: datetime.fromisoformat(offer["until"])
        for step in STORY
        if step.step == StepKind.COMMIT
        for offer in step.payload["offers"]
    }
    asked = [step for step in STORY if step.step == StepKind.ASK_EXTENSION]
    granted = [step for step in STORY if step.step == StepKind.ANSWER_EXTENSION]

    assert [step.payload["deployment"] for step in asked] == [step.payload["deployment"] for step in granted]
    for step in (*asked, *granted):
        assert step.at < agreed[step.payload["deployment"]] < datetime.fromisoformat(step.payload["until"])


def test_the_hague_accepts_in_part_luxembourg_one_and_duesseldorf_nothing() -> None:
    def responses(request: str) -> Counter[str]:
        answers = [a for step in steps_of(request, StepKind.ANSWER_LINE) for a in step.payload["answers"]]
        return Counter(answer["response"] for answer in answers)

    assert responses("P1") == {"Accept": 2, "Provisional": 1, "Decline": 1}
    assert responses("P2") == {"Accept": 1}
    assert responses("P3") == {"Decline": 3}


def test_the_plan_for_pepinster_asks_whom_the_story_asks() -> None:
    """At 18:00 the proven plan meets every need on time, and takes from each neighbour what is then asked of it."""
    plan = solve(decode_problem(json.dumps(problem_of("pepinster")).encode()), permission=permit_in_brussels)
    taken: Counter[tuple[str, str]] = Counter()
    needs = {need["need"]: need["capability"] for need in opened("pepinster").payload["needs"]}
    for assignment in plan.assignments:
        asked = ORGANISATIONS[CAPACITIES[assignment.unit].owner].asked_through
        taken[asked, needs[assignment.need]] += assignment.quantity
    asked_for: Counter[tuple[str, str]] = Counter()
    for name in ("P1", "P2", "P3"):
        for line in REQUESTS[name].payload["lines"]:
            asked_for[REQUESTS[name].payload["to"], line["capability"]] += line["quantity"]
    of_neighbours = {key: count for key, count in taken.items() if key[0] != "BE-NCCN"}

    assert plan.objectives.unmet == 0
    assert plan.objectives.late == 0
    # The helicopter is asked of The Hague as well: the officer knows that Aachen may need its own.
    assert of_neighbours == {key: count for key, count in asked_for.items() if key != ("NL-NCC", "HELI")}
    assert (taken["BE-NCCN", "FRB"], taken["BE-NCCN", "HCP"]) == (5, 3)


def permit_in_brussels(unit: Unit, incident: Incident, need: Need) -> Permit | None:
    """What the texts surely cover, with what Brussels supposes of their approval: the quickest."""
    if unit.country == incident.country:
        return Permit(None, 0.0)
    question = Question(
        owner_territory=unit.territory,
        place_territory=incident.territory,
        capability=need.capability,
        hazard=incident.hazard,
        owner=unit.owner,
    )
    bases = may_help(question, TEXTS.values(), SCENARIO.starts_at.date()).bases
    sure = [basis.agreement for basis in bases if basis.match is Match.YES]
    supposed = {known.agreement: known.minutes for known in load_approvals() if known.organisation == "BE-NCCN"}
    minutes = [supposed.get(text.id, default_approval_minutes()[str(text.level)]) for text in sure]
    return Permit(sure[0].id, float(min(minutes))) if sure else None


def problem_of(case: str) -> dict[str, Any]:
    incident = opened(case).payload
    return {
        "now": SCENARIO.starts_at.isoformat(),
        "units": [_unit(capacity) for capacity in CAPACITIES.values() if capacity.free],
        "home_cover": [
            {"owner": row.owner, "capability": row.capability, "minimum": row.minimum} for row in load_home_cover()
        ],
        "incidents": [
            {
                "id": case,
                "territory": incident["territory"],
                "hazard": incident["hazard"],
                "lon": incident["lon"],
                "lat": incident["lat"],
                "needs": [
                    {
                        "id": need["need"],
                        "capability": need["capability"],
                        "quantity": need["quantity"],
                        "within": need["within"],
                        "priority": need["priority"],
                    }
                    for need in incident["needs"]
                ],
            }
        ],
        "travel": {"model": "estimate", "speed": 60, "detour": 1.3},
    }


def _unit(capacity: DemoCapacity) -> dict[str, Any]:
    return {
        "id": capacity.code,
        "owner": capacity.owner,
        "territory": capacity.territory,
        "capabilities": list(capacity.capabilities),
        "quantity": capacity.free if capacity.share_up_to is None else min(capacity.free, capacity.share_up_to),
        "lon": capacity.position.lon,
        "lat": capacity.position.lat,
        "mobilisation": capacity.mobilisation_minutes,
    }
