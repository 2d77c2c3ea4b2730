"""What nobody covers waits at the desk of the asker until it is covered, asked for again, or left open on purpose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asked_builders import answer, ask
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services as exchange
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import AcceptedGap, Incident
from noaber.apps.planner.presenters.next_helper import find_next_help
from noaber.apps.planner.presenters.open_needs import OpenRow, open_rows
from noaber.apps.planner.queries.need_coverage import IncidentCoverage, coverage_of, coverages_of
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.gaps import accept_gap
from noaber.apps.planner.services.proposals import asked_by_need
from noaber.core.coverage import Coverage
from noaber.core.messages.model import ResponseType
from noaber.core.uncovered import Because
from noaber.web import clock
from planner_builders import EVENING, Evening, refused, wanted
from registry_builders import make_acting


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident(None, wanted("HCP", 3, 180))


def found(evening: Evening, incident: Incident) -> IncidentCoverage:
    one = coverage_of(evening.be, Incident.objects.get(pk=incident.pk), clock.now())
    assert one is not None
    return one


def rows(evening: Evening, incident: Incident) -> list[OpenRow]:
    return open_rows(evening.brussels, [found(evening, incident)])


def test_a_need_for_which_nobody_was_asked_is_open(evening: Evening, incident: Incident) -> None:
    (row,) = rows(evening, incident)
    assert row.text == "Nobody was asked: 3 pumping modules, Pepinster."
    assert (row.loss, row.lives, row.rings) == (None, True, False)
    assert row.due_at == EVENING + timedelta(hours=3)


def test_what_is_asked_for_is_open_no_more_though_it_covers_nothing(evening: Evening, incident: Incident) -> None:
    ask(evening, incident, 3)
    assert rows(evening, incident) == []
    assert found(evening, incident).coverage == Coverage(missing=3)


def test_a_refusal_is_a_row_with_who_when_and_their_words(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3, response=ResponseType.DECLINE, reason="in gebruik boven Valkenburg")
    (row,) = rows(evening, incident)
    assert row.text.startswith("Refused: 3 ")
    assert row.text.endswith("Pepinster. Nobody covers it now.")
    assert row.loss is not None
    assert (row.loss.because, row.loss.by, row.loss.at) == (Because.REFUSED, "NL-NCC", EVENING)
    assert row.reason is not None
    assert row.reason.text == "in gebruik boven Valkenburg"
    assert row.reason_code
    assert row.rings


def test_what_nobody_was_asked_for_is_not_called_refused(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 1), 1, response=ResponseType.DECLINE)
    (row,) = rows(evening, incident)
    assert row.text == "Refused: 1 pumping module, Pepinster. Nobody covers 3 pumping modules now."


def test_asked_again_the_row_goes(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE)
    ask(evening, incident, 3)
    assert rows(evening, incident) == []


def test_fewer_teams_than_asked_leave_the_rest_open(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 2)
    (row,) = rows(evening, incident)
    assert row.loss is not None
    assert row.loss.because is Because.FEWER
    assert row.text == "Fewer offered than asked: 1 pumping module, Pepinster. Nobody covers it now."
    assert found(evening, incident).coverage == Coverage(in_time=2, missing=1, to_decide=2)


def test_a_late_offer_covers_and_is_late(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, arrives_in=200)
    assert found(evening, incident).coverage == Coverage(late=3, to_decide=3)
    assert rows(evening, incident) == []


def test_a_provisional_answer_covers_nothing_and_is_waited_for(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.PROVISIONAL)
    assert found(evening, incident).coverage == Coverage(missing=3, provisional=3)
    assert rows(evening, incident) == []


def test_a_withdrawn_offer_leaves_its_need_open(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3)
    offer = load_thread(request_id).offers[0]
    exchange.withdraw_offer(evening.hague, request_id, offer.id, reason_code="own-risk", reason="Maas stijgt")
    (row,) = rows(evening, incident)
    assert row.loss is not None
    assert row.loss.because is Because.WITHDRAWN


def test_a_request_that_nobody_answered_in_time_leaves_its_need_open(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    Request.objects.filter(pk=request_id).update(expires_at=EVENING + timedelta(minutes=30))
    with clock.at(EVENING + timedelta(minutes=29)):
        assert rows(evening, incident) == []
        assert asked_by_need(evening.brussels, incident) == {"n1": 3}
    with clock.at(EVENING + timedelta(minutes=31)):
        (row,) = rows(evening, incident)
        assert row.loss is not None
        assert (row.loss.because, row.loss.by) == (Because.UNANSWERED, "NL-NCC")
        assert asked_by_need(evening.brussels, incident) == {"n1": 0}


def test_what_a_cancelled_request_asked_for_is_still_to_be_asked(evening: Evening, incident: Incident) -> None:
    exchange.cancel_request(evening.brussels, ask(evening, incident, 3), reason="wrong kind")
    (row,) = rows(evening, incident)
    assert row.loss is None
    assert row.text.startswith("Still to be asked: 3 ")


def test_proposed_again_the_plan_looks_for_what_was_refused(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE)
    made = proposals.propose(evening.brussels, incident, include_unknown=None)
    assert made.planned_needs(incident.number)["n1"]["quantity"] == 3
    assert {line["unit"] for line in made.plan["assignments"]} == {"BE-NCCN:LIEGE"}


def test_ordered_teams_are_not_planned_again(evening: Evening, incident: Incident) -> None:
    request_id = ask(evening, incident, 3)
    answer(evening, request_id, 3)
    offer = load_thread(request_id).offers[0]
    exchange.requisition(evening.brussels, request_id, [(offer.id, 3)], until=EVENING + timedelta(hours=12))
    assert asked_by_need(evening.brussels, incident) == {"n1": 3}
    assert found(evening, incident).coverage == Coverage(in_time=3)


def test_left_open_on_purpose_it_rests_until_someone_refuses_again(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE)
    with refused("incident.reason-missing"):
        accept_gap(evening.brussels, incident, ["n1"], reason=" ", language="en")
    accept_gap(evening.brussels, incident, ["n1"], reason="the water falls", language="en")
    assert rows(evening, incident) == []
    assert AcceptedGap.objects.get().teams == 3
    assert incident.events.filter(kind="gap-accepted", params__reason="the water falls").exists()
    with refused("incident.gap-gone"):
        accept_gap(evening.brussels, incident, ["n1"], reason="again", language="en")
    with clock.at(EVENING + timedelta(minutes=5)):
        answer(evening, ask(evening, incident, 1), 1, response=ResponseType.DECLINE)
        assert len(rows(evening, incident)) == 1


def test_only_the_owner_leaves_it_open_and_only_the_owner_is_told(evening: Evening, incident: Incident) -> None:
    assert coverage_of(evening.nl, incident, EVENING) is None
    with refused("incident.not-owner"):
        accept_gap(evening.hague, incident, ["n1"], reason="x", language="en")
    observer = make_acting(evening.be, Role.OBSERVER)
    assert not open_rows(observer, [found(evening, incident)])[0].may_act


def test_the_gravest_comes_first_then_the_priority_then_the_time_left(evening: Evening) -> None:
    made = [
        evening.incident(None, wanted("HCP", 1, 60, priority=2), severity=Severity.SEVERE, title="c"),
        evening.incident(None, wanted("HCP", 1, 300), title="b"),
        evening.incident(None, wanted("HCP", 1, 90), title="a"),
        evening.incident(None, wanted("HCP", 1, 30, priority=3), title="between"),
    ]
    covered = coverages_of(evening.be, made, EVENING)
    titles = [row.incident.title for row in open_rows(evening.brussels, covered.values())]
    assert titles == ["a", "b", "between", "c"]


def test_the_next_that_fits_is_not_who_refused(evening: Evening, incident: Incident) -> None:
    answer(evening, ask(evening, incident, 3), 3, response=ResponseType.DECLINE)
    (one,) = found(evening, incident).open
    next_help = find_next_help(evening.brussels, incident, one)
    assert next_help is not None
    assert next_help.helper.unit.owner == "BE-NCCN"
    assert not next_help.is_late


def test_any_number_of_incidents_takes_the_same_statements(
    evening: Evening, incident: Incident, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        answer(evening, ask(evening, incident, 1), 1, response=ResponseType.DECLINE)
    others = [evening.incident() for _ in range(4)]
    numbers = [incident.pk, *(one.pk for one in others)]
    incidents = list(Incident.objects.filter(pk__in=numbers).prefetch_related("needs"))
    with django_assert_num_queries(4):  # type: ignore[operator]
        coverages_of(evening.be, incidents, EVENING)
