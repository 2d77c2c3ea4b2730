"""What waits between two organisations, as the desk tells it: one row for what one visit settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.models import Deployment, Offer, Request, RequestLine, Waiting, slug_of
from noaber.apps.exchange.presenters import counted_lines, first_needed, named
from noaber.apps.registry.coded import counted_capability
from noaber.core.messages.thread import WaitCode

UNANSWERED: Final = {WaitCode.ACKNOWLEDGE, WaitCode.ANSWER_LINE, WaitCode.CONFIRM_ALERT}
"""Steps before which nobody knows yet that the teams come."""


@dataclass(frozen=True)
class WaitRow:
    """Something that waits: who owes it, what, since when, until when, and where to do it.

    Parameters
    ----------
    since, due_at
        The earliest of what the row holds; `due_at` is None where nothing has a limit.
    needed_by
        When the first of the teams has to be there, while the request for them waits for an answer; else None.
    """

    party: Organisation
    other: Organisation
    code: WaitCode
    text: str
    since: datetime
    due_at: datetime | None
    needed_by: datetime | None
    url: str
    case_id: str
    rings: bool

    @property
    def is_calm(self) -> bool:
        """It runs its course; nobody has to decide anything now."""
        return self.code in words.CALM_WAITS


def wait_rows(waits: Sequence[Waiting], organisation: Organisation) -> list[WaitRow]:
    """Rows of the desk: what the organisation owes, or is owed, in the order in which each is first met."""
    subjects = _Subjects(waits)
    tasks: dict[object, list[Waiting]] = {}
    for wait in waits:
        tasks.setdefault(wait.task, []).append(wait)
    return [_wait_row(together, organisation, subjects) for together in tasks.values()]


def _wait_row(waits: Sequence[Waiting], organisation: Organisation, subjects: _Subjects) -> WaitRow:
    first = waits[0]
    code = WaitCode(first.code)
    what = ", ".join(dict.fromkeys(subjects.describe(wait) for wait in waits))
    return WaitRow(
        party=first.party,
        other=first.other_than(organisation),
        code=code,
        text=str(words.WAITS[code]) % {"what": what},
        since=min(wait.since for wait in waits),
        due_at=min((wait.due_at for wait in waits if wait.due_at), default=None),
        needed_by=min(filter(None, map(subjects.needed_by, waits)), default=None) if code in UNANSWERED else None,
        url=subjects.url(first),
        case_id=first.case_id,
        rings=first.party_id == organisation.pk and code in (WaitCode.ACKNOWLEDGE, WaitCode.CONFIRM_ALERT),
    )


@dataclass
class _Subjects:
    """The things that some waits are about, read in four queries."""

    waits: Sequence[Waiting]
    requests: dict[str, Request] = field(init=False)
    deployments: dict[str, Deployment] = field(init=False)
    offers: dict[str, Offer] = field(init=False)

    def __post_init__(self) -> None:
        threads = {wait.thread_id for wait in self.waits}
        found = Request.objects.filter(pk__in=threads).prefetch_related("lines")
        self.requests = {request.pk: request for request in found}
        ids = {wait.subject_id for wait in self.waits}
        self.deployments = {item.pk: item for item in Deployment.objects.filter(pk__in=ids)}
        self.offers = {offer.pk: offer for offer in Offer.objects.filter(pk__in=ids)}

    def describe(self, wait: Waiting) -> str:
        if deployment := self.deployments.get(wait.subject_id):
            teams = _teams(deployment.quantity, deployment)
            if wait.code != WaitCode.GIVE_PAPERS:
                return teams
            missing = words.missing_papers(deployment.missing_papers)
            return _("%(papers)s missing, due before departure (%(teams)s)") % {"papers": missing, "teams": teams}
        if offer := self.offers.get(wait.subject_id):
            return _teams(offer.accepted_quantity or offer.quantity, offer)
        return counted_lines(self._lines(wait))

    def needed_by(self, wait: Waiting) -> datetime | None:
        return first_needed(self._lines(wait))

    def _lines(self, wait: Waiting) -> list[RequestLine]:
        """The line that the wait is about, else all of its request."""
        request = self.requests.get(wait.thread_id)
        lines = list(request.lines.all()) if request is not None else []
        return [line for line in lines if line.pk == wait.subject_id] or lines

    def url(self, wait: Waiting) -> str:
        if deployment := self.deployments.get(wait.subject_id):
            return deployment.get_absolute_url()
        return reverse("request", args=[slug_of(wait.thread_id)])


def _teams(quantity: int, thing: Deployment | Offer) -> str:
    return named(counted_capability(quantity, thing.capability), thing.team_name)
