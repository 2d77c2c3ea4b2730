"""The form of an answer: filled in with what may go, judged while somebody types, mended at one press."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exchange_world import World, later, make_organisation
from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import Offer
from noaber.apps.exchange.threads import load_thread
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services.capacities import set_home_cover
from noaber.web import clock
from registry_builders import author_for, make_capacity

pytestmark = pytest.mark.django_db
SignIn = Callable[[Acting], Client]


def boats(world: World, code: str, quantity: int, *, lon: float, **fields: Any) -> Capacity:
    given = {"name": f"Boats {code}", "capabilities": ("FRB",), "mobilisation_minutes": 20, "lat": 51.0}
    return make_capacity(world.nl, code, quantity=quantity, lon=lon, **{**given, **fields})


def ask(world: World, quantity: int, *, planned: tuple[str, ...] = (), hours: float = 3) -> str:
    line = DraftLine(capability="FRB", quantity=quantity, needed_by=later(hours), planned_units=planned)
    request_id = world.send(line)
    world.acknowledge(request_id)
    return request_id


def numbers(text: str) -> dict[int, str]:
    """What stands in the fields for teams, by the key of the capacity; empty fields are left out."""
    fields = re.findall(r'<input type="number"[^>]*name="line-1-team-(\d+)-quantity"[^>]*>', text)
    values = {int(key): re.search(rf'name="line-1-team-{key}-quantity" value="(\d+)"', text) for key in fields}
    return {key: found[1] for key, found in values.items() if found}


def page(client: Client, request_id: str) -> str:
    return client.get(reverse("request", args=[request_id])).content.decode()


def post(client: Client, request_id: str, **data: Any) -> HttpResponse:
    posted = {"step": "answer-line", "line-1-answer": "Accept", "common-risk_checked": "on", **data}
    return client.post(reverse("request", args=[request_id]), posted)


def test_it_begins_with_the_nearest_in_time_and_never_with_more_than_is_asked(world: World, client_of: SignIn) -> None:
    near, middle = boats(world, "NEAR", 2, lon=5.8), boats(world, "MIDDLE", 5, lon=5.7)
    text = page(client_of(world.hague), ask(world, 3))
    assert numbers(text) == {near.pk: "2", middle.pk: "1"}
    assert 'value="Accept" id="id_line-1-answer_0" checked' in text or re.search(r'value="Accept"[^>]*checked', text)


def test_it_begins_with_the_teams_that_the_plan_thought_of(world: World, client_of: SignIn) -> None:
    boats(world, "NEAR", 2, lon=5.8)
    middle = boats(world, "MIDDLE", 5, lon=5.7)
    text = page(client_of(world.hague), ask(world, 2, planned=("NL-NCC:MIDDLE",) * 2))
    assert numbers(text) == {middle.pk: "2"}


def test_a_team_kept_at_home_is_locked_with_the_reason_and_not_filled_in(world: World, client_of: SignIn) -> None:
    kept = boats(world, "KEPT", 1, lon=5.8)
    set_home_cover(author_for(world.nl), world.nl, "Exercise", "FRB", 1, now=clock.now())
    request_id = ask(world, 2)
    client = client_of(world.hague)
    text = page(client, request_id)
    assert numbers(text) == {}
    assert "Open with a reason" in text
    assert "keeps 1 of these at home and has 1 free." in text
    sent = post(client, request_id, **{f"line-1-team-{kept.pk}-quantity": 1})
    assert sent.status_code == 422
    assert not Offer.objects.exists()
    why = {f"line-1-team-{kept.pk}-quantity": 1, f"line-1-team-{kept.pk}-why": "owner-agrees"}
    assert post(client, request_id, **why).status_code == 302
    line = load_thread(request_id).offers[0].information
    assert line is not None
    assert (line.knowing, line.knowing_reason) == (("kept-at-home",), "owner-agrees")


def test_both_sides_read_what_was_accepted_knowingly(world: World, client_of: SignIn) -> None:
    team = boats(world, "PAIR", 2, lon=5.8)
    request_id = ask(world, 1)
    chosen = {f"line-1-team-{team.pk}-quantity": 2, f"line-1-team-{team.pk}-why": "only-together"}
    assert post(client_of(world.hague), request_id, **chosen).status_code == 302
    for side in (world.hague, world.brussels):
        text = page(client_of(side), request_id)
        assert "More than asked for" in text
        assert "The teams only work together" in text


def test_nine_of_three_is_told_while_it_is_typed_and_mended_at_one_press(world: World, client_of: SignIn) -> None:
    team = boats(world, "BOATS", 3, lon=5.8)
    set_home_cover(author_for(world.nl), world.nl, "Exercise", "FRB", 1, now=clock.now())
    request_id = ask(world, 1)
    client = client_of(world.hague)
    name = f"line-1-team-{team.pk}-quantity"
    judged = post(client, request_id, judge="1", **{name: 9}).content.decode()
    assert "There are 3, so 3 can go at most" in judged
    assert "Make it 1" in judged
    assert "Make it 2" in judged
    assert "Make it 3" not in judged
    assert "mend this first" in judged
    assert not Offer.objects.exists()
    mended = post(client, request_id, **{name: 9, "mend": f"{name}=1"})
    assert mended.status_code == 200
    assert numbers(mended.content.decode()) == {team.pk: "1"}
    assert not Offer.objects.exists()
    assert post(client, request_id, **{name: 9}).status_code == 422
    assert post(client, request_id, **{name: 1}).status_code == 302
    assert Offer.objects.get().quantity == 1


def test_what_is_judged_is_what_the_page_shows(world: World, client_of: SignIn) -> None:
    """A swap gives the same parts as a reload with the same numbers."""
    team = boats(world, "BOATS", 3, lon=5.8)
    request_id = ask(world, 1)
    client = client_of(world.hague)
    data = {f"line-1-team-{team.pk}-quantity": 2}
    judged = post(client, request_id, judge="1", **data).content.decode()
    whole = post(client, request_id, **data).content.decode()
    part = re.compile(rf'<div id="note-line-1-team-{team.pk}".*?</div></div>', re.DOTALL)
    swapped, shown = part.search(judged), part.search(whole)
    assert swapped
    assert shown
    assert swapped[0].replace(' hx-swap-oob="true"', "") == shown[0]


def test_an_arrival_is_computed_at_the_moment_of_sending_or_typed_as_a_time(world: World, client_of: SignIn) -> None:
    team = boats(world, "BOATS", 3, lon=5.8)
    first, second = ask(world, 1), ask(world, 1)
    client = client_of(world.hague)
    assert "datetime-local" not in page(client, first)
    post(client, first, **{f"line-1-team-{team.pk}-quantity": 1})
    arrival = Offer.objects.get().estimated_arrival_at
    assert arrival is not None
    assert 0 < (arrival - clock.now()).total_seconds() < 3 * 3600
    typed = later(2)
    at = typed.astimezone(clock.timezone.get_current_timezone()).strftime("%H:%M")
    post(client, second, **{f"line-1-team-{team.pk}-quantity": 1, f"line-1-team-{team.pk}-arrival": at})
    made = Offer.objects.exclude(pk=load_thread(first).offers[0].id).get()
    assert made.estimated_arrival_at == typed.replace(second=0, microsecond=0)


def test_late_is_said_in_words_and_is_not_proposed(world: World, client_of: SignIn) -> None:
    far = boats(world, "FAR", 3, lon=2.0)
    text = page(client_of(world.hague), ask(world, 1, hours=1))
    assert numbers(text) == {}
    assert f"mark-line-1-team-{far.pk}" in text
    assert re.search(r"late \d", text)


def test_a_late_team_goes_once_somebody_ticks_that_it_does_and_is_taken_alike(world: World, client_of: SignIn) -> None:
    far = boats(world, "FAR", 3, lon=2.0)
    request_id = ask(world, 1, hours=1)
    hague, brussels = client_of(world.hague), client_of(world.brussels)
    team = f"line-1-team-{far.pk}"
    chosen = {f"{team}-quantity": 1}
    judged = post(hague, request_id, judge="1", **chosen).content.decode()
    assert "data-noaber-needs-tick" in judged
    assert "Tick that it comes all the same." in judged
    assert post(hague, request_id, **chosen).status_code == 422
    assert not Offer.objects.exists()
    ticked = post(hague, request_id, judge="1", **chosen, **{f"{team}-late": "on"}).content.decode()
    assert "mend this first" in judged
    assert "mend this first" not in ticked
    assert post(hague, request_id, **chosen, **{f"{team}-late": "on"}).status_code == 302
    offer = load_thread(request_id).offers[0]
    assert offer.information is not None
    assert offer.information.knowing == ("late",)

    text = page(brussels, request_id)
    assert "Later than asked for" in text
    assert re.search(r"late: we take it all the same", text)
    order = {"step": "requisition", "order-0-quantity": 1, "common-commit_within_minutes": 20}
    url = reverse("request", args=[request_id])
    refused = brussels.post(url, order)
    assert refused.status_code == 422
    assert "Tick that you take it though it comes late" in refused.content.decode()
    assert load_thread(request_id).offers[0].state == "OFFERED"
    assert brussels.post(url, {**order, "order-0-late": "on"}).status_code == 302
    assert load_thread(request_id).offers[0].state == "ACCEPTED"


def test_a_commitment_that_has_become_late_asks_for_a_tick(world: World, client_of: SignIn) -> None:
    team = boats(world, "NEAR", 2, lon=5.8)
    request_id = ask(world, 1)
    hague, url = client_of(world.hague), reverse("request", args=[request_id])
    assert post(hague, request_id, **{f"line-1-team-{team.pk}-quantity": 1}).status_code == 302
    offer_id = load_thread(request_id).offers[0].id
    world.order(request_id, offer_id, quantity=1)
    assert 'name="late"' not in page(hague, request_id)
    at = later(5).astimezone(clock.timezone.get_current_timezone()).strftime("%H:%M")
    commit = {
        "step": "commit", "subject": offer_id, "answer": "Accept", "quantity": 1, "estimated_arrival_at": at,
    }  # fmt: skip
    refused = hague.post(url, commit)
    assert refused.status_code == 422
    assert "Tick that it is sent though it comes late" in refused.content.decode()
    assert not load_thread(request_id).deployments
    assert hague.post(url, {**commit, "late": "on"}).status_code == 302
    assert load_thread(request_id).deployments


def test_teams_beyond_the_nearest_are_folded_with_a_count(world: World, client_of: SignIn) -> None:
    for number in range(9):
        boats(world, f"B{number}", 1, lon=5.8 - number / 100)
    boats(world, "GONE", 1, lon=5.8, state="out-of-service")
    text = page(client_of(world.hague), ask(world, 2))
    assert "The rest: 3 more" in text
    assert "2 come later, 1 in use" in text


def test_a_line_can_be_left_for_later(world: World, client_of: SignIn) -> None:
    boats(world, "BOATS", 3, lon=5.8)
    request_id = ask(world, 1)
    answer = post(client_of(world.hague), request_id, **{"line-1-answer": ""})
    assert answer.status_code == 422
    assert "Answer at least one line." in answer.content.decode()


def test_the_word_of_another_is_written_down_whatever_is_found(world: World, client_of: SignIn) -> None:
    make_organisation("NL-VR20", country="NL")
    team = boats(world, "BOATS", 3, lon=5.8, tlp="CLEAR")
    request_id = ask(world, 1)
    address = reverse("request", args=[request_id]) + "?for=NL-NCC"
    told = {"manner-channel": "phone", "manner-said_by": "J. Jansen", "manner-said_at": "00:00"}
    data = {"step": "answer-line", "line-1-answer": "Accept", f"line-1-team-{team.pk}-quantity": 9, **told}
    assert client_of(world.brussels).post(address, data).status_code == 302
    assert Counter(Offer.objects.values_list("quantity", flat=True)) == Counter({9: 1})
