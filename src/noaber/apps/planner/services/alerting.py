"""From a plan to alerts of own teams: one message for each owner, and what has become of each line since.

Own teams are those of the asking organisation's country at an incident there: they need no text and cross no border.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.draft_lines import as_text
from noaber.apps.exchange.queries import AlertedTeams, alerted_teams
from noaber.apps.exchange.services import HERE, AlertData, AlertLine, Appended, Manner, alert_teams
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident, Need, Proposal
from noaber.apps.planner.services.incidents import check_may_change, lock_incident, log
from noaber.core.alerts import crosses_border
from noaber.core.geo import Position
from noaber.core.messages.model import FreeText, Location
from noaber.core.problems import NotAllowed
from noaber.web.written_in import UNKNOWN_LANGUAGE

Key = tuple[str, str]
"""Id of the unit, code of the need."""


@dataclass(frozen=True)
class OwnLine:
    """So many own teams of a unit for a need, as a plan has them and nobody alerted them yet."""

    unit: str
    need: str
    quantity: int
    arrival_minutes: float


def own_lines(
    acting: Acting, proposal: Proposal, incident: Incident, alerted: Iterable[AlertedTeams] | None = None
) -> list[OwnLine]:
    """The lines of the plan for one incident whose own teams were not alerted since, in the order of the plan.

    `alerted` saves asking for it: what was alerted for the incident.
    """
    since: Counter[Key] = Counter()
    if alerted is None:
        alerted = alerted_teams(acting.organisation, [incident.number])
    for item in _since(proposal, alerted):
        since[item.unit, item.need_id] += item.quantity
    lines = []
    for line in _own_assignments(acting.organisation, proposal, incident):
        key = line["unit"], line["need"]
        left = line["quantity"] - since[key]
        if left > 0:
            lines.append(OwnLine(line["unit"], line["need"], left, line["arrival"]))
    return lines


def _own_assignments(organisation: Organisation, proposal: Proposal, incident: Incident) -> list[Mapping[str, Any]]:
    return [
        line
        for line in proposal.lines_for(incident.number)
        if not crosses_border(organisation.country, incident.country, proposal.units[line["unit"]]["territory"])
    ]


def states_by_line(proposal: Proposal | None, alerted: Iterable[AlertedTeams]) -> dict[Key, list[AlertedTeams]]:
    """What was alerted since the plan was made, by unit and need."""
    found: dict[Key, list[AlertedTeams]] = defaultdict(list)
    for item in _since(proposal, alerted):
        found[item.unit, item.need_id].append(item)
    return dict(found)


def alerted_since(proposal: Proposal, alerted: Iterable[AlertedTeams]) -> Counter[str]:
    """Teams of the plan that were alerted after it was made, by unit: they are its own lines, not taken by others."""
    teams: Counter[str] = Counter()
    for item in _since(proposal, alerted):
        teams[item.unit] += item.quantity
    return teams


def _since(proposal: Proposal | None, alerted: Iterable[AlertedTeams]) -> list[AlertedTeams]:
    return [item for item in alerted if proposal is not None and item.alerted_at >= proposal.made_at]


@transaction.atomic
def alert_own_teams(
    acting: Acting,
    proposal: Proposal,
    incident: Incident,
    *,
    language: str,
    is_confirmed: bool = False,
    manner: Manner = HERE,
) -> list[Appended]:
    """Alert the own teams that the plan has for an incident and that were not alerted yet: all of them, or none.

    Each owner gets one message.

    Raises
    ------
    NotAllowed
        Where the plan has none (any more), or a unit has fewer teams free than the plan takes.
    """
    acting.check_may(Permission.SEND_REQUEST)
    incident = lock_incident(incident)
    check_may_change(acting, incident)
    lines = own_lines(acting, proposal, incident)
    needs = {need.code: need for need in incident.needs.all()}
    lines = [line for line in lines if line.need in needs]
    if not lines:
        raise NotAllowed("alert.nothing")
    alerts = list(_alerts(incident, proposal, lines, needs, language))
    sent = alert_teams(acting, alerts, is_confirmed=is_confirmed, manner=manner)
    teams = [(proposal.units[line.unit]["name"], line.quantity) for line in lines]
    log(incident, acting, EventKind.ALERTED, teams=teams)
    return sent


def _alerts(
    incident: Incident, proposal: Proposal, lines: Sequence[OwnLine], needs: Mapping[str, Need], language: str
) -> Iterable[AlertData]:
    """One alert for each owner."""
    by_owner: dict[str, list[OwnLine]] = defaultdict(list)
    for line in lines:
        by_owner[proposal.units[line.unit]["owner"]].append(line)
    owners = {owner.code: owner for owner in Organisation.objects.filter(code__in=by_owner)}
    for code, own in by_owner.items():
        yield AlertData(
            owner=owners[code],
            status=incident.status,
            tlp=incident.tlp,
            case_id=incident.number,
            incident=FreeText(incident.title, incident.language),
            lines=tuple(_line(proposal, line, needs[line.need]) for line in own),
            language=language,
            report_to=Location(
                incident.reception_point or incident.place, Position(incident.lon, incident.lat), incident.territory
            ),
        )


def _line(proposal: Proposal, line: OwnLine, need: Need) -> AlertLine:
    facts = proposal.units[line.unit]
    return AlertLine(
        code=line.unit.partition(":")[2],
        capability=need.capability,
        quantity=line.quantity,
        name=facts["name"],
        base=facts["base"],
        need_id=need.code,
        priority=need.priority,
        needed_at=need.needed_by,
        useless_after=need.useless_after,
        arrival_minutes=line.arrival_minutes,
        function=as_text(need.function, need.language or UNKNOWN_LANGUAGE),
    )
