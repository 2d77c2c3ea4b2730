"""Two people change one campaign, what it asks, or the same record from its page, with an account or without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaign_builders import World, make_ask, make_campaign, make_invitation, open_ask
from edit_hands import ByClient, Window, check_two_people, two_clients
from noaber.apps.accounts.acting import Acting
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.models import Answer, Ask, Campaign
from noaber.apps.campaigns.progress import asked_things
from noaber.apps.campaigns.services.campaigns import close_campaign
from noaber.apps.records.history import history_of
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.apps.registry.services import change_capacity
from registry_builders import NOW, author_for

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Acting], Client]


def card_of(client: Client, world: World, ask: Ask) -> Window:
    """The short form of the first thing that is asked, open in somebody's browser."""
    address = reverse("campaign-ask-correct", args=[ask.pk])
    return Window(client, address, page=f"{address}?item={first_key(world, ask)}")


def first_key(world: World, ask: Ask) -> str:
    return asked_things(ask, world.region)[0].item.key


def test_a_campaign(world: World) -> None:
    campaign = make_campaign(world.secretariat)
    changes = ({"deadline_on": "2025-01-31"}, {"purpose_de": "Damit wir wissen, wer helfen kann."})
    address = reverse("campaign-edit", args=[campaign.pk])
    check_two_people(two_clients(world.secretariat), address, changes=changes, field="title_en")


def test_an_illustrative_campaign_stays_one(world: World) -> None:
    campaign = make_campaign(world.secretariat, illustrative=True)
    window = Window(two_clients(world.secretariat)[0], reverse("campaign-edit", args=[campaign.pk]))
    assert window.send({"title_en": "Mapping, once more"}).status_code == 302
    found = Campaign.objects.get()
    assert (found.titles["en"], found.illustrative) == ("Mapping, once more", True)
    assert [change.fields.keys() for change in history_of(found)[:1]] == [{"titles"}]


def test_what_is_asked(world: World) -> None:
    ask = make_ask(world, make_campaign(world.secretariat), note="By Friday.", note_language="en")
    changes = ({"fields_asked": ["name", "quantity"]}, {"language": "de"})
    address = reverse("campaign-ask-edit", args=[ask.pk])
    check_two_people(two_clients(world.secretariat), address, changes=changes, field="note")


def test_words_for_a_campaign_that_was_closed_meanwhile_stay_in_the_form(world: World) -> None:
    ask = open_ask(world)
    client = two_clients(world.secretariat)[0]
    windows = [
        Window(client, reverse("campaign-edit", args=[ask.campaign_id])),
        Window(client, reverse("campaign-ask-edit", args=[ask.pk])),
    ]
    close_campaign(world.secretariat, ask.campaign)
    for window, name in zip(windows, ("title_en", "note"), strict=True):
        assert window.send({name: "Words of an hour"}).status_code == 409
        assert window.fields[name] == ["Words of an hour"]
    assert Campaign.objects.get().titles["en"] == "Mapping 2024"


def test_a_record_that_was_added_meanwhile_is_still_asked(world: World, client_of: ClientOf) -> None:
    key = str(ContactPoint.objects.get().pk)
    ask = open_ask(world, Part.CONTACTS, fields=("reach",), records=[key])
    window = Window(client_of(world.secretariat), reverse("campaign-ask-edit", args=[ask.pk]))
    missing = {"field": "legal", "function": "Justiziariat", "phone": "+49 211 000 0002", "once": "a"}
    assert client_of(world.planner).post(reverse("campaign-ask-add", args=[ask.pk]), missing).status_code == 302
    assert window.send({"note": "By Friday."}).status_code == 302
    added = ContactPoint.objects.get(field="legal")
    ask.refresh_from_db()
    assert (ask.records, ask.note) == ([key, str(added.pk)], "By Friday.")


def test_a_capacity_is_corrected_by_a_planner_and_by_somebody_invited(world: World, client_of: ClientOf) -> None:
    ask = open_ask(world)
    _invitation, secret = make_invitation(world, ask)
    address = reverse("invited-correct", args=[secret])
    invited = Window(Client(), address, page=f"{address}?item={first_key(world, ask)}")
    planner = card_of(client_of(world.planner), world, ask)
    assert planner.send({"quantity": "7"}).status_code == 302
    assert invited.send({"mobilisation_minutes": "45"}).status_code == 302
    boat = Capacity.objects.get(code="BOAT-1")
    assert (boat.quantity, boat.mobilisation_minutes) == (7, 45)

    planner = card_of(client_of(world.planner), world, ask)
    invited = Window(Client(), address, page=f"{address}?item={first_key(world, ask)}")
    assert planner.send({"quantity": "8"}).status_code == 302
    refused = invited.send({"quantity": "9"})
    assert refused.status_code == 409
    assert 'class="clash"' in refused.content.decode()
    assert invited.send({}, keep="mine:quantity").status_code == 302
    boat.refresh_from_db()
    assert boat.quantity == 9


def test_what_is_not_asked_stays_as_another_wrote_it_meanwhile(world: World, client_of: ClientOf) -> None:
    ask = open_ask(world)
    window = card_of(client_of(world.planner), world, ask)
    boat = Capacity.objects.get(code="BOAT-1")
    change_capacity(author_for(world.region), boat, {"capabilities": ("BOAT", "WASAR"), "name": "Boats"}, now=NOW)
    assert window.send({"quantity": "7"}).status_code == 302
    boat.refresh_from_db()
    assert (boat.name, boat.quantity) == ("Boats", 7)
    assert [row.capability for row in boat.capability_rows.all()] == ["BOAT", "WASAR"]
    assert Answer.objects.get().named == ["quantity"]


def test_a_contact_point_is_corrected_by_two(world: World) -> None:
    ask = open_ask(world, Part.CONTACTS, fields=("reach", "function"))
    one, other = (card_of(client, world, ask) for client in two_planners(world))
    assert one.send({"mail": "lage@example.org"}).status_code == 302
    assert other.send({"function": "Lagezentrum NRW"}).status_code == 302
    contact = ContactPoint.objects.get()
    assert (contact.function, contact.mail) == ("Lagezentrum NRW", "lage@example.org")


def test_a_field_of_a_text_is_corrected_by_two(world: World, client_of: ClientOf) -> None:
    ask = open_ask(world, Part.AGREEMENTS, fields=("cost_rule",))
    given = {"title": "Absprache", "parties": ["NL-NCC"], "source": "Archiv", "once": "a"}
    assert client_of(world.planner).post(reverse("campaign-ask-add", args=[ask.pk]), given).status_code == 302
    one, other = (card_of(client, world, ask) for client in two_planners(world))
    assert one.send({"cost_rule": "free"}).status_code == 302
    refused = other.send({"cost_rule": "reimbursed"})
    assert refused.status_code == 409
    assert AgreementRow.objects.get().data["cost_rule"] == "free"
    assert other.send({}, keep="mine:cost_rule").status_code == 302
    assert AgreementRow.objects.get().data["cost_rule"] == "reimbursed"


def test_a_card_with_both_versions_is_swapped_into_the_page(world: World) -> None:
    ask = open_ask(world)
    one, other = (card_of(client, world, ask) for client in two_planners(world))
    assert one.send({"quantity": "7"}).status_code == 302
    fields = other.fields | {"quantity": "8"}
    card = other.client.post(other.address, fields, headers={"HX-Request": "true"})
    assert card.status_code == 422
    assert card.content.decode().lstrip().startswith("<article")
    assert 'class="clash"' in card.content.decode()


def test_nobody_confirms_what_another_changed_meanwhile(world: World, client_of: ClientOf) -> None:
    ask = open_ask(world)
    client, item = client_of(world.planner), asked_things(ask, world.region)[0].item
    page = client.get(ask.get_absolute_url()).content.decode()
    assert f'name="seen" value="{item.digest}"' in page
    change_capacity(author_for(world.region), Capacity.objects.get(code="BOAT-1"), {"quantity": 5}, now=NOW)
    address = reverse("campaign-ask-answer", args=[ask.pk])
    confirmed = {"item": item.key, "finding": "confirmed"}
    refused = client.post(address, confirmed | {"seen": item.digest}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    card = refused.content.decode()
    assert "Someone else was changing this" in card
    assert not Answer.objects.exists()
    seen = card.partition('name="seen" value="')[2].partition('"')[0]
    assert client.post(address, confirmed | {"seen": seen}).status_code == 302
    assert Answer.objects.get().finding == "confirmed"


def two_planners(world: World) -> ByClient:
    clients = two_clients(world.planner)
    clients[1].force_login(world.planner.person)  # who else is of the region may not change its capacities
    return clients
