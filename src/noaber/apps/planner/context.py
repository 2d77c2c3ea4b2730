"""What the incident page is made of: one context for the page and for each of its fragments."""

from __future__ import annotations

from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange.queries import deployments_of_case, drafts_of_case, requests_of_case
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.neighbours import helpers_by_need
from noaber.apps.planner.permissions import can_change
from noaber.apps.planner.presenters import (
    capability_tabs,
    event_rows,
    helper_rows,
    incident_map,
    need_plans,
)
from noaber.apps.planner.proposals import asked_by_need, latest_proposal
from noaber.apps.planner.queries import adjustments_of, events_of
from noaber.apps.planner.situation import look
from noaber.apps.registry.coded import hazard_name, territory_name
from noaber.web.clock import now


def incident_context(acting: Acting, incident: Incident, *, need_code: str = "") -> dict[str, Any]:
    """Everything of the page."""
    proposal = latest_proposal(acting, incident)
    base = proposal_context(acting, incident, proposal)
    needs = [plan.need for plan in base["plans"]]
    chosen = need_code if need_code in {need.code for need in needs} else next((need.code for need in needs), "")
    situation = look(acting.organisation, incident, now(), include_unknown=True, asked={})
    able, unable = helper_rows(helpers_by_need(situation).get(chosen, []))
    return base | {
        "hazard": hazard_name(incident.hazard),
        "territory": territory_name(incident.territory),
        "groups": list(incident.groups.all()),
        "tabs": capability_tabs(needs),
        "chosen": chosen,
        "helpers": able,
        "excluded": unable,
        "own_left": sum(row.helper.free for row in able if row.helper.own),
        "neighbours_free": sum(row.helper.free for row in able if not row.helper.own),
        "left_out": situation.left_out,
        "requests": requests_of_case(acting.organisation, incident.number),
        "deployments": deployments_of_case(acting.organisation, incident.number),
        "events": event_rows(events_of(acting.organisation, incident), acting.organisation),
        "map_data": incident_map(incident, base["plans"], proposal),
    }


def proposal_context(acting: Acting, incident: Incident, proposal: Proposal | None) -> dict[str, Any]:
    """The proposal and what may be done with it."""
    is_owner = incident.owner_id == acting.organisation.pk
    may_change = can_change(acting.roles, is_owner=is_owner, is_closed=incident.closed_at is not None)
    adjustments = adjustments_of(acting.organisation, incident)
    needs = list(incident.needs.all())
    asked = asked_by_need(acting, incident) if is_owner else {}
    plans = need_plans(incident, needs, proposal, adjustments, asked)
    drafts = drafts_of_case(acting.organisation, incident.number)
    return {
        "incident": incident,
        "is_owner": is_owner,
        "may_change": may_change,
        "may_send": may_change and acting.may(Permission.SEND_REQUEST),
        "proposal": proposal,
        "plans": plans,
        "pinned_count": sum(1 for adjustment in adjustments if adjustment.kind == "pinned"),
        "removed_count": sum(1 for adjustment in adjustments if adjustment.kind == "removed"),
        "wanted": sum(plan.need.quantity for plan in plans),
        "covered": sum(plan.planned + plan.asked for plan in plans),
        "unknown_lines": sum(1 for plan in plans for line in plan.lines if line.text_unknown),
        "neighbour_lines": sum(1 for plan in plans for line in plan.lines if not line.own),
        "drafts": drafts,
    }
