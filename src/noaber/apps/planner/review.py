"""The last look before sending: each draft of an incident, what it stands on, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.queries import drafts_of_case
from noaber.apps.exchange.services.drafts import find_draft_problems, send_request
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters import agreement_title, cost_of
from noaber.apps.registry.coded import counted_capability
from noaber.core.problems import Problem


@dataclass(frozen=True)
class ReviewRow:
    """One draft as the page shows it."""

    draft: RequestDraft
    lines: list[str]
    title: str
    cost: str
    cost_unknown: bool
    problems: list[Problem]

    @property
    def unsigned(self) -> bool:
        return self.draft.needs_sign_off and self.draft.state != DraftState.AUTHORISED

    @property
    def ready(self) -> bool:
        return not self.problems and not self.unsigned


def review_rows(acting: Acting, incident: Incident) -> list[ReviewRow]:
    return [_row(draft) for draft in drafts_of_case(acting.organisation, incident.number)]


def _row(draft: RequestDraft) -> ReviewRow:
    cost, unknown = cost_of(draft.agreement) if draft.agreement else ("", False)
    return ReviewRow(
        draft=draft,
        lines=[counted_capability(line.quantity, line.capability) for line in decode_lines(draft.lines)],
        title=agreement_title(draft.agreement) if draft.agreement else "",
        cost=cost,
        cost_unknown=unknown,
        problems=find_draft_problems(draft),
    )


@transaction.atomic
def send_ready(acting: Acting, incident: Incident) -> int:
    """Send what is ready; answers how many."""
    ready = [row.draft for row in review_rows(acting, incident) if row.ready]
    for draft in ready:
        send_request(acting, draft)
    return len(ready)
