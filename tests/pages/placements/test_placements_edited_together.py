"""Two people of one organisation change a programme, a call, a place, an application, or what is said of a stay."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from edit_hands import Window, check_two_people, two_clients
from noaber.apps.placements import services
from noaber.apps.placements.models import ExchangeApplication, ExchangePlacement
from noaber.web import clock
from placements_builders import (
    AUTUMN,
    Centres,
    make_application,
    make_call,
    make_exchanging,
    make_matched_call,
    make_place,
    make_ranked_call,
    open_call,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn_2024(settings: Any) -> Iterator[None]:
    """An exercise on 1 October 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def centres() -> Centres:
    return make_exchanging()


def test_a_programme_and_a_call(centres: Centres) -> None:
    call = make_call(centres[0])
    clients = two_clients(centres[0])
    address = f"/exchanges/programmes/{call.programme.pk}/edit"
    check_two_people(clients, address, changes=({"language": "nl"}, {"title": "North"}), field="purpose")
    changes = ({"opens_on": "2024-09-15"}, {"closes_at": "2024-10-20T18:00"})
    check_two_people(clients, f"/exchanges/calls/{call.pk}/edit", changes=changes, field="conditions")


def test_a_place(centres: Centres) -> None:
    call = make_call(centres[0])
    place = make_place(centres[1], call, centres[1].organisation)
    open_call(centres[0], call)
    changes = ({"level_fr": "B1", "capacity": "2"}, {"town": "Brussels", "level_en": "C1"})
    check_two_people(
        two_clients(centres[1]), f"/exchanges/places/{place.pk}/edit", changes=changes, field="description"
    )


def test_the_wishes_of_an_application_are_one_order(centres: Centres) -> None:
    call = make_call(centres[0])
    places = [make_place(host, call, host.organisation) for host in centres[1:3]]
    open_call(centres[0], call)
    record = make_application(centres[0], call, *places)
    clients = two_clients(centres[0])
    address = f"/exchanges/applications/{record.pk}/edit"
    check_two_people(clients, address, changes=({"level_de": "A2"}, {"function": "officer"}), field="motivation")
    first, second = (str(place.pk) for place in places)
    one, other = (Window(client, address) for client in clients)
    assert one.send({"wish_1": second, "wish_2": first}).status_code == 302
    assert other.send({"wish_2": ""}).status_code == 409
    assert other.send({}, keep="mine:wish_1").status_code == 302
    found = ExchangeApplication.objects.get()
    assert [str(wish.place_id) for wish in found.wishes.order_by("rank")] == [first]


def test_the_report_of_a_stay(centres: Centres) -> None:
    _call, _places, placements = make_matched_call(centres)
    record = placements[0]
    sender = next(one for one in centres[:3] if one.organisation == record.sender)
    page = f"/exchanges/placements/{record.pk}/"
    check_two_people(
        two_clients(sender),
        f"{page}report/before",
        changes=({"before-text": "To learn."}, {"before-language": "fr"}),
        field="before-text",
        page=page,
    )


def test_the_days_of_a_stay(centres: Centres) -> None:
    _call, _places, placements = make_matched_call(centres)
    seats = {acting.organisation: acting for acting in centres[:3]}
    record = next(one for one in placements if one.host in seats)
    page = f"/exchanges/placements/{record.pk}/"
    one, other = (Window(client, f"{page}move", page=page) for client in two_clients(seats[record.host]))
    first, last = record.begins_on, record.ends_on
    day = datetime.timedelta(days=1)
    assert one.send({"move-begins_on": str(first + day)}).status_code == 302
    assert other.send({"move-ends_on": str(last + day)}).status_code == 302
    found = ExchangePlacement.objects.get(pk=record.pk)
    assert (found.begins_on, found.ends_on) == (first + day, last + day)


def test_an_application_that_was_withdrawn_meanwhile_does_not_come_back(centres: Centres) -> None:
    call = make_call(centres[0])
    place = make_place(centres[1], call, centres[1].organisation)
    open_call(centres[0], call)
    record = make_application(centres[0], call, place)
    one, _other = two_clients(centres[0])
    window = Window(one, f"/exchanges/applications/{record.pk}/edit")
    services.withdraw_application(centres[0], record)
    assert one.post(window.address, window.fields).status_code == 404
    assert not ExchangeApplication.objects.exists()


def test_two_rankings_of_one_host_do_not_write_over_each_other(centres: Centres) -> None:
    place = make_ranked_call(centres)[1][0]
    one, other = two_clients(centres[0])
    address = f"/exchanges/places/{place.pk}/ranking"
    first, second = (ranking_of(client.get(address)) for client in (one, other))
    refusal = f"reason-{first['order'][0]}"
    assert one.post(address, first | {refusal: "Speaks no Swedish."}).status_code == 302
    refused = other.post(address, second | {"order": second["order"][::-1]})
    assert refused.status_code == 422
    assert "not taken: Speaks no Swedish." in refused.content.decode()
    again = ranking_of(refused)
    assert again["order"] == second["order"][::-1]
    assert place.ranks.filter(reason="Speaks no Swedish.").exists()
    assert other.post(address, again).status_code == 302
    ranked = place.ranks.order_by("rank").values_list("application_id", flat=True)
    assert [str(key) for key in ranked] == again["order"]


def ranking_of(answer: Any) -> dict[str, Any]:
    """What a browser would send of the ranking on a page."""
    page = html.fromstring(answer.content.decode())
    form = next(form for form in page.forms if form.xpath(".//input[@name='order']"))
    return dict(form.form_values()) | {"order": form.xpath(".//input[@name='order']/@value")}
