"""Reserved teams: plans, the map, the answer and the desk leave them alone, and are the former when they are let go."""

from __future__ import annotations

import datetime

import pytest

from exchange_world import World
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.request_page import RequestPage
from noaber.apps.exchange.sheets import AnswerSheet
from noaber.apps.exchange.teams import free_teams
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.home import home_rows
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.queries.plan_difference import left_at_home
from noaber.apps.planner.queries.reservations import NOT_TOLD
from noaber.apps.planner.services import proposals
from noaber.apps.registry.models import Capacity, Reservation
from noaber.apps.registry.queries.reservations import most_held
from noaber.apps.registry.services.capacities import set_home_cover
from noaber.apps.registry.services.reservations import let_go, reserve
from noaber.apps.roads.queries.unavailable_teams import unavailable_teams
from noaber.core.problems import InvalidInput
from planner_builders import EVENING, Evening, need_of
from registry_builders import author_for

LIEGE, EINDHOVEN = "BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


def hold(owner: Organisation, code: str, quantity: int, begins: float = -1, ends: float = 48) -> Reservation:
    """Teams for a record that nobody sees, from and until so many hours from now."""
    return reserve(
        author_for(owner),
        Capacity.objects.get(code=code),
        quantity,
        begins_at=EVENING + begins * HOUR,
        ends_at=EVENING + ends * HOUR,
        held_for=("event", 1),
        now=EVENING,
    )


def propose(evening: Evening, incident: Incident) -> Proposal:
    return proposals.propose(evening.brussels, incident, include_unknown=False)


def lines_of(proposal: Proposal) -> dict[str, int]:
    return {line["unit"]: line["quantity"] for line in proposal.plan["assignments"]}


def test_a_plan_leaves_reserved_teams_and_says_why(evening: Evening, incident: Incident) -> None:
    before = propose(evening, incident)
    held = hold(evening.nl, "EINDHOVEN", 3)
    during = propose(evening, incident)
    assert lines_of(before) == {LIEGE: 2, EINDHOVEN: 4}
    assert lines_of(during) == {LIEGE: 2, EINDHOVEN: 2}
    (plan,) = need_plans(incident, [need_of(incident)], during, [], asked={})
    assert plan.missing == 2
    assert "These teams are reserved for an event: NL-NCC." in plan.because
    assert left_at_home(during)["NL-NCC", "HCP"] == 0
    let_go(author_for(evening.nl), held, now=EVENING)
    assert lines_of(propose(evening, incident)) == lines_of(before)


def test_a_reservation_that_begins_soon_is_a_warning_and_tells_no_stranger_for_what(
    evening: Evening, incident: Incident
) -> None:
    hold(evening.nl, "EINDHOVEN", 3, begins=20, ends=40)
    hold(evening.nl, "EINDHOVEN", 2, begins=300, ends=400)
    proposal = propose(evening, incident)
    assert lines_of(proposal) == {LIEGE: 2, EINDHOVEN: 4}
    assert {one["event"] for one in proposal.problem["reservations"]} == {NOT_TOLD}
    (plan,) = need_plans(incident, [need_of(incident)], proposal, [], asked={})
    told = {line.unit: line.reserved_soon for line in plan.lines}
    assert told[LIEGE] == ""
    assert told[EINDHOVEN].startswith("3 reserved from ")


def test_map_desk_and_sending_agree_with_the_plan(evening: Evening, incident: Incident) -> None:
    hold(evening.nl, "EINDHOVEN", 3)
    assert unavailable_teams("Exercise", EVENING) == {EINDHOVEN: 3}
    assert unavailable_teams("Actual", EVENING) == {}
    assert unavailable_teams("Exercise", EVENING + 48 * HOUR) == {}
    assert free_teams(evening.be, "Exercise", EVENING, [EINDHOVEN]) == {EINDHOVEN: 2}
    (row,) = home_rows(evening.nl, "Exercise", EVENING)
    assert (row.free, row.reserved) == (2, 3)


def test_the_desk_tells_what_may_go_from_what_stays_at_home(evening: Evening, incident: Incident) -> None:
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 3, now=EVENING)
    hold(evening.nl, "EINDHOVEN", 1)
    (row,) = home_rows(evening.nl, "Exercise", EVENING)
    assert (row.may_go, row.stays, row.reserved) == (1, 3, 1)
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 9, now=EVENING)
    (row,) = home_rows(evening.nl, "Exercise", EVENING)
    assert (row.may_go, row.stays) == (0, 4), "no more stays than is free"


def test_no_more_is_reserved_at_one_moment_than_there_is(evening: Evening, incident: Incident) -> None:
    hold(evening.nl, "EINDHOVEN", 3, begins=0, ends=10)
    hold(evening.nl, "EINDHOVEN", 3, begins=10, ends=20)
    rows = Reservation.objects.all()
    assert most_held(rows, EVENING, EVENING + 20 * HOUR) == 3
    with pytest.raises(InvalidInput) as error:
        hold(evening.nl, "EINDHOVEN", 3, begins=9, ends=11)
    assert [problem.params for problem in error.value.problems] == [{"left": 2}]
    with pytest.raises(InvalidInput):
        hold(evening.nl, "EINDHOVEN", 1, begins=2, ends=2)


def test_who_answers_a_request_sees_what_is_left_beside_the_reserved(evening: Evening) -> None:
    evening.team(evening.nl, "MWB-HCP", territory="NL41", quantity=3, lon=5.09, lat=51.56)
    world = World(evening.be, evening.nl, evening.lu, evening.fr)
    slug = Request.objects.get(message_id=world.send()).slug

    def may_go() -> int:
        sheet = RequestPage.load(world.hague, slug).answering
        assert sheet is not None
        assert isinstance(sheet.form, AnswerSheet)
        return sheet.form.entries[0].teams[0].team.may_go

    assert may_go() == 3
    hold(evening.nl, "MWB-HCP", 2)
    assert may_go() == 1
