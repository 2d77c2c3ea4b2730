"""Own teams alerted, papers that follow, and mistakes withdrawn, on the real database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange_world import CERTIFICATE, World, make_acting, make_organisation
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import queries, services
from noaber.apps.exchange.models import Deployment, JournalEntry, Offer, Request, RequestLine, Waiting
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.services import AlertData, AlertLine, Manner
from noaber.apps.exchange.threads import load_thread
from noaber.apps.exchange.wait_rows import wait_rows
from noaber.core.messages.model import BorderCertificate, Channel, DeploymentStatus, FreeText, ResponseType
from noaber.core.messages.states import DeploymentState
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web import clock
from registry_builders import make_capacity

BOATS = "ZONE-BOATS"


@pytest.fixture
def world(db: None) -> World:
    return World.make()


@pytest.fixture
def zone(world: World) -> Organisation:
    """A rescue zone of Belgium with three boat teams that the centre sees."""
    zone = make_organisation("BE-ZONE", country="BE")
    make_capacity(zone, BOATS, capabilities=("SRBOAT",), quantity=3, tlp="CLEAR", territory="BE335", status="Exercise")
    return zone


def alert_of(owner: Organisation, quantity: int = 2) -> AlertData:
    return AlertData(
        owner=owner,
        status="Exercise",
        tlp="AMBER",
        case_id="BE-2021-0714-01",
        incident=FreeText("Inondation de la Vesdre", "fr"),
        lines=(AlertLine(code=BOATS, capability="SRBOAT", quantity=quantity, name="Boats", need_id="n1"),),
        language="fr",
    )


def alert(world: World, zone: Organisation, quantity: int = 2, **facts: object) -> str:
    return services.alert_teams(world.brussels, [alert_of(zone, quantity)], **facts)[0].thread_id


def test_an_alert_is_a_row_of_both_and_speaks_for_its_teams_at_once(world: World, zone: Organisation) -> None:
    request_id = alert(world, zone)
    request = Request.objects.get()
    assert (request.pk, request.is_alert, request.agreement, request.state) == (request_id, True, "", "SENT")
    assert queries.teams_spoken_for("Exercise", clock.now()) == {f"BE-ZONE:{BOATS}": 2}
    assert {entry.organisation.code for entry in JournalEntry.objects.all()} == {"BE-NCCN", "BE-ZONE"}
    (wait,) = queries.waiting_for(zone, "Exercise")
    (owed,) = queries.waited_for_by(world.be, "Exercise")
    assert wait.pk == owed.pk
    assert (wait.code, wait.due_at - request.sent_at) == ("confirm-alert", timedelta(minutes=5))


def test_the_owner_confirms_and_the_deployment_is_like_any_other(world: World, zone: Organisation) -> None:
    request_id = alert(world, zone)
    officer = make_acting(zone)
    services.confirm_alert(officer, request_id)
    deployment = Deployment.objects.get()
    assert (deployment.is_alert, deployment.missing_papers, deployment.owner) == (True, [], "BE-ZONE")
    assert RequestLine.objects.get().committed == 2
    for status in (DeploymentStatus.MOBILISING, DeploymentStatus.EN_ROUTE, DeploymentStatus.ARRIVED):
        services.report_deployment(officer, request_id, deployment.pk, status=status)
    assert Deployment.objects.get().state == DeploymentState.ARRIVED
    assert queries.running_deployments(world.be, "Exercise") == queries.running_deployments(zone, "Exercise")
    assert queries.running_deployments(world.lu, "Exercise") == []


def test_no_more_is_alerted_than_is_free(world: World, zone: Organisation) -> None:
    alert(world, zone, 2)
    with pytest.raises(NotAllowed) as refused:
        alert(world, zone, 2)
    assert refused.value.problem.code == "alert.more-than-free"
    assert refused.value.problem.params == {"team": "Boats", "asked": 2, "free": 1}
    alert(world, zone, 1)
    with pytest.raises(NotAllowed, match="No team of Boats is free"):
        alert(world, zone, 1)


def test_what_is_declined_is_free_again(world: World, zone: Organisation) -> None:
    request_id = alert(world, zone, 3)
    services.commit(
        make_acting(zone), request_id, Offer.objects.get().pk, response_type=ResponseType.DECLINE, reason="Engagés"
    )
    assert queries.teams_spoken_for("Exercise", clock.now()) == {}
    alert(world, zone, 3)


def test_two_lines_for_one_unit_count_together_and_all_are_sent_or_none(world: World, zone: Organisation) -> None:
    two = [alert_of(zone, 2), alert_of(zone, 2)]
    with pytest.raises(NotAllowed):
        services.alert_teams(world.brussels, two)
    assert not Request.objects.exists()


def test_ones_own_boats_are_confirmed_by_the_same_click(world: World, zone: Organisation) -> None:
    officer = make_acting(zone)
    services.alert_teams(officer, [alert_of(zone)])
    assert Deployment.objects.get().state == DeploymentState.COMMITTED
    assert [entry.organisation.code for entry in JournalEntry.objects.all()] == ["BE-ZONE", "BE-ZONE"]
    assert len(queries.list_requests(zone, "Exercise")) == 1
    assert {wait.code for wait in queries.waiting_for(zone, "Exercise")} == {"depart"}
    assert queries.waited_for_by(zone, "Exercise") == []
    services.report_deployment(
        officer, Request.objects.get().pk, Deployment.objects.get().pk, status=DeploymentStatus.MOBILISING
    )
    assert rebuild_projections(keep=False).changed == {}


def test_an_owner_without_noaber_is_rung_and_its_yes_is_entered_on_its_behalf(world: World) -> None:
    zone = make_organisation("BE-PHONE", country="BE", connected=False)
    make_capacity(zone, BOATS, capabilities=("SRBOAT",), quantity=3, tlp="CLEAR", territory="BE335", status="Exercise")
    manner = Manner(language="fr", channel=Channel.PHONE, said_at=clock.now(), said_by="chef de corps")
    request_id = alert(world, zone, is_confirmed=True, manner=manner)
    thread = load_thread(request_id)
    assert [entry.message.envelope.party for entry in thread.history] == ["BE-NCCN", "BE-PHONE"]
    assert [entry.message.envelope.said_by for entry in thread.history] == ["chef de corps"] * 2
    assert Deployment.objects.get().supplier == zone


def test_nobody_confirms_for_another_without_saying_how_it_was_told(world: World, zone: Organisation) -> None:
    with pytest.raises(NotAllowed) as refused:
        alert(world, zone, is_confirmed=True)
    assert refused.value.problem.code == "exchange.behalf-unsaid"
    assert not Request.objects.exists()


def test_teams_of_another_country_are_asked_for_and_not_alerted(world: World) -> None:
    make_capacity(world.nl, BOATS, capabilities=("SRBOAT",), quantity=3, tlp="CLEAR", status="Exercise")
    with pytest.raises(NotAllowed) as refused:
        services.alert_teams(world.brussels, [alert_of(world.nl)])
    assert refused.value.problem.code == "alert.abroad"


# Papers


def test_a_commitment_goes_out_without_papers_and_the_supplier_is_told_what_is_missing(world: World) -> None:
    request_id = world.send()
    offer_id = world.offer(request_id)
    world.order(request_id, offer_id)
    known = BorderCertificate(kind_of_help="pumping", kind_of_unit="pumps", head_count=22)
    services.commit(world.hague, request_id, offer_id, certificate=known)
    assert Deployment.objects.get().missing_papers == ["leader", "vehicles"]
    (row,) = [
        row for row in wait_rows(queries.waiting_for(world.nl, "Exercise"), world.nl) if row.code == "give-papers"
    ]
    assert "leader, plates missing, due before departure" in row.text
    assert queries.count_waiting(world.nl, "Exercise") == 1

    services.report_deployment(world.hague, request_id, offer_id, status=None, certificate=CERTIFICATE)
    assert Deployment.objects.get().missing_papers == []
    assert not Waiting.objects.filter(code="give-papers").exists()
    assert load_thread(request_id).deployments[0].certificate == CERTIFICATE


# Mistakes


def test_a_wrong_report_is_withdrawn_and_a_rebuild_agrees(world: World) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    world.report(request_id, deployment_id, DeploymentStatus.MOBILISING, DeploymentStatus.EN_ROUTE)
    said = services.report_deployment(world.hague, request_id, deployment_id, status=DeploymentStatus.ARRIVED)
    services.withdraw_mistake(world.hague, request_id, said.message_id, reason="Verkeerde knop")
    assert Deployment.objects.get().state == DeploymentState.EN_ROUTE
    assert Deployment.objects.get().arrived_at is None
    assert rebuild_projections(keep=False).changed == {}


def test_a_withdrawn_commitment_is_no_deployment_any_more(world: World) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    committed = load_thread(request_id).history[-1].message.message_id
    services.withdraw_mistake(world.hague, request_id, committed, reason="Verkeerde aanvraag")
    assert not Deployment.objects.exists()
    assert Offer.objects.get(pk=deployment_id).state == "ACCEPTED"


def test_a_mistake_is_the_own_sides_to_withdraw_in_time_and_with_a_reason(world: World) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    committed = load_thread(request_id).history[-1].message.message_id
    with pytest.raises(NotAllowed) as refused:
        services.withdraw_mistake(world.brussels, request_id, committed, reason="?")
    assert refused.value.problem.code == "flow.mistake.other"
    with pytest.raises(InvalidInput):
        services.withdraw_mistake(world.hague, request_id, committed, reason=" ")
    world.report(request_id, deployment_id, DeploymentStatus.MOBILISING)
    with pytest.raises(NotAllowed, match="Recall the teams instead"):
        services.withdraw_mistake(world.hague, request_id, committed, reason="?")
