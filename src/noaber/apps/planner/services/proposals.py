"""Proposals: make one, and change it by taking a line out or pinning it.

A proposal covers every incident that the organisation has open (`queries/joint_incidents.py`). It is kept as it was
made: problem, decisions and plan, and the facts shown beside its lines with their age. What the officer decided
otherwise is kept as adjustments, and in the incident's log with the reason. Solving happens outside the transaction, so
that a long search holds up nobody; what was decided meanwhile by someone else is noticed, and the plan made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.services import announce
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.queries.decisions import Decision, decisions_of
from noaber.apps.planner.queries.difference_causes import between, last_event
from noaber.apps.planner.queries.joint_incidents import joint_incidents, lock_joint_incidents
from noaber.apps.planner.queries.plan_difference import compare_plans
from noaber.apps.planner.queries.requested import Requested, requested_for_incidents
from noaber.apps.planner.queries.situation import Situation, build_problem
from noaber.apps.planner.services.incidents import check_may_change, lock_incident, log
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.planning.encode import encode_json, plan_value
from noaber.core.planning.encode_problem import problem_value
from noaber.core.planning.problem import Exclusion, Pin, Problem
from noaber.core.planning.solve import Study, study
from noaber.core.problems import InvalidInput, NotAllowed
from noaber.web.clock import now

TIME_LIMIT_S = 10.0
"""An officer waits no longer; the best plan so far then says that it is not proven."""
TRIES = 3
"""How often a plan is made again because someone else decided something while it was solved."""

PIN_FAULTS = frozenset({"planning.pin-forbidden", "planning.pin-unit", "planning.pin-need", "planning.pin-cover"})

Decisions = tuple[Decision, ...]


@dataclass(frozen=True)
class Solved:
    """A plan with its reasons, and everything that it came of."""

    situation: Situation
    decisions: Decisions
    study: Study
    include_unknown: bool
    asked: Requested = field(default_factory=Requested)

    def holds(self, pinned: Decision) -> bool:
        return any(pinned.is_about(pin.incident, pin.need, pin.unit) for pin in self.situation.problem.pinned)

    @property
    def applied(self) -> Decisions:
        """The decisions that the plan is made with: pins as far as they are held."""
        held = {(pin.incident, pin.need, pin.unit): pin.quantity for pin in self.situation.problem.pinned}
        pins = (replace(one, quantity=held.get((one.incident, one.need, one.unit), 0)) for one in self.decisions)
        return tuple(one for one in pins if one.quantity or self._takes_out(one))

    def _takes_out(self, decision: Decision) -> bool:
        there = Exclusion(decision.unit, decision.incident, decision.need) in self.situation.problem.excluded
        return decision.kind == Adjustment.Kind.REMOVED and there


def asked_by_need(acting: Acting, incident: Incident) -> dict[str, int]:
    """Teams that requests and alerts may still bring or have brought, by need code: a new plan is for the rest."""
    return requested_for_incidents(acting.organisation, [incident.number]).for_incident(incident.number)


def latest_proposal(acting: Acting, incident: Incident) -> Proposal | None:
    """The newest proposal of the acting organisation that covers the incident."""
    return Proposal.objects.filter(incidents=incident, organisation=acting.organisation).order_by("-pk").first()


def latest_proposals(acting: Acting, incidents: Iterable[Incident]) -> list[tuple[Incident, Proposal]]:
    """Each of the incidents of the acting organisation that has a proposal, with the newest that covers it."""
    own = {one.pk: one for one in incidents if one.owner_id == acting.organisation.pk}
    if not own:
        return []
    covers = Proposal.incidents.through.objects.filter(
        incident__in=own, proposal__organisation=acting.organisation
    ).order_by()
    newest: dict[int, int] = {
        row["incident"]: row["newest"] for row in covers.values("incident").annotate(newest=Max("proposal"))
    }
    found = Proposal.objects.only("plan", "units").in_bulk(set(newest.values()))
    return [(own[incident], found[proposal]) for incident, proposal in sorted(newest.items())]


def propose(acting: Acting, incident: Incident, *, include_unknown: bool | None) -> Proposal:
    """The proven best plan for what the incident and all others of its owner still need, for the data as they are now.

    Without a word on texts that leave it open (None), the choice of the plan before holds.

    Raises
    ------
    NotAllowed
        Where the incident needs nothing, is closed or another's, or the role does not allow it.
    """

    def write() -> None:
        log(incident, acting, EventKind.PROPOSED)

    return _decide(acting, incident, lambda decisions: decisions, write, include_unknown=include_unknown)


def remove_line(acting: Acting, need: Need, unit: str, *, reason: str, language: str) -> Proposal:
    """Take a team out of the plan for a need; the plan closes around it."""
    decision = Decision(Adjustment.Kind.REMOVED, need.incident.number, need.code, unit, reason=reason)
    name = _known_unit(acting, need, unit)

    def write() -> None:
        _save_decision(acting, need, decision, language=language)
        facts = {"need": need.code, "unit": unit, "name": name, "reason": reason, "language": language}
        log(need.incident, acting, EventKind.LINE_REMOVED, **facts)

    return _decide(acting, need.incident, _with(decision), write)


def pin_line(acting: Acting, need: Need, unit: str, quantity: int, *, language: str) -> Proposal:
    """Hold so many teams of a unit to a need, as far as they are free; refused where none of them can come."""
    decision = Decision(Adjustment.Kind.PINNED, need.incident.number, need.code, unit, quantity)
    name = _known_unit(acting, need, unit)

    def write() -> None:
        _save_decision(acting, need, decision, language=language)
        facts = {"need": need.code, "unit": unit, "name": name, "quantity": quantity}
        log(need.incident, acting, EventKind.LINE_PINNED, **facts)

    return _decide(acting, need.incident, _with(decision), write, pinned=decision)


def drop_adjustment(acting: Acting, need: Need, unit: str) -> Proposal:
    """Put a team back, or let a pinned line go free again."""
    found = Adjustment.objects.filter(organisation=acting.organisation, need=need, unit=unit).first()
    check_may_change(acting, need.incident)
    if found is None:
        raise NotAllowed("incident.no-adjustment", unit=unit)

    def without(decisions: Decisions) -> Decisions:
        return tuple(one for one in decisions if not one.is_about(need.incident.number, need.code, unit))

    return _decide(acting, need.incident, without, lambda: _drop(acting, need.incident, [found]))


def drop_all_adjustments(acting: Acting, incident: Incident) -> Proposal:
    """Let the plan be free again, as far as this incident goes."""

    def free(decisions: Decisions) -> Decisions:
        return tuple(one for one in decisions if one.incident != incident.number)

    def write() -> None:
        mine = Adjustment.objects.filter(organisation=acting.organisation, incident=incident)
        _drop(acting, incident, mine.select_related("need"))

    return _decide(acting, incident, free, write)


def _decide(
    acting: Acting,
    incident: Incident,
    change: Callable[[Decisions], Decisions],
    write: Callable[[], None],
    *,
    include_unknown: bool | None = None,
    pinned: Decision | None = None,
) -> Proposal:
    """Solve with the changed decisions, then write them and the plan; again where someone was faster.

    `pinned` is refused where the plan cannot hold it; what was pinned before and can no longer be held is passed over.
    """
    check_may_change(acting, incident)
    if include_unknown is None:
        former = latest_proposal(acting, incident)
        include_unknown = bool(former and former.include_unknown)
    for _try in range(TRIES):
        together = _together(acting, incident)
        before = decisions_of(acting.organisation, together)
        solved = _solve(acting, together, change(before), include_unknown=include_unknown)
        if pinned is not None and not solved.holds(pinned):
            raise NotAllowed("planning.pin-forbidden", unit=pinned.unit)
        with transaction.atomic():
            locked = lock_joint_incidents(acting.organisation, incident.status)
            check_may_change(acting, lock_incident(incident))
            if locked == together and decisions_of(acting.organisation, locked) == before:
                write()
                return _keep(acting, together, solved)
    raise NotAllowed("incident.overtaken")


def _together(acting: Acting, incident: Incident) -> list[Incident]:
    """All that is planned with the incident, itself among them."""
    together = joint_incidents(acting.organisation, incident.status)
    if incident not in together:
        raise NotAllowed("incident.no-needs")
    return together


def _solve(acting: Acting, together: list[Incident], decisions: Decisions, *, include_unknown: bool) -> Solved:
    asked = requested_for_incidents(acting.organisation, [one.number for one in together])
    situation = build_problem(
        acting.organisation,
        together,
        now(),
        include_unknown=include_unknown,
        asked=asked,
        decisions=decisions,
    )
    found, pins = solve_holding(situation.problem)
    held = replace(situation, problem=replace(situation.problem, pinned=pins))
    return Solved(held, decisions, found, include_unknown, asked)


def solve_holding(problem: Problem) -> tuple[Study, tuple[Pin, ...]]:
    """The plan with the pins that can be held; where they cannot all be, it goes without one, the latest first."""
    pins = problem.pinned
    found = _solve_pinned(problem, pins)
    while found is None:
        fewer = [(*pins[:place], *pins[place + 1 :]) for place in reversed(range(len(pins)))]
        tries = ((_solve_pinned(problem, some), some) for some in fewer)
        found, pins = next((one for one in tries if one[0] is not None), (None, fewer[0]))
    return found, pins


def _solve_pinned(problem: Problem, pins: tuple[Pin, ...]) -> Study | None:
    """The plan; None where the pins cannot be held together, which is found before anything is solved."""
    try:
        return study(replace(problem, pinned=pins), time_limit=TIME_LIMIT_S)
    except InvalidInput as error:
        if pins and all(fault.code in PIN_FAULTS for fault in error.problems):
            return None
        raise


def _keep(acting: Acting, together: list[Incident], solved: Solved) -> Proposal:
    situation, plan = solved.situation, solved.study.plan
    problem = problem_value(situation.problem)
    shown = _shown(solved)
    proposal = Proposal(
        organisation=acting.organisation,
        made_at=situation.problem.now,
        made_by=acting.person,
        include_unknown=solved.include_unknown,
        problem=problem,
        plan=plan_value(plan),
        units={unit: _unit_facts(situation, unit) for unit in sorted(shown & situation.units.keys())},
        texts={entry.id: _text_facts(entry) for entry in situation.texts.values()},
        reasons=[asdict(reason) for reason in solved.study.reasons],
        rivals=[asdict(rival) for rival in solved.study.rivals],
        decisions=[decision.as_value() for decision in solved.applied],
        digest=hashlib.sha256(encode_json(problem)).hexdigest(),
    )
    former = _former(acting, together)
    proposal.moves = {"event": last_event(together)}
    if former is not None:
        since = between(acting.organisation, former, proposal, together, solved.asked)
        moves = compare_plans(former, proposal, changed=since.changed, declined=since.declined)
        proposal.moves |= {
            "since": former.made_at.isoformat(),
            "teams": [move.as_value() for move in moves],
            "causes": [cause.as_value() for cause in since.causes],
        }
    proposal.save()
    proposal.incidents.set(together)
    announce([acting.organisation])
    return proposal


def _shown(solved: Solved) -> set[str]:
    """The units that the plan, its reasons or a decision speak of."""
    found = solved.study
    shown = {line.unit for line in found.plan.assignments} | {decision.unit for decision in solved.decisions}
    shown |= {why.alternative or "" for why in found.plan.explanations}
    for reason in found.reasons:
        shown |= {reason.instead_of or "", reason.next_best or ""}
    for rival in found.rivals:
        shown |= {rival.unit, rival.instead or "", rival.otherwise or ""}
    return shown


def _former(acting: Acting, together: list[Incident]) -> Proposal | None:
    """The plan before: the newest that covers any of the incidents."""
    covering = Proposal.objects.filter(incidents__in=together, organisation=acting.organisation)
    return covering.order_by("-pk").first()


def _unit_facts(situation: Situation, unit: str) -> dict[str, Any]:
    facts = situation.units[unit]
    to = {one.id: situation.kinds[unit, one.id].value for one in situation.problem.incidents}
    return {**asdict(facts), "state_at": facts.state_at.isoformat(), "minutes_to": to}


def _text_facts(entry: PlanningAgreement) -> dict[str, Any]:
    """Of a text planned with: what the page shows, and since when its approval is assumed."""
    title = entry.agreement.title
    return {
        "agreement": entry.agreement.id,
        "title": {language: getattr(title, language) for language in title.languages},
        "cost": entry.cost_rule.value,
        "approval": entry.approval_minutes,
        "assumed_as_of": entry.assumption.as_of.isoformat(),
        "is_unknown": entry.is_unknown,
    }


def _known_unit(acting: Acting, need: Need, unit: str) -> str:
    """The name of a unit that the newest proposal knew of; refused where it did not."""
    check_may_change(acting, need.incident)
    proposal = latest_proposal(acting, need.incident)
    if proposal is None or unit not in {one["id"] for one in proposal.problem["units"]}:
        raise NotAllowed("incident.no-unit", unit=unit)
    return str(proposal.units.get(unit, {}).get("name") or unit)


def _with(decision: Decision) -> Callable[[Decisions], Decisions]:
    def change(decisions: Decisions) -> Decisions:
        place = decision.incident, decision.need, decision.unit
        return (*(one for one in decisions if not one.is_about(*place)), decision)

    return change


def _save_decision(acting: Acting, need: Need, decision: Decision, *, language: str) -> None:
    Adjustment.objects.update_or_create(
        incident=need.incident,
        organisation=acting.organisation,
        need=need,
        unit=decision.unit,
        defaults={
            "kind": decision.kind,
            "quantity": decision.quantity or None,
            "reason": decision.reason,
            "language": language,
            "at": now(),
            "by": acting.person,
        },
    )


def _drop(acting: Acting, incident: Incident, adjustments: Iterable[Adjustment]) -> None:
    proposal = latest_proposal(acting, incident)
    units = proposal.units if proposal is not None else {}
    for adjustment in adjustments:
        removed = adjustment.kind == Adjustment.Kind.REMOVED
        kind = EventKind.LINE_RESTORED if removed else EventKind.LINE_UNPINNED
        name = units.get(adjustment.unit, {}).get("name", "")
        log(incident, acting, kind, need=adjustment.need.code, unit=adjustment.unit, name=name)
        adjustment.delete()
