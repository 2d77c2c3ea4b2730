"""Whether a plan is still the one to send: what was asked, and what the incidents need, may have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.queries import requests_of_cases
from noaber.apps.planner.models import Incident, Need, Proposal, Wants
from noaber.apps.planner.queries.joint_incidents import joint_incidents
from noaber.apps.planner.queries.requested import Place, Requested, requested_in
from noaber.core.problems import NotAllowed


@dataclass(frozen=True)
class Age:
    """What happened since a plan was made, seen from one of its incidents.

    Parameters
    ----------
    sent
        Requests for needs of the plan were sent: it has been carried out here, at least in part.
    needs_changed
        Other needs, or other numbers of them that are not asked for yet, than it was made for.
    others_changed
        The same at another incident, or there are other incidents now: what is planned here can still be sent, but a
        new plan may share the teams out otherwise.
    """

    sent: bool = False
    needs_changed: bool = False
    others_changed: bool = False

    @property
    def is_current(self) -> bool:
        return not (self.sent or self.needs_changed)

    @property
    def is_outdated(self) -> bool:
        """Other needs than it was planned for; where requests went out, its own teams are still to be alerted."""
        return self.needs_changed and not self.sent


@dataclass(frozen=True)
class Standing:
    """What the incidents that are planned together need now, and what was asked for them.

    Parameters
    ----------
    incidents
        By number, with their needs.
    requests
        Those of the incidents that the organisation takes part in.
    """

    incidents: Mapping[str, Incident] = field(default_factory=dict)
    requests: Sequence[Request] = ()
    asked: Requested = field(default_factory=Requested)

    @classmethod
    def of(cls, acting: Acting, status: str, *, also: Sequence[str] = ()) -> Standing:
        """As it is now; `also` names incidents whose requests are wanted though they are not planned any more."""
        found = {one.number: one for one in joint_incidents(acting.organisation, status)}
        requests = requests_of_cases(acting.organisation, list({*found, *also}))
        return cls(found, requests, requested_in(acting.organisation, requests, list({*found, *also})))

    @cached_property
    def _by_case(self) -> dict[str, list[Request]]:
        found: dict[str, list[Request]] = {}
        for request in self.requests:
            found.setdefault(request.case_id, []).append(request)
        return found

    def requests_of(self, number: str) -> list[Request]:
        return self._by_case.get(number, [])


def ages_of(proposal: Proposal, standing: Standing) -> dict[str, Age]:
    """What happened since `proposal` was made, by each incident that it covers."""
    sent = {number: _was_sent(proposal, number, standing.requests_of(number)) for number in proposal.numbers}
    since = [one.thread_id for one in _since(proposal, standing.requests) if one.is_alert]
    alerted = standing.asked.hoped_through(since)
    changed = {number: _needs_differ(proposal, number, standing, alerted) for number in proposal.numbers}
    moved = {number for number in proposal.numbers if changed[number] and not sent[number]}
    moved |= standing.incidents.keys() - set(proposal.numbers)
    return {number: Age(sent[number], changed[number], bool(moved - {number})) for number in proposal.numbers}


def check_current(acting: Acting, proposal: Proposal, status: str, numbers: Iterable[str]) -> list[str]:
    """Which of the incidents `numbers` the plan can still be sent for: all but those for which it was sent before.

    Raises
    ------
    NotAllowed
        Where there is a newer plan, the needs of one are no longer those it was made for, or none is left.
    """
    newest = Proposal.objects.filter(organisation=acting.organisation, incidents__number__in=proposal.numbers)
    ages = ages_of(proposal, Standing.of(acting, status, also=proposal.numbers))
    left = [number for number in numbers if not ages[number].sent]
    if newest.order_by("-pk").values_list("pk", flat=True).first() != proposal.pk or not left:
        raise NotAllowed("incident.plan-outdated")
    if any(ages[number].needs_changed for number in left):
        raise NotAllowed("incident.plan-outdated")
    return left


def _was_sent(proposal: Proposal, number: str, requests: Iterable[Request]) -> bool:
    """Whether others were asked since; that own teams were alerted carries out their lines and no others."""
    planned = {line["need"] for line in proposal.lines_for(number)}
    sent = [request for request in _since(proposal, requests) if not request.is_alert]
    return any(line.need_id in planned for request in sent for line in request.lines.all())


def _since(proposal: Proposal, requests: Iterable[Request]) -> list[Request]:
    """What its organisation asked or alerted after it was made."""
    return [
        request
        for request in requests
        if request.consumer_id == proposal.organisation_id and request.sent_at >= proposal.made_at
    ]


def _needs_differ(proposal: Proposal, number: str, standing: Standing, alerted: Mapping[Place, int]) -> bool:
    """Whether the incident needs something else now; one that is closed, or needs nothing any more, does.

    `alerted` are teams that alerts since the plan may bring: they are its own lines.
    """
    incident = standing.incidents.get(number)
    needs: Iterable[Need] = incident.needs.all() if incident is not None else ()
    hoped = standing.asked.hoped
    wanted: dict[str, Wants] = {
        need.code: (
            need.capability,
            max(0, need.quantity - hoped.get((number, need.code), 0) + alerted.get((number, need.code), 0)),
            need.deadline.to_minute,
            need.priority,
        )
        for need in needs
    }
    return proposal.planned_wants(number) != wanted
