"""What a plan comes to: of the teams that it was made for, how many are in time, late or missing.

Read from the plan as it was kept, against the deadlines that it was made for; what was asked for before stands beside
it, and is no part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from noaber.apps.planner.models import Proposal
from noaber.core.coverage import Cover, Coverage, Standing, cover, total
from noaber.core.planning.plan import Status
from noaber.web.covering import coverage_in_words


@dataclass(frozen=True)
class PlanHead:
    """What stands above a plan.

    Parameters
    ----------
    here
        The needs of one incident; those of all where none was named.
    everywhere
        Those of all incidents that are planned together.
    is_proven
        Whether no other plan does better with these teams; else time ran out.
    """

    here: Coverage
    everywhere: Coverage
    incidents: int
    is_proven: bool
    seconds: float

    @classmethod
    def of(cls, proposal: Proposal, number: str = "", *, now: Mapping[str, Coverage] | None = None) -> PlanHead:
        """As the plan was made; `now` is what has become of it for some incidents by the roads as they are now."""
        by_incident = {one: total(need_coverages(proposal, one).values()) for one in proposal.numbers} | dict(now or {})
        everywhere = total(by_incident.values())
        return cls(
            here=by_incident.get(number, Coverage()) if number else everywhere,
            everywhere=everywhere,
            incidents=len(by_incident),
            is_proven=proposal.plan["status"] == Status.OPTIMAL,
            seconds=proposal.plan["seconds"],
        )

    @property
    def words(self) -> str:
        return coverage_in_words(self.here)

    @property
    def everywhere_words(self) -> str:
        return coverage_in_words(self.everywhere)

    @property
    def is_shared(self) -> bool:
        """Whether the plan is for other incidents as well."""
        return self.incidents > 1


def need_coverages(proposal: Proposal, number: str) -> dict[str, Coverage]:
    """What the plan has for each need of one incident, by the need's code."""
    covers: dict[str, list[Cover]] = defaultdict(list)
    for line in proposal.lines_for(number):
        arrives_at = proposal.made_at + timedelta(minutes=line["arrival"])
        covers[line["need"]].append(Cover(line["quantity"], arrives_at, Standing.PLANNED))
    return {code: _coverage(proposal, need, covers[code]) for code, need in proposal.planned_needs(number).items()}


def _coverage(proposal: Proposal, need: dict[str, float], covers: Iterable[Cover]) -> Coverage:
    needed_by = proposal.made_at + timedelta(minutes=need["within"])
    return cover(int(need["quantity"]), covers, needed_by=needed_by)
