"""Two people of one organisation change the dossier of an event, or one of its parts."""

from __future__ import annotations

import pytest

from edit_hands import Window, check_two_people, two_clients
from events_builders import Cast, make_event, make_partner, make_risk, make_shift
from noaber.apps.events import services
from noaber.apps.events.models import EventDossier, EventPlace, WhatIf


@pytest.fixture
def event(cast: Cast) -> EventDossier:
    return make_event(cast.brussels)


def test_a_dossier(cast: Cast, event: EventDossier) -> None:
    changes = ({"expected_public": "90000"}, {"title_fr": "Finale de la coupe"})
    check_two_people(two_clients(cast.brussels), f"/events/{event.pk}/edit", changes=changes, field="summary")


def test_the_point_on_the_map_comes_from_one_of_the_two(cast: Cast, event: EventDossier) -> None:
    place = EventPlace(event=event)
    values = {"name": "Stadium", "territory": "BE10", "lon": 4.33, "lat": 50.89, "language": ""}
    services.keep_part(cast.brussels, place, values)
    clients = two_clients(cast.brussels)
    address = f"/events/{event.pk}/places/{place.pk}/"
    one, other = (Window(client, address) for client in clients)
    assert one.send({"lon": "4.4"}).status_code == 302
    assert other.send({"lat": "51.1", "expected_public": "200"}).status_code == 409
    assert other.send({}, keep="theirs:lat").status_code == 302
    place.refresh_from_db()
    assert (place.lon, place.lat, place.expected_public) == (4.4, 50.89, 200)
    check_two_people(clients, address, changes=({"expected_public": "10"}, {"place": "Arena"}), field="note")


def test_partners_shifts_risks_and_what_to_do_if(cast: Cast, event: EventDossier) -> None:
    clients = two_clients(cast.brussels)
    partner = make_partner(cast.brussels, event, cast.hague)
    shift = make_shift(cast.brussels, event)
    risk = make_risk(cast.brussels, event)
    case = WhatIf(event=event)
    values = {"condition": "It is too hot", "measures": "Open the halls.", "language": "en"}
    services.keep_part(cast.brussels, case, values)
    address = f"/events/{event.pk}"
    one, other = (Window(client, f"{address}/partners/{partner.pk}/") for client in clients)
    assert one.send({"role": "Theirs"}).status_code == 302
    assert other.send({"role": "Mine", "language": "nl"}).status_code == 409
    assert other.send({}, keep="theirs:role").status_code == 302
    partner.refresh_from_db()
    assert (partner.role, partner.language) == ("Theirs", "nl")
    changes = ({"phone": "+32 2 555 00 00"}, {"languages": ["nl", "fr"]})
    check_two_people(clients, f"{address}/shifts/{shift.pk}/", changes=changes, field="handover")
    changes = ({"likelihood": "unlikely"}, {"impact": "limited"})
    check_two_people(clients, f"{address}/risks/{risk.pk}/", changes=changes, field="text")
    changes = ({"caller": "BE-NCCN"}, {"called": "NL-NCC"})
    check_two_people(clients, f"{address}/what-if/{case.pk}/", changes=changes, field="measures")
