"""Rows of exchanges for pages and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.placements.enums import CallState, PlacementState
from noaber.apps.placements.models import ExchangeApplication, ExchangePlacement, HostPlace
from noaber.apps.placements.words import FAULTS, days_in_words, functions_in_words, levels_in_words, outcome_in_words
from noaber.core.placements.market import Market
from noaber.core.placements.reasons import Outcome, WishOutcome, explain
from noaber.core.placements.stable import Pairs, find_flaws
from noaber.web.tables import Column
from noaber.web.wording import label

STATE_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    CallState.PREPARED: ("", "unknown"),
    CallState.OPEN: ("tag--info", "part"),
    CallState.RANKING: ("tag--warn", "clock"),
    CallState.MATCHED: ("tag--ok", "yes"),
    PlacementState.PLANNED: ("tag--info", "part"),
    PlacementState.CONFIRMED: ("tag--ok", "yes"),
    PlacementState.DONE: ("tag--ok", "yes"),
    PlacementState.CANCELLED: ("", "no"),
}
"""Of each state, the colour of its tag and its icon; the word says the same."""


@dataclass(frozen=True)
class StateView:
    label: str
    css: str
    icon: str


def present_state(record: Any) -> StateView:
    """The state of a call or a placement."""
    css, icon = STATE_LOOKS[record.state]
    return StateView(str(record.get_state_display()), css, icon)


@dataclass(frozen=True)
class PlaceRow:
    place: HostPlace

    @property
    def periods(self) -> str:
        return "; ".join(days_in_words(row.begins_on, row.ends_on) for row in self.place.periods.all())

    @property
    def languages(self) -> str:
        return levels_in_words(self.place.languages)

    @property
    def functions(self) -> str:
        return functions_in_words(self.place.functions)


@dataclass(frozen=True)
class WishView:
    """A wish, its place where the reader may know it, and what became of it."""

    rank: int
    place: HostPlace | None
    words: str
    given: bool

    @property
    def in_full(self) -> str:
        """1. SE-MCF · Duty desk: no longer offered."""
        named = f"{self.place.organisation.code} · {self.place.title}" if self.place else _("unknown")
        return f"{self.rank}. {label(named)} {self.words}"


@dataclass(frozen=True)
class PairRow:
    """What an applicant got, at which wish, how the host ranked them, and why no better wish was given."""

    application: ExchangeApplication
    place: HostPlace | None
    wish: int
    rank: int
    wishes: list[WishView]

    @property
    def better(self) -> list[WishView]:
        """The wishes that say why: those before what was given."""
        return [one for one in self.wishes if not one.given and (not self.wish or one.rank < self.wish)]


@dataclass(frozen=True)
class MatchingView:
    """A matching as its page shows it; `flaws` in words, none where it is stable."""

    placed: list[PairRow]
    unplaced: list[PairRow]
    flaws: list[str]
    free_places: int
    pairs_checked: int


def present_matching(
    market: Market, pairs: Pairs, applications: Mapping[int, ExchangeApplication], places: Mapping[int, HostPlace]
) -> MatchingView:
    """Every applicant with the reason; the proof is the check that knows no algorithm."""
    rows = [
        present_pair(market, pairs, applications[key], places)
        for key in sorted(market.applicants)
        if key in applications
    ]
    flaws = [
        f"{applications[flaw.applicant].number} – {label(places[flaw.place].organisation.code)} {FAULTS[flaw.fault]}"
        for flaw in find_flaws(market, pairs)
    ]
    capacity = sum(place.capacity for place in market.places.values())
    return MatchingView(
        placed=[row for row in rows if row.place],
        unplaced=[row for row in rows if not row.place],
        flaws=flaws,
        free_places=capacity - len(pairs),
        pairs_checked=len(market.applicants) * len(market.places),
    )


def present_pair(
    market: Market, pairs: Pairs, application: ExchangeApplication, places: Mapping[int, HostPlace]
) -> PairRow:
    """What became of one application."""
    applicant = market.applicants[application.pk]
    key = pairs.get(application.pk)
    ranked = market.places[key].ranked if key is not None else ()
    return PairRow(
        application=application,
        place=places.get(key) if key is not None else None,
        wish=applicant.wishes.index(key) + 1 if key in applicant.wishes else 0,
        rank=ranked.index(application.pk) + 1 if application.pk in ranked else 0,
        wishes=[_wish(wish, places) for wish in explain(market, pairs, applicant)],
    )


def _wish(wish: WishOutcome, places: Mapping[int, HostPlace]) -> WishView:
    return WishView(wish.rank, places.get(wish.place), outcome_in_words(wish), wish.outcome == Outcome.GIVEN)


def keyed(records: Iterable[Any]) -> dict[int, Any]:
    return {record.pk: record for record in records}


def _place(name: str) -> Any:
    return lambda row: getattr(row.place, name)


def _sent(name: str) -> Any:
    return lambda row: getattr(row, name)


PLACE_COLUMNS: Final = (
    Column("host", _("Host"), lambda row: row.place.organisation.code),
    Column("what", _("What"), _place("title")),
    Column("where", _("Where"), _place("town")),
    Column("when", _("When"), lambda row: row.periods, sortable=False),
    Column("weeks", _("Weeks"), _place("weeks"), numeric=True),
    Column("languages", _("Languages of work"), lambda row: row.languages),
    Column("capacity", _("How many people"), _place("capacity"), numeric=True),
)
PLACE_FILE_COLUMNS: Final = (
    *PLACE_COLUMNS,
    Column("whom", _("For whom"), lambda row: row.functions),
    Column("more", _("More about it"), _place("description")),
)
APPLICATION_COLUMNS: Final = (
    Column("number", _("Number"), _sent("number"), numeric=True),
    Column("organisation", _("Organisation"), lambda row: row.organisation.code),
    Column("initials", _("Initials"), _sent("initials")),
    Column("function", _("Function"), _sent("function")),
    Column("languages", _("Languages"), lambda row: levels_in_words(row.languages)),
    Column("from", _("Can go from"), _sent("free_from")),
    Column("until", _("Until"), _sent("free_until")),
)
PAIR_COLUMNS: Final = (
    Column("number", _("Number"), lambda row: row.application.number, numeric=True),
    Column("organisation", _("Organisation"), lambda row: row.application.organisation.code),
    Column("initials", _("Initials"), lambda row: row.application.initials),
    Column("host", _("Host"), lambda row: row.place.organisation.code if row.place else ""),
    Column("what", _("Host place"), lambda row: row.place.title if row.place else ""),
    Column("wish", _("Wish"), lambda row: row.wish or "", numeric=True),
    Column("rank", _("Host’s rank"), lambda row: row.rank or "", numeric=True),
    Column("why", _("Why not a better wish"), lambda row: "; ".join(one.in_full for one in row.better)),
)
PLACEMENT_COLUMNS: Final = (
    Column("from", _("From"), _sent("begins_on")),
    Column("until", _("Until"), _sent("ends_on")),
    Column("sender", _("Sent by"), lambda row: row.sender.code),
    Column("host", _("Host"), lambda row: row.host.code),
    Column("what", _("What"), lambda row: row.place.title),
    Column("state", _("State"), lambda row: str(row.get_state_display())),
    Column("call", _("Call"), lambda row: row.application.call.title),
)


def months_of(placements: Iterable[ExchangePlacement]) -> list[tuple[Any, list[ExchangePlacement]]]:
    """The stays by the month in which they begin."""
    found: dict[Any, list[ExchangePlacement]] = {}
    for record in placements:
        found.setdefault(record.begins_on.replace(day=1), []).append(record)
    return sorted(found.items())
