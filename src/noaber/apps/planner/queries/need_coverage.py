"""How the needs of incidents are covered, and which of them nobody covers: for the desk, the lists and the incident.

Only for the incidents of the organisation itself: who takes part in some of the requests would count the others as
missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.standing import LineStanding, standing_of_cases
from noaber.apps.planner.models import AcceptedGap, Incident, Need
from noaber.core.coverage import Coverage, cover, total
from noaber.core.uncovered import NEVER, Accepted, Uncovered, Urgency, find_uncovered, urgency


@dataclass(frozen=True)
class NeedCoverage:
    """One need with what covers it; `uncovered` is None where nothing of it is open.

    Parameters
    ----------
    pending
        Teams asked for and not answered yet.
    was_asked
        Whether any request was ever sent for it.
    """

    need: Need
    coverage: Coverage
    pending: int
    was_asked: bool
    uncovered: Uncovered | None

    @property
    def needed_by(self) -> datetime.datetime:
        return self.need.needed_by


@dataclass(frozen=True)
class IncidentCoverage:
    """The needs of an incident, and what they come to together."""

    incident: Incident
    needs: tuple[NeedCoverage, ...]

    @property
    def coverage(self) -> Coverage:
        return total(one.coverage for one in self.needs)

    @property
    def needed_by(self) -> datetime.datetime | None:
        """The first deadline that is not met yet; where all are, the first of them."""
        short = [one.needed_by for one in self.needs if not one.coverage.is_complete]
        return min(short or [one.needed_by for one in self.needs], default=None)

    @property
    def open(self) -> list[NeedCoverage]:
        return [one for one in self.needs if one.uncovered is not None]


def coverages_of(
    organisation: Organisation, incidents: Iterable[Incident], at: datetime.datetime
) -> dict[int, IncidentCoverage]:
    """By the key of the incident, for those of the organisation; their needs were read beforehand. Four statements."""
    own = [incident for incident in incidents if incident.owner_id == organisation.pk]
    if not own:
        return {}
    lines = standing_of_cases(organisation, [incident.number for incident in own], at)
    accepted = _accepted(own)
    return {
        incident.pk: IncidentCoverage(
            incident,
            tuple(
                _need_coverage(need, lines.get((incident.number, need.code), ()), accepted)
                for need in incident.needs.all()
            ),
        )
        for incident in own
    }


def coverage_of(organisation: Organisation, incident: Incident, at: datetime.datetime) -> IncidentCoverage | None:
    """That of one incident; None where it belongs to another organisation."""
    return coverages_of(organisation, [incident], at).get(incident.pk)


def incident_order(incident: Incident, found: IncidentCoverage | None) -> Urgency:
    """Severity, then the time left to the first deadline that is not met; what is all in time comes last."""
    short = [one for one in found.needs if not one.coverage.is_complete] if found else []
    first = min((one.needed_by for one in short), default=NEVER)
    return urgency(incident.severity, 0, first)


def _accepted(incidents: Sequence[Incident]) -> dict[int, Accepted]:
    """What officers said may stay missing, the newest word by need."""
    found = AcceptedGap.objects.filter(need__incident__in=[incident.pk for incident in incidents]).order_by("at", "pk")
    return {need: Accepted(teams, at) for need, teams, at in found.values_list("need_id", "teams", "at")}


def _need_coverage(need: Need, lines: Sequence[LineStanding], accepted: Mapping[int, Accepted]) -> NeedCoverage:
    covers = [one for line in lines for one in line.covers]
    coverage = cover(need.quantity, covers, needed_by=need.needed_by, useless_after=need.useless_after)
    pending = sum(line.pending for line in lines)
    losses = [loss for line in lines for loss in line.losses]
    open_part = find_uncovered(coverage, pending=pending, losses=losses, accepted=accepted.get(need.pk))
    return NeedCoverage(need, coverage, pending, bool(lines), open_part)
