"""What comes next stands at the foot of the desk: events, verifications, campaigns, the handover of the presidency."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from campaign_builders import make_campaign
from events_builders import make_event
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.models import Campaign
from noaber.apps.events.models import EventDossier
from noaber.apps.registry.models import ContactPoint
from planner_builders import EVENING, Evening, client_of
from presidency_builders import make_presidency
from registry_builders import make_acting, make_contact

DAY = datetime.timedelta(days=1)


def ahead(acting: Acting) -> list[str]:
    """The rows as they are read."""
    page = client_of(acting).get(reverse("desk") + "?status=Exercise").content.decode()
    part = page.partition('id="desk-ahead"')[2].partition("</section>")[0]
    rows = re.findall(r"<tr><td>(.*?)</tr>", part, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows]


@pytest.fixture
def planner(evening: Evening) -> Acting:
    return make_acting(evening.be, Role.POLICY_OFFICER)


def event(acting: Acting, code: str, days: int, **fields: Any) -> EventDossier:
    begins = EVENING + days * DAY
    given = {"code": code, "titles": {"en": f"Cup {code}"}, "begins_at": begins, "ends_at": begins + 2 * DAY}
    return make_event(acting, **{**given, **fields})


def test_the_next_events_stand_in_their_order_with_their_day(evening: Evening, planner: Acting) -> None:
    event(planner, "B", 20)
    event(planner, "A", 7)
    event(planner, "RUNS", -1)
    event(planner, "OVER", -9)
    event(planner, "FAR", 90)
    event(planner, "OTHER", 3, status="Test")
    called_off = event(planner, "OFF", 2)
    EventDossier.objects.filter(pk=called_off.pk).update(closed_at=EVENING, closing_note="Called off.")
    assert ahead(evening.brussels) == [
        "Cup RUNS BE-NCCN until 15 July",
        "Cup A BE-NCCN 21 July",
        "Cup B BE-NCCN 3 August",
    ]


def test_only_what_is_shared_with_the_reader(evening: Evening, planner: Acting) -> None:
    event(planner, "OURS", 3)
    event(planner, "SHARED", 4, groups=[evening.group.code], tlp=TlpLabel.AMBER)
    assert [row.partition(" BE-")[0] for row in ahead(evening.hague)] == ["Cup SHARED"]
    assert ahead(evening.stockholm) == []


def test_contact_points_to_verify_soon_stand_at_the_desk_of_those_who_keep_them(evening: Evening) -> None:
    for name, days in (("Liaison", 6), ("Press", 50), ("Today", 0)):
        contact = make_contact(
            evening.be, function=name, field={"Liaison": "duty", "Press": "press"}.get(name, "costs")
        )
        due = {
            "verified_on": datetime.date(2021, 1, 1),
            "verified_by": "A. Someone",
            "expires_on": EVENING.date() + days * DAY,
        }
        ContactPoint.objects.filter(pk=contact.pk).update(**due)
    assert ahead(evening.brussels) == ["Contact point to verify: Liaison BE-NCCN 20 July"]
    assert ahead(make_acting(evening.be, Role.OBSERVER)) == []
    assert ahead(evening.hague) == []


def test_the_handover_of_the_presidency_is_seen_half_a_year_before(evening: Evening, planner: Acting) -> None:
    hague = make_acting(evening.nl, Role.POLICY_OFFICER)
    make_presidency(planner, planner, 2021)
    make_presidency(planner, hague, 2022)
    make_presidency(planner, planner, 2023)
    words = "The presidency passes to NL-NCC Presidency of NL-NCC, 2022 1 January 2022"
    assert ahead(evening.brussels) == [words]
    assert ahead(evening.hague) == [words]


def test_a_campaign_that_is_to_be_answered_soon(evening: Evening, planner: Acting) -> None:
    campaign = make_campaign(planner, opens_on=EVENING.date() - 9 * DAY, deadline_on=EVENING.date() + 12 * DAY)
    assert ahead(evening.brussels) == []
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.OPEN)
    (row,) = ahead(evening.brussels)
    assert row.startswith("Answers due: ")
    assert row.endswith("BE-NCCN 26 July")


def test_nothing_ahead_shows_nothing(evening: Evening) -> None:
    page = client_of(evening.brussels).get(reverse("desk") + "?status=Exercise").content.decode()
    assert "desk-ahead" not in page
