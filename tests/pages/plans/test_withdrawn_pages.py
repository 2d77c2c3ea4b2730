"""The pages of a draft that is withdrawn: how it is done, and what everybody then reads."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.plans import services
from noaber.apps.plans.models import Comment, Plan
from noaber.web import clock
from plans_builders import director_of, make_objective, make_plan, make_programme, make_serving

ClientOf = Callable[[Acting], Client]
UNTIL = datetime.date(2024, 11, 30)
WHY = "Begun twice by mistake."


@pytest.fixture
def plan(centres: Any) -> Plan:
    """In consultation, with an action that is late; Brussels keeps it, Düsseldorf is consulted and commented."""
    brussels, hague, dusseldorf = centres
    plan = make_plan(brussels)
    objective = make_objective(brussels, plan)
    make_serving(brussels, objective, "Ask", due_on=datetime.date(2024, 11, 3), responsible=hague.organisation)
    consultation = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    services.comment_on(dusseldorf, consultation, "Name us.", language="en", objective=objective)
    return plan


def words_of(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def withdraw(acting: Acting, plan: Plan) -> None:
    services.withdraw_plan(acting, plan, reason=WHY, language="en")


def test_a_draft_is_withdrawn_by_its_form_and_taken_up_again(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    client, base = client_of(centres[0]), plan.get_absolute_url()
    steps = client.get(f"{base}steps").content.decode()
    assert f'action="{base}withdraw"' in steps
    assert "partners see that it was withdrawn" in steps
    nothing = client.post(f"{base}withdraw", {"withdraw-reason": " ", "withdraw-language": "en"})
    assert (nothing.status_code, Plan.objects.get().state) == (422, "consultation")
    given = {"withdraw-reason": WHY, "withdraw-language": "en"}
    assert client.post(f"{base}withdraw", given)["Location"] == base
    shown = client.get(base)
    words = words_of(shown)
    assert f"BE-NCCN withdrew this draft on 12 November 2024 ({centres[0].function})." in words
    assert f"Why: {WHY}" in words
    assert "Know who may help" in words
    assert "Late" not in words_of(shown).replace("Latest", "")
    for gone in ("report", "edit", "steps", "objective", "keep"):
        assert f'"{base}{gone}"' not in shown.content.decode(), gone
    assert f'action="{base}take-up"' in shown.content.decode()
    assert client.post(f"{base}take-up")["Location"] == base
    assert "withdrew this draft" not in words_of(client.get(base)).split("History")[0]
    assert client.post(f"{base}take-up").status_code == 409


def test_others_neither_withdraw_it_nor_take_it_up(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    hague, base = client_of(centres[1]), plan.get_absolute_url()
    given = {"withdraw-reason": WHY, "withdraw-language": "en"}
    assert "withdraw" not in hague.get(f"{base}steps").content.decode()
    assert hague.post(f"{base}withdraw", given).status_code in (403, 409)
    withdraw(centres[0], plan)
    assert "take-up" not in hague.get(base).content.decode()
    assert hague.post(f"{base}take-up").status_code in (403, 409)
    assert Plan.objects.get().state == "withdrawn"
    Plan.objects.update(tlp=TlpLabel.RED)
    for address in ("withdraw", "take-up"):
        assert hague.post(f"{base}{address}", given).status_code == 404


def test_an_adopted_plan_offers_no_withdrawal(centres: Any, client_of: ClientOf) -> None:
    plan = make_plan(centres[0])
    services.adopt_plan(director_of(centres[0]), plan, adopted_on=datetime.date(2024, 11, 1), adopted_by="Directors")
    client, base = client_of(centres[0]), plan.get_absolute_url()
    assert "withdraw" not in client.get(f"{base}steps").content.decode()
    refused = client.post(f"{base}withdraw", {"withdraw-reason": WHY, "withdraw-language": "en"})
    assert refused.status_code == 409
    assert "was adopted once" in refused.content.decode()


def test_a_partner_reads_that_it_was_withdrawn_and_comments_no_more(
    plan: Plan, centres: Any, client_of: ClientOf
) -> None:
    partner, url = client_of(centres[2]), f"{plan.get_absolute_url()}consultation"
    withdraw(centres[0], plan)
    words = words_of(partner.get(url))
    assert f"Why: {WHY}" in words
    assert "Thank you for your time" in words
    assert "Name us." in words
    assert "not answered, as the draft was withdrawn" in words
    assert "no longer awaited" in words
    assert f"{url}/comment" not in partner.get(url).content.decode()
    assert "Thank you for your time" in words_of(partner.get(plan.get_absolute_url()))
    assert "Thank you for your time" not in words_of(client_of(centres[1]).get(url)), "it was not asked"
    comment = {"comment-text": "Words of an hour.", "comment-language": "en", "comment-objective": ""}
    late = partner.post(f"{url}/comment", comment)
    assert late.status_code == 409
    assert "This draft was withdrawn" in words_of(late)
    assert "Words of an hour." in words_of(late), "what was written stays in the form"
    assert Comment.objects.count() == 1
    assert partner.post(f"{url}/done").status_code == 409


def test_the_register_keeps_it_without_counting(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    withdraw(centres[0], plan)
    client = client_of(centres[0])
    [row] = html.fromstring(client.get("/plans/").content.decode()).xpath("//tr[@data-noaber-row]")
    assert row.get("class") == "gone"
    assert "withdrawn" in row.text_content()
    assert not row.xpath(".//*[contains(@class, 'meter')]")
    file = client.get("/plans/", {"format": "csv"}).content.decode().removeprefix("\ufeff")
    [told] = csv.DictReader(io.StringIO(file))
    assert (told["Number"], told["State"], told["Late"]) == (plan.number, "withdrawn", "")


def test_there_is_no_report_and_no_form_of_it_but_its_page_says_why(
    plan: Plan, centres: Any, client_of: ClientOf
) -> None:
    withdraw(centres[0], plan)
    client, base = client_of(centres[0]), plan.get_absolute_url()
    for address in ("report", "report.pdf", "edit"):
        assert client.get(f"{base}{address}")["Location"] == base
    page = client.get(plan.objectives.get().get_absolute_url()).content.decode()
    assert WHY in page
    assert f'action="{plan.objectives.get().get_absolute_url()}' not in page
    assert client.get(f"{base}compare").status_code == 200, "what was sent out stays"


def test_an_annual_plan_says_that_its_programme_was_withdrawn(centres: Any, client_of: ClientOf) -> None:
    brussels, hague, _ = centres
    programme = make_programme(brussels)
    annual = make_plan(hague, first_year=2025, last_year=2025, programme=programme, tlp=TlpLabel.RED)
    withdraw(brussels, programme)
    client = client_of(hague)
    assert "The programme was withdrawn" in words_of(client.get(annual.get_absolute_url()))
    choices = html.fromstring(client.get("/plans/new").content.decode()).xpath("//select[@name='programme']/option")
    assert [one.get("value") for one in choices] == [""]
    edit = client.get(f"{annual.get_absolute_url()}edit").content.decode()
    chosen = html.fromstring(edit).xpath("//select[@name='programme']/option[@selected]/@value")
    assert chosen == [programme.number], "it does not fall out of its programme by being changed"


def test_the_history_tells_both(plan: Plan, centres: Any, client_of: ClientOf) -> None:
    withdraw(centres[0], plan)
    with clock.at(datetime.datetime(2024, 11, 13, 9, tzinfo=datetime.UTC)):
        services.take_up_plan(centres[0], plan)
        page = client_of(centres[0]).get(plan.get_absolute_url())
    assert WHY in words_of(page).split("History")[1]
