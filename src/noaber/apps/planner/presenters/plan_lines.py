"""A proposal as the page of an incident shows it: needs with their lines, and why each line is there."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.exchange import words
from noaber.apps.exchange.queries import AlertedTeams
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.presenters.reasons import ReasonBook
from noaber.apps.planner.presenters.texts import cost_words, title_of
from noaber.apps.planner.queries.helpers import Supply
from noaber.apps.planner.queries.need_coverage import IncidentCoverage, NeedCoverage
from noaber.apps.planner.queries.plan_coverage import need_coverages
from noaber.apps.planner.queries.plan_difference import left_at_home
from noaber.apps.planner.queries.reservations import NOT_TOLD
from noaber.apps.registry.coded import capability_name, counted_capability
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.core.coverage import Coverage
from noaber.core.deadlines import minutes_until
from noaber.core.messages.states import DeploymentState
from noaber.core.planning.plan import Reason, WarningCode
from noaber.web.wording import moment_in_full

MOST_CELLS = 12
MOST_OWNERS = 8

REASON_WORDS: dict[str, str | Promise] = {
    Reason.NO_CAPABILITY: gettext_lazy("Nobody who shares with you has this."),
    Reason.NO_AGREEMENT: gettext_lazy("No text lets these teams come here: %(owners)s."),
    Reason.UNREACHABLE: gettext_lazy("These teams cannot get here: %(owners)s."),
    Reason.TOO_LATE: gettext_lazy("These teams would come too late to be of use: %(owners)s."),
    Reason.EXCLUDED: gettext_lazy("You took these teams out: %(owners)s."),
    Reason.RESERVED: gettext_lazy("These teams are reserved for an event: %(owners)s."),
    Reason.HOME_COVER: gettext_lazy("These teams stay to cover their home: %(owners)s."),
    Reason.EXHAUSTED: gettext_lazy("These have no team left: %(owners)s."),
}


@dataclass(frozen=True)
class TextNote:
    """A text that the plan stands on, as it was when the plan was made."""

    code: str
    title: str
    cost: str
    cost_unknown: bool
    approval: float
    assumed_as_of: datetime.date
    is_unknown: bool


@dataclass(frozen=True)
class PlanLine:
    """One line of the proposal. Minutes; `text` is None at home; `stay` is how many of its kind its owner keeps."""

    unit: str
    quantity: int
    name: str
    owner: str
    base: str
    own: bool
    arrival: float
    late: bool
    approval: float
    mobilisation: float
    travel: float
    kind: MinutesKind
    text: TextNote | None
    stale: bool
    certificate_expired: bool
    illustrative: bool
    reserved_soon: str
    pinned: bool
    why: str
    stay: int
    lon: float
    lat: float
    arrives_at: datetime.datetime
    late_minutes: float
    """After the deadline; 0 where it is in time."""
    alerts: tuple[AlertRow, ...] = ()
    detour: DetourNote | None = None

    @property
    def is_later(self) -> bool:
        """Whether a road was closed on its way after it was planned."""
        return self.detour is not None and self.detour.is_later

    @property
    def turns_late(self) -> bool:
        """Whether it was planned in time, and would be late by that."""
        return self.detour is not None and self.detour.turns_late

    @property
    def comes_at(self) -> datetime.datetime | None:
        """When it comes by the roads as they are now; None where no way is left."""
        return self.detour.arrives_at if self.detour is not None and self.detour.is_later else self.arrives_at


@dataclass(frozen=True)
class DetourNote:
    """A closure on the way of a line.

    Parameters
    ----------
    extra_words
        What it costs the line: +14 min.
    section
        The main road that it closes, in the reader's language; where it is empty, the reason stands for it.
    reason, language
        As who closed it wrote.
    makes_late
        In time without it, and late with it.
    is_later
        The plan was made before: by the roads as they are now the line comes later than it says.
    turns_late
        It was planned in time, and would be late now.
    arrives_at
        By the roads as they are now; None where no way is left.
    """

    extra_words: str
    section: str
    reason: str
    language: str
    closed_at: datetime.datetime
    makes_late: bool
    is_later: bool
    turns_late: bool
    arrives_at: datetime.datetime | None


@dataclass(frozen=True)
class AlertRow:
    """What has become of own teams that were alerted: alerted, confirmed, on their way."""

    label: words.Label
    at: datetime.datetime
    quantity: int
    url: str

    @classmethod
    def of(cls, item: AlertedTeams) -> AlertRow:
        if item.deployment is None:
            return cls(words.ALERTED, item.alerted_at, item.quantity, item.request.get_absolute_url())
        state = item.deployment.deployment_state
        label = CONFIRMED if state is DeploymentState.COMMITTED else words.DEPLOYMENT_STATES[state]
        return cls(label, item.deployment.changed_at, item.quantity, item.deployment.get_absolute_url())


CONFIRMED: Final = words.Label(gettext_lazy("confirmed"), "ok", "yes")


def alerted_words(alerted: Sequence[AlertedTeams]) -> str:
    """How many own teams of the incident were alerted, and how many of them are confirmed; empty where none were."""
    if not alerted:
        return ""
    teams = sum(item.quantity for item in alerted)
    confirmed = sum(item.quantity for item in alerted if item.deployment is not None)
    counted = ngettext("%(count)s own team alerted", "%(count)s own teams alerted", teams) % {"count": teams}
    return _("%(alerted)s, %(confirmed)s confirmed") % {"alerted": counted, "confirmed": confirmed}


@dataclass(frozen=True)
class RemovedLine:
    """A team that was taken out, by whom and why."""

    unit: str
    name: str
    owner: str
    by: str
    at: datetime.datetime
    reason: str
    language: str


@dataclass(frozen=True)
class NeedPlan:
    """A need with its lines, and what was taken out of them.

    Parameters
    ----------
    asked
        Teams that running requests may still bring.
    supply
        Who could come at all, before anything is planned; None where it was not looked up.
    found
        What covers the need; None for those who do not own the incident.
    """

    need: Need
    name: str
    title: str
    began: datetime.datetime
    """When what was planned begins: arrivals count from here."""
    lines: list[PlanLine]
    removed: list[RemovedLine]
    idle_pins: list[RemovedLine]
    missing: int
    because: list[str]
    own: int
    neighbours: int
    asked: int
    supply: Supply | None = None
    coverage: Coverage = field(default_factory=Coverage)
    """What the plan has of the teams that it was made for."""
    found: NeedCoverage | None = None

    @property
    def planned(self) -> int:
        return self.own + self.neighbours

    @property
    def is_short(self) -> bool:
        """Whether teams are missing, or come late."""
        return self.missing > 0 or any(line.late for line in self.lines)

    @property
    def complete_at(self) -> datetime.datetime | None:
        """When the last team is there; None where teams are missing or none is planned."""
        if self.missing or not self.lines:
            return None
        return self.began + datetime.timedelta(minutes=max(line.arrival for line in self.lines))

    @property
    def cells(self) -> list[str]:
        """One cell a team: asked already, own, neighbours', gap; at most twelve, in proportion."""
        kinds = ["done"] * self.asked + ["own"] * self.own + ["nb"] * self.neighbours + ["gap"] * self.missing
        if len(kinds) <= MOST_CELLS:
            return kinds
        return [kinds[round(place * (len(kinds) - 1) / (MOST_CELLS - 1))] for place in range(MOST_CELLS)]

    @property
    def summary(self) -> str:
        """What the cells say, in words."""
        parts = []
        if self.asked:
            parts.append(ngettext("%(count)s asked", "%(count)s asked", self.asked) % {"count": self.asked})
        if self.own:
            parts.append(ngettext("%(count)s own", "%(count)s own", self.own) % {"count": self.own})
        if self.neighbours:
            counted = ngettext("%(count)s neighbour’s", "%(count)s neighbours’", self.neighbours)
            parts.append(counted % {"count": self.neighbours})
        if self.missing:
            parts.append(ngettext("%(count)s missing", "%(count)s missing", self.missing) % {"count": self.missing})
        return ", ".join(parts)


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
        because=_because(sheet, need, unmet["because"]) if unmet else [],
        own=max(0, own),
        neighbours=neighbours,
        asked=asked,
        supply=sheet.supply.get(need.code),
        coverage=sheet.coverages.get(need.code, Coverage()),
        found=sheet.found.get(need.code),
    )


def _because(sheet: _Sheet, need: Need, obstacles: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why teams are missing. The plan knows of no team of an owner that has none left; the page names it as well."""
    owners: dict[str, list[str]] = {obstacle["reason"]: list(obstacle["owners"]) for obstacle in obstacles}
    empty = _owners_without(sheet, need)
    if empty:
        owners.pop(Reason.NO_CAPABILITY, None)
        owners[Reason.EXHAUSTED] = sorted({*owners.get(Reason.EXHAUSTED, ()), *empty})
    if Reason.RESERVED in owners:
        owners[Reason.RESERVED] = _with_events(sheet, need, owners[Reason.RESERVED])
    return [str(REASON_WORDS[reason]) % {"owners": _few(named)} for reason, named in owners.items()]


def _with_events(sheet: _Sheet, need: Need, owners: Iterable[str]) -> list[str]:
    """Owners of teams that are reserved, each with the events that the reader may know."""
    problem = sheet.proposal.problem if sheet.proposal is not None else {"units": []}
    having = {unit["id"]: unit["owner"] for unit in problem["units"] if need.capability in unit["capabilities"]}
    events: dict[str, set[str]] = defaultdict(set)
    for one in problem.get("reservations", ()):
        if one["unit"] in having and one["event"] != NOT_TOLD and _runs(one, problem["now"]):
            events[having[one["unit"]]].add(one["event"])
    return [f"{owner} ({', '.join(sorted(events[owner]))})" if events[owner] else owner for owner in owners]


def _runs(reservation: Mapping[str, Any], now: str) -> bool:
    begins, at, ends = (datetime.datetime.fromisoformat(text) for text in (reservation["from"], now, reservation["to"]))
    return begins <= at < ends


def _owners_without(sheet: _Sheet, need: Need) -> set[str]:
    """Owners that have the capability, and no team of it to give."""
    units = sheet.proposal.problem["units"] if sheet.proposal is not None else []
    having = [unit for unit in units if need.capability in unit["capabilities"]]
    return {unit["owner"] for unit in having} - {unit["owner"] for unit in having if unit["quantity"]}


def _few(owners: Sequence[str]) -> str:
    """The first owners by name, and how many more."""
    named = ", ".join(owners[:MOST_OWNERS])
    more = len(owners) - MOST_OWNERS
    return _("%(owners)s and %(count)s more") % {"owners": named, "count": more} if more > 0 else named


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
        or _why(proposal, sheet.explanations.get((line["unit"], line["need"]))),
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


def text_notes(plans: Iterable[NeedPlan]) -> list[TextNote]:
    """Every text that the lines stand on, once, in the order of the lines."""
    notes = [line.text for plan in plans for line in plan.lines if line.text is not None]
    return list({(note.code, note.is_unknown): note for note in notes}.values())


def _kind(proposal: Proposal, other: str, number: str) -> MinutesKind:
    """How the minutes of a plan, and of the unit that would come into it, were got: as uncertain as any of them."""
    ways = [(line["unit"], line["incident"]) for line in proposal.plan["assignments"]]
    return MinutesKind.worst(proposal.minutes_kind(*way) for way in [*ways, (other, number)])


def _why(proposal: Proposal, explanation: Mapping[str, Any] | None) -> str:
    """Why this team, of a plan that was kept without reasons: what it would be without the team."""
    if explanation is None:
        return ""
    change = explanation["change"]
    if change["unmet"] > 0:
        return _("Without it the need is not met: nobody else is left.")
    other = explanation["alternative"]
    if not other:
        return _("Without it the plan reaches less.")
    name = proposal.units.get(other, {}).get("name", other)
    later = said_minutes(max(0, round(change["minutes"])), _kind(proposal, other, explanation["incident"]))
    if change["late"] > 0:
        return _("Next best is %(team)s, %(later)s later in all; teams would be late.") % {"team": name, "later": later}
    if round(change["minutes"]) > 0:
        return _("Next best is %(team)s, %(later)s later in all.") % {"team": name, "later": later}
    if change["burden"] > 0:
        return _("%(team)s is as quick; this way its owner keeps more at home.") % {"team": name}
    return _("%(team)s would do as well.") % {"team": name}
