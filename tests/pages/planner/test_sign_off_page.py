"""The director reads and signs several requests on one page; whoever reviewed them finds the way back to send them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.services import digest_of_draft
from noaber.apps.planner.models import Proposal
from noaber.apps.planner.services import drafting
from planner_builders import Evening, client_of, need_of, wanted
from registry_builders import make_acting

STATUS = "?status=Exercise"


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


@pytest.fixture
def director(evening: Evening) -> Client:
    return client_of(make_acting(evening.be, Role.DIRECTOR))


@pytest.fixture
def drafts(evening: Evening, brussels: Client) -> list[RequestDraft]:
    """One plan for two incidents, and its two requests to The Hague."""
    evening.own_and_neighbour()
    evening.incident(None, wanted("HCP", 4, 120, priority=2, useless_after=240))
    evening.incident(None, wanted("HCP", 3, 120), title="Verviers", lon=5.86, lat=50.59)
    brussels.post(reverse("joint-plan") + STATUS)
    brussels.post(reverse("joint-draft", args=[Proposal.objects.get().pk]))
    RequestDraft.objects.update(needs_sign_off=True)
    return list(RequestDraft.objects.order_by("pk"))


def show(client: Client, name: str = "sign-off") -> str:
    answer = client.get(reverse(name) + STATUS)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def ticks(page: str) -> list[str]:
    return re.findall(r'name="draft" value="([^"]+)" checked', page)


def sign(client: Client, values: list[str]) -> tuple[int, str]:
    answer = client.post(reverse("sign-off") + STATUS, {"draft": values})
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def states() -> list[str]:
    return list(RequestDraft.objects.order_by("pk").values_list("state", flat=True))


def test_each_stands_as_it_will_be_read_and_all_are_ticked(director: Client, drafts: list[RequestDraft]) -> None:
    page = show(director)
    assert len(drafts) == 2
    assert "2 requests wait for your signature" in page
    assert ticks(page) == [f"{draft.pk}:{digest_of_draft(draft)}" for draft in drafts]
    first = page[page.index(f'id="draft-{drafts[0].pk}"') : page.index(f'id="draft-{drafts[1].pk}"')]
    for words in ("Ask NL-NCC: ", "Pepinster, Vesdre valley", "needed by", "20:00", "of no use after", "22:00"):
        assert words in first
    assert "NL-BE-1984" in first
    assert "Who pays" in first
    assert "within 20 minutes of sending" in first


def test_one_step_signs_those_that_are_ticked(director: Client, drafts: list[RequestDraft]) -> None:
    both = ticks(show(director))
    assert sign(director, both[:1])[0] == 302
    assert states() == [DraftState.AUTHORISED, DraftState.DRAFT]
    page = show(director)
    assert "1 request waits for your signature" in page
    assert ticks(page) == both[1:]


@pytest.mark.usefixtures("drafts")
def test_whoever_reviewed_finds_the_way_back_to_send(brussels: Client, director: Client) -> None:
    review = reverse("joint-review") + STATUS
    assert f'{reverse("sign-off")}{STATUS}"' in show(director, "desk")
    assert "2 requests wait for your signature" in show(director, "desk")
    assert "2 requests wait for a signature" in show(brussels, "joint-plan")
    sign(director, ticks(show(director)))
    for client, name in ((brussels, "desk"), (brussels, "joint-plan"), (director, "sign-off")):
        page = show(client, name)
        assert "2 requests signed off, ready to send" in page
        assert f'href="{review}"' in page
    brussels.post(reverse("joint-send", args=[Proposal.objects.get().pk]))
    assert states() == [DraftState.SENT] * 2
    assert "ready to send" not in show(brussels, "desk")
    assert "ready to send" not in show(brussels, "joint-plan")


def test_nothing_is_signed_where_one_was_changed_and_the_page_says_which(
    director: Client, drafts: list[RequestDraft]
) -> None:
    both = ticks(show(director))
    RequestDraft.objects.filter(pk=drafts[1].pk).update(note="Attention")
    status, page = sign(director, both)
    assert status == 422
    assert states() == [DraftState.DRAFT] * 2
    assert "Nothing was signed." in page
    alert = page[page.index('role="alert"') :].partition("</ul>")[0]
    assert f"#draft-{drafts[1].pk}" in alert
    assert f"#draft-{drafts[0].pk}" not in alert
    assert "It was changed after you opened this page." in alert
    assert ticks(page) == both[:1]  # the other can be signed at once, and this one is read again first
    assert sign(director, ticks(page))[0] == 302
    assert states() == [DraftState.AUTHORISED, DraftState.DRAFT]


def test_one_that_waits_no_more_is_named_too(director: Client, drafts: list[RequestDraft]) -> None:
    both = ticks(show(director))
    RequestDraft.objects.filter(pk=drafts[0].pk).update(state=DraftState.DISCARDED)
    page = sign(director, both)[1]
    assert f'href="{drafts[0].get_absolute_url()}"' in page[page.index('role="alert"') :]
    assert "This draft was discarded." in page


@pytest.mark.usefixtures("drafts")
def test_without_a_tick_it_asks_for_one(director: Client) -> None:
    status, page = sign(director, [])
    assert status == 422
    assert "Tick at least one request." in page
    assert states() == [DraftState.DRAFT] * 2


@pytest.mark.parametrize("value", ["", "x", "1", "1:zz", "9" * 30 + ":" + "0" * 64, "999:" + "0" * 64])
@pytest.mark.usefixtures("drafts")
def test_what_no_page_sends_is_not_found(director: Client, value: str) -> None:
    assert sign(director, [value])[0] == 404


def test_who_may_not_sign_reads_and_others_see_nothing(
    evening: Evening, brussels: Client, director: Client, drafts: list[RequestDraft]
) -> None:
    both = ticks(show(director))
    page = show(brussels)
    assert "2 requests wait for a signature" in page
    assert not ticks(page)
    assert sign(brussels, both)[0] in (403, 409)
    hague = client_of(make_acting(evening.nl, Role.DIRECTOR))
    assert "Verviers" not in show(hague)
    assert sign(hague, both)[0] == 404
    assert states() == [DraftState.DRAFT] * 2


def test_what_is_not_complete_is_named_and_cannot_be_ticked(director: Client, drafts: list[RequestDraft]) -> None:
    RequestDraft.objects.filter(pk=drafts[0].pk).update(reception_point="")
    page = show(director)
    assert len(ticks(page)) == 1
    assert drafts[0].get_absolute_url() in page[page.index("Not complete yet") :]


def test_drafts_by_hand_of_one_incident_are_sent_from_its_review(evening: Evening, brussels: Client) -> None:
    incident = evening.incident()
    line = drafting.line_for(need_of(incident), 1)
    first, _second = (
        drafting.draft_by_hand(evening.brussels, incident, supplier, [line], language="fr")
        for supplier in (evening.nl, evening.lu)
    )
    RequestDraft.objects.update(needs_sign_off=False, agreement="NL-BE-1984")
    page = show(brussels, "desk")
    assert "2 requests ready to send" in page
    assert f'href="{reverse("incident-review", args=[incident.number])}"' in page
    RequestDraft.objects.exclude(pk=first.pk).update(state=DraftState.DISCARDED)
    assert f'href="{first.get_absolute_url()}"' in show(brussels, "desk")
