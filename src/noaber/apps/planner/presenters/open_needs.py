"""What nobody covers, as rows of the desk: which answer left it open, in whose words, and what to do about it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.accounts.acting import Acting
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import RequestDraft
from noaber.apps.exchange.presenters import named, reason_name
from noaber.apps.planner.models import Incident
from noaber.apps.planner.permissions import can_change
from noaber.apps.planner.queries.need_coverage import IncidentCoverage, NeedCoverage
from noaber.apps.planner.queries.requested import Place
from noaber.apps.registry.coded import counted_capability
from noaber.core.messages.model import FreeText
from noaber.core.uncovered import LIVES_AT_STAKE, Because, Loss, Urgency, urgency

HEADS: dict[Because, str | Promise] = {
    Because.REFUSED: gettext_lazy("Refused: %(what)s, %(place)s."),
    Because.WITHDRAWN: gettext_lazy("Withdrawn: %(what)s, %(place)s."),
    Because.RECALLED: gettext_lazy("Recalled: %(what)s, %(place)s."),
    Because.LAPSED: gettext_lazy("Offer ran out: %(what)s, %(place)s."),
    Because.FEWER: gettext_lazy("Fewer offered than asked: %(what)s, %(place)s."),
    Because.UNANSWERED: gettext_lazy("No answer in time: %(what)s, %(place)s."),
}


@dataclass(frozen=True)
class OpenRow:
    """What nobody covers of one need, or of all needs of an incident for which nobody was asked.

    Parameters
    ----------
    codes
        The needs that it is about.
    loss
        The newest answer that left it open; None where nobody was asked.
    reason
        Why, in the words of who answered; `reason_code` is what they chose from the list.
    may_act
        Whether the reader may have a plan proposed, or leave it open.
    teams
        So many teams that nobody covers.
    drafted
        Of these, how many stand in requests that are written and not sent.
    """

    key: str
    text: str
    incident: Incident
    codes: tuple[str, ...]
    order: Urgency
    due_at: datetime.datetime
    since: datetime.datetime
    lives: bool
    loss: Loss | None
    reason: FreeText | None
    reason_code: str
    may_act: bool
    teams: int
    drafted: int

    @property
    def is_drafted(self) -> bool:
        """Whether all of it is written down and waits to be sent: that comes before a new plan."""
        return self.drafted == self.teams

    @property
    def url(self) -> str:
        return reverse("incident", args=[self.incident.number])

    @property
    def next_url(self) -> str:
        """Where the next that fits is looked up: for one need, since each has its own."""
        return f"{self.url}?part=next&need={self.codes[0]}" if len(self.codes) == 1 else ""

    @property
    def rings(self) -> bool:
        """Whether an open desk sounds: help on which lives depend was lost."""
        return self.lives and self.loss is not None


def open_rows(
    acting: Acting, found: Iterable[IncidentCoverage], drafted: Mapping[Place, int] | None = None
) -> list[OpenRow]:
    """What nobody covers: the gravest incident first, then the priority of the need, then the time left.

    `drafted` counts the teams of each need that stand in requests not sent yet.
    """
    rows = [row for one in found if one.incident.closed_at is None for row in _rows_of(acting, one, drafted or {})]
    return sorted(rows, key=lambda row: row.order)


def drafted_teams(drafts: Iterable[RequestDraft]) -> Counter[Place]:
    """How many teams of each need stand in these drafts."""
    teams: Counter[Place] = Counter()
    for draft in drafts:
        for line in decode_lines(draft.lines):
            teams[draft.case_id, line.need_id] += line.quantity
    return teams


def _rows_of(acting: Acting, found: IncidentCoverage, drafted: Mapping[Place, int]) -> Iterator[OpenRow]:
    lost = [one for one in found.open if one.uncovered and one.uncovered.loss]
    unasked = [one for one in found.open if one.uncovered and not one.uncovered.loss and not one.was_asked]
    again = [one for one in found.open if one.uncovered and not one.uncovered.loss and one.was_asked]
    for one in (*lost, *again):
        yield _row(acting, found.incident, [one], drafted)
    if unasked:
        yield _row(acting, found.incident, unasked, drafted)


def _row(acting: Acting, incident: Incident, needs: list[NeedCoverage], drafted: Mapping[Place, int]) -> OpenRow:
    first = min(needs, key=lambda one: (one.need.priority, one.needed_by))
    loss = first.uncovered.loss if first.uncovered else None
    codes = tuple(one.need.code for one in needs)
    return OpenRow(
        key=f"open-{incident.number}-{'-'.join(codes)}",
        text=_head(incident, needs, loss),
        incident=incident,
        codes=codes,
        order=urgency(incident.severity, first.need.priority, first.needed_by),
        due_at=first.needed_by,
        since=loss.at if loss else incident.opened_at,
        lives=first.need.priority == LIVES_AT_STAKE,
        loss=loss,
        reason=FreeText(loss.reason, loss.language or "und") if loss and loss.reason else None,
        reason_code=reason_name(loss.reason_code) if loss and loss.reason_code else "",
        may_act=can_change(acting.roles, is_owner=incident.owner_id == acting.organisation.pk, is_closed=False),
        teams=sum(_open_teams(one) for one in needs),
        drafted=sum(min(drafted.get((incident.number, one.need.code), 0), _open_teams(one)) for one in needs),
    )


def _open_teams(one: NeedCoverage) -> int:
    return one.uncovered.teams if one.uncovered else 0


def _head(incident: Incident, needs: list[NeedCoverage], loss: Loss | None) -> str:
    """Refused: 1 helicopter, Pepinster. Nobody covers it now."""
    open_now = _counted((one.need.capability, one.uncovered.teams) for one in needs if one.uncovered)
    if loss is None and not any(one.was_asked for one in needs):
        return _("Nobody was asked: %(what)s, %(place)s.") % {"what": open_now, "place": incident.place}
    first = needs[0]
    teams = _open_teams(first)
    lost = min(loss.teams or teams, teams) if loss else teams
    head = HEADS[loss.because] if loss else gettext_lazy("Still to be asked: %(what)s, %(place)s.")
    what = named(counted_capability(lost, first.need.capability), loss.team if loss else "")
    said = str(head) % {"what": what, "place": incident.place}
    rest = _("Nobody covers it now.") if lost == teams else _("Nobody covers %(what)s now.") % {"what": open_now}
    return f"{said} {rest}"


def _counted(wants: Iterable[tuple[str, int]]) -> str:
    return ", ".join(counted_capability(teams, capability) for capability, teams in wants)
