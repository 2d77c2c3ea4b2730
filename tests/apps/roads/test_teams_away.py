"""Teams that are spoken for do not reach: the minutes without them, and exactly the former ones when they are home."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import override_settings

from exchange_world import TO_WORK, World
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import services
from noaber.apps.exchange.models import Deployment
from noaber.apps.planner.queries.requested import Requested
from noaber.apps.planner.queries.situation import build_problem as look_as_planner
from noaber.apps.registry.models import Capacity
from noaber.apps.roads.reach.nearest_responders import nearest_responders
from noaber.apps.roads.reach.reach import Reach, reach_of, visible_means
from noaber.core.geo import Position
from noaber.core.messages.model import DeploymentStatus
from planner_builders import EVENING, Evening

VENLO = Position(6.17, 51.37)


@pytest.fixture
def world(evening: Evening) -> World:
    """Brussels may ask The Hague for two of its three teams at Tilburg; two more stand at Groningen."""
    evening.team(evening.nl, "MWB-HCP", territory="NL41", quantity=3, lon=5.09, lat=51.56, mobilisation_minutes=20)
    evening.team(evening.nl, "GRONINGEN", territory="NL11", quantity=2, lon=6.57, lat=53.22, mobilisation_minutes=20)
    return World(evening.be, evening.nl, evening.lu, evening.fr)


def reach_for(reader: Organisation, status: str = "Exercise") -> Reach:
    return reach_of(visible_means(reader, status, EVENING, capability="HCP", hazard="flood"))


def left_for(reader: Organisation, status: str = "Exercise") -> dict[str, int]:
    seen = visible_means(reader, status, EVENING, capability="HCP", hazard="flood")
    return {unit.id: unit.quantity for unit in seen.units}


def commit_two(world: World) -> tuple[str, str]:
    request = world.send()
    return request, world.deploy(request)


def bring_home(world: World, request: str, deployment: str) -> None:
    world.report(request, deployment, *TO_WORK)
    services.release(world.brussels, request, deployment, handover="Matériel complet.")
    world.report(request, deployment, DeploymentStatus.RETURNING, DeploymentStatus.RETURNED)


def test_who_is_away_does_not_reach_and_who_is_back_does_as_before(world: World) -> None:
    before = reach_for(world.be)
    request, deployment = commit_two(world)
    without = reach_for(world.be)
    first, third, fifth = (without.opened.minutes[:, column] for column in range(3))
    np.testing.assert_array_equal(first, before.opened.minutes[:, 0])  # one team is still at Tilburg
    assert (third > before.opened.minutes[:, 1]).any()
    assert np.isinf(fifth).all()  # three teams are left
    assert np.isfinite(before.opened.minutes[:, 2]).any()
    assert left_for(world.be) == {"NL-NCC:MWB-HCP": 1, "NL-NCC:GRONINGEN": 2}
    bring_home(world, request, deployment)
    after = reach_for(world.be)
    for found, former in ((after.closed, before.closed), (after.opened, before.opened)):
        for name, array in vars(found).items():
            np.testing.assert_array_equal(array, getattr(former, name))


def test_a_click_counts_the_teams_that_are_left(world: World) -> None:
    commit_two(world)
    found = nearest_responders(visible_means(world.nl, "Exercise", EVENING, capability="HCP", hazard="flood"), VENLO, 3)
    assert [(one.unit.id, one.teams) for one in found.responders] == [("NL-NCC:MWB-HCP", 1), ("NL-NCC:GRONINGEN", 3)]
    assert found.closed is not None
    assert found.closed.unit.id == "NL-NCC:GRONINGEN"


def test_a_base_whose_teams_are_all_away_is_left_out(world: World) -> None:
    Capacity.objects.filter(code="MWB-HCP").update(quantity=2)
    commit_two(world)
    assert left_for(world.be) == {"NL-NCC:GRONINGEN": 2}


def test_map_and_plan_agree_for_everyone_also_for_who_may_not_see_the_deployment(
    world: World, evening: Evening
) -> None:
    incidents = {one.organisation: evening.incident(one) for one in (world.brussels, world.luxembourg)}
    commit_two(world)
    assert not Deployment.objects.visible_to(world.lu).exists()
    for reader, incident in incidents.items():
        plan = look_as_planner(reader, [incident], EVENING, include_unknown=False, asked=Requested())
        assert left_for(reader) == {name: unit.quantity for name, unit in plan.units.items() if unit.quantity}
    assert left_for(evening.se) == {}


def test_an_exercise_takes_nothing_off_in_earnest(world: World, evening: Evening) -> None:
    with override_settings(NOABER_STATUS="Actual"):
        evening.team(evening.nl, "MWB-HCP", status="Actual", quantity=3, lon=5.09, lat=51.56)
    commit_two(world)
    assert left_for(world.be, "Actual") == {"NL-NCC:MWB-HCP": 3}
