"""On an exercise no service makes anything Actual; on a node that serves reality each of them does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.test import override_settings

from campaign_builders import DEADLINE, OPENS
from events_builders import make_event
from exchange_world import World
from noaber.apps.accounts.enums import Role
from noaber.apps.campaigns.models import Campaign
from noaber.apps.campaigns.services.campaigns import CampaignData, add_campaign
from noaber.apps.events.models import EventDossier
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.services import authorise_draft, send_request
from noaber.apps.planner.models import Incident
from noaber.apps.registry.models import Capacity, ContactPoint, HomeCover
from noaber.apps.registry.services import set_home_cover, withdraw_capacity
from noaber.apps.roads.models import Closure
from planner_builders import EVENING, Evening, refused
from registry_builders import author_for, make_acting, make_capacity, make_contact
from roads_builders import close_bridge

Make = Callable[[str], Any]


def makers(evening: Evening) -> dict[type[models.Model], Make]:
    policy = make_acting(evening.be, Role.POLICY_OFFICER)
    asking = World(be=evening.be, nl=evening.nl, lu=evening.nl, fr=evening.nl)
    mapping = CampaignData("C", {"en": "Mapping"}, OPENS, DEADLINE)
    return {
        Incident: lambda status: evening.incident(status=status),
        Closure: lambda status: close_bridge(evening, status=status),
        RequestDraft: lambda status: asking.draft(status=status),
        Capacity: lambda status: make_capacity(evening.be, "PUMPS", status=status),
        ContactPoint: lambda status: make_contact(evening.be, status=status),
        HomeCover: lambda status: set_home_cover(author_for(evening.be), evening.be, status, "HCP", 1, now=EVENING),
        EventDossier: lambda status: make_event(policy, status=status),
        Campaign: lambda status: add_campaign(policy, mapping, status=status),
    }


KINDS = (Incident, Closure, RequestDraft, Capacity, ContactPoint, HomeCover, EventDossier, Campaign)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_makes_nothing_actual(evening: Evening, kind: type[models.Model]) -> None:
    make = makers(evening)[kind]
    with refused("status.not-actual-here"):
        make("Actual")
    assert not kind._default_manager.filter(status="Actual").exists()
    make("Exercise")
    assert kind._default_manager.filter(status="Exercise").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_real_node_makes_what_is_actual(evening: Evening, kind: type[models.Model]) -> None:
    with override_settings(NOABER_STATUS="Actual"):
        makers(evening)[kind]("Actual")
    assert kind._default_manager.filter(status="Actual").exists()


def test_a_draft_of_a_real_node_is_not_sent_once_it_only_exercises(evening: Evening) -> None:
    asking = World(be=evening.be, nl=evening.nl, lu=evening.nl, fr=evening.nl)
    with override_settings(NOABER_STATUS="Actual"):
        draft = asking.draft(status="Actual")
        authorise_draft(asking.director, draft)
    with refused("status.not-actual-here"):
        send_request(asking.brussels, draft)


def test_what_a_real_node_kept_can_still_be_changed(evening: Evening) -> None:
    with override_settings(NOABER_STATUS="Actual"):
        kept = make_capacity(evening.be, "PUMPS", status="Actual")
    withdraw_capacity(author_for(evening.be), kept, now=EVENING, reason="sold")
    kept.refresh_from_db()
    assert kept.withdrawn_at == EVENING
