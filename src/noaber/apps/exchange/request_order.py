"""The list of requests in the order that its reader asks for, made by the database.

What covers a line is said by `core.coverage`. The same rule stands here once more, in expressions, since only the
database can sort a list of which one page is shown; the tests hold the two against each other.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.lookups import GreaterThan

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.models import Deployment, Offer, Request, RequestLine
from noaber.core.coverage import COVERING, Standing, deployment_standing, offer_standing
from noaber.core.messages.states import OPEN_REQUESTS, DeploymentState, OfferState, RequestState

PARTS: Final = ("in_time", "late", "unknown", "missing")
"""Of the teams that a request asks for, by which its list may be sorted."""
_PLAIN: Final = {
    "sent": "sent_at",
    "asks": "consumer__code",
    "helps": "supplier__code",
    "case": "case_id",
    "due": "due_at",
}
_COMING_OFFERS: Final = [one.value for one in OfferState if offer_standing(one) in COVERING]
_AT_WORK: Final = {
    one.value: deployment_standing(one, has_arrived=True, is_taken_back=False) for one in DeploymentState
}
_COMING_DEPLOYMENTS: Final = [state for state, standing in _AT_WORK.items() if standing in COVERING]
_DONE_DEPLOYMENTS: Final = [state for state, standing in _AT_WORK.items() if standing is Standing.DONE]


def in_order(
    found: QuerySet[Request], organisation: Organisation, key: str, *, descending: bool, at: datetime.datetime
) -> QuerySet[Request]:
    """The requests by a column; unknown values come last in both directions, equals the newest first."""
    by = F("sorted_by")
    order = by.desc(nulls_last=True) if descending else by.asc(nulls_last=True)
    return found.annotate(sorted_by=_value(organisation, key, at)).order_by(order, "-sent_at", "message_id")


def _value(organisation: Organisation, key: str, at: datetime.datetime) -> Any:
    if key == "state":
        return _state_rank(at)
    if key == "needed":
        first = _lines(organisation).values("request_id").annotate(first=Min("needed_at")).values("first")
        return Subquery(first, output_field=DateTimeField())
    return _part(organisation, key, at) if key in PARTS else F(_PLAIN[key])


def _state_rank(at: datetime.datetime) -> Case:
    """The place of its word among all words for states, as the reader's language sorts them."""
    said = {
        (state, is_alert): str(words.request_label(state, is_alert=is_alert).text).casefold()
        for state in RequestState
        for is_alert in (False, True)
    }
    ranks = {word: rank for rank, word in enumerate(sorted(set(said.values())))}
    open_states = [state.value for state in OPEN_REQUESTS if state is not RequestState.COVERED]
    has_run_out = Q(state__in=open_states, expires_at__lt=at)
    expired = (
        When(has_run_out & Q(is_alert=is_alert), then=Value(ranks[said[RequestState.EXPIRED, is_alert]]))
        for is_alert in (False, True)
    )
    kept = (
        When(state=state.value, is_alert=is_alert, then=Value(ranks[word])) for (state, is_alert), word in said.items()
    )
    return Case(*expired, *kept, output_field=IntegerField())


def _lines(organisation: Organisation) -> QuerySet[RequestLine]:
    """Those of the request around them, as far as the reader may know of them."""
    return RequestLine.objects.visible_to(organisation).filter(request_id=OuterRef("pk")).order_by()


def _part(organisation: Organisation, part: str, at: datetime.datetime) -> Case:
    """One part of the coverage, of the lines that the reader may know of together.

    None where nothing came and nothing is wanted any more: there the state says all.
    """
    lines = _lines(organisation)
    came = _total(lines, _done() + _coming(Q(), at))
    says = Q(state__in=[state.value for state in OPEN_REQUESTS]) | GreaterThan(came, Value(0))
    return Case(When(says, then=_total(lines, _of_line_part(part, at))), output_field=IntegerField())


def _of_line_part(part: str, at: datetime.datetime) -> Any:
    """Of one line: each team once, and never more than are asked for; those in time first, then the late ones."""
    left = Greatest(F("quantity") - _done(), Value(0), output_field=IntegerField())
    in_time = _coming(Q(wanted=None) | Q(arrives__lte=F("wanted")), at)
    timed = _coming(Q(wanted=None) | Q(arrives__isnull=False), at)
    match part:
        case "in_time":
            return _least(left, in_time)
        case "late":
            return _least(left, timed) - _least(left, in_time)
        case "unknown":
            return _least(left, _coming(Q(), at)) - _least(left, timed)
        case _:
            return left - _least(left, _coming(Q(), at))


def _total(lines: QuerySet[RequestLine], of_line: Any) -> Any:
    summed = lines.annotate(teams=of_line).values("request_id").annotate(total=Sum("teams")).values("total")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))


def _least(one: Any, other: Any) -> Any:
    return Least(one, other, output_field=IntegerField())


def _done() -> Any:
    """Teams released after their work, of the line around."""
    worked = {"state__in": _DONE_DEPLOYMENTS, "arrived_at__isnull": False, "is_taken_back": False}
    return _sum(Deployment.objects.filter(**worked).annotate(teams=F("quantity")))


def _coming(arrival: Q, at: datetime.datetime) -> Any:
    """Teams that come to the line around, while they are of use, and at such a time."""
    of_use = Q(arrives=None) | Q(latest=None) | Q(arrives__lte=F("latest"))
    line = {"wanted": _of_line("needed_at"), "latest": _of_line("latest_at")}
    standing = Offer.objects.filter(state__in=_COMING_OFFERS).exclude(state=OfferState.OFFERED, valid_until__lt=at)
    ordered = Case(When(accepted_quantity__gt=0, then=F("accepted_quantity")), default=F("quantity"))
    offers = standing.annotate(arrives=F("estimated_arrival_at"), teams=ordered, **line)
    sent = Deployment.objects.filter(state__in=_COMING_DEPLOYMENTS).annotate(
        arrives=Coalesce("arrived_at", "estimated_arrival_at"), teams=F("quantity"), **line
    )
    return _sum(offers.filter(of_use, arrival)) + _sum(sent.filter(of_use, arrival))


def _of_line(moment: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(OuterRef(moment), output_field=DateTimeField())


def _sum(rows: QuerySet[Any]) -> Any:
    """The `teams` of the rows of the line around."""
    of_line = rows.filter(thread_id=OuterRef("request__thread_id"), line_id=OuterRef("pk")).order_by()
    summed = of_line.values("line_id").annotate(total=Sum("teams")).values("total")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))
