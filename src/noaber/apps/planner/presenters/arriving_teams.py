"""Who comes to an incident from where: teams of a plan, and teams that were promised; what the maps draw as ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import Deployment
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.presenters.plan_lines import NeedPlan
from noaber.apps.registry.coded import counted_capability
from noaber.apps.roads.network.closure_costs import Trip
from noaber.apps.roads.presenters.minutes import said_minutes
from noaber.core.geo import Position
from noaber.core.messages.states import HOME_DEPLOYMENTS, DeploymentState
from noaber.web.wording import hour

AT_WORK: Final = frozenset({DeploymentState.ARRIVED, DeploymentState.OPERATIONAL})


@dataclass(frozen=True)
class ArrivingTeams:
    """Teams on one way.

    Parameters
    ----------
    unit
        "OWNER:CODE".
    words
        How long they take, or when they are there.
    is_moving
        They are not there yet.
    """

    unit: str
    team: str
    owner: str
    base: str
    where: Position
    incident: Incident
    is_own: bool
    is_late: bool
    is_moving: bool
    words: str
    title: str
    url: str = ""

    @property
    def trip(self) -> Trip:
        return Trip(self.where, Position(self.incident.lon, self.incident.lat))


def planned_arrivals(incident: Incident, plans: Iterable[NeedPlan]) -> Iterator[ArrivingTeams]:
    """The lines of a plan, with the minutes until each is there."""
    for line in (line for plan in plans for line in plan.lines):
        arrival = said_minutes(line.arrival, line.kind)
        yield ArrivingTeams(
            line.unit,
            line.name,
            line.owner,
            line.base,
            Position(line.lon, line.lat),
            incident,
            line.own,
            line.late or line.turns_late,
            True,
            arrival,
            _("%(team)s, %(owner)s: %(arrival)s")
            % {"team": f"{line.quantity} × {line.name}", "owner": line.owner, "arrival": arrival},
        )


def formerly_planned_arrivals(proposals: Iterable[tuple[Incident, Proposal]]) -> Iterator[ArrivingTeams]:
    """The lines of kept plans, as far as one says who comes from where."""
    for incident, proposal in proposals:
        for line in proposal.lines_for(incident.number):
            unit = proposal.units[line["unit"]]
            where = Position(unit["lon"], unit["lat"])
            own = unit["territory"][:2] == incident.country
            yield ArrivingTeams(
                line["unit"],
                unit["name"],
                unit["owner"],
                unit["base"],
                where,
                incident,
                own,
                False,
                True,
                "",
                "",
            )


def promised_arrivals(
    organisation: Organisation,
    deployments: Iterable[Deployment],
    incidents: Mapping[str, Incident],
    bases: Mapping[str, tuple[float, float]],
    needs: Mapping[str, Iterable[Need]],
) -> Iterator[ArrivingTeams]:
    """The teams that were promised and are not home yet, as far as base and incident are known here.

    Parameters
    ----------
    incidents
        By their number.
    bases
        Longitude and latitude by "OWNER:CODE".
    needs
        By the number of their incident.
    """
    for one in deployments:
        unit = f"{one.owner}:{one.team_id}"
        base, incident = bases.get(unit), incidents.get(one.case_id)
        if base is None or incident is None or one.deployment_state in HOME_DEPLOYMENTS:
            continue
        arrives = one.arrived_at or one.estimated_arrival_at
        words = hour(arrives) if arrives is not None else ""
        counted = counted_capability(one.quantity, one.capability)
        yield ArrivingTeams(
            unit,
            one.team_name or counted,
            one.owner,
            one.home_unit,
            Position(*base),
            incident,
            one.supplier.country == organisation.country,
            _is_late(one, needs[one.case_id]),
            one.deployment_state not in AT_WORK,
            words,
            _("%(team)s, %(owner)s: %(arrival)s") % {"team": counted, "owner": one.owner, "arrival": words}
            if words
            else f"{counted}, {one.owner}",
            one.get_absolute_url(),
        )


def _is_late(deployment: Deployment, needs: Iterable[Need]) -> bool:
    """Whether they arrive after the last deadline of what they bring; not where nobody said when they arrive."""
    arrives = deployment.arrived_at or deployment.estimated_arrival_at
    deadlines = [need.needed_by for need in needs if need.capability == deployment.capability]
    return arrives is not None and bool(deadlines) and arrives > max(deadlines)


def keys_of(deployments: Iterable[Deployment]) -> set[str]:
    """The teams "OWNER:CODE" whose bases are to be looked up."""
    return {f"{one.owner}:{one.team_id}" for one in deployments if one.team_id}


def once_each(coming: Sequence[ArrivingTeams]) -> list[ArrivingTeams]:
    """Who was promised comes before the line of the plan that it came of."""
    found: dict[tuple[str, str], ArrivingTeams] = {}
    for one in coming:
        found.setdefault((one.incident.number, one.unit), one)
    return list(found.values())
