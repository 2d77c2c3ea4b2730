"""The last look before sending: each draft of an incident, what it stands on, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.legal import HOME_COST
from noaber.apps.exchange.models import DraftState, RequestDraft
from noaber.apps.exchange.queries import drafts_of_case
from noaber.apps.exchange.services.drafts import find_draft_problems, ground_of, send_request
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.texts import cost_words, title_of
from noaber.apps.planner.services.incidents import lock_incident
from noaber.apps.registry.coded import counted_capability
from noaber.core.problems import Problem


@dataclass(frozen=True)
class ReviewRow:
    """One draft as the page shows it."""

    draft: RequestDraft
    lines: list[str]
    title: str
    text_unknown: bool
    is_home: bool
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
    return [review_row(acting, draft) for draft in drafts_of_case(acting.organisation, incident.number)]


def review_row(acting: Acting, draft: RequestDraft) -> ReviewRow:
    """A draft with what it stands on, who pays and what it lacks."""
    ground = ground_of(draft, reader=acting.organisation)
    cost, cost_unknown = cost_words(draft.cost_rule)
    return ReviewRow(
        draft=draft,
        lines=[counted_capability(line.quantity, line.capability) for line in decode_lines(draft.lines)],
        title=title_of(ground.agreement.title) if ground.agreement else "",
        text_unknown=bool(ground.basis and ground.basis.doubts),
        is_home=draft.cost_rule == HOME_COST,
        cost=cost,
        cost_unknown=cost_unknown,
        problems=find_draft_problems(draft),
    )


@transaction.atomic
def send_ready(acting: Acting, incident: Incident) -> int:
    """Send what is ready; answers how many. A colleague who does this at the same moment finds nothing left."""
    acting.check_may(Permission.SEND_REQUEST)
    lock_incident(incident)
    ready = [row.draft for row in review_rows(acting, incident) if row.ready]
    for draft in ready:
        send_request(acting, draft)
    return len(ready)
