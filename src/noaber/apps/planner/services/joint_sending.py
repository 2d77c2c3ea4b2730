"""What a plan of all open incidents sets going: own teams to alert and requests to send, reviewed and sent together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.queries import alerted_teams
from noaber.apps.exchange.services import Manner
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.presenters.joint_plan import newest_plan
from noaber.apps.planner.presenters.review import ReviewRow, review_rows, send_ready
from noaber.apps.planner.queries.staleness import Age, Standing, ages_of
from noaber.apps.planner.services.alerting import alert_own_teams, own_lines
from noaber.apps.roads.enums import MinutesKind
from noaber.core.problems import NotAllowed


@dataclass(frozen=True)
class OwnTeams:
    """Own teams that the plan has for an incident and nobody alerted yet; `kind` is how their minutes were got."""

    quantity: int
    name: str
    owner: str
    arrives_at: datetime.datetime
    kind: MinutesKind


@dataclass(frozen=True)
class IncidentReview:
    """What one incident has ready to go."""

    incident: Incident
    rows: list[ReviewRow]
    own: list[OwnTeams]

    @property
    def own_count(self) -> int:
        return sum(one.quantity for one in self.own)

    @property
    def ready_count(self) -> int:
        return sum(1 for row in self.rows if row.ready)


def reviews_of(acting: Acting, proposal: Proposal) -> list[IncidentReview]:
    """The open incidents of the plan, each with its drafts and its own teams; without those that have nothing left."""
    incidents = _open_incidents(proposal)
    ages = _ages(acting, proposal, incidents)
    found = [
        IncidentReview(
            one,
            review_rows(acting, one),
            [] if ages[one.number].is_outdated else _own(acting, proposal, one),
        )
        for one in incidents
    ]
    return [one for one in found if one.rows or one.own]


def _open_incidents(proposal: Proposal) -> list[Incident]:
    """Always in the same order: two colleagues who lock them never wait for each other."""
    return list(proposal.incidents.filter(closed_at=None).order_by("pk"))


def _ages(acting: Acting, proposal: Proposal, incidents: Sequence[Incident]) -> Mapping[str, Age]:
    if not incidents:
        return {}
    return ages_of(proposal, Standing.of(acting, incidents[0].status, also=proposal.numbers))


def _own(acting: Acting, proposal: Proposal, incident: Incident) -> list[OwnTeams]:
    alerted = alerted_teams(acting.organisation, [incident.number])
    return [
        OwnTeams(
            line.quantity,
            proposal.units[line.unit]["name"],
            proposal.units[line.unit]["owner"],
            proposal.made_at + datetime.timedelta(minutes=line.arrival_minutes),
            proposal.minutes_kind(line.unit, incident.number),
        )
        for line in own_lines(acting, proposal, incident, alerted)
    ]


@transaction.atomic
def alert_all(acting: Acting, proposal: Proposal, status: str, *, language: str, manner: Manner) -> int:
    """Alert the own teams of every incident of the plan, all of them or none; answers how many teams.

    Raises
    ------
    NotAllowed
        Where there is a newer plan, an incident needs something else now, or nothing is left to alert.
    """
    newest = newest_plan(acting, status)
    if newest is None or newest.pk != proposal.pk:
        raise NotAllowed("incident.plan-outdated")
    incidents = _open_incidents(proposal)
    ages = _ages(acting, proposal, incidents)
    wanted = {one.number: sum(line.quantity for line in own_lines(acting, proposal, one)) for one in incidents}
    if not any(wanted.values()):
        raise NotAllowed("alert.nothing")
    for one in incidents:
        if wanted[one.number] and ages[one.number].is_outdated:
            raise NotAllowed("incident.plan-outdated")
        if wanted[one.number]:
            alert_own_teams(acting, proposal, one, language=language, manner=manner)
    return sum(wanted.values())


@transaction.atomic
def send_all_ready(acting: Acting, proposal: Proposal) -> int:
    """Send what is ready for any incident of the plan, each request by itself; answers how many."""
    return sum(send_ready(acting, one) for one in _open_incidents(proposal))
