"""Of whom help is asked, and whose teams whoever is asked can offer."""

from __future__ import annotations

import pytest

from exchange_world import World, make_organisation
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.asking import addressee_of, all_organisations, asked_for


@pytest.fixture
def world(db: None) -> World:
    return World.make()


@pytest.fixture
def region(world: World) -> Organisation:
    """A safety region with Noaber of its own, below a service with Noaber of its own."""
    service = make_organisation("NL-LOCC", country="NL")
    region = make_organisation("NL-VR24", country="NL")
    Organisation.objects.filter(pk=service.pk).update(parent=world.nl)
    Organisation.objects.filter(pk=region.pk).update(parent=service)
    region.refresh_from_db()
    return region


def test_across_a_border_a_region_is_asked_through_its_national_centre(world: World, region: Organisation) -> None:
    assert addressee_of(region.code, all_organisations(), abroad=True) == world.nl
    assert addressee_of(region.code, all_organisations(), abroad=False) == region


def test_a_centre_offers_abroad_what_is_asked_through_it(world: World, region: Organisation) -> None:
    assert {world.nl.pk, region.pk} <= asked_for(world.nl, abroad=True)
    assert region.pk not in asked_for(world.nl, abroad=False)
    assert region.pk not in asked_for(world.be, abroad=True)


def test_a_region_that_is_asked_itself_offers_its_own(world: World, region: Organisation) -> None:
    assert asked_for(region, abroad=True) == {region.pk}
    assert asked_for(region, abroad=False) == {region.pk}
