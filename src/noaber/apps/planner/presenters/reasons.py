"""Why a team is on its line, in words: what the core read off the plan, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.planner.models import Proposal
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.core.planning.reasons import Cause, Lead, Tail
from noaber.web.wording import hour

SUBSTITUTE_WORDS: Final[dict[Cause, str | Promise]] = {
    Cause.USED: gettext_lazy("%(team)s would be there %(later)s sooner; it goes to %(incident)s."),
    Cause.EXCLUDED: gettext_lazy("Takes the place of %(team)s, which you took out; %(later)s later."),
    Cause.HOME_COVER: gettext_lazy("Takes the place of %(team)s, which covers its home; %(later)s later."),
    Cause.RESERVED: gettext_lazy("Takes the place of %(team)s, which is reserved; %(later)s later."),
    Cause.BURDEN: gettext_lazy("Takes the place of %(team)s, so that its owner keeps more; %(later)s later."),
    Cause.NO_TEXT: gettext_lazy("%(team)s would be there %(later)s sooner; no text lets it come."),
    Cause.EXHAUSTED: gettext_lazy("%(team)s is nearer by %(later)s; it has no team left."),
}
RANK_WORDS: Final[dict[int, str | Promise]] = {
    1: gettext_lazy("Nearest."),
    2: gettext_lazy("Second nearest."),
    3: gettext_lazy("Third nearest."),
    4: gettext_lazy("Fourth nearest."),
}

Key = tuple[str, str, str]
"""Number of the incident, code of the need, id of the unit."""


@dataclass(frozen=True)
class ReasonBook:
    """The reasons of one proposal.

    Parameters
    ----------
    titles
        Of the incidents that it covers, by their numbers.
    """

    proposal: Proposal
    titles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _reasons(self) -> dict[Key, Mapping[str, Any]]:
        return {(one["incident"], one["need"], one["unit"]): one for one in self.proposal.reasons}

    def said(self, incident: str, need: str, unit: str) -> str:
        """Why the unit goes there, in two short sentences; empty for a plan that was kept without reasons."""
        reason = self._reasons.get((incident, need, unit))
        if reason is None:
            return ""
        lead, tail = self._lead(reason), self._tail(reason)
        return f"{lead} {tail}" if lead and tail else lead or tail

    def _lead(self, reason: Mapping[str, Any]) -> str:
        match Lead(reason["lead"]):
            case Lead.PINNED:
                return _("Held by you.")
            case Lead.LATE:
                return _("Late.")
            case Lead.SUBSTITUTE:
                return self._substitute(reason)
            case Lead.LAST_IN_TIME:
                leaves_at = self.proposal.made_at + timedelta(minutes=reason["leave_by"])
                return _("Last one in time: must leave by %(time)s.") % {"time": hour(leaves_at)}
            case Lead.NEAREST:
                return str(RANK_WORDS[1])
            case Lead.RANK:
                return _rank(reason["rank"])

    def _substitute(self, reason: Mapping[str, Any]) -> str:
        other = reason["instead_of"]
        goes_to = reason["goes_to"] or ""
        return str(SUBSTITUTE_WORDS[Cause(reason["cause"])]) % {
            "team": self._name(other),
            "later": self._minutes(reason, other, reason["later"]),
            "incident": _("another need here") if goes_to == reason["incident"] else self.titles.get(goes_to, goes_to),
        }

    def _tail(self, reason: Mapping[str, Any]) -> str:
        match Tail(reason["tail"]):
            case Tail.STAYS:
                return _stays(reason["stays"])
            case Tail.NEXT:
                facts = {
                    "team": self._name(reason["next_best"]),
                    "later": self._minutes(reason, reason["next_best"], reason["next_later"]),
                }
                if not round(reason["next_later"]):
                    return _("The next, %(team)s, would be there as soon.") % facts
                if Lead(reason["lead"]) is Lead.LATE:
                    return _("The next, %(team)s, would be %(later)s later still.") % facts
                return _("The next would be %(team)s, %(later)s later.") % facts
            case Tail.NOBODY:
                return _("Nobody else is left who could come.")
            case Tail.SPARE:
                return self._spare(reason)
            case Tail.RANK:
                return _rank(reason["rank"])

    def _spare(self, reason: Mapping[str, Any]) -> str:
        minutes = self._minutes(reason, reason["unit"], abs(reason["spare"]))
        if reason["spare"] < 0:
            return _("%(minutes)s after the deadline.") % {"minutes": minutes}
        return _("In time, %(minutes)s to spare.") % {"minutes": minutes}

    def _minutes(self, reason: Mapping[str, Any], other: str, minutes: float) -> str:
        """Between the arrivals of two teams: as uncertain as any of them."""
        kinds = (self.proposal.minutes_kind(unit, reason["incident"]) for unit in (reason["unit"], other))
        return said_minutes(max(0, round(minutes)), MinutesKind.worst(kinds))

    def _name(self, unit: str) -> str:
        return str(self.proposal.units.get(unit, {}).get("name", unit))


def _rank(rank: int) -> str:
    if rank in RANK_WORDS:
        return str(RANK_WORDS[rank])
    return _("Number %(rank)s by arrival.") % {"rank": rank}


def _stays(teams: int) -> str:
    if not teams:
        return _("None stays at home.")
    return ngettext("%(count)s stays at home.", "%(count)s stay at home.", teams) % {"count": teams}


def _worst_kind(proposal: Proposal, other: str, number: str) -> MinutesKind:
    """How the minutes of a plan, and of the unit that would come into it, were got: as uncertain as any of them."""
    ways = [(line["unit"], line["incident"]) for line in proposal.plan["assignments"]]
    return MinutesKind.worst(proposal.minutes_kind(*way) for way in [*ways, (other, number)])


def why_without_reasons(proposal: Proposal, explanation: Mapping[str, Any] | None) -> str:
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
    later = said_minutes(max(0, round(change["minutes"])), _worst_kind(proposal, other, explanation["incident"]))
    if change["late"] > 0:
        return _("Next best is %(team)s, %(later)s later in all; teams would be late.") % {"team": name, "later": later}
    if round(change["minutes"]) > 0:
        return _("Next best is %(team)s, %(later)s later in all.") % {"team": name, "later": later}
    if change["burden"] > 0:
        return _("%(team)s is as quick; this way its owner keeps more at home.") % {"team": name}
    return _("%(team)s would do as well.") % {"team": name}
