"""Several drafts signed off in one step: each as it was read, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exchange_world import World, later, make_acting
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.core.problems import InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
PUMPS = DraftLine(capability="HCP", quantity=2, needed_by=later(3))


@pytest.fixture
def world() -> World:
    return World.make()


def read(*drafts: RequestDraft) -> dict[int, str]:
    return {draft.pk: services.digest_of_draft(RequestDraft.objects.get(pk=draft.pk)) for draft in drafts}


def states(*drafts: RequestDraft) -> list[str]:
    found = dict(RequestDraft.objects.values_list("pk", "state"))
    return [found[draft.pk] for draft in drafts]


def refused(world: World, ticked: dict[int, str]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as error:
        services.authorise_together(world.director, ticked)
    return [(problem.where, problem.code) for problem in error.value.problems]


def change(world: World, draft: RequestDraft, **changes: Any) -> None:
    data = {
        name: getattr(draft, name)
        for name in ("supplier", "status", "case_id", "incident_text", "territory", "language", "agreement", "hazard")
    }
    said = {"lines": decode_lines(draft.lines), "reception_point": draft.reception_point}
    services.change_draft(world.brussels, draft, services.DraftData(**{**data, **said, **changes}))


def test_all_are_signed_by_whoever_may(world: World) -> None:
    drafts = [world.draft(), world.draft(supplier=world.lu)]
    services.authorise_together(world.director, read(*drafts))
    assert states(*drafts) == [DraftState.AUTHORISED] * 2
    assert {one.signed_by for one in RequestDraft.objects.all()} == {world.director.function}


def test_only_those_that_were_chosen(world: World) -> None:
    first, second = world.draft(), world.draft(supplier=world.lu)
    services.authorise_together(world.director, read(first))
    assert states(first, second) == [DraftState.AUTHORISED, DraftState.DRAFT]


def test_one_that_was_changed_since_is_not_signed_and_keeps_the_others_back(world: World) -> None:
    first, second = world.draft(), world.draft(supplier=world.lu)
    ticked = read(first, second)
    change(world, second, lines=(replace(decode_lines(second.lines)[0], quantity=9),))
    assert refused(world, ticked) == [(f"/drafts/{second.pk}", "draft.changed-since")]
    assert states(first, second) == [DraftState.DRAFT] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"tlp": "RED"},
        {"cost_rule": "free"},
        {"agreement": "BNL-2006"},
        {"reception_point": "Verviers"},
        {"note": "vite"},
        {"answer_within_minutes": 5},
        {"contact_phone": "1"},
    ],
)
def test_whatever_a_draft_says_is_part_of_what_was_read(world: World, change: dict[str, Any]) -> None:
    draft = world.draft()
    ticked = read(draft)
    RequestDraft.objects.filter(pk=draft.pk).update(**change)
    assert refused(world, ticked) == [(f"/drafts/{draft.pk}", "draft.changed-since")]


def test_every_draft_in_the_way_is_named(world: World) -> None:
    gone, signed, empty, fine = (world.draft(case_id=f"C{number}") for number in range(4))
    RequestDraft.objects.filter(pk=empty.pk).update(reception_point="")
    ticked = read(gone, signed, empty, fine)
    services.discard_draft(world.brussels, gone)
    services.authorise_draft(world.director, signed)
    assert refused(world, ticked) == [
        (f"/drafts/{gone.pk}", "draft.discarded"),
        (f"/drafts/{signed.pk}", "draft.signed"),
        (f"/drafts/{empty.pk}", "draft.no-reception-point"),
    ]
    assert states(fine) == [DraftState.DRAFT]


def test_without_the_right_to_sign_nothing_is_signed(world: World) -> None:
    draft = world.draft()
    with pytest.raises(NotAllowed):
        services.authorise_together(world.brussels, read(draft))
    assert states(draft) == [DraftState.DRAFT]


def test_nothing_chosen_is_said(world: World) -> None:
    assert refused(world, {}) == [("/drafts", "draft.none-chosen")]


def test_the_draft_of_another_is_not_found_and_keeps_the_own_back(world: World) -> None:
    own = world.draft()
    director = make_acting(world.nl, Role.DIRECTOR)
    data = services.DraftData(
        supplier=world.be,
        status="Exercise",
        case_id="NL-1",
        incident_text="Maas",
        territory="NL42",
        lines=(PUMPS,),
        language="nl",
        agreement="NL-BE-1984",
        reception_point="Venlo",
    )
    theirs = services.create_draft(director, data)
    with pytest.raises(NotFound):
        services.authorise_together(world.director, read(own, theirs))
    assert states(own, theirs) == [DraftState.DRAFT] * 2
