"""What has come of the lines of requests at a moment: what covers each, what is hoped for, and what was lost."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.coded_words import read_reason
from noaber.apps.exchange.models import Deployment, Offer, Request, RequestLine
from noaber.core.coverage import Cover, Coverage, Standing, cover, deployment_standing, offer_standing, total
from noaber.core.messages.model import FreeText
from noaber.core.messages.states import OPEN_REQUESTS, DeploymentState, OfferState, RequestState
from noaber.core.uncovered import Because, Loss

_LINE_FIELDS = (
    "pk",
    "request_id",
    "capability",
    "quantity",
    "needed_at",
    "latest_at",
    "need_id",
    "is_answered",
    "request__case_id",
    "request__state",
    "request__expires_at",
    "request__supplier__code",
)
_OFFER_FIELDS = (
    "line_id",
    "state",
    "quantity",
    "accepted_quantity",
    "estimated_arrival_at",
    "valid_until",
    "changed_at",
    "supplier__code",
    "reason_code",
    "reason_text",
    "reason_language",
    "thread_id",
    "team_name",
)
_DEPLOYMENT_FIELDS = (
    "line_id",
    "state",
    "quantity",
    "estimated_arrival_at",
    "arrived_at",
    "is_taken_back",
    "changed_at",
    "supplier__code",
    "reason_text",
    "reason_language",
    "thread_id",
    "team_name",
)
_LOST = {
    OfferState.DECLINED: Because.REFUSED,
    OfferState.WITHDRAWN: Because.WITHDRAWN,
    OfferState.LAPSED: Because.LAPSED,
}


@dataclass
class LineStanding:
    """One line of a request, with what has come of it.

    Parameters
    ----------
    is_open
        Whether the request may still bring something.
    """

    line_id: str
    request_id: str
    capability: str
    quantity: int
    needed_at: datetime.datetime | None
    latest_at: datetime.datetime | None
    need_id: str
    is_answered: bool
    case_id: str
    supplier: str
    is_open: bool
    covers: list[Cover] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    answered: int = 0
    """Teams that its answers named and that were not taken back since."""
    answered_at: datetime.datetime | None = None

    def take(self, came: _Came) -> None:
        """Count an offer or a deployment."""
        self.covers += [came.cover] if came.cover else []
        if came.loss:  # who declines a whole line may name no number
            self.losses.append(replace(came.loss, teams=min(came.loss.teams or self.quantity, self.quantity)))
        if came.teams:
            self.answered += came.teams
            self.answered_at = max(came.at, self.answered_at or came.at)

    @property
    def coverage(self) -> Coverage:
        return cover(self.quantity, self.covers, needed_by=self.needed_at, useless_after=self.latest_at)

    @property
    def pending(self) -> int:
        """Teams asked for, and not answered yet; who took an offer back has answered, even if they may offer again."""
        return self.quantity if self.is_open and not self.is_answered and not self.losses else 0

    @property
    def hoped(self) -> int:
        """Teams that it may still bring or has brought: asked for and not answered, promised, come, or done."""
        brought = sum(one.quantity for one in self.covers if one.standing is not Standing.GONE)
        return min(self.quantity, self.pending + brought)


def standing_of_cases(
    consumer: Organisation, case_ids: Sequence[str], at: datetime.datetime
) -> dict[tuple[str, str], list[LineStanding]]:
    """The lines that an organisation sent for some incidents, by incident and need, in three statements."""
    if not case_ids:
        return {}
    found: dict[tuple[str, str], list[LineStanding]] = defaultdict(list)
    for line in _standings({"consumer": consumer, "case_id__in": case_ids}, at):
        found[line.case_id, line.need_id].append(line)
    return found


def standing_of_requests(request_ids: Iterable[str], at: datetime.datetime) -> dict[str, list[LineStanding]]:
    """The lines of requests that the reader was found to see, by request, in three statements."""
    ids = list(request_ids)
    found: dict[str, list[LineStanding]] = defaultdict(list)
    for line in _standings({"thread_id__in": ids}, at) if ids else ():
        found[line.request_id].append(line)
    return found


@dataclass(frozen=True)
class RequestStanding:
    """What has come of all lines of a request together.

    Parameters
    ----------
    needed_at
        The first deadline that is not met yet; where all are, the first of them; None where none was said.
    is_wanted
        Whether it was neither closed, cancelled nor superseded.
    """

    coverage: Coverage
    needed_at: datetime.datetime | None
    is_wanted: bool

    @property
    def says_something(self) -> bool:
        """Where nothing came and nothing is wanted any more, its state says all."""
        return self.is_wanted or bool(self.coverage.covered or self.coverage.done)


def standings_of(requests: Iterable[Request], at: datetime.datetime) -> dict[str, RequestStanding]:
    """What has come of requests that the reader was found to see, by their key, in three statements.

    Only of the lines that came with each: who reads it for its teams may know of no other, not even their number.
    """
    listed = list(requests)
    seen = {line.pk for request in listed for line in request.lines.all()}
    lines = standing_of_requests([request.thread_id for request in listed], at)
    return {
        request.pk: _standing_of(request, [line for line in lines.get(request.pk, []) if line.line_id in seen])
        for request in listed
    }


def _standing_of(request: Request, lines: Sequence[LineStanding]) -> RequestStanding:
    short = [line.needed_at for line in lines if line.needed_at and not line.coverage.is_complete]
    first = min(short or [line.needed_at for line in lines if line.needed_at], default=None)
    return RequestStanding(total(line.coverage for line in lines), first, request.is_open)


Scope = dict[str, Any]


def _standings(scope: Scope, at: datetime.datetime) -> list[LineStanding]:
    of_request = {f"request__{name}": value for name, value in scope.items()}
    rows = RequestLine.objects.filter(**of_request).order_by("request__sent_at", "request_id", "position")
    lines = {row[0]: _line(*row, at=at) for row in rows.values_list(*_LINE_FIELDS)}
    if not lines:
        return []
    for came in (*_offered(scope, at), *_deployed(scope)):
        if came.line_id in lines:
            lines[came.line_id].take(came)
    for line in lines.values():
        line.losses += _fewer(line)
    return list(lines.values())


def _line(
    pk: str,
    request_id: str,
    capability: str,
    quantity: int,
    needed_at: datetime.datetime | None,
    latest_at: datetime.datetime | None,
    need_id: str,
    is_answered: bool,
    case_id: str,
    state: str,
    expires_at: datetime.datetime | None,
    supplier: str,
    *,
    at: datetime.datetime,
) -> LineStanding:
    is_wanted = RequestState(state) in OPEN_REQUESTS
    has_run_out = expires_at is not None and expires_at < at
    losses = []
    if is_wanted and has_run_out and not is_answered and expires_at is not None:
        losses.append(Loss(Because.UNANSWERED, supplier, expires_at, request_id=request_id, teams=quantity))
    return LineStanding(
        line_id=pk,
        request_id=request_id,
        capability=capability,
        quantity=quantity,
        needed_at=needed_at,
        latest_at=latest_at,
        need_id=need_id,
        is_answered=is_answered,
        case_id=case_id,
        supplier=supplier,
        is_open=is_wanted and not has_run_out,
        losses=losses,
    )


@dataclass(frozen=True)
class _Came:
    """An offer or a deployment: the teams that its answer named, what it covers, and what was lost with it."""

    line_id: str
    at: datetime.datetime
    teams: int = 0
    cover: Cover | None = None
    loss: Loss | None = None


def _offered(scope: Scope, at: datetime.datetime) -> Iterator[_Came]:
    for row in Offer.objects.filter(**scope).exclude(line_id="").order_by().values_list(*_OFFER_FIELDS):
        line_id, stored, quantity, ordered, arrival, valid_until, changed_at, supplier, code, text, *rest = row
        language, key, team = rest
        state, since = OfferState(stored), changed_at
        if state is OfferState.OFFERED and valid_until is not None and valid_until < at:
            state, since = OfferState.LAPSED, valid_until
        standing, because = offer_standing(state), _LOST.get(state)
        yield _Came(
            line_id,
            since,
            teams=0 if because else quantity,
            cover=None if standing is Standing.GONE else Cover(ordered or quantity, arrival, standing),
            loss=Loss(because, supplier, since, text, language, code, key, quantity, team) if because else None,
        )


def _deployed(scope: Scope) -> Iterator[_Came]:
    for row in Deployment.objects.filter(**scope).exclude(line_id="").order_by().values_list(*_DEPLOYMENT_FIELDS):
        line_id, state, quantity, arrival, arrived_at, taken_back, changed_at, supplier, text, language, *rest = row
        key, team = rest
        standing = deployment_standing(
            DeploymentState(state), has_arrived=arrived_at is not None, is_taken_back=taken_back
        )
        lost = None
        if taken_back:
            lost = Loss(Because.RECALLED, supplier, changed_at, *_said(text, language), key, quantity, team)
        yield _Came(line_id, changed_at, cover=Cover(quantity, arrived_at or arrival, standing), loss=lost)


def _said(text: str, language: str) -> tuple[str, str, str]:
    """The rest of a text that may begin with a coded reason, its language, and the code."""
    code, rest = read_reason(FreeText(text, language)) if text else ("", None)
    return rest.text if rest else "", language, code


def _fewer(line: LineStanding) -> list[Loss]:
    """The answer that brings some teams, but fewer than the line asks for, where nothing else was lost."""
    if line.losses or line.answered_at is None or not 0 < line.answered < line.quantity:
        return []
    return [
        Loss(
            Because.FEWER,
            line.supplier,
            line.answered_at,
            request_id=line.request_id,
            teams=line.quantity - line.answered,
        )
    ]
