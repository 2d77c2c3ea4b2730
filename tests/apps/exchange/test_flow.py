"""The whole flow on a real database: each step by the organisation whose step it is, visible to the other at once."""

from __future__ import annotations

import pytest

from exchange_world import TO_WORK, World
from noaber.apps.exchange import queries, services
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import Deployment, JournalEntry, Offer, Request, RequestLine, Waiting
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.threads import load_thread
from noaber.core.messages.model import Channel, DeploymentStatus, MessageType, ResponseType
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from noaber.core.messages.thread import WaitCode
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.make()


def test_the_whole_evening(world: World) -> None:
    request_id = world.play()
    request = Request.objects.get()
    deployment = Deployment.objects.get()
    assert (request.message_id, request.state) == (request_id, RequestState.CLOSED)
    assert deployment.state == DeploymentState.RETURNED
    assert [change["state"] for change in deployment.changes][:2] == ["COMMITTED", "MOBILISING"]
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}


def test_both_sides_keep_every_message_and_nobody_else(world: World) -> None:
    request_id = world.play()
    both = [
        set(JournalEntry.objects.filter(organisation=side).values_list("message_id", flat=True))
        for side in (world.be, world.nl)
    ]
    assert both[0] == both[1] == load_thread(request_id).message_ids
    assert not JournalEntry.objects.filter(organisation=world.lu).exists()


def test_a_request_asks_in_four_parts_and_keeps_what_was_signed(world: World) -> None:
    request_id = world.send()
    message = load_thread(request_id).find_message(request_id)
    assert message is not None
    assert message.funding[0].fund_code == "unknown"
    assert message.envelope.agreement == "NL-BE-1984"
    approver = load_thread(request_id).request.approver
    assert approver is not None
    assert approver.description.startswith("director, A. Someone (noaber, ")


def test_what_waits_changes_hands_with_each_step(world: World) -> None:
    def waits(side: object) -> list[str]:
        return [wait.code for wait in queries.waiting_for(side, "Exercise")]  # type: ignore[arg-type]

    request_id = world.send()
    assert (waits(world.be), waits(world.nl)) == ([], [WaitCode.ACKNOWLEDGE])
    world.acknowledge(request_id)
    assert (waits(world.be), waits(world.nl)) == ([], [WaitCode.ANSWER_LINE])
    offer_id = world.offer(request_id)
    assert (waits(world.be), waits(world.nl)) == ([WaitCode.DECIDE_OFFER], [])
    world.order(request_id, offer_id)
    assert (waits(world.be), waits(world.nl)) == ([], [WaitCode.COMMIT])
    world.commit(request_id, offer_id)
    assert (waits(world.be), waits(world.nl)) == ([], [WaitCode.DEPART])
    world.report(request_id, offer_id, *TO_WORK)
    assert (waits(world.be), waits(world.nl)) == ([WaitCode.RELEASE], [])


def test_exercise_and_actual_never_mix(world: World) -> None:
    world.send()
    assert queries.waiting_for(world.nl, "Actual") == []
    assert list(queries.list_requests(world.nl, "Actual")) == []
    assert queries.running_deployments(world.nl, "Actual") == []


def test_a_line_may_be_answered_by_several_teams(world: World) -> None:
    request_id = world.send()
    line = RequestLine.objects.get()
    teams = tuple(services.Team(quantity=1, name=name) for name in ("Tilburg", "Breda"))
    answer = services.LineAnswer(
        line_id=line.element_id, response_type=ResponseType.ACCEPT, teams=teams, risk_checked=True
    )
    services.respond_to_request(world.hague, request_id, [answer])
    assert sorted(Offer.objects.values_list("team_name", "quantity")) == [("Breda", 1), ("Tilburg", 1)]
    assert RequestLine.objects.get().offered == 2


def test_a_provisional_offer_becomes_firm(world: World) -> None:
    request_id = world.send()
    offer_id = world.offer(request_id, response=ResponseType.PROVISIONAL)
    line = RequestLine.objects.get()
    firm = services.LineAnswer(
        line_id=line.element_id,
        response_type=ResponseType.ACCEPT,
        teams=(services.Team(quantity=1, name="Tilburg"),),
        risk_checked=True,
        offer_id=offer_id,
    )
    services.respond_to_request(world.hague, request_id, [firm])
    offer = Offer.objects.get()
    assert (offer.offer_id, offer.state, offer.quantity) == (offer_id, OfferState.OFFERED, 1)


def test_a_decline_needs_a_reason(world: World) -> None:
    request_id = world.send()
    line = RequestLine.objects.get()
    decline = services.LineAnswer(line_id=line.element_id, response_type=ResponseType.DECLINE)
    with pytest.raises(InvalidInput) as raised:
        services.respond_to_request(world.hague, request_id, [decline])
    assert [problem.code for problem in raised.value.problems] == ["message.reason"]


def test_an_offer_can_be_rejected_with_a_reason_or_withdrawn(world: World) -> None:
    request_id = world.send()
    services.reject_offer(world.brussels, request_id, world.offer(request_id, quantity=1), reason_code="too-late")
    services.withdraw_offer(world.hague, request_id, world.offer(request_id), reason_code="own-population")
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["REJECTED", "WITHDRAWN"]


def test_a_recall_takes_the_teams_back_at_any_time(world: World) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    services.recall(world.hague, request_id, deployment_id, reason="Eigen nood")
    assert Deployment.objects.get().state == DeploymentState.RECALLED
    assert RequestLine.objects.get().committed == 0


def test_teams_on_the_way_are_spoken_for(world: World) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    assert queries.committed_quantities("Exercise").out == {"NL-NCC:MWB-HCP": 2}
    assert queries.committed_quantities("Actual").out == {}
    world.report(request_id, deployment_id, *TO_WORK)
    services.release(world.brussels, request_id, deployment_id, handover="Complet.")
    world.report(request_id, deployment_id, DeploymentStatus.RETURNING, DeploymentStatus.RETURNED)
    assert queries.committed_quantities("Exercise").out == {}


def test_what_is_offered_is_promised_until_it_is_decided(world: World) -> None:
    request_id = world.send()
    offer_id = world.offer(request_id)
    assert queries.committed_quantities("Exercise").promised == {"NL-NCC:MWB-HCP": 2}
    services.reject_offer(world.brussels, request_id, offer_id, reason_code="too-late")
    assert queries.committed_quantities("Exercise").promised == {}


def test_cancelling_ends_what_is_open(world: World) -> None:
    request_id = world.send()
    world.offer(request_id)
    services.cancel_request(world.brussels, request_id, reason="Plus nécessaire")
    assert Request.objects.get().state == RequestState.CANCELLED
    assert Offer.objects.get().state == OfferState.LAPSED


def test_a_request_can_replace_another(world: World) -> None:
    first = world.send()
    second = world.send(replaces=first)
    assert dict(Request.objects.values_list("message_id", "state")) == {
        first: RequestState.SUPERSEDED,
        second: RequestState.SENT,
    }
    assert Request.objects.get(pk=first).superseded_by == second
    assert rebuild_projections().changed == {}


def test_a_question_is_asked_and_answered(world: World) -> None:
    request_id = world.send()
    asked = services.ask_information(world.hague, request_id, "Welke koppeling?")
    assert [wait.code for wait in queries.waiting_for(world.be, "Exercise")] == [WaitCode.GIVE_INFORMATION]
    services.answer_information(world.brussels, request_id, asked.message_id, "Storz 150")
    assert queries.waiting_for(world.be, "Exercise") == []


def test_a_step_out_of_turn_is_refused_with_its_sentence(world: World) -> None:
    request_id = world.send()
    world.acknowledge(request_id)
    with pytest.raises(NotAllowed) as raised:
        world.acknowledge(request_id)
    assert raised.value.problem.code == "flow.acknowledged"
    assert JournalEntry.objects.filter(message_type=MessageType.ACKNOWLEDGEMENT).count() == 2


def test_the_consumer_cannot_take_the_suppliers_step(world: World) -> None:
    request_id = world.send()
    with pytest.raises(NotAllowed) as raised:
        services.acknowledge(world.brussels, request_id)
    assert raised.value.problem.code == "flow.supplier-only"


def test_a_third_organisation_does_not_learn_that_it_exists(world: World) -> None:
    request_id = world.send()
    with pytest.raises(NotFound):
        services.acknowledge(world.luxembourg, request_id)
    assert queries.requests_of_case(world.lu, "BE-2021-0714-01") == []
    assert not Request.objects.visible_to(world.lu).exists()
    assert not Waiting.objects.visible_to(world.lu).exists()


def test_what_was_said_by_phone_is_entered_on_behalf_of_the_other_side(world: World) -> None:
    request_id = world.send()
    manner = services.Manner(
        language="fr",
        channel=Channel.PHONE,
        said_at=clock.now(),
        said_by="J. de Boer",
        on_behalf_of="NL-NCC",
    )
    services.acknowledge(world.brussels, request_id, manner=manner)
    message = next(
        entry.message
        for entry in load_thread(request_id).history
        if entry.message.message_type is MessageType.ACKNOWLEDGEMENT
    )
    assert (message.envelope.sender, message.envelope.party) == ("BE-NCCN", "NL-NCC")
    assert Request.objects.get().state == RequestState.ACKNOWLEDGED
    assert set(
        JournalEntry.objects.filter(message_id=message.message_id).values_list("organisation__code", "kind")
    ) == {
        ("BE-NCCN", "sent"),
        ("NL-NCC", "received"),
    }


def test_nobody_speaks_for_the_other_side_without_saying_how_they_know(world: World) -> None:
    request_id = world.send()
    with pytest.raises(NotAllowed) as raised:
        services.acknowledge(world.brussels, request_id, manner=services.Manner(on_behalf_of="NL-NCC"))
    assert raised.value.problem.code == "exchange.behalf-unsaid"


def test_an_organisation_without_noaber_answers_through_us(world: World) -> None:
    request_id = world.send(supplier=world.fr, agreement="BE-FR-1981")
    assert not JournalEntry.objects.filter(organisation=world.fr).exists()
    manner = services.Manner(
        channel=Channel.MAIL, said_at=clock.now(), said_by="Officier EMIZ", on_behalf_of="FR-EMIZ", language="fr"
    )
    line = RequestLine.objects.get()
    answer = services.LineAnswer(
        line_id=line.element_id,
        response_type=ResponseType.ACCEPT,
        teams=(services.Team(quantity=1, name="Lille"),),
    )
    services.respond_to_request(world.brussels, request_id, [answer], manner=manner)
    assert Offer.objects.get().state == OfferState.OFFERED
    assert verify_journals().broken is None
