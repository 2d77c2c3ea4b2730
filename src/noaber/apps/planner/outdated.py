"""Whether a plan is still the one to send: what was asked, and what the incident needs, may have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.queries import requests_of_case
from noaber.apps.exchange.standing import hoped_by_need, standing_of_requests
from noaber.apps.planner.models import Need, Proposal, Wants
from noaber.apps.planner.proposals import asked_by_need, latest_proposal
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


@dataclass(frozen=True)
class Age:
    """What happened since a plan was made.

    Parameters
    ----------
    sent
        Requests for needs of the plan were sent: it has been carried out, at least in part.
    needs_changed
        Other needs, or other numbers of them that are not asked for yet, than it was made for.
    """

    sent: bool = False
    needs_changed: bool = False

    @property
    def is_current(self) -> bool:
        return not (self.sent or self.needs_changed)


def age_of(proposal: Proposal, needs: Iterable[Need], requests: Iterable[Request], asked: Mapping[str, int]) -> Age:
    """What happened since `proposal` was made.

    Parameters
    ----------
    requests
        Those of the incident that the organisation takes part in.
    asked
        Teams that running requests may still bring, by need code.
    """
    mine = [
        request
        for request in requests
        if request.consumer_id == proposal.organisation_id and request.sent_at >= proposal.made_at
    ]
    alerts = standing_of_requests([request.thread_id for request in mine if request.is_alert], now())
    alerted = hoped_by_need(chain.from_iterable(alerts.values()))
    before = {code: teams - alerted.get(code, 0) for code, teams in asked.items()}
    return Age(sent=_was_sent(proposal, mine), needs_changed=_needs_differ(proposal, needs, before))


def check_current(acting: Acting, proposal: Proposal) -> None:
    """Raise `NotAllowed` unless the proposal is the newest, and nothing was sent or changed since."""
    incident = proposal.incident
    newest = latest_proposal(acting, incident)
    requests = requests_of_case(acting.organisation, incident.number)
    age = age_of(proposal, incident.needs.all(), requests, asked_by_need(acting, incident))
    if newest is None or newest.pk != proposal.pk or not age.is_current:
        raise NotAllowed("incident.plan-outdated")


def _was_sent(proposal: Proposal, requests: Iterable[Request]) -> bool:
    """Whether others were asked since; that own teams were alerted carries out their lines and no others."""
    planned = {line["need"] for line in proposal.plan["assignments"]}
    sent = [request for request in requests if not request.is_alert]
    return any(line.need_id in planned for request in sent for line in request.lines.all())


def _needs_differ(proposal: Proposal, needs: Iterable[Need], asked: Mapping[str, int]) -> bool:
    wanted: dict[str, Wants] = {
        need.code: (
            need.capability,
            max(0, need.quantity - asked.get(need.code, 0)),
            need.deadline.to_minute,
            need.priority,
        )
        for need in needs
    }
    return proposal.planned_wants != wanted
