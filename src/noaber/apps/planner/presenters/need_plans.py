"""The needs of an incident, each with what its plan has for it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from noaber.apps.exchange.queries import AlertedTeams
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.presenters.missing_teams import why_missing
from noaber.apps.planner.presenters.plan_lines import AlertRow, NeedPlan, PlanLine, RemovedLine, TextNote
from noaber.apps.planner.presenters.reasons import ReasonBook, why_without_reasons
from noaber.apps.planner.presenters.texts import cost_words, title_of
from noaber.apps.planner.queries.helpers import Supply
from noaber.apps.planner.queries.need_coverage import IncidentCoverage, NeedCoverage
from noaber.apps.planner.queries.plan_coverage import need_coverages
from noaber.apps.planner.queries.plan_difference import left_at_home
from noaber.apps.planner.queries.reservations import NOT_TOLD
from noaber.apps.registry.coded import capability_name, counted_capability
from noaber.core.coverage import Coverage
from noaber.core.deadlines import minutes_until
from noaber.core.planning.plan import WarningCode
from noaber.web.wording import moment_in_full


@dataclass(frozen=True)
class _Sheet:
    """What the rows of one proposal are made from."""

    incident: Incident
    proposal: Proposal | None
    adjustments: Sequence[Adjustment]
    asked: Mapping[str, int]
    supply: Mapping[str, Supply]
    explanations: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    unmet: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    pinned: frozenset[tuple[str, int]] = frozenset()
    left: Mapping[tuple[str, str], int] = field(default_factory=dict)
    alerted: Mapping[tuple[str, str], Sequence[AlertedTeams]] = field(default_factory=dict)
    coverages: Mapping[str, Coverage] = field(default_factory=dict)
    found: Mapping[str, NeedCoverage] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def began(self) -> datetime.datetime:
        """When the minutes of the needs begin to run."""
        return self.proposal.made_at if self.proposal is not None else self.incident.opened_at

    def asked_since(self, need: Need, asked: int) -> int:
        """Teams asked for after the plan was made: they are its lines, and are not counted twice."""
        if self.proposal is None:
            return 0
        planned_for = self.proposal.planned_needs(self.incident.number).get(need.code)
        before = need.quantity - planned_for["quantity"] if planned_for else asked
        return max(0, asked - max(0, before))


def need_plans(
    incident: Incident,
    needs: Sequence[Need],
    proposal: Proposal | None,
    adjustments: Sequence[Adjustment],
    *,
    asked: Mapping[str, int],
    supply: Mapping[str, Supply] | None = None,
    alerted: Mapping[tuple[str, str], Sequence[AlertedTeams]] | None = None,
    found: IncidentCoverage | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[NeedPlan]:
    """Each need with what the proposal has for it."""
    plan = _part(proposal, incident.number)
    sheet = _Sheet(
        incident,
        proposal,
        adjustments,
        asked,
        supply or {},
        {(entry["unit"], entry["need"]): entry for entry in plan["explanations"]},
        {entry["need"]: entry for entry in plan["unmet"]},
        frozenset((one.unit, one.need_id) for one in adjustments if one.kind == Adjustment.Kind.PINNED),
        left_at_home(proposal) if proposal is not None else {},
        alerted or {},
        need_coverages(proposal, incident.number) if proposal is not None else {},
        {one.need.code: one for one in found.needs} if found is not None else {},
        titles or {},
    )
    lines = _lines_by_need(sheet, {need.code: need for need in needs})
    return [_need_plan(sheet, need, lines[need.code]) for need in needs]


def _part(proposal: Proposal | None, number: str) -> dict[str, list[Any]]:
    """What the plan says of one incident."""
    if proposal is None:
        return {"explanations": [], "unmet": []}
    return {
        name: [entry for entry in proposal.plan[name] if entry["incident"] == number]
        for name in ("explanations", "unmet")
    }


def _lines_by_need(sheet: _Sheet, needs: Mapping[str, Need]) -> dict[str, list[PlanLine]]:
    found: dict[str, list[PlanLine]] = defaultdict(list)
    if sheet.proposal is not None:
        book = ReasonBook(sheet.proposal, sheet.titles)
        for line in sheet.proposal.lines_for(sheet.incident.number):
            if line["need"] in needs:
                found[line["need"]].append(_plan_line(sheet, book, needs[line["need"]], line))
    return found


def _need_plan(sheet: _Sheet, need: Need, lines: list[PlanLine]) -> NeedPlan:
    asked = min(sheet.asked.get(need.code, 0), need.quantity)
    own = sum(line.quantity for line in lines if line.own)
    neighbours = sum(line.quantity for line in lines if not line.own)
    since = sheet.asked_since(need, asked)
    own, neighbours = own - max(0, since - neighbours), max(0, neighbours - since)
    unmet = sheet.unmet.get(need.code)
    about = [one for one in sheet.adjustments if one.need_id == need.pk]
    planned = {line.unit for line in lines}
    return NeedPlan(
        need=need,
        name=capability_name(need.capability),
        title=counted_capability(need.quantity, need.capability),
        began=sheet.began,
        lines=sorted(lines, key=lambda line: line.arrival),
        removed=[_removed(sheet, one) for one in about if one.kind == Adjustment.Kind.REMOVED],
        idle_pins=[
            _removed(sheet, one) for one in about if one.kind == Adjustment.Kind.PINNED and one.unit not in planned
        ],
        missing=max(0, need.quantity - asked - max(0, own) - neighbours),
        because=why_missing(sheet.proposal, need, unmet["because"]) if unmet else [],
        own=max(0, own),
        neighbours=neighbours,
        asked=asked,
        supply=sheet.supply.get(need.code),
        coverage=sheet.coverages.get(need.code, Coverage()),
        found=sheet.found.get(need.code),
    )


def _removed(sheet: _Sheet, adjustment: Adjustment) -> RemovedLine:
    facts = sheet.proposal.units.get(adjustment.unit, {}) if sheet.proposal is not None else {}
    owner = adjustment.unit.partition(":")[0]
    return RemovedLine(
        adjustment.unit,
        facts.get("name", adjustment.unit),
        facts.get("owner", owner),
        adjustment.by.display_name,
        adjustment.at,
        adjustment.reason,
        adjustment.language,
    )


def _plan_line(sheet: _Sheet, book: ReasonBook, need: Need, line: Mapping[str, Any]) -> PlanLine:
    proposal = book.proposal
    unit = proposal.units[line["unit"]]
    return PlanLine(
        unit=line["unit"],
        quantity=line["quantity"],
        name=unit["name"],
        owner=unit["owner"],
        base=unit["base"],
        own=unit["territory"][:2] == sheet.incident.country,
        arrival=line["arrival"],
        late=line["arrival"] > minutes_until(need.needed_by, sheet.began),
        approval=line["approval"],
        mobilisation=line["mobilisation"],
        travel=line["travel"],
        kind=proposal.minutes_kind(line["unit"], line["incident"]),
        text=_text_note(proposal.texts[line["agreement"]]) if line["agreement"] else None,
        stale=unit["stale"],
        certificate_expired=unit.get("certificate_expired", False),
        illustrative=unit["illustrative"],
        reserved_soon=_reserved_soon(proposal, line),
        pinned=(line["unit"], need.pk) in sheet.pinned,
        why=book.said(sheet.incident.number, line["need"], line["unit"])
        or why_without_reasons(proposal, sheet.explanations.get((line["unit"], line["need"]))),
        stay=sheet.left.get((unit["owner"], need.capability), 0),
        lon=unit["lon"],
        lat=unit["lat"],
        arrives_at=sheet.began + datetime.timedelta(minutes=line["arrival"]),
        late_minutes=max(0.0, line["arrival"] - minutes_until(need.needed_by, sheet.began)),
        alerts=tuple(AlertRow.of(item) for item in sheet.alerted.get((line["unit"], need.code), ())),
    )


def _reserved_soon(proposal: Proposal, line: Mapping[str, Any]) -> str:
    """The reservations that begin soon after the teams of a line arrive; for what only where the reader may know."""
    soon = [
        one
        for one in proposal.plan["warnings"]
        if one["code"] == WarningCode.RESERVATION_SOON
        and all(one[name] == line[name] for name in ("unit", "incident", "need"))
    ]
    return "; ".join(_soon_words(one) for one in soon)


def _soon_words(warning: Mapping[str, Any]) -> str:
    facts = {
        "count": warning["reserved"],
        "at": moment_in_full(datetime.datetime.fromisoformat(warning["from"])),
        "event": warning["event"],
    }
    if warning["event"] == NOT_TOLD:
        return _("%(count)s reserved from %(at)s") % facts
    return _("%(count)s reserved for %(event)s from %(at)s") % facts


def _text_note(facts: Mapping[str, Any]) -> TextNote:
    cost, unknown = cost_words(facts["cost"])
    return TextNote(
        code=facts["agreement"],
        title=title_of(facts["title"]),
        cost=cost,
        cost_unknown=unknown,
        approval=facts["approval"],
        assumed_as_of=datetime.date.fromisoformat(facts["assumed_as_of"]),
        is_unknown=facts["is_unknown"],
    )
