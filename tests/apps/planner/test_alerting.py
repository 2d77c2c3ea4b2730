"""Own teams of a plan are alerted at their owners, spoken for at once, and the rest is still asked for."""

from __future__ import annotations

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Deployment, Request
from noaber.apps.exchange.queries import alerted_teams, drafts_of_case, teams_spoken_for
from noaber.apps.exchange.services import confirm_alert
from noaber.apps.planner.models import Incident, IncidentEvent, Proposal
from noaber.apps.planner.queries.staleness import check_current
from noaber.apps.planner.services import alerting, drafting, proposals
from noaber.core.deadlines import within
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import make_acting, make_organisation

LIEGE = "BE-NCCN:LIEGE"
PUMPS = "BE-ZONE:PUMPS"


@pytest.fixture
def zone(evening: Evening) -> Organisation:
    """A rescue zone of Belgium with two pump teams, beside the centre's own two."""
    zone = make_organisation("BE-ZONE")
    evening.team(zone, "PUMPS", territory="BE33", quantity=2, lon=5.6, lat=50.6, mobilisation_minutes=20)
    return zone


@pytest.fixture
def incident(evening: Evening, zone: Organisation) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


@pytest.fixture
def plan(evening: Evening, incident: Incident) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=False)


def incident_of(plan: Proposal) -> Incident:
    return plan.incidents.get()


def alert(evening: Evening, plan: Proposal, incident: Incident | None = None) -> None:
    alerting.alert_own_teams(evening.brussels, plan, incident or incident_of(plan), language="fr")


def test_the_own_teams_of_a_plan_are_alerted_at_each_owner(evening: Evening, plan: Proposal) -> None:
    assert {(line.unit, line.quantity) for line in alerting.own_lines(evening.brussels, plan, incident_of(plan))} == {
        (LIEGE, 2),
        (PUMPS, 2),
    }
    alert(evening, plan)
    assert {request.supplier.code for request in Request.objects.filter(is_alert=True)} == {"BE-NCCN", "BE-ZONE"}
    assert teams_spoken_for("Exercise", EVENING) == {LIEGE: 2, PUMPS: 2}
    (line,) = Request.objects.get(supplier__code="BE-ZONE").lines.all()
    assert (line.need_id, line.needed_at) == ("n1", within(360, stated_at=EVENING))
    event = IncidentEvent.objects.get(kind="alerted")
    assert sorted(event.params["teams"]) == [["LIEGE", 2], ["PUMPS", 2]]


def test_the_own_control_room_has_confirmed_and_the_zone_has_not(
    evening: Evening, zone: Organisation, plan: Proposal
) -> None:
    alert(evening, plan)
    states = {item.unit: item.deployment for item in alerted_teams(evening.be, plan.numbers)}
    assert (states[LIEGE].state, states[PUMPS]) == ("COMMITTED", None)
    confirm_alert(make_acting(zone, Role.DUTY_OFFICER), Request.objects.get(supplier=zone).pk)
    assert Deployment.objects.count() == 2


def test_an_alert_leaves_the_rest_of_the_plan_to_be_asked_for(evening: Evening, plan: Proposal) -> None:
    alert(evening, plan)
    assert check_current(evening.brussels, plan, "Exercise", plan.numbers) == plan.numbers
    drafting.draft_requests(evening.brussels, plan, language="fr")
    (draft,) = drafts_of_case(evening.be, plan.numbers[0])
    assert draft.supplier == evening.nl
    with refused("alert.nothing"):
        alert(evening, plan)
    assert Request.objects.count() == 2


def test_another_plan_gives_what_was_alerted_to_nobody(evening: Evening, plan: Proposal) -> None:
    alert(evening, plan)
    again = proposals.propose(evening.brussels, incident_of(plan), include_unknown=False)
    assert again.planned_needs(plan.numbers[0])["n1"]["quantity"] == 2
    assert {line["unit"] for line in again.plan["assignments"]} == {"NL-NCC:EINDHOVEN"}
    other = evening.incident(None, wanted("HCP", 4, 360), title="Nessonvaux")
    elsewhere = proposals.propose(evening.brussels, other, include_unknown=False)
    assert not {LIEGE, PUMPS} & {line["unit"] for line in elsewhere.plan["assignments"]}


def test_what_another_incident_took_meanwhile_is_refused(evening: Evening, plan: Proposal) -> None:
    other = evening.incident(None, wanted("HCP", 4, 360))
    proposals.propose(evening.brussels, other, include_unknown=False)
    alert(evening, proposals.pin_line(evening.brussels, need_of(other), LIEGE, 2, language="en"), other)
    with refused("alert.none-free"):
        alert(evening, plan)
    assert not Request.objects.filter(case_id=plan.numbers[0]).exists()


def test_teams_are_own_only_at_an_incident_in_the_country_of_who_asks(evening: Evening, zone: Organisation) -> None:
    evening.own_and_neighbour()
    abroad = evening.incident(evening.hague, wanted("HCP", 4, 360))
    plan = proposals.propose(evening.hague, abroad, include_unknown=False)
    assert plan.plan["assignments"]
    assert alerting.own_lines(evening.hague, plan, abroad) == []


def test_only_who_may_send_alerts(evening: Evening, plan: Proposal) -> None:
    with refused("accounts.role.send-request"):
        alerting.alert_own_teams(make_acting(evening.be, Role.OBSERVER), plan, incident_of(plan), language="fr")
    assert not Request.objects.exists()
