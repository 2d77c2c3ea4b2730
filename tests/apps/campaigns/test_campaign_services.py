"""What the services of campaigns do, for whom, and what they refuse."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from campaign_builders import (
    AUTUMN,
    make_ask,
    make_campaign,
    make_invitation,
    make_world,
    open_ask,
    world_of_reference,
)
from noaber.apps.accounts.enums import Role
from noaber.apps.campaigns.enums import CampaignState, Part
from noaber.apps.campaigns.fillers import Filler, invited_filler, member_filler
from noaber.apps.campaigns.models import Ask, Frozen
from noaber.apps.campaigns.progress import asked_things, asks_of, progress_of
from noaber.apps.campaigns.queries import asked_of, get_ask, get_campaign, get_version, seen_rows
from noaber.apps.campaigns.services import additions, answers
from noaber.apps.campaigns.services.campaigns import close_campaign, open_campaign, remove_ask
from noaber.apps.campaigns.services.invitations import find_invitation, revoke
from noaber.apps.campaigns.services.reminders import remind
from noaber.apps.campaigns.services.versions import latest_version, result_of, sign
from noaber.apps.records.history import history_of
from noaber.apps.records.models import AppendOnlyError
from noaber.apps.registry.models import AgreementRow, Capacity, ContactPoint
from noaber.core.agreements import Confidence
from noaber.core.campaigns import compare_rows, digest_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock
from registry_builders import make_acting, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def autumn_2024(settings) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AUTUMN):
        yield


def first_item(filler: Filler):
    return asked_things(filler.ask, filler.reader)[0].item


def test_those_asked_see_it_once_it_is_open():
    world = make_world()
    campaign = make_campaign(world.secretariat)
    ask = make_ask(world, campaign)
    with pytest.raises(NotFound):
        get_campaign(world.region, "Exercise", campaign.pk, AUTUMN)
    with pytest.raises(NotFound):
        get_ask(world.region, "Exercise", ask.pk, AUTUMN)
    open_campaign(world.secretariat, campaign)
    assert get_campaign(world.region, "Exercise", campaign.pk, AUTUMN) == campaign
    assert get_ask(world.region, "Exercise", ask.pk, AUTUMN) == ask
    with pytest.raises(NotFound):
        get_ask(world.neighbour.organisation, "Exercise", ask.pk, AUTUMN)
    with pytest.raises(NotFound):
        get_campaign(world.region, "Actual", campaign.pk, AUTUMN)


def test_a_campaign_without_asks_or_time_does_not_open():
    world = make_world()
    campaign = make_campaign(world.secretariat)
    with pytest.raises(NotAllowed):
        open_campaign(world.secretariat, campaign)
    make_ask(world, campaign)
    with clock.at(datetime.datetime(2025, 1, 1, 8, tzinfo=datetime.UTC)), pytest.raises(NotAllowed):
        open_campaign(world.secretariat, campaign)
    with pytest.raises(NotAllowed):
        open_campaign(world.planner, campaign)


def test_an_id_is_used_once_and_a_title_is_needed():
    world = make_world()
    make_campaign(world.secretariat)
    for wrong in ({}, {"code": "B", "titles": {"en": " "}}, {"code": "C", "deadline_on": datetime.date(2024, 1, 1)}):
        with pytest.raises(InvalidInput):
            make_campaign(world.secretariat, **wrong)


def test_progress_counts_what_the_reader_sees():
    world = make_world()
    ask = open_ask(world)
    filler = member_filler(world.planner, ask)
    answers.confirm(filler, first_item(filler))
    own, seen = progress_of([ask], world.region).total, progress_of([ask], world.secretariat.organisation).total
    assert (own.asked, own.done) == (2, 1)
    assert (seen.asked, seen.done) == (1, 1)


def test_a_correction_goes_through_the_registry_and_says_in_which_campaign():
    world = make_world()
    ask = open_ask(world)
    _invitation, secret = make_invitation(world, ask)
    found = find_invitation(secret)
    assert found is not None
    filler = invited_filler(found)
    item = first_item(filler)
    answers.correct(filler, item, {"quantity": 3}, answers.Told())
    capacity = Capacity.objects.get(pk=item.record)
    assert capacity.quantity == 3
    change = history_of(capacity)[0]
    assert (change.by, change.organisation, change.reason) == (
        "invited: Kreisbrandmeister, E. Beispiel",
        world.region,
        "Mapping 2024",
    )
    answer = ask.answers.get()
    assert (answer.finding, answer.named, answer.invitation) == ("corrected", ["quantity"], found)
    with pytest.raises(InvalidInput):
        answers.correct(filler, first_item(filler), {"quantity": 3}, answers.Told())


def test_an_answer_can_be_given_anew_until_the_last_day():
    world = make_world()
    ask = open_ask(world)
    filler = member_filler(world.planner, ask)
    item = first_item(filler)
    answers.say_unknown(filler, item, answers.Told(who="Bezirk"))
    answers.say_not_ours(filler, item, answers.Told())
    assert [(one.finding, one.who_could_know) for one in ask.answers.all()] == [("not-ours", "")]
    with clock.at(datetime.datetime(2025, 1, 1, 8, tzinfo=datetime.UTC)), pytest.raises(NotAllowed):
        answers.confirm(filler, item)


def test_a_confirmed_contact_point_is_verified():
    world = make_world()
    filler = member_filler(world.planner, open_ask(world, Part.CONTACTS))
    answers.confirm(filler, first_item(filler))
    contact = ContactPoint.objects.get()
    assert contact.verified_on == AUTUMN.date()
    assert history_of(contact)[0].reason == "Mapping 2024"


def test_only_what_is_asked_can_be_answered():
    world = make_world()
    other = Capacity.objects.get(code="PUMP-1")
    filler = member_filler(world.planner, open_ask(world, records=[str(Capacity.objects.get(code="BOAT-1").pk)]))
    assert len(asked_things(filler.ask, filler.reader)) == 1
    with pytest.raises(NotFound):
        answers.find_item(filler, str(other.pk), "")


def test_only_those_who_are_asked_answer_invite_and_sign():
    world = make_world()
    ask = open_ask(world)
    with pytest.raises(NotAllowed):
        member_filler(world.secretariat, ask)
    with pytest.raises(NotAllowed):
        member_filler(make_acting(world.region, Role.OBSERVER), ask)
    data = result_of(ask.campaign, world.region)
    for acting in (world.planner, make_acting(world.neighbour.organisation, Role.DIRECTOR)):
        with pytest.raises(NotAllowed):
            sign(acting, ask.campaign, world.region, seen=digest_of(data))


def test_what_is_kept_of_a_link_opens_nothing():
    world = make_world()
    ask = open_ask(world)
    invitation, secret = make_invitation(world, ask)
    assert find_invitation(secret) == invitation
    assert find_invitation(invitation.digest) is None
    assert find_invitation("") is None
    assert secret not in str(ask.invitations.values().get())
    with clock.at(datetime.datetime(2024, 12, 1, 8, tzinfo=datetime.UTC)):
        assert find_invitation(secret) is None
    revoke(world.planner, invitation)
    assert find_invitation(secret) is None


def test_a_link_opens_nothing_before_the_campaign_does():
    world = make_world()
    ask = make_ask(world, make_campaign(world.secretariat))
    _invitation, secret = make_invitation(world, ask)
    assert find_invitation(secret) is None
    with pytest.raises(InvalidInput):
        make_invitation(world, ask, until=datetime.date(2026, 1, 1))


def test_what_is_missing_is_added_once():
    world = make_world()
    capacities = member_filler(world.planner, open_ask(world))
    given = {"name": "Boote", "capabilities": ("BOAT",), "quantity": 2, "mobilisation_minutes": 60}
    for _twice in range(2):
        additions.add_missing_capacity(capacities, given, town="Aachen", once="form")
    added = Capacity.objects.get(name="Boote")
    assert (added.code, added.territory, added.base) == ("BOAT-2", "DEA2D", "Aachen")
    assert list(added.groups.all()) == []
    assert [thing.finding for thing in asked_things(capacities.ask, capacities.reader)] == [None, "added", None]
    with pytest.raises(InvalidInput):
        additions.add_missing_capacity(capacities, given, town="Xyzzyqq", once="")


def test_a_field_of_a_text_is_confirmed_or_corrected_by_a_party():
    world = world_of_reference()
    ask = open_ask(world, Part.AGREEMENTS, fields=("channels", "cost_rule"), records=["BNL-NW-2008"])
    filler = member_filler(world.planner, ask)
    items = {thing.item.field: thing.item for thing in asked_things(ask, filler.reader)}
    assert set(items) == {"channels", "cost_rule"}
    assert AgreementRow.objects.get(code="BNL-NW-2008").data["cost_rule"] != "free"
    values = {"value": "free", "source": "", "confidence": Confidence.SOURCED}
    answers.correct(filler, items["cost_rule"], values, answers.Told())
    row = AgreementRow.objects.get(code="BNL-NW-2008")
    assert row.data["cost_rule"] == "free"
    assert history_of(row)[0].reason.startswith("Mapping 2024")


def test_the_director_signs_what_was_shown_and_a_later_correction_needs_another_signature():
    world = make_world()
    ask = open_ask(world)
    campaign = ask.campaign
    seen = digest_of(result_of(campaign, world.region))
    filler = member_filler(world.planner, ask)
    answers.confirm(filler, first_item(filler))
    with pytest.raises(InvalidInput):
        sign(world.director, campaign, world.region, seen=seen)
    first = sign(world.director, campaign, world.region, seen=digest_of(result_of(campaign, world.region))).frozen
    assert (first.version, first.digest) == (1, digest_of(first.data))
    with pytest.raises(NotAllowed):
        sign(world.director, campaign, world.region, seen=first.digest)
    answers.correct(filler, first_item(filler), {"quantity": 9}, answers.Told())
    second = sign(world.director, campaign, world.region, seen=digest_of(result_of(campaign, world.region))).frozen
    assert second.version == 2
    assert [one.names for one in compare_rows(first.data["rows"], second.data["rows"])] == [["quantity"]]


def test_a_frozen_version_is_never_changed():
    world = make_world()
    campaign = open_ask(world).campaign
    frozen = sign(world.director, campaign, world.region, seen=digest_of(result_of(campaign, world.region))).frozen
    frozen.version = 7
    for change in (frozen.save, frozen.delete, Frozen.objects.all().delete, lambda: Frozen.objects.update(version=7)):
        with pytest.raises(AppendOnlyError):
            change()


def test_who_asks_sees_of_a_version_what_is_shared_with_it():
    world = make_world()
    campaign = open_ask(world).campaign
    Capacity.objects.filter(code="BOAT-1").update(share_up_to=1)
    frozen = sign(world.director, campaign, world.region, seen=digest_of(result_of(campaign, world.region))).frozen
    assert [row["code"] for row in seen_rows(world.region, frozen)] == ["BOAT-1", "PUMP-1"]
    rows = seen_rows(world.secretariat.organisation, frozen)
    assert [row["code"] for row in rows] == ["BOAT-1"]
    assert "quantity" not in rows[0]["values"]
    with pytest.raises(NotFound):
        get_version(world.neighbour.organisation, "Exercise", frozen.pk, AUTUMN)


def test_closing_freezes_the_campaign_and_takes_no_answers():
    world = make_world()
    ask = open_ask(world)
    filler = member_filler(world.planner, ask)
    close_campaign(world.secretariat, ask.campaign)
    frozen = latest_version(ask.campaign, None)
    assert frozen is not None
    assert frozen.data["organisations"]["DE-NW"]["open"] == 1
    closed = Ask.objects.select_related("campaign__owner", "organisation", "owner").get(pk=ask.pk)
    assert closed.campaign.state == CampaignState.CLOSED
    with pytest.raises(NotAllowed):
        answers.confirm(Filler(closed, filler.author, filler.reader), first_item(filler))
    with pytest.raises(NotFound):
        get_version(world.region, "Exercise", frozen.pk, AUTUMN)


def test_the_next_campaign_asks_the_same():
    world = make_world()
    ask = open_ask(world)
    close_campaign(world.secretariat, ask.campaign)
    following = make_campaign(world.secretariat, previous=ask.campaign, code="MAPPING-2025")
    assert [(one.organisation, one.part, one.fields) for one in asks_of(following)] == [
        (world.region, ask.part, ask.fields)
    ]
    with pytest.raises(NotAllowed):
        make_campaign(world.planner, previous=ask.campaign, code="OURS")


def test_a_part_below_that_does_not_use_the_house_is_answered_by_the_one_above():
    world = make_world()
    district = make_organisation("DE-AACHEN", territory="DEA2D", parent=world.region, connected=False)
    ask = open_ask(world, organisation=district)
    assert get_ask(world.region, "Exercise", ask.pk, AUTUMN) == ask
    assert [one.pk for one in asked_of(world.region, "Exercise", AUTUMN)] == [ask.pk]
    assert member_filler(world.planner, ask).reader == world.region


def test_reminders_are_written_down_by_those_who_ask_or_answer():
    world = make_world()
    ask = open_ask(world)
    remind(world.secretariat, ask, language="de")
    remind(world.planner, ask, language="de")
    with pytest.raises(NotAllowed):
        remind(world.neighbour, ask, language="de")
    assert ask.reminders.count() == 2


def test_an_answered_ask_stays():
    world = make_world()
    ask = open_ask(world)
    filler = member_filler(world.planner, ask)
    answers.confirm(filler, first_item(filler))
    with pytest.raises(NotAllowed):
        remove_ask(world.secretariat, ask)
