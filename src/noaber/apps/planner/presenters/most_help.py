"""What would help most with all open incidents: one thing more, or one less in the way, and what it brings where.

What was asked for already is no part of it: it is about the teams that a plan made now would still look for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.planner.models import Adjustment, Incident, Need, Proposal
from noaber.apps.planner.queries.decisions import decisions_of
from noaber.apps.planner.queries.joint_incidents import joint_incidents
from noaber.apps.planner.queries.plan_coverage import PlanHead
from noaber.apps.planner.queries.requested import requested_for_incidents
from noaber.apps.planner.queries.situation import Situation, build_problem
from noaber.apps.planner.services.proposals import solve_holding
from noaber.apps.registry.coded import capability_name, counted_capability, territory_label
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.core.agreements.planning import PlanningAgreement
from noaber.core.coverage import Coverage
from noaber.core.planning.helps import LEAST_MINUTES, Answer, Extras, Gain, Help, Helping, Place, Thing, what_helps
from noaber.core.planning.problem import Agreement, Exclusion
from noaber.web.clock import now
from noaber.web.covering import coverage_in_words
from noaber.web.wording import duration, hour

TIME_LIMIT_S: Final = 4.0
"""A page is looked at meanwhile; what was tried until then is shown, and that it was not everything."""


@dataclass(frozen=True)
class Effect:
    """What a thing changes at one need."""

    place: str
    need: str
    url: str
    words: str


@dataclass(frozen=True)
class HelpRow:
    """A thing that helps: what it is, how many more teams it brings in time, and what it changes where."""

    words: str
    in_time: int
    effects: tuple[Effect, ...]
    text: str = ""
    """The code of the text that it is about."""


@dataclass(frozen=True)
class MostHelp:
    """What would help most, and against what.

    Parameters
    ----------
    before
        What a plan made now comes to, in words; empty where that is what the newest plan says.
    """

    rows: list[HelpRow]
    answer: Answer
    at: datetime.datetime
    before: str


def help_context(acting: Acting, status: str, proposal: Proposal | None) -> dict[str, Any]:
    """What would help most as things are now; `most_help` is None where nothing is open, or nothing is planned yet."""
    incidents = joint_incidents(acting.organisation, status)
    if proposal is None or not incidents:
        return {"most_help": None}
    asked = requested_for_incidents(acting.organisation, [one.number for one in incidents])
    decisions = decisions_of(acting.organisation, incidents)
    situation = build_problem(
        acting.organisation, incidents, now(), include_unknown=True, asked=asked, decisions=decisions
    )
    situation, extras = _with_choice(situation, include_unknown=proposal.include_unknown)
    _study, pins = solve_holding(situation.problem)
    situation = replace(situation, problem=replace(situation.problem, pinned=pins))
    removed = {(one.unit, one.incident, one.need) for one in decisions if one.kind == Adjustment.Kind.REMOVED}
    extras = replace(extras, taken_out=_taken_out(situation, removed))
    answer = what_helps(situation.problem, extras, time_limit=TIME_LIMIT_S)
    book = _Book(situation, {one.number: one for one in incidents})
    rows = [book.row(one) for one in answer.helping]
    return {"most_help": MostHelp(rows, answer, situation.problem.now, _before(answer, proposal))}


def _with_choice(situation: Situation, *, include_unknown: bool) -> tuple[Situation, Extras]:
    """The texts that leave it open are planned with, or might be: as the officer chose for the newest plan."""
    if include_unknown:
        return situation, Extras()
    texts: dict[bool, list[Agreement]] = {True: [], False: []}
    for agreement in situation.problem.agreements:
        texts[situation.texts[agreement.id].is_unknown].append(agreement)
    problem = replace(situation.problem, agreements=tuple(texts[False]))
    return replace(situation, problem=problem), Extras(open_texts=tuple(texts[True]))


def _taken_out(situation: Situation, removed: set[tuple[str, str, str]]) -> frozenset[Exclusion]:
    """What the officer took out; who declined since is not theirs to put back."""
    declined = {(unit, *place) for place, units in situation.refused.items() for unit in units}
    return frozenset(Exclusion(*one) for one in removed - declined)


def _before(answer: Answer, proposal: Proposal) -> str:
    if answer.before is None:
        return ""
    reached = answer.before.values()
    as_it_is = Coverage(*(sum(getattr(one, name) for one in reached) for name in ("in_time", "late", "missing")))
    planned = PlanHead.of(proposal).everywhere
    return "" if as_it_is == planned else coverage_in_words(as_it_is)


@dataclass(frozen=True)
class _Book:
    """From what core found to words."""

    situation: Situation
    incidents: Mapping[str, Incident]

    def row(self, helping: Helping) -> HelpRow:
        effects = tuple(self._effect(gain) for gain in helping.gains)
        return HelpRow(self._thing(helping.thing), helping.in_time, effects, self._text(helping.thing))

    def _thing(self, thing: Thing) -> str:
        capability, place = capability_name(thing.capability), self._place(thing.incident)
        match thing.kind:
            case Help.TEAM:
                team, time = counted_capability(1, thing.capability), hour(self._needed_by(thing))
                return _("%(team)s more at %(place)s by %(time)s") % {"team": team, "place": place, "time": time}
            case Help.TAKEN_OUT:
                words = _("%(team)s, which you took out, put back at %(place)s")
                return words % {"team": self._team(thing), "place": place}
            case Help.APPROVAL:
                return _("approved at once instead of after %(minutes)s") % {"minutes": duration(self._approval(thing))}
            case Help.OPEN_TEXT:
                return _("held to cover this, which it leaves open")
            case Help.HOME_COVER:
                words = _("%(owner)s keeps one team fewer at home: %(capability)s")
                return words % {"owner": thing.name, "capability": capability}
            case Help.RESERVED:
                return _("%(team)s, let go by the event that it is reserved for") % {"team": self._team(thing)}
            case Help.TEXT:
                words = _("a text under which teams from %(territory)s come, approved at once: %(capability)s")
                return words % {"territory": territory_label(thing.name), "capability": capability}

    def _text(self, thing: Thing) -> str:
        """The code of the text that a thing is about; empty for the others."""
        return self._entry(thing).agreement.id if thing.kind in {Help.APPROVAL, Help.OPEN_TEXT} else ""

    def _entry(self, thing: Thing) -> PlanningAgreement:
        return self.situation.texts[thing.name]

    def _approval(self, thing: Thing) -> float:
        return self._entry(thing).approval_minutes

    def _team(self, thing: Thing) -> str:
        unit = self.situation.units[thing.name]
        return f"{unit.name} ({unit.owner})"

    def _place(self, number: str) -> str:
        incident = self.incidents.get(number)
        return incident.place or incident.title if incident else ""

    def _need(self, place: Place) -> Need:
        return next(need for need in self.incidents[place[0]].needs.all() if need.code == place[1])

    def _needed_by(self, thing: Thing) -> datetime.datetime:
        return self._need((thing.incident, thing.need)).needed_by

    def _effect(self, gain: Gain) -> Effect:
        number, code = gain.place
        incident, need = self.incidents[number], self._need(gain.place)
        units = {*gain.before.late_units, *gain.after.late_units}
        kind = MinutesKind.worst(self.situation.kinds[unit, number] for unit in units)
        url = f"{incident.get_absolute_url()}?need={code}#helpers"
        return Effect(self._place(number), capability_name(need.capability), url, effect_words(gain, kind))


def effect_words(gain: Gain, kind: MinutesKind) -> str:
    """2 more in time; the last one that is late ≈ 24 min sooner."""
    return "; ".join([*_teams_words(gain), *_minutes_words(gain, kind)])


def _teams_words(gain: Gain) -> Iterator[str]:
    """Teams in time; and those missing, as far as the teams in time do not say it already."""
    more, missing = gain.in_time, gain.missing
    if more > 0:
        yield ngettext("%(count)s more in time", "%(count)s more in time", more) % {"count": more}
    if more < 0:
        yield ngettext("%(count)s fewer in time", "%(count)s fewer in time", -more) % {"count": -more}
    if missing < 0 and -missing > max(more, 0):
        yield ngettext("%(count)s fewer missing", "%(count)s fewer missing", -missing) % {"count": -missing}
    if missing > 0 and missing > max(-more, 0):
        yield ngettext("%(count)s more missing", "%(count)s more missing", missing) % {"count": missing}


def _minutes_words(gain: Gain, kind: MinutesKind) -> Iterator[str]:
    """How much sooner or later those come that are late with it."""
    before, after = gain.before, gain.after
    sooner, less = before.last - after.last, before.late_minutes - after.late_minutes
    if not after.late:
        return
    if not before.late:
        yield _("the last one late by %(minutes)s") % {"minutes": said_minutes(after.last, kind)}
    elif abs(sooner) >= LEAST_MINUTES:
        words = (
            _("the last of those late %(minutes)s sooner")
            if sooner > 0
            else _("the last of those late %(minutes)s later")
        )
        yield words % {"minutes": said_minutes(abs(sooner), kind)}
    elif before.late == after.late and abs(less) >= LEAST_MINUTES:
        words = _("those late %(minutes)s sooner in all") if less > 0 else _("those late %(minutes)s later in all")
        yield words % {"minutes": said_minutes(abs(less), kind)}
