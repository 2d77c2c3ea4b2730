"""The story plays to its end through the services of the pages, in time, late, and with people who play along."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from noaber.apps.accounts.models import Organisation
from noaber.apps.demo import player
from noaber.apps.demo.cast import acting_as
from noaber.apps.demo.models import Outcome, PlayedStep
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import Deployment, Offer, Request
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident
from noaber.core.messages.model import DeploymentStatus, ResponseType
from noaber.core.messages.states import OfferState, RequestState
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.reference.demo.scenario import load_scenario
from noaber.reference.demo.story import load_story, steps_to_come
from noaber.web import clock

BRUSSELS, HAGUE = "BE-NCCN", "NL-NCC"
OPENING = load_scenario().starts_at


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2021-07-14T{text}+02:00")


def test_it_plays_to_its_end(loaded: None) -> None:
    played = list(player.play())
    assert [(one.step, one.at, one.outcome) for one in played] == [
        (step, step.at, Outcome.PLAYED) for step in steps_to_come()
    ]
    assert player.waiting_steps() == []
    assert clock.now() - load_story()[-1].at < timedelta(minutes=1)
    assert sorted(Request.objects.values_list("supplier__code", "state")) == [
        ("BE-NCCN", RequestState.CLOSED),
        ("DE-NW", RequestState.CANCELLED),
        ("LU-HCPN", RequestState.CLOSED),
        ("NL-NCC", RequestState.CLOSED),
    ]
    assert set(Deployment.objects.values_list("state", flat=True)) == {DeploymentStatus.RETURNED}
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}
    assert list(player.play()) == []


def test_what_comes_late_moves_everything_after_it(loaded: None) -> None:
    """A class that took three days over the first request: teams still drive for as long as the story has it."""
    clock.advance_to(OPENING + timedelta(days=3))
    played = list(player.play())
    assert {one.outcome for one in played} == {Outcome.PLAYED}
    late = [one.at - one.step.at for one in played]
    assert late == sorted(late)
    assert late[0] > timedelta(days=2, hours=23)
    assert late[-1] - late[0] < timedelta(hours=1)
    arrivals = Offer.objects.filter(
        case_id=Incident.objects.get(place="Pepinster").number, estimated_arrival_at__isnull=False
    )
    assert arrivals.exists()
    assert all(offer.estimated_arrival_at > OPENING + timedelta(days=3) for offer in arrivals)
    assert verify_journals().broken is None


def test_it_stops_at_a_time_and_after_a_number(loaded: None) -> None:
    assert [one.step.id for one in player.play(most=2)] == ["s10", "s11"]
    assert clock.now() >= at("18:21")
    assert max(one.at for one in player.play(until=at("18:45"))) == at("18:45")
    assert player.waiting_steps()[0].at == at("18:48")


def send(*lines: DraftLine, to: str = HAGUE, agreement: str = "NL-BE-1984") -> str:
    """Brussels asks by hand, as on the page."""
    incident = Incident.objects.get(place="Pepinster")
    officer, director = acting_as("be-nccn", BRUSSELS), acting_as("be-nccn-director", BRUSSELS)
    data = services.DraftData(
        supplier=Organisation.objects.get(code=to),
        status=incident.status,
        case_id=incident.number,
        incident_text=incident.title,
        territory=incident.territory,
        lines=lines,
        language="fr",
        hazard=incident.hazard,
        agreement=agreement,
        reception_point="Gare de Pepinster",
    )
    draft = services.create_draft(officer, data)
    services.authorise_draft(director, draft)
    return services.send_request(officer, draft).message_id


BOATS = DraftLine(capability="FRB", quantity=2, needed_by=at("20:52"), need_id="n1")
PUMPS = DraftLine(capability="HCP", quantity=5, needed_by=at("23:52"), need_id="n2")


def states(request_id: str) -> list[tuple[str, int, str]]:
    return sorted((offer.capability, offer.quantity, offer.state) for offer in load_thread(request_id).offers)


def test_the_neighbours_answer_what_people_ask(loaded: None) -> None:
    """Fewer boats than in the story, more pumps, no helicopter: what is there is answered, and no more than asked."""
    request_id = send(BOATS, PUMPS)
    told = list(player.play(leave=[BRUSSELS], until=at("18:40")))
    assert [one.step.id for one in told if one.outcome is Outcome.OVERTAKEN] == ["s10", "s11"]
    assert [one.step.id for one in told if one.outcome is Outcome.PLAYED] == ["s16", "s20"]
    assert states(request_id) == [("FRB", 2, OfferState.OFFERED), ("HCP", 2, OfferState.PROVISIONAL)]
    assert Request.objects.filter(case_id=Incident.objects.get(place="Pepinster").number).count() == 1


def test_it_waits_for_people_where_it_is_their_turn_and_goes_on_after(loaded: None) -> None:
    request_id = send(BOATS)
    told = list(player.play(leave=[BRUSSELS]))
    assert (told[-1].step.id, told[-1].outcome, told[-1].why) == ("s23", None, "")
    assert clock.now() < at("18:45")
    (offer,) = load_thread(request_id).offers
    services.requisition(acting_as("be-nccn", BRUSSELS), request_id, [(offer.id, 2)], late_taken=[offer.id])
    told = list(player.play(leave=[BRUSSELS]))
    overtaken = [one.step.id for one in told if one.outcome is Outcome.OVERTAKEN]
    assert overtaken == ["s23", "s32-1", "s32-2", "s32-3"]  # Eindhoven was not needed
    assert told[-1].step.id == "s31-5"
    (deployment,) = load_thread(request_id).deployments
    assert deployment.state == "ARRIVED"


def test_what_a_neighbour_answered_by_hand_takes_the_place_of_its_answer(loaded: None) -> None:
    request_id = send(BOATS)
    hague = acting_as("nl-ncc", HAGUE)
    line = load_thread(request_id).request.lines[0]  # type: ignore[union-attr]
    answer = LineAnswer(
        line_id=line.element_id,
        response_type=ResponseType.ACCEPT,
        teams=(Team(quantity=1, name="Brandweer Roermond"),),
        risk_checked=True,
    )
    services.respond_to_request(hague, request_id, [answer])
    outcomes = {one.step.id: one.outcome for one in player.play(until=at("18:53"))}
    assert outcomes["s16"] == outcomes["s20"] == Outcome.OVERTAKEN
    assert outcomes["s23"] == outcomes["s25"] == Outcome.PLAYED
    assert states(request_id) == [("FRB", 1, OfferState.COMMITTED)]


def test_one_that_nobody_asked_is_passed_over(loaded: None) -> None:
    told = list(player.play(leave=[BRUSSELS]))
    assert [one.step.id for one in told] == ["s10", "s12", "s14"]
    assert {one.outcome for one in told} == {None}
    assert clock.now() < at("18:01")
    assert PlayedStep.objects.filter(step__in=[step.id for step in steps_to_come()]).count() == 0


def test_a_step_that_another_process_took_meanwhile_is_not_taken_again(loaded: None) -> None:
    step = player.waiting_steps()[0]
    player.take_step(step)
    again = player.take_step(step)
    assert again.outcome is Outcome.OVERTAKEN
    assert PlayedStep.objects.filter(step=step.id).count() == 1


def test_an_account_that_is_gone_is_named(loaded: None) -> None:
    with pytest.raises(InvalidInput, match="“nobody” that acts for BE-NCCN"):
        acting_as("nobody", BRUSSELS)
    with pytest.raises(InvalidInput, match="“be-nccn” that acts for NL-NCC"):
        acting_as("be-nccn", HAGUE)


def test_a_real_node_has_no_other_time(loaded: None, settings) -> None:  # type: ignore[no-untyped-def]
    settings.NOABER_STATUS = "Actual"
    with pytest.raises(NotAllowed, match="real one"), clock.at(OPENING):
        pass
