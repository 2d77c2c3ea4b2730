"""Reads for the pages of exchanges; each begins with what the reader may see."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.placements.enums import PlacementState
from noaber.apps.placements.models import (
    ExchangeApplication,
    ExchangeCall,
    ExchangePlacement,
    ExchangeProgramme,
    HostPlace,
    MatchingRun,
    levels_of,
    period_of,
)
from noaber.core.edits import digest_of
from noaber.core.placements.market import Applicant, Market, Period, Place
from noaber.core.placements.rules import broken_rules
from noaber.core.problems import NotFound

NEXT: Final = 8


@dataclass(frozen=True)
class RankedApplicant:
    """An applicant as a host has ranked them so far; `reason` where it does not take them."""

    application: ExchangeApplication
    rank: int | None
    reason: str

    @property
    def is_new(self) -> bool:
        return self.rank is None and not self.reason


def list_programmes(reader: Organisation) -> QuerySet[ExchangeProgramme]:
    return ExchangeProgramme.objects.visible_to(reader).select_related("owner")


def list_calls(reader: Organisation) -> QuerySet[ExchangeCall]:
    """The calls that `reader` sees, with how many places each offers."""
    rows = ExchangeCall.objects.all().visible_to(reader)
    counted: QuerySet[ExchangeCall] = rows.select_related("programme__owner").annotate(
        place_count=Count("places", distinct=True)
    )
    return counted


def get_programme(reader: Organisation, pk: int) -> ExchangeProgramme:
    return ExchangeProgramme.objects.select_related("owner").get_visible(reader, pk=pk)


def get_call(reader: Organisation, pk: int) -> ExchangeCall:
    """The call, or `NotFound`."""
    found = list_calls(reader).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def get_place(reader: Organisation, pk: int) -> HostPlace:
    """The host place of a call that `reader` sees, or `NotFound`."""
    place = HostPlace.objects.filter(pk=pk).select_related("organisation", "call__programme__owner").first()
    if place is None:
        raise NotFound
    place.call = get_call(reader, place.call_id)
    return place


def list_places(call: ExchangeCall) -> QuerySet[HostPlace]:
    return call.places.select_related("organisation").prefetch_related("periods")


def places_between(
    reader: Organisation, begins: datetime.date, ends: datetime.date, stays: Iterable[ExchangePlacement]
) -> QuerySet[HostPlace]:
    """The host places that `reader` sees and that can be taken in these days, or of which `stays` are."""
    offered = Q(periods__begins_on__lte=ends, periods__ends_on__gte=begins)
    taken = Q(pk__in=[record.place_id for record in stays])
    seen = HostPlace.objects.filter(call__in=list_calls(reader).values("pk")).filter(offered | taken).distinct()
    return seen.select_related("organisation", "call").prefetch_related("periods")


def list_applications(acting: Acting, call: ExchangeCall | None = None) -> QuerySet[ExchangeApplication]:
    """The applications that someone may read: nobody's but of who works on the cooperation."""
    rows: QuerySet[ExchangeApplication] = ExchangeApplication.objects.all().seen_for(keeps(acting.organisation))
    if not acting.may(Permission.COOPERATE):
        return rows.none()
    rows = rows.select_related("organisation", "call__programme__owner").prefetch_related("wishes__place__organisation")
    return rows if call is None else rows.filter(call=call)


def get_application(acting: Acting, pk: int) -> ExchangeApplication:
    """The application, or `NotFound`: that someone applied is not told to others either."""
    found = list_applications(acting).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def due_for_erasure(call: ExchangeCall, today: datetime.date) -> QuerySet[ExchangeApplication]:
    """Those whose personal data are kept no longer."""
    return call.applications.filter(kept_until__lt=today, erased=False)


def list_placements(reader: Organisation) -> QuerySet[ExchangePlacement]:
    return ExchangePlacement.objects.visible_to(reader).select_related(
        "owner", "application__organisation", "application__call__programme", "place__organisation"
    )


def coming_placements(reader: Organisation, today: datetime.date) -> QuerySet[ExchangePlacement]:
    """The next stays that are planned or under way."""
    ahead = (PlacementState.PLANNED, PlacementState.CONFIRMED)
    return list_placements(reader).filter(ends_on__gte=today, state__in=ahead)[:NEXT]


def get_placement(reader: Organisation, pk: int) -> ExchangePlacement:
    """The placement, or `NotFound`."""
    found = list_placements(reader).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def get_matching(call: ExchangeCall) -> MatchingRun | None:
    return MatchingRun.objects.filter(call=call).select_related("organisation").first()


def to_rank(place: HostPlace) -> list[RankedApplicant]:
    """Who wishes to come and may by the rules: the ranked in their order, then the new, then those not taken."""
    ranks = {row.application_id: row for row in place.ranks.all()}
    coded = code_place(place)
    wished = place.wishes.select_related("application__organisation").prefetch_related("application__wishes")
    found = []
    for wish in wished:
        if not broken_rules(code_applicant(wish.application), coded):
            row = ranks.get(wish.application_id)
            found.append(RankedApplicant(wish.application, row.rank if row else None, row.reason if row else ""))
    return sorted(found, key=lambda one: (bool(one.reason), one.rank or 10_000, one.application.number))


def ranking_digest(place: HostPlace) -> str:
    """What tells one ranking of a host from another."""
    ranks = place.ranks.order_by("application_id").values_list("application_id", "rank", "reason")
    return digest_of(tuple(f"{application}:{rank}:{reason}" for application, rank, reason in ranks))


def read_market(call: ExchangeCall) -> Market:
    """What a matching of the call is made from, as it stands now."""
    places = call.places.select_related("organisation").prefetch_related("periods", "ranks")
    applications = call.applications.select_related("organisation").prefetch_related("wishes")
    return Market(
        {place.pk: code_place(place) for place in places},
        {one.pk: code_applicant(one) for one in applications},
    )


def code_place(place: HostPlace) -> Place:
    ranks = list(place.ranks.all())
    return Place(
        key=place.pk,
        organisation=place.organisation.code,
        capacity=place.capacity,
        weeks=place.weeks,
        periods=tuple(period_of(row) for row in place.periods.all()),
        languages=levels_of(place.languages),
        functions=tuple(place.functions),
        ranked=tuple(row.application_id for row in sorted(ranks, key=lambda row: row.rank or 0) if row.rank),
        refused=tuple(sorted(row.application_id for row in ranks if row.rank is None)),
    )


def code_applicant(application: ExchangeApplication) -> Applicant:
    wishes = sorted(application.wishes.all(), key=lambda wish: wish.rank)
    return Applicant(
        key=application.pk,
        organisation=application.organisation.code,
        function=application.work,
        languages=levels_of(application.languages),
        available=Period(application.free_from, application.free_until),
        consented=application.consent,
        wishes=tuple(wish.place_id for wish in wishes),
    )
