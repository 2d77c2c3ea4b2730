"""Rows of the list of incidents, and the log of an incident as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident, IncidentEvent
from noaber.apps.planner.queries.need_coverage import IncidentCoverage, coverages_of, incident_order
from noaber.apps.registry.coded import capability_name, counted_capability, hazard_name
from noaber.core.coverage import Coverage
from noaber.core.messages.model import FreeText
from noaber.core.uncovered import Urgency
from noaber.web import wording
from noaber.web.covering import coverage_in_words

EVENT_WORDS: dict[str, str | Promise] = {
    EventKind.OPENED: gettext_lazy("opens the incident"),
    EventKind.CHANGED: gettext_lazy("changes the incident"),
    EventKind.NEED_ADDED: gettext_lazy("adds a need: %(what)s"),
    EventKind.NEED_CHANGED: gettext_lazy("changes a need to %(what)s"),
    EventKind.DEADLINE_MOVED: gettext_lazy("moves the deadline for %(what)s from %(from)s to %(to)s"),
    EventKind.NEED_REMOVED: gettext_lazy("takes a need away: %(what)s"),
    EventKind.NEAR_MISS_ACCEPTED: gettext_lazy("accepts %(what)s, %(unit)s, for %(covers)s"),
    EventKind.PROPOSED: gettext_lazy("has a plan proposed"),
    EventKind.LINE_REMOVED: gettext_lazy("takes %(unit)s out of the plan"),
    EventKind.LINE_RESTORED: gettext_lazy("puts %(unit)s back into the plan"),
    EventKind.LINE_PINNED: gettext_lazy("pins %(unit)s"),
    EventKind.LINE_UNPINNED: gettext_lazy("lets %(unit)s go free again"),
    EventKind.DRAFTED: gettext_lazy("drafts requests to %(suppliers)s"),
    EventKind.ALERTED: gettext_lazy("alerts own teams: %(teams)s"),
    EventKind.SHARED: gettext_lazy("changes with whom the incident is shared"),
    EventKind.GAP_ACCEPTED: gettext_lazy("accepts that this stays missing: %(what)s"),
    EventKind.CLOSED: gettext_lazy("closes the incident"),
    EventKind.REOPENED: gettext_lazy("opens the incident again"),
}
"""What was done, as the end of a sentence that begins with who did it."""

USELESS_WORDS = gettext_lazy("moves the moment after which %(what)s would be of no use from %(from)s to %(to)s")


@dataclass(frozen=True)
class EventRow:
    pk: int
    at: datetime.datetime
    who: str
    organisation: str
    own: bool
    text: str
    reason: FreeText | None


def event_rows(events: Iterable[IncidentEvent], organisation: Organisation) -> list[EventRow]:
    """The log as sentences."""
    return [_event_row(event, organisation) for event in events]


def _event_row(event: IncidentEvent, organisation: Organisation) -> EventRow:
    params = event.params
    what = counted_capability(params["quantity"], params["capability"]) if "capability" in params else ""
    reason = params.get("reason", "")
    return EventRow(
        pk=event.pk,
        at=event.at,
        who=event.by.display_name,
        organisation=event.organisation.code,
        own=event.organisation_id == organisation.pk,
        text=str(USELESS_WORDS if params.get("what_moves") == "useless_after" else EVENT_WORDS[event.kind])
        % {
            "what": what,
            "unit": params.get("name") or params.get("unit", ""),
            "suppliers": ", ".join(params.get("suppliers", [])),
            **_moments(params),
            "covers": counted_capability(params["covers"], params["wanted"]) if "covers" in params else "",
            "teams": ", ".join(f"{quantity} × {name}" for name, quantity in params.get("teams", [])),
        },
        reason=FreeText(reason, params.get("language") or "und") if reason else None,
    )


def _moments(params: Mapping[str, Any]) -> dict[str, str]:
    """From when to when a deadline was moved; a moment that was not said is unknown."""
    said = {name: params.get(name) for name in ("from", "to")}
    return {
        name: wording.moment_in_full(datetime.datetime.fromisoformat(moment)) if moment else _("unknown")
        for name, moment in said.items()
    }


@dataclass(frozen=True)
class IncidentRow:
    """One row of a list of incidents; `found` is None for those of others, whose requests one does not see."""

    incident: Incident
    hazard: str
    needs: str
    found: IncidentCoverage | None = None

    @property
    def order(self) -> Urgency:
        return incident_order(self.incident, self.found)

    @property
    def coverage(self) -> Coverage | None:
        """What is covered; None where nothing is needed, or where it cannot be told."""
        return self.found.coverage if self.found and self.found.needs else None

    @property
    def needed_by(self) -> datetime.datetime | None:
        return self.found.needed_by if self.found else None

    @property
    def is_complete(self) -> bool:
        return self.coverage is not None and self.coverage.is_complete

    @property
    def missing(self) -> int | None:
        """What a list is sorted by: what is missing weighs more than what is late."""
        return None if self.coverage is None else self.coverage.missing * 1000 + self.coverage.late

    @property
    def coverage_words(self) -> str:
        return "" if self.coverage is None else coverage_in_words(self.coverage)

    @property
    def uncovered(self) -> str:
        """The needs for which nobody comes at all, where somebody comes for others: helicopter with winch."""
        asked = [one for one in self.found.needs if one.coverage.asked] if self.found else []
        none = [one for one in asked if not one.coverage.covered]
        if len(none) == len(asked):
            return ""
        return ", ".join(capability_name(one.need.capability) for one in none)


def incident_rows(
    incidents: Iterable[Incident], organisation: Organisation, at: datetime.datetime
) -> list[IncidentRow]:
    """Rows of incidents whose needs were read beforehand."""
    listed = list(incidents)
    found = coverages_of(organisation, listed, at)
    return [incident_row(incident, found.get(incident.pk)) for incident in listed]


def incident_row(incident: Incident, found: IncidentCoverage | None) -> IncidentRow:
    needs = ", ".join(counted_capability(need.quantity, need.capability) for need in incident.needs.all())
    return IncidentRow(incident, hazard_name(incident.hazard), needs, found)
