"""Incidents and their needs: numbers, who may change them, what they keep, and what the log says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from noaber.apps.accounts.enums import Role, Status, TlpLabel
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident
from noaber.apps.planner.queries.incidents import events_of, get_incident, list_incidents
from noaber.apps.planner.services import incidents as services
from noaber.apps.planner.services import proposals
from noaber.core.deadlines import within
from noaber.core.problems import InvalidInput, NotFound
from noaber.web import clock
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import make_acting


def test_numbers_run_by_country_and_local_day(evening: Evening) -> None:
    assert [evening.incident().number for _ in range(2)] == ["BE-2021-0714-01", "BE-2021-0714-02"]
    assert evening.incident(evening.hague).number == "NL-2021-0714-01"


def test_the_day_of_a_number_is_the_owners(evening: Evening) -> None:
    after_midnight_in_brussels = EVENING.replace(hour=22, minute=30)
    with clock.at(after_midnight_in_brussels):
        assert evening.incident(None, wanted("HCP", 6, 1440)).number == "BE-2021-0715-01"


def test_a_number_taken_meanwhile_is_not_given_twice(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = evening.incident().number
    offered = iter([taken, taken, "BE-2021-0714-07"])
    monkeypatch.setattr(services, "_next_number", lambda acting, at: next(offered))
    assert evening.incident().number == "BE-2021-0714-07"


def test_the_code_of_a_need_is_not_given_again(evening: Evening) -> None:
    incident = evening.incident(None, wanted("HCP", 6, 360), wanted("FRB", 10, 180))
    services.remove_need(evening.brussels, need_of(incident, "n2"))
    assert services.add_need(evening.brussels, incident, wanted("HELI", 1, 120)).code == "n3"


def test_another_capability_drops_what_was_decided_about_the_teams(evening: Evening) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.remove_line(evening.brussels, need_of(incident), "BE-NCCN:LIEGE", reason="tired", language="en")
    services.change_need(evening.brussels, need_of(incident), wanted("HCP", 4, 360))
    assert need_of(incident).adjustments.count() == 1
    services.change_need(evening.brussels, need_of(incident), wanted("FRB", 4, 360))
    assert need_of(incident).adjustments.count() == 0


MAY_OPEN = {Role.DUTY_OFFICER, Role.DIRECTOR}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_open_and_change(evening: Evening, role: Role) -> None:
    acting, incident = make_acting(evening.be, role), evening.incident()
    steps = [
        lambda: evening.incident(acting),
        lambda: services.change_incident(acting, incident, evening.data(title="Other")),
        lambda: services.add_need(acting, incident, wanted("FRB", 1, 60)),
        lambda: services.change_need(acting, need_of(incident), wanted("HCP", 7, 360)),
        lambda: services.remove_need(acting, need_of(incident)),
        lambda: services.close_incident(acting, incident),
        lambda: services.reopen_incident(acting, incident),
    ]
    for step in steps:
        if role in MAY_OPEN:
            step()
        else:
            with refused("accounts.role.open-incident", "incident.not-closed"):
                step()


def test_only_the_owner_changes_an_incident(evening: Evening) -> None:
    incident = evening.incident()
    with refused("incident.not-owner"):
        services.change_incident(evening.hague, incident, evening.data(title="Ours"))
    with refused("incident.not-owner"):
        services.close_incident(evening.hague, incident)


def test_a_closed_incident_is_changed_only_after_it_was_reopened(evening: Evening) -> None:
    incident = evening.incident()
    services.close_incident(evening.brussels, incident)
    with refused("incident.closed"):
        services.add_need(evening.brussels, incident, wanted("FRB", 1, 60))
    services.reopen_incident(evening.brussels, incident)
    services.add_need(evening.brussels, incident, wanted("FRB", 1, 60))
    with refused("incident.not-closed"):
        services.reopen_incident(evening.brussels, incident)


def test_who_is_in_the_group_sees_it_and_nobody_else(evening: Evening) -> None:
    number = evening.incident().number
    assert get_incident(evening.nl, number).number == number
    assert list(list_incidents(evening.se, Status.EXERCISE)) == []
    with pytest.raises(NotFound):
        get_incident(evening.se, number)
    red = evening.incident(tlp=TlpLabel.RED).number
    with pytest.raises(NotFound):
        get_incident(evening.nl, red)


def test_kinds_never_stand_in_one_list(evening: Evening) -> None:
    with override_settings(NOABER_STATUS="Actual"):
        for status in Status:
            evening.incident(status=status)
    for status in Status:
        assert {incident.status for incident in list_incidents(evening.be, status)} == {status}


def test_the_log_tells_others_what_was_done_and_not_what_was_considered(evening: Evening) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    proposals.propose(evening.brussels, incident, include_unknown=False)
    assert [event.kind for event in events_of(evening.be, incident)] == [EventKind.PROPOSED, EventKind.OPENED]
    assert [event.kind for event in events_of(evening.nl, incident)] == [EventKind.OPENED]


def test_the_status_is_kept_for_good(evening: Evening) -> None:
    incident = evening.incident(status=Status.TEST)
    services.change_incident(evening.brussels, incident, evening.data(title="Other"))
    assert Incident.objects.get(pk=incident.pk).status == Status.TEST


def test_a_deadline_stays_where_it_was_said_and_moves_with_a_reason(evening: Evening) -> None:
    incident = evening.incident(None, wanted("HCP", 6, 180))
    need = need_of(incident)
    services.change_need(evening.brussels, need, wanted("HCP", 8, 180))
    assert need_of(incident).needed_by == within(180, stated_at=EVENING), "another number of teams moves nothing"
    with pytest.raises(InvalidInput):
        services.change_need(evening.brussels, need_of(incident), wanted("HCP", 8, 240))
    services.change_need(
        evening.brussels, need_of(incident), wanted("HCP", 8, 240), reason="The Meuse rises later.", language="en"
    )
    assert need_of(incident).needed_by == within(240, stated_at=EVENING)
    (moved,) = incident.events.filter(kind=EventKind.DEADLINE_MOVED)
    assert (moved.params["from"], moved.params["to"], moved.params["reason"]) == (
        within(180, stated_at=EVENING).isoformat(),
        within(240, stated_at=EVENING).isoformat(),
        "The Meuse rises later.",
    )


def test_what_is_late_is_late_by_the_deadline_that_was_said(evening: Evening) -> None:
    evening.own_and_neighbour()
    incident = evening.incident(None, wanted("HCP", 2, 60))
    early = proposals.propose(evening.brussels, incident, include_unknown=False)
    with clock.at(EVENING + timedelta(minutes=54)):
        late = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert need_of(incident).needed_by == within(60, stated_at=EVENING)
    assert early.plan["objectives"]["late"] == 0
    assert late.plan["objectives"]["late"] > 0, "54 minutes later the same teams no longer come in time"
