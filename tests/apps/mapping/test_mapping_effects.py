"""A change before it exists: what it does to answers, minutes and plans, and that it leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import override_settings

from noaber.apps.mapping.effects import Laws, matrix_effect, minutes_effect, plan_effects
from noaber.apps.mapping.models import Scenario
from noaber.apps.mapping.region import RegionQuery
from noaber.apps.planner.models import Proposal
from noaber.apps.registry.models import AgreementRow, ApprovalAssumption
from noaber.apps.registry.queries import assumptions_of, inventory
from noaber.core.agreements import Level, Wording
from noaber.core.agreements.change import Change, EndedText, Law, NewText, ShorterApproval, apply_change
from noaber.core.agreements.narrow import EVERY_TEXT
from noaber.web import clock
from planner_builders import APPROVAL_MINUTES, EVENING, Evening, wanted

ASKED = RegionQuery("HCP", "flood", EVENING.date(), EVERY_TEXT)
HELPS, HAZARDS = ("HCP", "BOAT"), ("flood", "wildfire", "storm")
FRANCE_BELGIUM = NewText(
    id="DRAFT",
    title=Wording(en="Draft"),
    level=Level.STATE,
    territories=("BE", "FR"),
    approval_minutes=15,
    capabilities=("HCP",),
    hazards=("flood",),
)


@pytest.fixture
def evening(db: None, settings: LazySettings) -> Iterator[Evening]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        made = Evening.make()
        made.own_and_neighbour()
        made.team(made.fr, "LILLE", territory="FRE11", quantity=3, lon=3.06, lat=50.63, mobilisation_minutes=20)
        yield made


def laws(evening: Evening, change: Change | None) -> Laws:
    before = Law(inventory(evening.be), assumptions_of(evening.be))
    if change is None:
        return Laws(before, before)
    return Laws(before, apply_change(change, before, organisation="BE-NCCN", owner="Duty", on=EVENING.date()))


def plan(evening: Evening, change: Change | None):
    [effect] = plan_effects(laws(evening, change), evening.brussels, "Exercise", EVENING)
    return effect


def sent(plan) -> dict[str, int]:
    return {line.unit: line.quantity for line in plan.assignments}


def test_a_new_text_brings_the_teams_that_it_permits(evening: Evening):
    evening.incident(None, wanted("HCP", 10, 600))
    effect = plan(evening, FRANCE_BELGIUM)

    assert sent(effect.before) == {"BE-NCCN:LIEGE": 2, "NL-NCC:EINDHOVEN": 5}
    assert sent(effect.after) == {**sent(effect.before), "FR-COGIC:LILLE": 3}
    assert [one.missing for one in effect.before.unmet] == [3]
    assert effect.after.unmet == ()


def test_a_text_that_ends_keeps_its_teams_at_home(evening: Evening):
    evening.incident(None, wanted("HCP", 6, 600))
    effect = plan(evening, EndedText("NL-BE-1984"))

    assert sent(effect.after) == {"BE-NCCN:LIEGE": 2}
    assert [one.missing for one in effect.after.unmet] == [4]


def test_a_shorter_approval_brings_the_same_teams_sooner_by_as_much(evening: Evening):
    evening.incident(None, wanted("HCP", 6, 600))
    effect = plan(evening, ShorterApproval("NL-BE-1984", APPROVAL_MINUTES - 15))
    abroad = [
        next(line for line in plan.assignments if line.unit == "NL-NCC:EINDHOVEN")
        for plan in (effect.before, effect.after)
    ]

    assert sent(effect.after) == sent(effect.before)
    assert abroad[0].arrival - abroad[1].arrival == pytest.approx(15)


def test_without_a_change_nothing_differs(evening: Evening):
    evening.incident()
    assert plan(evening, None).is_same
    effect = matrix_effect(laws(evening, None), ASKED, HELPS, HAZARDS)
    assert (effect.better, effect.worse, effect.other_text, effect.changed) == (0, 0, 0, [])
    minutes = minutes_effect(laws(evening, None), evening.be, "Exercise", EVENING, ASKED)
    assert not minutes.gain.any()
    assert (minutes.faster, minutes.slower) == (0, 0)
    assert all(region.before == region.after for region in minutes.regions)


def test_incidents_that_are_not_seen_or_of_another_status_have_no_plan(evening: Evening):
    evening.incident(evening.hague, groups=[], title="Hidden")
    with override_settings(NOABER_STATUS="Actual"):
        evening.incident(status="Actual")
    assert plan_effects(laws(evening, None), evening.stockholm, "Exercise", EVENING) == []
    assert plan_effects(laws(evening, None), evening.brussels, "Exercise", EVENING) == []


def test_the_answers_that_a_new_text_makes_surer(evening: Evening):
    effect = matrix_effect(laws(evening, FRANCE_BELGIUM), ASKED, HELPS, HAZARDS)
    french = {(was.owner.code, was.place.code) for was, _now in effect.changed}

    assert ("FR-COGIC", "BE-NCCN") in french
    assert ("BE-NCCN", "FR-COGIC") in french
    assert all({now.owner.territory[:2], now.place.territory[:2]} == {"BE", "FR"} for _was, now in effect.changed)
    assert all((was.kind, now.kind) == ("missing", "open") for was, now in effect.changed)
    # one help at one hazard, both ways, between Belgium and France with its zone and prefecture
    assert (effect.better, effect.worse, effect.other_text) == (6, 0, 0)


def test_minutes_gain_where_a_text_begins_and_lose_where_it_ends(evening: Evening):
    begun = minutes_effect(laws(evening, FRANCE_BELGIUM), evening.be, "Exercise", EVENING, ASKED)
    ended = minutes_effect(laws(evening, EndedText("NL-BE-1984")), evening.be, "Exercise", EVENING, ASKED)

    assert begun.faster > 0 == begun.slower
    assert (begun.gain >= 0).all()
    assert ended.slower > 0 == ended.faster
    assert (ended.gain <= 0).all()
    *parts, whole = begun.regions
    assert whole.code == ""
    assert [sum(one.after[i] for one in parts) for i in range(3)] == list(whole.after)


def test_minutes_are_those_of_one_help_and_hazard(evening: Evening):
    for asked in (RegionQuery(None, "flood", ASKED.on, EVERY_TEXT), RegionQuery("HCP", None, ASKED.on, EVERY_TEXT)):
        assert minutes_effect(laws(evening, None), evening.be, "Exercise", EVENING, asked) is None


def test_nothing_is_stored(evening: Evening):
    evening.incident()
    stored = (AgreementRow, ApprovalAssumption, Proposal, Scenario)
    before = [model.objects.count() for model in stored]
    plan(evening, FRANCE_BELGIUM)
    minutes_effect(laws(evening, EndedText("NL-BE-1984")), evening.be, "Exercise", EVENING, ASKED)

    assert [model.objects.count() for model in stored] == before
    assert "DRAFT" not in {text.id for text in inventory(evening.be)}
