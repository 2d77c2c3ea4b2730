"""The pages of a request, for both sides: what they offer is what the flow allows, and nobody else learns of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchange_world import TO_WORK, World, make_acting
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services
from noaber.apps.exchange.journal.append import Outcome
from noaber.apps.exchange.models import Deployment, JournalEntry, Offer, Request, RequestDraft
from noaber.apps.exchange.permissions import may_send, may_take
from noaber.apps.exchange.threads import load_thread
from noaber.core.messages.model import DeploymentStatus, MessageType, ResponseType
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.steps import find_corrections, possible_steps
from noaber.core.messages.transitions import StepKind
from noaber.reference.vocabulary import load_reasons
from noaber.web import clock

pytestmark = pytest.mark.django_db

SignIn = Callable[[Acting], Client]
STEP = re.compile(r'data-noaber-step="([a-z-]+)"')
NOT_ON_PAGES = {StepKind.ASK_QUOTE, StepKind.ANSWER_QUOTE}
ONE_FORM = {StepKind.REVISE_OFFER: StepKind.ANSWER_LINE}


def page_of(client: Client, request_id: str, **query: str) -> str:
    answer = client.get(reverse("request", args=[request_id]), query)
    assert answer.status_code == 200
    return answer.content.decode()


_tokens = itertools.count(1)


def post(client: Client, address: str, step: StepKind, subject: str = "", **data: Any) -> Any:
    return client.post(address, {"step": step.value, "subject": subject, "once": f"token-{next(_tokens)}", **data})


# What the pages offer


def stages(world: World) -> list[tuple[str, str]]:
    """A request in each stage of the flow: its id and, where teams are committed, the deployment's."""
    sent = world.send()
    acknowledged = world.send()
    world.acknowledge(acknowledged)
    provisional = world.send()
    world.offer(provisional, response=ResponseType.PROVISIONAL)
    offered = world.send()
    world.offer(offered)
    ordered = world.send()
    world.order(ordered, world.offer(ordered))
    committed = world.send()
    first = world.deploy(committed)
    at_work = world.send()
    second = world.deploy(at_work)
    world.report(at_work, second, *TO_WORK)
    asked = world.send()
    third = world.deploy(asked)
    world.report(asked, third, *TO_WORK)
    services.ask_return(world.hague, asked, third, reason="Maas stijgt")
    services.ask_extension(world.brussels, asked, third, until=clock.now().replace(year=clock.now().year + 1))
    closed = world.play()
    return [
        *((request_id, "") for request_id in (sent, acknowledged, provisional, offered, ordered, closed)),
        (committed, first),
        (at_work, second),
        (asked, third),
    ]


def test_the_pages_offer_exactly_the_steps_that_flow_and_role_allow(world: World, client_of: SignIn) -> None:
    observer = make_acting(world.be, Role.OBSERVER)
    for request_id, deployment_id in stages(world):
        for acting in (world.brussels, world.hague, world.director, observer):
            client = client_of(acting)
            pages = page_of(client, request_id)
            if deployment_id:
                pages += client.get(reverse("deployment", args=[deployment_id])).content.decode()
            party = acting.organisation.code
            allowed = {
                ONE_FORM.get(step.kind, step.kind)
                for step in possible_steps(load_thread(request_id, clock.now()), party)
                if may_take(acting.roles, step.kind) and step.kind not in NOT_ON_PAGES
            }
            thread = load_thread(request_id, clock.now())
            mistakes = [thread.find_message(message_id) for message_id in find_corrections(thread, party)]
            if any(message and may_send(acting.roles, message.message_type) for message in mistakes):
                allowed.add(StepKind.WITHDRAW_MISTAKE)
            shown = {ONE_FORM.get(StepKind(kind), StepKind(kind)) for kind in STEP.findall(pages)}
            if StepKind.UPDATE_REQUEST in allowed:
                assert reverse("request-replace", args=[request_id]) in pages
            assert shown == allowed - {StepKind.UPDATE_REQUEST}, (request_id, acting.roles)


def test_until_acknowledged_the_desk_rings_and_shows_the_age(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    assert "data-noaber-ring" in page_of(client_of(world.hague), request_id)
    assert "data-noaber-ring" not in page_of(client_of(world.brussels), request_id)
    assert "NL-NCC has not acknowledged yet." in page_of(client_of(world.brussels), request_id)
    world.acknowledge(request_id)
    assert "data-noaber-ring" not in page_of(client_of(world.hague), request_id)


def test_the_band_is_that_of_the_request(world: World, client_of: SignIn) -> None:
    assert "band--exercise" in page_of(client_of(world.brussels), world.send())


def test_what_was_written_keeps_its_language(world: World, client_of: SignIn) -> None:
    text = page_of(client_of(world.hague), world.send(note="Courant très fort."))
    assert '<span class="free" lang="fr">Courant très fort.</span>' in text


# Taking steps on pages


def test_the_evening_on_pages(world: World, client_of: SignIn) -> None:
    brussels, hague = client_of(world.brussels), client_of(world.hague)
    request_id = world.send()
    address = reverse("request", args=[request_id])

    answer = post(hague, address, StepKind.ACKNOWLEDGE, request_id, answer_within_minutes=20)
    assert answer.status_code == 302
    assert Request.objects.get().state == RequestState.ACKNOWLEDGED
    message = JournalEntry.objects.filter(message_type=MessageType.ACKNOWLEDGEMENT)[0]
    assert answer["Location"].endswith(f"#m-{message.message_id}")

    offer = {"line-1-answer": "Accept", "line-1-team-other-quantity": 2, "line-1-team-other-name": "Pompen Tilburg"}
    post(hague, address, StepKind.ANSWER_LINE, **offer, **{"common-risk_checked": "on"})
    made = Offer.objects.get()
    assert (made.state, made.quantity, made.team_name) == (OfferState.OFFERED, 2, "Pompen Tilburg")

    post(brussels, address, StepKind.REQUISITION, **{"order-0-quantity": 2, "common-commit_within_minutes": 20})
    assert Offer.objects.get().state == OfferState.ACCEPTED

    certificate = {
        "answer": "Accept",
        "quantity": 2,
        "kind_of_help": "pompen",
        "kind_of_unit": "pompmodule",
        "head_count": 22,
        "leader": "pelotonscommandant",
        "vehicles": "12-ABC-3\n45-DEF-6",
        "crossing_point": "Eijsden",
    }
    post(hague, address, StepKind.COMMIT, made.pk, **certificate)
    deployment = Deployment.objects.get()
    assert deployment.state == DeploymentState.COMMITTED
    printed = hague.get(reverse("certificate", args=[deployment.slug])).content.decode()
    for words in ("12-ABC-3", "45-DEF-6", "22", "pelotonscommandant", "Eijsden", "NL-BE-1984"):
        assert words in printed

    _drive(hague, brussels, deployment.get_absolute_url(), deployment.pk)
    assert Deployment.objects.get().state == DeploymentState.RETURNED
    post(brussels, address, StepKind.CLOSE_REQUEST, request_id, note="Koppelingen pasten niet.")
    assert Request.objects.get().state == RequestState.CLOSED


def _drive(hague: Client, brussels: Client, address: str, deployment_id: str) -> None:
    """There and home again, on the page of the deployment."""

    def report(client: Client, status: DeploymentStatus, **data: Any) -> None:
        assert post(client, address, StepKind.REPORT, deployment_id, status=status.value, **data).status_code == 302

    report(hague, DeploymentStatus.MOBILISING)
    report(hague, DeploymentStatus.EN_ROUTE)
    report(hague, DeploymentStatus.AT_BORDER, place="Eijsden, A2/E25")
    report(hague, DeploymentStatus.ARRIVED)
    report(brussels, DeploymentStatus.OPERATIONAL)
    until = f"{clock.now().year + 1}-01-01T12:00"
    post(brussels, address, StepKind.ASK_EXTENSION, deployment_id, until=until, answer_within_minutes=60)
    assert Deployment.objects.get().extension_pending
    post(hague, address, StepKind.ANSWER_EXTENSION, deployment_id, answer="Decline", reason_code="staff-exhausted")
    post(hague, address, StepKind.ASK_RETURN, deployment_id, reason_code="own-emergency")
    assert Deployment.objects.get().return_pending
    post(brussels, address, StepKind.ANSWER_RETURN, deployment_id, answer="Decline", reason_code="needed-here")
    post(brussels, address, StepKind.RELEASE, deployment_id, handover="Complet, aucun blessé.")
    report(hague, DeploymentStatus.RETURNING)
    report(hague, DeploymentStatus.RETURNED)


def test_a_coded_reason_is_read_in_the_readers_language(world: World, client_of: SignIn) -> None:
    """Also of a return, whose message has no place for a code."""
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, *TO_WORK)
    hague = client_of(world.hague)
    hague.post(reverse("language"), {"language": "nl"})
    world.hague.person.refresh_from_db()
    address = Deployment.objects.get().get_absolute_url()
    post(hague, address, StepKind.ASK_RETURN, deployment_id, reason_code="own-emergency", reason="Maas stijgt")
    message = load_thread(request_id).history[-1].message
    assert message.description is not None
    assert message.description.text == "Eigen noodsituatie\nMaas stijgt"
    text = page_of(client_of(world.brussels), request_id)
    assert str(load_reasons()["own-emergency"].names) in text
    assert '<span class="free" lang="nl">Maas stijgt</span>' in text


def test_the_same_form_sent_twice_acts_once(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    hague, address = client_of(world.hague), reverse("request", args=[request_id])
    data = {"step": "ask-information", "once": "a-token", "question": "Welke koppeling?", "answer_within_minutes": 30}
    first, second = hague.post(address, data), hague.post(address, data)
    assert first["Location"] == second["Location"]
    assert len(load_thread(request_id).questions) == 1


def test_a_step_that_a_colleague_took_meanwhile_is_refused_with_a_sentence(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    world.acknowledge(request_id)
    hague, address = client_of(world.hague), reverse("request", args=[request_id])
    answer = post(hague, address, StepKind.ACKNOWLEDGE, request_id, answer_within_minutes=20)
    assert answer.status_code == 409
    assert "somebody has acted meanwhile" in answer.content.decode()
    fragment = hague.post(address, {"step": "acknowledge", "subject": request_id}, headers={"HX-Request": "true"})
    assert fragment.status_code == 409
    assert "<html" not in fragment.content.decode()


def test_what_is_missing_stands_beside_its_field(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    hague, address = client_of(world.hague), reverse("request", args=[request_id])
    answer = post(hague, address, StepKind.ANSWER_LINE, **{"line-1-answer": "Provisional"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Choose the condition. Without it nobody can plan." in text
    assert "Enter how many teams of which capacity you offer." in text
    assert not Offer.objects.exists()


def test_nobody_offers_without_having_looked_at_the_risk_at_home(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    offer = {"line-1-answer": "Accept", "line-1-team-other-quantity": 2, "line-1-team-other-name": "Tilburg"}
    answer = post(client_of(world.hague), reverse("request", args=[request_id]), StepKind.ANSWER_LINE, **offer)
    assert answer.status_code == 422
    assert "risk at home was looked at" in answer.content.decode()


def test_who_may_only_read_sees_no_button_and_is_refused(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    observer = client_of(make_acting(world.nl, Role.OBSERVER))
    assert STEP.findall(page_of(observer, request_id)) == []
    answer = post(observer, reverse("request", args=[request_id]), StepKind.ACKNOWLEDGE, answer_within_minutes=20)
    assert answer.status_code == 409
    assert Request.objects.get().state == RequestState.SENT


def test_what_the_other_side_said_by_phone_is_entered_and_says_so(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    brussels = client_of(world.brussels)
    address = reverse("request", args=[request_id]) + "?for=NL-NCC"
    assert "You enter what NL-NCC told you." in brussels.get(address).content.decode()
    data = {"answer_within_minutes": 20, "manner-channel": "phone"}
    assert post(brussels, address, StepKind.ACKNOWLEDGE, request_id, **data).status_code == 422
    data |= {"manner-said_by": "J. de Boer", "manner-said_at": "2021-07-14T18:00"}
    assert post(brussels, address, StepKind.ACKNOWLEDGE, request_id, **data).status_code == 302
    for acting in (world.brussels, world.hague):
        text = page_of(client_of(acting), request_id)
        assert "Entered by BE-NCCN on behalf of NL-NCC, under the signature of BE-NCCN." in text
        assert "J. de Boer" in text


# Who may see it


def addresses(world: World) -> list[str]:
    """Every page and file about a request and its deployment."""
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    return [
        reverse("request", args=[request_id]),
        reverse("request-print", args=[request_id]),
        reverse("deployment", args=[deployment_id]),
        reverse("certificate", args=[deployment_id]),
        reverse("case-journal", args=["BE-2021-0714-01"]),
        reverse("case-journal", args=["BE-2021-0714-01"]) + "?format=csv",
        reverse("message-xml", args=[request_id]),
        reverse("message-json", args=[request_id]),
    ]


def test_a_third_organisation_gets_404_everywhere(world: World, client_of: SignIn) -> None:
    luxembourg = client_of(world.luxembourg)
    for address in addresses(world):
        assert client_of(world.hague).get(address).status_code == 200, address
        assert luxembourg.get(address).status_code == 404, address
    request_id = Request.objects.get().pk
    for name in ("request", "request-replace"):
        answer = luxembourg.post(reverse(name, args=[request_id]), {"step": "acknowledge"})
        assert answer.status_code == 404


def test_lists_and_their_files_hold_only_ones_own(world: World, client_of: SignIn) -> None:
    ours, theirs = world.send(), world.send(supplier=world.lu, agreement="BE-LU-2015")
    world.deploy(ours)
    for name in ("requests", "deployments"):
        for form in ("", "?format=csv", "?format=xlsx"):
            answer = client_of(world.luxembourg).get(reverse(name) + form)
            assert answer.status_code == 200
            assert b"NL-NCC" not in answer.content
    text = client_of(world.hague).get(reverse("requests")).content.decode()
    assert reverse("request", args=[ours]) in text
    assert reverse("request", args=[theirs]) not in text
    csv = client_of(world.hague).get(reverse("requests"), {"format": "csv"}).content.decode()
    assert "LU-HCPN" not in csv


def test_siblings_are_shown_to_who_sent_them_only(world: World, client_of: SignIn) -> None:
    ours, theirs = world.send(), world.send(supplier=world.lu, agreement="BE-LU-2015")
    address = reverse("request", args=[theirs])
    assert address in page_of(client_of(world.brussels), ours)
    assert address not in page_of(client_of(world.hague), ours)
    assert "LU-HCPN" not in page_of(client_of(world.hague), ours)


def test_what_was_erased_is_gone_for_who_erased_it(world: World, client_of: SignIn) -> None:
    request_id = world.play()
    services.erase_exchange("NL-NCC", request_id, reason="Archiefwet")
    hague, brussels = client_of(world.hague), client_of(world.brussels)
    for name in ("request", "message-xml", "message-json"):
        assert hague.get(reverse(name, args=[request_id])).status_code == 404
        assert brussels.get(reverse(name, args=[request_id])).status_code == 200
    journal = hague.get(reverse("case-journal", args=["BE-2021-0714-01"])).content.decode()
    assert "Archiefwet" in journal
    assert "verified" in journal


# Files


def test_a_message_can_be_taken_along_and_read_again(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    data = client_of(world.brussels).get(reverse("message-xml", args=[request_id])).content
    assert b"<EDXLDistribution" in data
    assert services.receive_message(data).outcome is Outcome.ALREADY


def test_the_journal_of_a_case_says_when_something_does_not_hold(world: World, client_of: SignIn) -> None:
    from journal_guards import lifted_guards

    world.send()
    client, address = client_of(world.brussels), reverse("case-journal", args=["BE-2021-0714-01"])
    assert "does not hold" not in client.get(address).content.decode()
    with lifted_guards():
        JournalEntry.objects.filter(organisation=world.be).update(signer="NL-NCC")
    assert "does not hold" in client.get(address).content.decode()


# Fragments


@pytest.mark.parametrize("target", ["request-live", "request-act"])
def test_a_fragment_is_the_same_part_of_the_page(world: World, client_of: SignIn, target: str) -> None:
    request_id = world.send()
    client, address = client_of(world.hague), reverse("request", args=[request_id])
    fragment = client.get(address, headers={"HX-Request": "true", "HX-Target": target}).content.decode()
    assert f'id="{target}"' in fragment
    assert "<html" not in fragment
    assert _plain(fragment) <= _plain(client.get(address).content.decode())


def _plain(text: str) -> set[str]:
    """The words between tags; tokens and clocks differ from one second to the next."""
    found = {words.strip() for words in re.findall(r">([^<]+)<", text)}
    return {words for words in found if words and not re.search(r"\d+ ?min|left|late|\d:\d", words)}


# Drafts


def test_a_request_by_hand_becomes_a_draft_for_each_who_is_asked(world: World, client_of: SignIn) -> None:
    data = {
        "suppliers": [world.nl.pk, world.lu.pk],
        "case_id": "BE-2021-0714-01",
        "incident_text": "Inondation",
        "hazard": "flood",
        "territory": "BE33",
        "reception_point": "Pepinster",
        "tlp": "AMBER",
        "answer_within_minutes": 20,
        "line-0-capability": "HCP",
        "line-0-quantity": 2,
        "line-0-needed_by": "3 h",
        "line-0-priority": 1,
    }
    answer = client_of(world.brussels).post(reverse("draft-new"), data)
    assert answer.status_code == 302, answer.content.decode()
    assert sorted(RequestDraft.objects.values_list("supplier__code", "status")) == [
        ("LU-HCPN", "Exercise"),
        ("NL-NCC", "Exercise"),
    ]


def test_a_draft_is_seen_by_its_owner_only(world: World, client_of: SignIn) -> None:
    draft = world.draft()
    assert client_of(world.brussels).get(draft.get_absolute_url()).status_code == 200
    for name in ("draft", "draft-sign", "draft-signed", "draft-send", "draft-discard"):
        address = reverse(name, args=[draft.pk])
        assert client_of(world.hague).post(address, {}).status_code == 404


def test_a_draft_waits_for_its_sign_off_here_or_by_phone(world: World, client_of: SignIn) -> None:
    draft = world.draft()
    brussels = client_of(world.brussels)
    assert brussels.post(reverse("draft-send", args=[draft.pk])).status_code == 409
    assert brussels.post(reverse("draft-sign", args=[draft.pk])).status_code == 409
    told = {"director": "M. le directeur", "at": "2021-07-14T18:00", "channel": "phone"}
    assert brussels.post(reverse("draft-signed", args=[draft.pk]), told).status_code == 302
    text = brussels.get(draft.get_absolute_url()).content.decode()
    assert "Signed off by M. le directeur." in text
    assert brussels.post(reverse("draft-send", args=[draft.pk])).status_code == 302
    approver = load_thread(Request.objects.get().pk).request.approver
    assert approver is not None
    assert approver.description.startswith("M. le directeur (phone, 2021-07-14T16:00Z")


def test_a_change_takes_the_sign_off_away(world: World, client_of: SignIn) -> None:
    draft = world.draft()
    services.authorise_draft(world.director, draft)
    data = {
        "case_id": draft.case_id,
        "incident_text": draft.incident_text,
        "hazard": "flood",
        "territory": "BE335",
        "reception_point": "Verviers",
        "tlp": "AMBER",
        "answer_within_minutes": 30,
        "agreement": "",
        "line-0-capability": "HCP",
        "line-0-quantity": 3,
        "line-0-needed_by": "3 h",
        "line-0-priority": 1,
    }
    assert client_of(world.brussels).post(draft.get_absolute_url(), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.signed_by, draft.reception_point) == ("DRAFT", "", "Verviers")
    assert draft.lines[0]["quantity"] == 3
    assert draft.lines[0]["need_id"] == "n1"


def test_a_request_is_changed_by_one_that_replaces_it(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    answer = client_of(world.brussels).post(reverse("request-replace", args=[request_id]))
    draft = RequestDraft.objects.get(replaces=request_id)
    assert answer["Location"] == draft.get_absolute_url()
    assert (draft.reception_point, draft.territory, draft.hazard) == ("CP-Ops, Pepinster", "BE33", "flood")
    services.authorise_draft(world.director, draft)
    services.send_request(world.brussels, draft)
    assert Request.objects.get(pk=request_id).state == RequestState.SUPERSEDED


def test_words_bear_the_language_that_their_writer_chose(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, *TO_WORK)
    brussels, address = client_of(world.brussels), reverse("deployment", args=[deployment_id])
    assert 'name="manner-language"' in brussels.get(address).content.decode()
    released = {"reason_code": "task-done", "handover": "Matériel complet.", "manner-language": "fr"}
    assert post(brussels, address, StepKind.RELEASE, deployment_id, **released).status_code == 302
    handover = load_thread(request_id).find_deployment(deployment_id).handover
    assert (handover.language, handover.text) == ("fr", "Mission accomplie\nMatériel complet.")
    hague = client_of(world.hague)
    hague.post("/language", {"language": "nl", "next": "/"})
    for page in (hague.get(address).content.decode(), page_of(hague, request_id)):
        assert "Opdracht volbracht" in page
        assert "Mission accomplie" not in page
        assert '<span class="free" lang="fr">Matériel complet.</span>' in page


def test_an_extension_says_why_by_a_code(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, *TO_WORK)
    asked = {"until": "2030-07-15T18:00", "reason_code": "situation-lasts", "answer_within_minutes": "60"}
    address = reverse("deployment", args=[deployment_id])
    answer = post(client_of(world.brussels), address, StepKind.ASK_EXTENSION, deployment_id, **asked)
    assert answer.status_code == 302
    hague = client_of(world.hague)
    hague.post("/language", {"language": "de", "next": "/"})
    assert "Die Lage dauert länger an" in page_of(hague, request_id)


def test_a_draft_keeps_the_language_that_its_words_are_in(world: World, client_of: SignIn) -> None:
    draft = world.draft(note="Digue rompue.", language="fr")
    page = client_of(world.brussels).get(draft.get_absolute_url()).content.decode()
    assert re.search(r'<option value="fr" selected lang="fr">', page), "not that of the page, which is English"


def test_what_has_no_words_asks_for_no_language(world: World, client_of: SignIn) -> None:
    request_id = world.send()
    form = page_of(client_of(world.hague), request_id)
    assert StepKind.ACKNOWLEDGE.value in STEP.findall(form)
    acknowledging = form[form.index('data-noaber-step="acknowledge"') :].partition("</form>")[0]
    assert "manner-language" not in acknowledging
