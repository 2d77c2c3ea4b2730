"""Proposals: they are the solver's answer to the problem that they keep; decisions close the plan around them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.planner.models import Adjustment, Incident, Proposal
from noaber.apps.planner.presenters.need_plans import need_plans
from noaber.apps.planner.queries.decisions import decisions_of
from noaber.apps.planner.queries.incidents import adjustments_of
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.incidents import add_need, change_need, close_incident, remove_need
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services.capacities import report_state, set_home_cover
from noaber.core.planning.decode import decode_problem
from noaber.core.planning.encode import encode_json, plan_value
from noaber.core.planning.problem import Exclusion, Pin, Problem
from noaber.core.planning.solve import solve
from planner_builders import EVENING, Evening, need_of, refused, wanted
from registry_builders import author_for, make_acting

LIEGE, EINDHOVEN = "BE-NCCN:LIEGE", "NL-NCC:EINDHOVEN"


def problem_of(proposal: Proposal) -> Problem:
    """The problem that the proposal keeps, with what was decided."""
    problem = decode_problem(json.dumps(proposal.problem).encode())
    places = [((d["unit"], d["incident"], d["need"]), d) for d in proposal.decisions]
    pins = [Pin(*place, d["quantity"]) for place, d in places if d["kind"] == "pinned"]
    out = [Exclusion(*place) for place, d in places if d["kind"] == "removed"]
    return replace(problem, pinned=tuple(pins), excluded=tuple(out))


def lines_of(proposal: Proposal) -> dict[str, int]:
    return {line["unit"]: line["quantity"] for line in proposal.plan["assignments"]}


def capacity(code: str) -> Capacity:
    return Capacity.objects.get(code=code)


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


def test_a_proposal_is_the_solvers_answer_to_what_it_keeps(evening: Evening, incident: Incident) -> None:
    first = proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.pin_line(evening.brussels, need_of(incident), EINDHOVEN, 3, language="en")
    last = proposals.remove_line(evening.brussels, need_of(incident), LIEGE, reason="tired", language="en")
    for proposal in (first, last):
        again = plan_value(solve(problem_of(proposal)))
        assert again | {"seconds": 0} == proposal.plan | {"seconds": 0}
        assert hashlib.sha256(encode_json(proposal.problem)).hexdigest() == proposal.digest
    assert lines_of(first) == {LIEGE: 2, EINDHOVEN: 4}
    assert lines_of(last) == {EINDHOVEN: 5}


def test_taken_out_and_put_back(evening: Evening, incident: Incident) -> None:
    before = proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.remove_line(evening.brussels, need_of(incident), EINDHOVEN, reason="engaged", language="en")
    (kept,) = adjustments_of(evening.be, incident)
    assert (kept.kind, kept.reason, kept.by) == (Adjustment.Kind.REMOVED, "engaged", evening.brussels.person)
    after = proposals.drop_adjustment(evening.brussels, need_of(incident), EINDHOVEN)
    assert lines_of(after) == lines_of(before)
    assert decisions_of(evening.be, [incident]) == ()


def test_a_pin_holds_what_the_plan_would_not_choose(evening: Evening, incident: Incident) -> None:
    need = add_need(evening.brussels, incident, wanted("HCP", 1, 360, priority=3))
    proposals.propose(evening.brussels, incident, include_unknown=False)
    pinned = proposals.pin_line(evening.brussels, need, LIEGE, 1, language="en")
    assert {"unit": LIEGE, "need": need.code} in [
        {"unit": line["unit"], "need": line["need"]} for line in pinned.plan["assignments"]
    ]


def test_a_pin_that_cannot_be_held_is_refused_and_not_kept(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    report_state(author_for(evening.be), capacity("LIEGE"), state=CapacityState.COMMITTED, now=EVENING)
    with refused("planning.pin-forbidden"):
        proposals.pin_line(evening.brussels, need_of(incident), LIEGE, 2, language="en")
    assert decisions_of(evening.be, [incident]) == ()
    assert Proposal.objects.count() == 1


def test_a_pin_holds_no_more_than_is_free(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    made = proposals.pin_line(evening.brussels, need_of(incident), LIEGE, 3, language="en")
    assert [(one["unit"], one["quantity"]) for one in made.decisions] == [(LIEGE, 2)]


def test_a_pin_that_can_no_longer_be_held_does_not_stop_the_plan(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    for unit, teams in ((LIEGE, 2), (EINDHOVEN, 4)):
        proposals.pin_line(evening.brussels, need_of(incident), unit, teams, language="en")
    cover = {"tlp": "AMBER", "groups": [evening.group.code], "now": EVENING}
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 3, **cover)
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert lines_of(made) == {LIEGE: 2, EINDHOVEN: 2}
    assert [one["unit"] for one in made.decisions] == [LIEGE]
    assert len(adjustments_of(evening.be, incident)) == 2


def test_a_pin_goes_no_further_than_what_is_still_wanted(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.pin_line(evening.brussels, need_of(incident), EINDHOVEN, 4, language="en")
    change_need(evening.brussels, need_of(incident), wanted("HCP", 3, 360))
    assert lines_of(proposals.propose(evening.brussels, incident, include_unknown=False)) == {EINDHOVEN: 3}


def test_restoring_all_lets_the_plan_be_free(evening: Evening, incident: Incident) -> None:
    free = proposals.propose(evening.brussels, incident, include_unknown=False)
    proposals.remove_line(evening.brussels, need_of(incident), LIEGE, reason="", language="en")
    proposals.pin_line(evening.brussels, need_of(incident), EINDHOVEN, 1, language="en")
    assert lines_of(proposals.drop_all_adjustments(evening.brussels, incident)) == lines_of(free)


def test_a_team_that_the_plan_never_saw_is_refused(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    for unit in ("SE-MCF:SECRET", "", "' OR 1=1"):
        with refused("incident.no-unit"):
            proposals.remove_line(evening.brussels, need_of(incident), unit, reason="", language="en")
    with refused("incident.no-adjustment"):
        proposals.drop_adjustment(evening.brussels, need_of(incident), LIEGE)


def test_what_someone_else_decides_meanwhile_is_in_the_plan(
    evening: Evening, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    colleague, real, times = make_acting(evening.be, Role.DUTY_OFFICER), proposals.study, []

    def study_slowly(problem: Problem, **options: object) -> object:
        times.append(problem)
        if len(times) == 1:
            need = need_of(incident)
            proposals.remove_line(colleague, need, LIEGE, reason="tired", language="en")
        return real(problem, **options)

    monkeypatch.setattr(proposals, "study", study_slowly)
    made = proposals.pin_line(evening.brussels, need_of(incident), EINDHOVEN, 2, language="en")
    assert {(d["kind"], d["unit"]) for d in made.decisions} == {("removed", LIEGE), ("pinned", EINDHOVEN)}
    assert lines_of(made) == {EINDHOVEN: 5}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_have_a_plan_made(evening: Evening, incident: Incident, role: Role) -> None:
    acting = make_acting(evening.be, role)
    if role in (Role.DUTY_OFFICER, Role.DIRECTOR):
        assert proposals.propose(acting, incident, include_unknown=False).made_by == acting.person
        return
    with refused("accounts.role.open-incident"):
        proposals.propose(acting, incident, include_unknown=False)


def test_a_neighbour_who_sees_the_incident_does_not_plan_for_it(evening: Evening, incident: Incident) -> None:
    with refused("incident.not-owner"):
        proposals.propose(evening.hague, incident, include_unknown=False)


def test_without_needs_or_when_closed_there_is_nothing_to_plan(evening: Evening, incident: Incident) -> None:
    remove_need(evening.brussels, need_of(incident))
    with refused("incident.no-needs"):
        proposals.propose(evening.brussels, incident, include_unknown=False)
    close_incident(evening.brussels, incident)
    incident.refresh_from_db()
    with refused("incident.closed"):
        proposals.propose(evening.brussels, incident, include_unknown=False)


def at_valkenburg(evening: Evening) -> Incident:
    """The Hague's incident: Luxembourg may help under a text that leaves it open, France under none."""
    evening.team(evening.lu, "BELVAUX", territory="LU", quantity=2, lon=5.9, lat=49.5)
    evening.team(evening.fr, "LILLE", territory="FRE", quantity=2, lon=3.06, lat=50.6)
    return evening.incident(evening.hague, wanted("HCP", 3, 360), territory="NL423", lon=5.83, lat=50.87)


def test_a_text_that_leaves_it_open_is_used_only_where_ticked_and_its_lines_say_so(evening: Evening) -> None:
    incident = at_valkenburg(evening)
    without = proposals.propose(evening.hague, incident, include_unknown=False)
    ticked = proposals.propose(evening.hague, incident, include_unknown=True)
    assert lines_of(without) == {}
    assert lines_of(ticked) == {"LU-HCPN:BELVAUX": 2}
    (plan,) = need_plans(incident, list(incident.needs.all()), ticked, [], asked={})
    (line,) = plan.lines
    assert line.text is not None
    assert (line.text.code, line.text.is_unknown) == ("BNL-2006", True)
    assert any("FR-COGIC" in sentence for sentence in plan.because)


def test_no_plan_uses_what_is_not_shared(evening: Evening, incident: Incident) -> None:
    evening.team(evening.nl, "HIDDEN", territory="NL41", quantity=9, lon=5.7, lat=50.86, groups=[], tlp="AMBER")
    made = proposals.propose(evening.brussels, incident, include_unknown=True)
    assert "HIDDEN" not in json.dumps([made.problem, made.units, made.plan])


def test_home_cover_stays_at_home(evening: Evening, incident: Incident) -> None:
    cover = {"tlp": "AMBER", "groups": [evening.group.code], "now": EVENING}
    set_home_cover(author_for(evening.nl), evening.nl, "Exercise", "HCP", 3, **cover)
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert lines_of(made) == {LIEGE: 2, EINDHOVEN: 2}
