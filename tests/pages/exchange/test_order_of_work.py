"""What a page puts first is what waits; what it says of a place is where the teams are or go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange_world import World, later
from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.models import RequestLine
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.registry.services import load_reference
from noaber.core.messages.model import Channel, DeploymentStatus, Location, ResponseType
from noaber.web import clock

pytestmark = pytest.mark.django_db

SignIn = Callable[[Acting], Client]


def read(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send_two_lines(world: World) -> str:
    return world.send(
        DraftLine(capability="HCP", quantity=3, needed_by=later(3), need_id="n1"),
        DraftLine(capability="MUSAR", quantity=1, needed_by=later(3), need_id="n2"),
    )


def answer_second(world: World, request_id: str) -> None:
    line = RequestLine.objects.get(capability="MUSAR")
    boats = LineAnswer(
        line_id=line.pk,
        response_type=ResponseType.PROVISIONAL,
        teams=(Team(quantity=1, name="Boten Venlo"),),
        reason_code="team-not-ready",
        risk_checked=True,
    )
    services.respond_to_request(world.hague, request_id, [boats])


def test_until_it_is_acknowledged_that_is_the_main_thing_to_do(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    client = client_of(world.hague)
    page = read(client, "request", request_id)
    assert (page.count("btn--main"), page.count("bar-actions--stick")) == (1, 0)
    world.acknowledge(request_id)
    page = read(client, "request", request_id)
    assert (page.count("btn--main"), page.count("bar-actions--stick")) == (1, 1)


def test_a_sign_off_says_its_channel_in_words(world: World, client_of: SignIn) -> None:
    draft = world.draft()
    services.record_sign_off(world.brussels, draft, director="J. Director", at=clock.now(), channel=Channel.PHONE)
    assert "Signed off by J. Director (by phone)" in read(client_of(world.brussels), "draft", str(draft.pk))


def test_a_deadline_stands_in_the_form_as_it_can_be_typed(world: World, client_of: SignIn) -> None:
    draft = world.draft()
    page = read(client_of(world.brussels), "draft", str(draft.pk))
    (line,) = decode_lines(draft.lines)
    assert line.needed_by is not None
    assert f'name="line-0-needed_by" value="{timezone.localtime(line.needed_by):%Y-%m-%d %H:%M}"' in page


def test_an_order_comes_before_what_was_answered(world: World, client_of: SignIn) -> None:
    request_id = send_two_lines(world)
    offer_id = world.offer(request_id)
    answer_second(world, request_id)
    page = read(client_of(world.hague), "request", request_id)
    assert page.index('data-noaber-step="answer-line"') < page.index('id="request-offers"')
    world.order(request_id, offer_id)
    page = read(client_of(world.hague), "request", request_id)
    assert page.index('data-noaber-step="commit"') < page.index('data-noaber-step="answer-line"')


def test_a_line_without_an_answer_comes_before_an_order(world: World, client_of: SignIn) -> None:
    request_id = send_two_lines(world)
    world.order(request_id, world.offer(request_id))
    page = read(client_of(world.hague), "request", request_id)
    assert page.index('data-noaber-step="answer-line"') < page.index('data-noaber-step="commit"')


def test_of_two_orders_the_first_is_unfolded(world: World, client_of: SignIn) -> None:
    request_id = send_two_lines(world)
    for quantity in (1, 2):
        world.order(request_id, world.offer(request_id, quantity=quantity), quantity=quantity)
    page = read(client_of(world.hague), "request", request_id)
    assert (page.count('<details class="commit" open'), page.count('<details class="commit"')) == (1, 2)


def test_an_offer_that_was_committed_shows_where_its_teams_are(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, DeploymentStatus.MOBILISING)
    offers = read(client_of(world.brussels), "request", request_id).partition('id="request-offers"')[2]
    row = offers.partition("</tr>")[2].partition("</tr>")[0]
    assert "mobilising" in row
    assert "committed" not in row


def test_at_the_border_the_certificate_still_names_the_destination(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, DeploymentStatus.MOBILISING, DeploymentStatus.EN_ROUTE)
    services.report_deployment(
        world.hague, request_id, deployment_id, status=DeploymentStatus.AT_BORDER, location=Location("Parking Eijsden")
    )
    client = client_of(world.hague)
    assert "Parking Eijsden" in read(client, "deployment", deployment_id)
    certificate = read(client, "certificate", deployment_id)
    assert "CP-Ops, Pepinster" in certificate
    assert "Parking Eijsden" not in certificate
    world.report(request_id, deployment_id, DeploymentStatus.ARRIVED)
    page = read(client, "deployment", deployment_id)
    assert "<b>CP-Ops, Pepinster</b>" in page


def test_the_certificate_names_the_text_in_four_languages(db: None, client_of: SignIn) -> None:
    world = World.make()
    load_reference()
    deployment_id = world.deploy(world.send())
    certificate = read(client_of(world.hague), "certificate", deployment_id)
    for words in ("NL-BE-1984", "Overeenkomst", "Convention", "Abkommen", "Agreement"):
        assert words in certificate
