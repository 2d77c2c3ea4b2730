"""The pages of campaigns: what they show, to whom, and what their forms do."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign_builders import AUTUMN, World, make_ask, make_campaign, open_ask
from noaber.apps.accounts.acting import Acting
from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.fillers import member_filler
from noaber.apps.campaigns.models import Campaign, Frozen, Invitation
from noaber.apps.campaigns.progress import asked_things
from noaber.apps.campaigns.services import answers
from noaber.apps.campaigns.services.campaigns import close_campaign, open_campaign
from noaber.apps.campaigns.services.versions import result_of, sign
from noaber.apps.registry.models import Capacity, ContactPoint
from noaber.core.campaigns import digest_of
from noaber.web import clock
from registry_builders import make_capacity, make_organisation

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Acting], Client]


def text_of(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def first_key(world: World, ask) -> str:
    return asked_things(ask, world.region)[0].item.key


def test_a_campaign_is_prepared_asked_and_opened(world: World, client_of: ClientOf):
    client = client_of(world.secretariat)
    assert "No campaign runs" in text_of(client, reverse("campaigns"))
    given = {"code": "M-24", "opens_on": "2024-09-01", "deadline_on": "2024-12-31", "tlp": "AMBER"}
    assert client.post(reverse("campaign-new"), given).status_code == 422
    answer = client.post(reverse("campaign-new"), given | {"title_en": "Mapping 2024", "title_de": "Bestand 2024"})
    campaign = Campaign.objects.get()
    assert answer["Location"] == campaign.get_absolute_url()
    assert "Nobody is asked yet" in text_of(client, campaign.get_absolute_url())
    asked = {"organisations": ["DE-NW"], "capacities": ["quantity"], "contacts": ["reach"], "language": "en"}
    client.post(reverse("campaign-ask-new", args=[campaign.pk]), asked)
    client.post(reverse("campaign-open", args=[campaign.pk]))
    page = text_of(client, campaign.get_absolute_url())
    assert "DE-NW" in page
    assert "0 / 1" in page
    edited = client.post(reverse("campaign-edit", args=[campaign.pk]), given | {"title_en": "Mapping"})
    assert edited.status_code == 302
    campaign.refresh_from_db()
    assert (campaign.code, campaign.titles) == ("M-24", {"en": "Mapping"})


def test_progress_leaves_as_a_file(world: World, client_of: ClientOf):
    ask = open_ask(world)
    answer = client_of(world.planner).get(ask.campaign.get_absolute_url(), {"format": "csv"})
    lines = answer.content.decode().splitlines()
    assert lines[0].endswith("Organisation,Part,Field,Asked,Right as it was,Corrected,Added,Unknown,Not ours,Open")
    assert "DE-NW,Capacities,Teams,2,0,0,0,0,0,2" in lines


def test_what_one_is_not_asked_is_not_there(world: World, client_of: ClientOf):
    ask = open_ask(world)
    frozen = sign(
        world.director, ask.campaign, world.region, seen=digest_of(result_of(ask.campaign, world.region))
    ).frozen
    neighbour = client_of(world.neighbour)
    addresses = [
        ask.campaign.get_absolute_url(),
        reverse("campaign-edit", args=[ask.campaign_id]),
        reverse("campaign-reminders", args=[ask.campaign_id]),
        reverse("campaign-result", args=[ask.campaign_id, "DE-NW"]),
        ask.get_absolute_url(),
        reverse("campaign-ask-edit", args=[ask.pk]),
        reverse("campaign-ask-add", args=[ask.pk]),
        reverse("campaign-invite", args=[ask.pk]),
        frozen.get_absolute_url(),
        f"{frozen.get_absolute_url()}?format=json",
    ]
    assert [neighbour.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert "Mapping 2024" not in text_of(neighbour, reverse("campaigns"))


def test_each_answer_is_kept_at_once_and_answers_a_swap_with_its_card(world: World, client_of: ClientOf):
    ask = open_ask(world)
    client, key = client_of(world.planner), first_key(world, ask)
    url = reverse("campaign-ask-answer", args=[ask.pk])
    plain = client.post(url, {"item": key, "finding": "confirmed"})
    assert plain.status_code == 302
    assert "1 done" in text_of(client, ask.get_absolute_url())
    swap = client.post(url, {"item": key, "finding": "unknown", "who": "Bezirk"}, headers={"HX-Request": "true"})
    card = swap.content.decode()
    assert "would know: Bezirk" in card
    assert 'hx-swap-oob="true"' in card
    assert client.post(url, {"item": "999/", "finding": "confirmed"}).status_code == 404
    assert client.post(url, {"item": key, "finding": "nonsense"}).status_code == 404
    assert client_of(world.secretariat).post(url, {"item": key, "finding": "confirmed"}).status_code == 409


def test_a_correction_says_at_the_field_what_is_wrong(world: World, client_of: ClientOf):
    ask = open_ask(world)
    client, key = client_of(world.planner), first_key(world, ask)
    url = reverse("campaign-ask-correct", args=[ask.pk])
    form = text_of(client, url, item=key)
    assert 'name="quantity"' in form
    given = {"item": key, "capability": "BOAT", "mobilisation_minutes": "30", "languages": []}
    wrong = client.post(url, given | {"quantity": "0"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    same = client.post(url, given | {"quantity": "4"})
    assert "Nothing was changed" in same.content.decode()
    assert client.post(url, given | {"quantity": "7"}).status_code == 302
    assert Capacity.objects.get(code="BOAT-1").quantity == 7


def test_a_contact_point_is_corrected_and_one_is_added(world: World, client_of: ClientOf):
    ask = open_ask(world, Part.CONTACTS, fields=("reach",))
    client, key = client_of(world.planner), first_key(world, ask)
    text_of(client, reverse("campaign-ask-correct", args=[ask.pk]), item=key)
    given = {"item": key, "phone": "+49 211 000 0001", "second_channel": "", "mail": ""}
    assert client.post(reverse("campaign-ask-correct", args=[ask.pk]), given).status_code == 302
    contact = ContactPoint.objects.get()
    assert (contact.phone, contact.function) == ("+49 211 000 0001", "Lagezentrum")
    add = reverse("campaign-ask-add", args=[ask.pk])
    text_of(client, add)
    missing = {"field": "duty", "function": "Zweite", "phone": "+49 211 1", "once": "a"}
    doubled = client.post(add, missing)
    assert doubled.status_code == 422
    assert "has a function for that already" in doubled.content.decode()
    assert client.post(add, missing | {"field": "legal"}).status_code == 302
    assert ContactPoint.objects.filter(organisation=world.region).count() == 2


def test_an_arrangement_is_added_in_few_words(world: World, client_of: ClientOf):
    ask = open_ask(world, Part.AGREEMENTS, fields=("cost_rule",))
    client = client_of(world.planner)
    add = reverse("campaign-ask-add", args=[ask.pk])
    assert "Nothing stands here yet" in text_of(client, ask.get_absolute_url())
    given = {
        "title": "Absprache Grenzland",
        "parties": ["NL-NCC"],
        "signed": "2020-05-01",
        "source": "Archiv",
        "once": "x",
    }
    assert client.post(add, given).status_code == 302
    page = text_of(client, ask.get_absolute_url())
    assert "Absprache Grenzland" in page
    key = first_key(world, ask)
    form = text_of(client, reverse("campaign-ask-correct", args=[ask.pk]), item=key)
    assert 'name="cost_rule"' in form
    known = {"item": key, "cost_rule": "free", "confidence": "sourced", "source": ""}
    assert client.post(reverse("campaign-ask-correct", args=[ask.pk]), known).status_code == 302


def test_a_link_is_shown_once_with_a_text_in_their_language(world: World, client_of: ClientOf):
    ask = open_ask(world)
    client = client_of(world.planner)
    url = reverse("campaign-invite", args=[ask.pk])
    given = {"name": "E. Beispiel", "function": "Kreisbrandmeister", "language": "de", "mail": "e@example.org"}
    assert client.post(url, given | {"until": "2024-09-30"}).status_code == 422
    answer = client.post(url, given | {"until": "2024-11-30"})
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "/i/" in page
    assert "mailto:e@example.org?subject=" in page
    shown = text_of(client, ask.get_absolute_url())
    assert "E. Beispiel" in shown
    assert "/i/" not in shown
    assert client_of(world.secretariat).get(url).status_code == 409
    remind = reverse("campaign-ask-remind", args=[ask.pk])
    invited = str(Invitation.objects.get().pk)
    assert client.post(remind, {"invitation": invited}).status_code == 302
    assert client.post(remind, {"invitation": "0"}).status_code == 404
    assert client_of(world.secretariat).post(remind, {"invitation": invited}).status_code == 409
    assert ask.reminders.get().language == "de"
    revoke = reverse("campaign-invitation-revoke", args=[Invitation.objects.get().pk])
    assert client_of(world.neighbour).post(revoke).status_code == 404
    client.post(revoke)
    assert "withdrawn" in text_of(client, ask.get_absolute_url())


def test_a_reminder_is_written_down_and_seen_by_those_reminded(world: World, client_of: ClientOf):
    ask = open_ask(world)
    client = client_of(world.secretariat)
    page = text_of(client, reverse("campaign-reminders", args=[ask.campaign_id]), language="fr")
    assert 'lang="fr"' in page
    client.post(reverse("campaign-ask-remind", args=[ask.pk]), {"language": "de"})
    assert "reminded on 1 October 2024" in text_of(client, reverse("campaign-reminders", args=[ask.campaign_id]))
    assert "reminded on 1 October 2024" in text_of(client_of(world.planner), "/")


def test_the_director_signs_and_two_versions_are_compared(world: World, client_of: ClientOf):
    ask = open_ask(world)
    filler = member_filler(world.planner, ask)
    answers.confirm(filler, asked_things(ask, world.region)[0].item)
    url = reverse("campaign-result", args=[ask.campaign_id, "DE-NW"])
    assert "Sign and freeze" not in text_of(client_of(world.planner), url)
    client = client_of(world.director)
    text_of(client, url)
    seen = digest_of(result_of(ask.campaign, world.region))
    assert client.post(url, {"seen": "0" * 64, "language": "en"}).status_code == 422
    assert client.post(url, {"seen": seen, "language": "en", "note": "So it is."}).status_code == 302
    answers.correct(filler, asked_things(ask, world.region)[0].item, {"quantity": 9}, answers.Told())
    assert "changed since version 1" in text_of(client, ask.campaign.get_absolute_url())
    sign(world.director, ask.campaign, world.region, seen=digest_of(result_of(ask.campaign, world.region)))
    first, second = Frozen.objects.order_by("version")
    page = text_of(client, second.get_absolute_url(), against=str(first.pk))
    assert "Against Mapping 2024, version 1" in page
    assert client.get(second.get_absolute_url(), {"against": "999"}).status_code == 404
    told = json.loads(client.get(second.get_absolute_url(), {"format": "json"}).content)
    assert (told["digest"], told["rows"][0]["values"]["quantity"]) == (second.digest, 9)
    assert client.get(second.get_absolute_url(), {"format": "xlsx"}).status_code == 200


def test_a_closed_campaign_is_frozen_and_the_next_one_starts_from_it(world: World, client_of: ClientOf):
    ask = open_ask(world)
    sign(world.director, ask.campaign, world.region, seen=digest_of(result_of(ask.campaign, world.region)))
    close_campaign(world.secretariat, ask.campaign)
    client = client_of(world.secretariat)
    whole = Frozen.objects.get(organisation=None)
    assert "signed, version 1" in text_of(client, whole.get_absolute_url())
    assert client.get(whole.get_absolute_url(), {"format": "csv"}).status_code == 200
    assert "can only be read" in text_of(client_of(world.planner), ask.get_absolute_url())
    assert "Right as it is" not in text_of(client_of(world.planner), ask.get_absolute_url())
    assert "Starts from “Mapping 2024”" in text_of(client, reverse("campaign-new"), **{"from": str(ask.campaign_id)})
    following = make_campaign(world.secretariat, previous=ask.campaign, code="MAPPING-2025")
    open_campaign(world.secretariat, following)
    Capacity.objects.filter(code="BOAT-1").update(quantity=11)
    page = text_of(client_of(world.director), reverse("campaign-result", args=[following.pk, "DE-NW"]))
    assert "11" in page
    assert "There is no signed result" not in page


def test_who_asks_chooses_records_among_those_it_sees(world: World, client_of: ClientOf):
    ask = make_ask(world, make_campaign(world.secretariat))
    page = text_of(client_of(world.secretariat), reverse("campaign-ask-edit", args=[ask.pk]))
    assert "BOAT-1" in page
    assert "PUMP-1" not in page
    client_of(world.secretariat).post(
        reverse("campaign-ask-edit", args=[ask.pk]), {"fields_asked": ["name"], "records": [], "language": "en"}
    )
    ask.refresh_from_db()
    assert ask.fields == ["name"]
    client_of(world.secretariat).post(reverse("campaign-ask-remove", args=[ask.pk]))
    assert not ask.campaign.asks.exists()


def test_search_finds_a_campaign_by_its_title_in_any_language_once_it_is_open(world: World, client_of: ClientOf):
    campaign = make_campaign(world.secretariat)
    make_ask(world, campaign)
    address = campaign.get_absolute_url()
    assert address in text_of(client_of(world.secretariat), reverse("search"), q="Bestandsaufnahme")
    assert address not in text_of(client_of(world.planner), reverse("search"), q="Bestandsaufnahme")
    open_campaign(world.secretariat, campaign)
    assert address in text_of(client_of(world.planner), reverse("search"), q="Bestandsaufnahme")
    assert address not in text_of(client_of(world.neighbour), reverse("search"), q="Bestandsaufnahme")


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_many_organisations_take_no_more_queries_than_one(world: World, client_of: ClientOf):
    client, campaign = client_of(world.secretariat), make_campaign(world.secretariat)
    for part in Part:
        make_ask(world, campaign, part)
    client.get(campaign.get_absolute_url())
    alone = count_queries(client, campaign.get_absolute_url())
    for code in ("DE-RP", "DE-SL", "LU-HCPN"):
        asked = make_organisation(code)
        make_capacity(asked, f"{code}-1", groups=("BENELUX",))
        for part in Part:
            make_ask(world, campaign, part, organisation=asked)
    assert count_queries(client, campaign.get_absolute_url()) == alone


def test_a_campaign_whose_day_has_passed_says_so(world: World, client_of: ClientOf):
    ask = open_ask(world)
    client = client_of(world.secretariat)
    assert "deadline passed" not in text_of(client, ask.campaign.get_absolute_url())
    with clock.at(AUTUMN + datetime.timedelta(days=120)):
        assert "deadline passed" in text_of(client, ask.campaign.get_absolute_url())
        assert "deadline passed" in text_of(client, reverse("campaigns"))
