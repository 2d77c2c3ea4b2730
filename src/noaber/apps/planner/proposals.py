"""Proposals: make one, and change it by taking a line out or pinning it.

A proposal is kept as it was made: problem, decisions and plan, and the facts shown beside its lines with their age.
What the officer decided otherwise is kept as adjustments, and in the incident's log with the reason. Solving happens
outside the transaction, so that a long search holds up nobody; what was decided meanwhile by someone else is
noticed, and the plan made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.services import announce
from noaber.apps.exchange.standing import hoped_by_need, standing_of_cases
from noaber.apps.planner.decisions import Decision, decisions_of
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.moves import moves_between
from noaber.apps.planner.services import check_may_change, lock_incident, log
from noaber.apps.planner.situation import Situation, look
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.planning.encode import encode_json, plan_value
from noaber.core.planning.encode_problem import problem_value
from noaber.core.planning.plan import Plan
from noaber.core.planning.problem import Pin, Problem
from noaber.core.planning.solve import solve
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
    """A plan, with everything that it came of."""

    situation: Situation
    decisions: Decisions
    plan: Plan
    include_unknown: bool

    def holds(self, pinned: Decision) -> bool:
        return any(pinned.is_about(pin.need, pin.unit) for pin in self.situation.problem.pinned)

    @property
    def applied(self) -> Decisions:
        """The decisions that the plan is made with: pins as far as they are held."""
        held = {(pin.need, pin.unit): pin.quantity for pin in self.situation.problem.pinned}
        out = {(one.need, one.unit) for one in self.situation.problem.excluded}
        pins = (replace(one, quantity=held.get((one.need, one.unit), 0)) for one in self.decisions)
        return tuple(one for one in pins if one.quantity or (one.need, one.unit) in out)


def asked_by_need(acting: Acting, incident: Incident) -> dict[str, int]:
    """Teams that requests and alerts may still bring or have brought, by need code: a new plan is for the rest.

    The same judgement as the coverage: who refused, ran out, was taken back or went home without working brings none.
    """
    found = standing_of_cases(acting.organisation, [incident.number], now())
    return hoped_by_need(chain.from_iterable(found.values()))


def latest_proposal(acting: Acting, incident: Incident) -> Proposal | None:
    """The newest proposal of the acting organisation for the incident."""
    return Proposal.objects.filter(incident=incident, organisation=acting.organisation).order_by("-pk").first()


def propose(acting: Acting, incident: Incident, *, include_unknown: bool | None) -> Proposal:
    """The proven best plan for what the incident still needs, for the data as they are now.

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
    decision = Decision(Adjustment.Kind.REMOVED, need.code, unit, reason=reason)
    name = _known_unit(acting, need, unit)

    def write() -> None:
        _save_decision(acting, need, decision, language=language)
        facts = {"need": need.code, "unit": unit, "name": name, "reason": reason, "language": language}
        log(need.incident, acting, EventKind.LINE_REMOVED, **facts)

    return _decide(acting, need.incident, _with(decision), write)


def pin_line(acting: Acting, need: Need, unit: str, quantity: int, *, language: str) -> Proposal:
    """Hold so many teams of a unit to a need, as far as they are free; refused where none of them can come."""
    decision = Decision(Adjustment.Kind.PINNED, need.code, unit, quantity)
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
        return tuple(one for one in decisions if not one.is_about(need.code, unit))

    return _decide(acting, need.incident, without, lambda: _drop(acting, need.incident, [found]))


def drop_all_adjustments(acting: Acting, incident: Incident) -> Proposal:
    """Let the plan be free again."""

    def write() -> None:
        mine = Adjustment.objects.filter(organisation=acting.organisation, incident=incident)
        _drop(acting, incident, mine.select_related("need"))

    return _decide(acting, incident, lambda decisions: (), write)


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
        before = decisions_of(acting.organisation, incident)
        solved = _solve(acting, incident, change(before), include_unknown=include_unknown)
        if pinned is not None and not solved.holds(pinned):
            raise NotAllowed("planning.pin-forbidden", unit=pinned.unit)
        with transaction.atomic():
            check_may_change(acting, lock_incident(incident))
            if decisions_of(acting.organisation, incident) == before:
                write()
                return _keep(acting, incident, solved)
    raise NotAllowed("incident.overtaken")


def _solve(acting: Acting, incident: Incident, decisions: Decisions, *, include_unknown: bool) -> Solved:
    if not incident.needs.exists():
        raise NotAllowed("incident.no-needs")
    situation = look(
        acting.organisation,
        incident,
        now(),
        include_unknown=include_unknown,
        asked=asked_by_need(acting, incident),
        decisions=decisions,
    )
    plan, pins = _solve_holding(situation.problem)
    held = replace(situation, problem=replace(situation.problem, pinned=pins))
    return Solved(held, decisions, plan, include_unknown)


def _solve_holding(problem: Problem) -> tuple[Plan, tuple[Pin, ...]]:
    """The plan with the pins that can be held; where they cannot all be, it goes without one, the latest first."""
    pins = problem.pinned
    plan = _solve_pinned(problem, pins)
    while plan is None:
        fewer = [(*pins[:place], *pins[place + 1 :]) for place in reversed(range(len(pins)))]
        tries = ((_solve_pinned(problem, some), some) for some in fewer)
        plan, pins = next((one for one in tries if one[0] is not None), (None, fewer[0]))
    return plan, pins


def _solve_pinned(problem: Problem, pins: tuple[Pin, ...]) -> Plan | None:
    """The plan; None where the pins cannot be held together, which is found before anything is solved."""
    try:
        return solve(replace(problem, pinned=pins), time_limit=TIME_LIMIT_S)
    except InvalidInput as error:
        if pins and all(fault.code in PIN_FAULTS for fault in error.problems):
            return None
        raise


def _keep(acting: Acting, incident: Incident, solved: Solved) -> Proposal:
    situation, plan = solved.situation, solved.plan
    problem = problem_value(situation.problem)
    shown = {line.unit for line in plan.assignments} | {why.alternative or "" for why in plan.explanations}
    shown |= {decision.unit for decision in solved.decisions}
    proposal = Proposal(
        incident=incident,
        organisation=acting.organisation,
        made_at=situation.problem.now,
        made_by=acting.person,
        include_unknown=solved.include_unknown,
        problem=problem,
        plan=plan_value(plan),
        units={unit: _unit_facts(situation, unit) for unit in sorted(shown & situation.units.keys())},
        texts={entry.id: _text_facts(entry) for entry in situation.texts.values()},
        decisions=[decision.as_value() for decision in solved.applied],
        digest=hashlib.sha256(encode_json(problem)).hexdigest(),
    )
    former = latest_proposal(acting, incident)
    if former is not None:
        moves = [move.as_value() for move in moves_between(former, proposal)]
        proposal.moves = {"since": former.made_at.isoformat(), "teams": moves}
    proposal.save()
    announce([acting.organisation])
    return proposal


def _unit_facts(situation: Situation, unit: str) -> dict[str, Any]:
    facts = situation.units[unit]
    return {**asdict(facts), "state_at": facts.state_at.isoformat(), "minutes": situation.kinds[unit].value}


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
        return (*(one for one in decisions if not one.is_about(decision.need, decision.unit)), decision)

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
