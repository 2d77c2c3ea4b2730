"""Officers of one organisation at the same moment, in threads: a plan is drafted once, and sent once.

Only on PostgreSQL (`conftest.py`): the embedded database of the tests lies in memory, where threads do not wait for
each other.
"""

from __future__ import annotations

import pytest

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.models import Request, RequestDraft
from noaber.apps.exchange.services import authorise_draft
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.review import send_ready
from noaber.apps.planner.queries.incidents import adjustments_of
from noaber.apps.planner.services import alerting, drafting, proposals
from planner_builders import Evening, need_of, wanted
from registry_builders import make_acting
from threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]
OFFICERS = 4


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident(None, wanted("HCP", 4, 360))


def officers(evening: Evening) -> list[Acting]:
    return [make_acting(evening.be, Role.DUTY_OFFICER) for _ in range(OFFICERS)]


def test_a_plan_is_drafted_once(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    drafts = at_once(
        *(
            lambda acting=acting: drafting.draft_requests(acting, made, language="fr")  # type: ignore[misc]
            for acting in officers(evening)
        )
    )
    (only,) = RequestDraft.objects.all()
    assert drafts == [[only]] * OFFICERS


def test_what_is_ready_is_sent_once(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    sent = at_once(
        *(lambda acting=acting: send_ready(acting, incident) for acting in officers(evening))  # type: ignore[misc]
    )
    assert sorted(sent) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert Request.objects.count() == 1


def test_own_teams_are_alerted_once(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    results = at_once(
        *(
            lambda acting=acting: len(alerting.alert_own_teams(acting, made, incident, language="fr"))  # type: ignore[misc]
            for acting in officers(evening)
        )
    )
    assert sorted(map(str, results)) == ["1", *["alert.nothing"] * (OFFICERS - 1)]
    assert Request.objects.count() == 1


def test_two_incidents_never_alert_the_same_teams(evening: Evening, incident: Incident) -> None:
    alone = proposals.propose(evening.brussels, incident, include_unknown=False)
    other = evening.incident(None, wanted("HCP", 4, 360))
    proposals.propose(evening.brussels, other, include_unknown=False)
    together = proposals.pin_line(evening.brussels, need_of(other), "BE-NCCN:LIEGE", 2, language="en")
    results = at_once(
        lambda: len(alerting.alert_own_teams(evening.brussels, alone, incident, language="fr")),
        lambda: len(alerting.alert_own_teams(evening.brussels, together, other, language="fr")),
    )
    assert sorted(map(str, results)) == ["1", "alert.none-free"]


def test_what_each_decides_is_in_the_last_plan(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    need = need_of(incident)
    first, second = officers(evening)[:2]
    at_once(
        lambda: proposals.remove_line(first, need, "BE-NCCN:LIEGE", reason="tired", language="en"),
        lambda: proposals.pin_line(second, need, "NL-NCC:EINDHOVEN", 2, language="en"),
    )
    decided = {(one["kind"], one["unit"]) for one in Proposal.objects.latest("pk").decisions}
    assert decided == {("removed", "BE-NCCN:LIEGE"), ("pinned", "NL-NCC:EINDHOVEN")}
    assert len(adjustments_of(evening.be, incident)) == 2
