"""Behind an invitation: one part and nothing else; every other link gets the same page."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaign_builders import World, make_invitation, open_ask
from noaber.apps.accounts.acting import Acting
from noaber.apps.campaigns.progress import asked_things
from noaber.apps.campaigns.services.invitations import revoke
from noaber.apps.campaigns.views.invited import GUESSES
from noaber.apps.records.history import history_of
from noaber.apps.registry.models import Capacity
from noaber.web import clock

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_part_and_nothing_else(world: World):
    ask = open_ask(world)
    _invitation, secret = make_invitation(world, ask)
    answer = Client().get(reverse("invited", args=[secret]), headers={"Accept-Language": "de"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'lang="de"' in page
    assert "BOAT-1" in page
    assert "E. Beispiel" in page
    assert 'class="nav"' not in page
    links = {part.split('"')[0] for part in page.split('href="')[1:]}
    inside = {link for link in links if not link.startswith(("/static/", "#", f"/i/{secret}/"))}
    assert inside == set()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_unknown_withdrawn_and_expired_links_get_one_and_the_same_page(world: World):
    ask = open_ask(world)
    first, withdrawn = make_invitation(world, ask)
    revoke(world.planner, first)
    _second, over = make_invitation(world, ask)
    client = Client()
    with clock.at(datetime.datetime(2024, 12, 24, 8, tzinfo=datetime.UTC)):
        pages = [
            client.get(reverse("invited", args=[secret]), headers={"Accept-Language": "en"})
            for secret in (withdrawn, over, "nothing", "x" * 43)
        ]
    assert [page.status_code for page in pages] == [404] * 4
    assert len({page.content.split(b"csrf")[0] for page in pages}) == 1
    assert b"Ring or write to whoever sent it" in pages[0].content


def test_a_link_answers_and_its_function_and_name_stand_in_the_history(world: World):
    ask = open_ask(world)
    _invitation, secret = make_invitation(world, ask)
    client, item = Client(), asked_things(ask, world.region)[0].item
    given = {"item": item.key, "capability": "BOAT", "quantity": "2", "mobilisation_minutes": "30"}
    assert client.get(reverse("invited-correct", args=[secret]), {"item": item.key}).status_code == 200
    assert client.post(reverse("invited-correct", args=[secret]), given).status_code == 302
    capacity = Capacity.objects.get(code="BOAT-1")
    assert capacity.quantity == 2
    assert history_of(capacity)[0].by == "invited: Kreisbrandmeister, E. Beispiel"
    answer = client.post(reverse("invited-answer", args=[secret]), {"item": "12345/", "finding": "confirmed"})
    assert answer.status_code == 404
    assert client.get(reverse("invited-add", args=[secret])).status_code == 200


def test_after_the_last_day_it_can_only_be_read(world: World):
    ask = open_ask(world)
    _invitation, secret = make_invitation(world, ask, until=datetime.date(2025, 2, 1))
    item = asked_things(ask, world.region)[0].item
    with clock.at(datetime.datetime(2025, 1, 2, 8, tzinfo=datetime.UTC)):
        page = Client().get(reverse("invited", args=[secret]), headers={"Accept-Language": "en"})
        assert "Right as it is" not in page.content.decode()
        refused = Client().post(reverse("invited-answer", args=[secret]), {"item": item.key, "finding": "confirmed"})
        assert refused.status_code == 409


def test_a_form_from_elsewhere_is_refused(world: World):
    _invitation, secret = make_invitation(world, open_ask(world))
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("invited-answer", args=[secret]), {"item": "1/", "finding": "confirmed"})
    assert answer.status_code == 403


def test_many_wrong_links_are_refused_for_a_while(world: World):
    _invitation, secret = make_invitation(world, open_ask(world))
    client = Client()
    wrong = {client.get(reverse("invited", args=[f"wrong-{number}"])).status_code for number in range(GUESSES)}
    assert wrong == {404}
    assert client.get(reverse("invited", args=[secret])).status_code == 429
    other = Client(REMOTE_ADDR="10.1.2.3")
    assert other.get(reverse("invited", args=[secret])).status_code == 200


def test_someone_signed_in_sees_no_more_by_a_link(world: World, client_of: Callable[[Acting], Client]):
    _invitation, secret = make_invitation(world, open_ask(world))
    page = client_of(world.neighbour).get(reverse("invited", args=[secret])).content.decode()
    assert 'class="nav"' not in page
    assert "NL-NCC" not in page
