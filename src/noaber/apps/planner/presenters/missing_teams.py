"""Why a plan leaves a need without teams, in words: who has none, who stays, who comes too late."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.planner.models import Need, Proposal
from noaber.apps.planner.queries.reservations import NOT_TOLD
from noaber.core.planning.plan import Reason

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


def why_missing(proposal: Proposal | None, need: Need, obstacles: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why teams are missing. The plan knows of no team of an owner that has none left; the page names it as well."""
    owners: dict[str, list[str]] = {obstacle["reason"]: list(obstacle["owners"]) for obstacle in obstacles}
    empty = _owners_without(proposal, need)
    if empty:
        owners.pop(Reason.NO_CAPABILITY, None)
        owners[Reason.EXHAUSTED] = sorted({*owners.get(Reason.EXHAUSTED, ()), *empty})
    if Reason.RESERVED in owners:
        owners[Reason.RESERVED] = _with_events(proposal, need, owners[Reason.RESERVED])
    return [str(REASON_WORDS[reason]) % {"owners": _few(named)} for reason, named in owners.items()]


def _with_events(proposal: Proposal | None, need: Need, owners: Iterable[str]) -> list[str]:
    """Owners of teams that are reserved, each with the events that the reader may know."""
    problem = proposal.problem if proposal is not None else {"units": []}
    having = {unit["id"]: unit["owner"] for unit in problem["units"] if need.capability in unit["capabilities"]}
    events: dict[str, set[str]] = defaultdict(set)
    for one in problem.get("reservations", ()):
        if one["unit"] in having and one["event"] != NOT_TOLD and _runs(one, problem["now"]):
            events[having[one["unit"]]].add(one["event"])
    return [f"{owner} ({', '.join(sorted(events[owner]))})" if events[owner] else owner for owner in owners]


def _runs(reservation: Mapping[str, Any], now: str) -> bool:
    begins, at, ends = (datetime.datetime.fromisoformat(text) for text in (reservation["from"], now, reservation["to"]))
    return begins <= at < ends


def _owners_without(proposal: Proposal | None, need: Need) -> set[str]:
    """Owners that have the capability, and no team of it to give."""
    units = proposal.problem["units"] if proposal is not None else []
    having = [unit for unit in units if need.capability in unit["capabilities"]]
    return {unit["owner"] for unit in having} - {unit["owner"] for unit in having if unit["quantity"]}


def _few(owners: Sequence[str]) -> str:
    """The first owners by name, and how many more."""
    named = ", ".join(owners[:MOST_OWNERS])
    more = len(owners) - MOST_OWNERS
    return _("%(owners)s and %(count)s more") % {"owners": named, "count": more} if more > 0 else named
