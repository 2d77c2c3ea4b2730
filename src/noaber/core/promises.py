"""Whether what is offered can be promised: against what was asked, what is there, what stays at home, and the time.

One function judges an answer, for the form that is being filled in and for the service that signs it. Each finding
says how much it weighs: *refused* cannot be true, *to say* is sent only by somebody who says why, *to confirm* only by
somebody who confirms it, *told* stands beside the offer for both sides. Whoever takes an offer judges its time alone.
Where a number is unknown (a team that is only named, an arrival that nobody can compute), nothing is found.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final


class Weight(StrEnum):
    """What a finding means for the answer."""

    REFUSED = "refused"
    TO_SAY = "to-say"
    TO_CONFIRM = "to-confirm"
    TOLD = "told"


class FindingCode(StrEnum):
    """What may be wrong with a promise; stable, carried by messages that accept it knowingly."""

    NO_NUMBER = "no-number"
    MORE_THAN_THERE = "more-than-there"
    PROMISED_ELSEWHERE = "promised-elsewhere"
    RISK_NOT_SEEN = "risk-not-seen"
    MORE_THAN_ASKED = "more-than-asked"
    KEPT_AT_HOME = "kept-at-home"
    OWN_INCIDENT = "own-incident"
    RESERVED = "reserved"
    NOT_ABLE = "not-able"
    OF_NO_USE = "of-no-use"
    LATE = "late"


WEIGHTS: Final[Mapping[FindingCode, Weight]] = {
    FindingCode.NO_NUMBER: Weight.REFUSED,
    FindingCode.MORE_THAN_THERE: Weight.REFUSED,
    FindingCode.PROMISED_ELSEWHERE: Weight.REFUSED,
    FindingCode.RISK_NOT_SEEN: Weight.REFUSED,
    FindingCode.MORE_THAN_ASKED: Weight.TO_SAY,
    FindingCode.KEPT_AT_HOME: Weight.TO_SAY,
    FindingCode.OWN_INCIDENT: Weight.TO_SAY,
    FindingCode.RESERVED: Weight.TO_SAY,
    FindingCode.NOT_ABLE: Weight.TO_SAY,
    FindingCode.OF_NO_USE: Weight.TO_SAY,
    FindingCode.LATE: Weight.TO_CONFIRM,
}


_ACCEPTABLE: Final = (Weight.TO_SAY, Weight.TO_CONFIRM)
"""What goes once somebody accepts it knowingly."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one line of a request still misses.

    Parameters
    ----------
    missing
        Teams that nobody has promised or offered yet.
    needed_by, useless_after
        When they are needed; after when they are of no use. None where the request does not say.
    """

    line: str
    capability: str
    missing: int
    needed_by: datetime | None = None
    useless_after: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Offered:
    """So many teams of one unit for one line.

    Parameters
    ----------
    unit
        "OWNER:CODE"; empty for a team that is only named.
    accepts
        The findings that the supplier accepts knowingly, and says so.
    """

    line: str
    quantity: int
    unit: str = ""
    arrival_at: datetime | None = None
    accepts: frozenset[FindingCode] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Stock:
    """What there is of one unit, as its owner says.

    Parameters
    ----------
    there
        Teams that are there now, those on their way for others included.
    promised
        Of these: out, ordered, alerted or offered elsewhere.
    reserved
        Of these: held for an event.
    """

    unit: str
    owner: str
    capabilities: frozenset[str]
    there: int
    promised: int = 0
    reserved: int = 0

    @property
    def left(self) -> int:
        """Teams that nobody else has."""
        return max(0, self.there - self.promised)

    @property
    def free(self) -> int:
        """Teams that may go without a word."""
        return max(0, self.left - self.reserved)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What an owner keeps at home of one capability, out of `free` teams of all its units."""

    owner: str
    capability: str
    minimum: int
    free: int

    @property
    def kept(self) -> int:
        return min(self.minimum, self.free)

    @property
    def may_go(self) -> int:
        return self.free - self.kept


@dataclass(frozen=True)
class Holdings:
    """What the supplier knows of its teams: units by id, what owners keep, and who is hit itself."""

    stocks: Mapping[str, Stock] = field(default_factory=dict)
    covers: Sequence[Cover] = ()
    owners_hit: frozenset[str] = frozenset()
    """Owners with an extreme incident of their own: their teams stay unless somebody says why not."""

    def covers_of(self, unit: str) -> list[Cover]:
        """The minima that a team of `unit` counts for: it leaves under every capability that it has."""
        stock = self.stocks.get(unit)
        if stock is None:
            return []
        return [one for one in self.covers if one.owner == stock.owner and one.capability in stock.capabilities]

    def freed(self, teams: Mapping[str, int]) -> Holdings:
        """The holdings without promises that are made anew: so many teams of each unit come back first."""
        known = {unit: quantity for unit, quantity in teams.items() if unit in self.stocks}
        stocks = dict(self.stocks)
        covers = list(self.covers)
        for unit, quantity in known.items():
            before = stocks[unit]
            stocks[unit] = replace(before, promised=max(0, before.promised - quantity))
            gained = stocks[unit].free - before.free
            counts = self.covers_of(unit)
            covers = [replace(one, free=one.free + gained) if one in counts else one for one in covers]
        return replace(self, stocks=stocks, covers=tuple(covers))

    def may_go(self, unit: str) -> int:
        """How many teams of `unit` may go without a word to anybody."""
        stock = self.stocks.get(unit)
        if stock is None or stock.owner in self.owners_hit:
            return 0
        return min([stock.free, *(cover.may_go for cover in self.covers_of(unit))])


@dataclass(frozen=True)
class Finding:
    """One thing about one offer. `offer` is its place in what was judged; `most` is what would not be found."""

    code: FindingCode
    offer: int
    line: str
    unit: str
    weight: Weight
    params: Mapping[str, object] = field(default_factory=dict)
    most: int | None = None
    """The largest number of teams of this unit with which this would not be found; None where no number helps."""


def judge(
    asked: Iterable[Asked], offered: Sequence[Offered], holdings: Holdings, *, risk_seen: bool = True
) -> list[Finding]:
    """Everything that is to be said of an answer, in the order of its offers, the heaviest first.

    Parameters
    ----------
    asked
        The lines that are answered.
    offered
        All offers of the answer: a unit that stands in two of them is counted once for both.
    risk_seen
        Whether the supplier has looked at the risk at home.

    Notes
    -----
    Offers take in their order: of two that together are too many, the second is found.
    """
    lines = {one.line: one for one in asked}
    rooms = _Rooms(lines, holdings)
    found: list[Finding] = []
    for place, offer in enumerate(offered):
        own = list(_about(offer, lines.get(offer.line), holdings, rooms, risk_seen=risk_seen))
        own.sort(key=lambda one: list(WEIGHTS).index(one.code))
        found += [replace(one, offer=place) for one in own]
        rooms.take(offer)
    return found


def find_hindrances(findings: Iterable[Finding], offered: Sequence[Offered]) -> list[Finding]:
    """The findings with which the answer is not sent: what cannot be true, and what nobody has answered for."""
    return [
        one
        for one in findings
        if one.weight is Weight.REFUSED or (one.weight in _ACCEPTABLE and one.code not in offered[one.offer].accepts)
    ]


def judge_order(asked: Iterable[Asked], ordered: Sequence[Offered]) -> list[Finding]:
    """What somebody who takes offers has to confirm: that they come late, or after they are of use.

    The rest is for the supplier to judge, who knows its teams.
    """
    lines = {one.line: one for one in asked}
    return [
        replace(finding, offer=place, weight=Weight.TO_CONFIRM)
        for place, one in enumerate(ordered)
        if one.line in lines
        for finding in _of_time(one, lines[one.line])
    ]


def as_told(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of an answer that another gave and that is only written down: told, never made void."""
    return [replace(one, weight=Weight.TOLD) for one in findings]


class _Rooms:
    """What is left, while one offer after the other takes from it."""

    def __init__(self, lines: Mapping[str, Asked], holdings: Holdings) -> None:
        self._holdings = holdings
        self._missing = {line: one.missing for line, one in lines.items()}
        self._taken: dict[str, int] = defaultdict(int)
        self._gone: dict[Cover, int] = defaultdict(int)

    def missing(self, line: str) -> int:
        return max(0, self._missing.get(line, 0))

    def taken(self, unit: str) -> int:
        return self._taken[unit]

    def may_go(self, cover: Cover) -> int:
        return max(0, cover.may_go - self._gone[cover])

    def take(self, offer: Offered) -> None:
        quantity = max(0, offer.quantity)
        if offer.line in self._missing:
            self._missing[offer.line] -= quantity
        if offer.unit:
            self._taken[offer.unit] += quantity
            for cover in self._holdings.covers_of(offer.unit):
                self._gone[cover] += quantity


def _about(
    offer: Offered, asked: Asked | None, holdings: Holdings, rooms: _Rooms, *, risk_seen: bool
) -> Iterator[Finding]:
    if offer.quantity < 1:
        yield _finding(FindingCode.NO_NUMBER, offer)
        return
    if not risk_seen:
        yield _finding(FindingCode.RISK_NOT_SEEN, offer)
    stock = holdings.stocks.get(offer.unit)
    if stock is not None:
        yield from _of_stock(offer, stock, rooms)
        yield from _of_home(offer, stock, holdings, rooms)
    if asked is not None:
        yield from _of_what_is_asked(offer, asked, stock, rooms)
        yield from _of_time(offer, asked)


def _of_stock(offer: Offered, stock: Stock, rooms: _Rooms) -> Iterator[Finding]:
    """More than is there, than is left by others, or than is not reserved: the first of them says it all."""
    taken = rooms.taken(offer.unit)
    wanted = offer.quantity + taken
    known = {"there": stock.there, "promised": stock.promised + taken, "reserved": stock.reserved}
    if wanted > stock.there:
        yield _finding(FindingCode.MORE_THAN_THERE, offer, most=max(0, stock.left - taken), **known)
    elif wanted > stock.left:
        yield _finding(FindingCode.PROMISED_ELSEWHERE, offer, most=max(0, stock.left - taken), **known)
    elif wanted > stock.free:
        yield _finding(FindingCode.RESERVED, offer, most=max(0, stock.free - taken), **known)


def _of_home(offer: Offered, stock: Stock, holdings: Holdings, rooms: _Rooms) -> Iterator[Finding]:
    if stock.owner in holdings.owners_hit:
        yield _finding(FindingCode.OWN_INCIDENT, offer, most=0, owner=stock.owner)
    covers = holdings.covers_of(offer.unit)
    tightest = min(covers, key=rooms.may_go, default=None)
    if tightest is not None and offer.quantity > rooms.may_go(tightest):
        most = rooms.may_go(tightest)
        known: dict[str, object] = {
            "owner": stock.owner,
            "capability": tightest.capability,
            "kept": tightest.kept,
            "free": tightest.free,
        }
        yield _finding(FindingCode.KEPT_AT_HOME, offer, most=most, **known)


def _of_what_is_asked(offer: Offered, asked: Asked, stock: Stock | None, rooms: _Rooms) -> Iterator[Finding]:
    if offer.quantity > rooms.missing(offer.line):
        missing = rooms.missing(offer.line)
        yield _finding(FindingCode.MORE_THAN_ASKED, offer, most=missing, missing=missing)
    if stock is not None and asked.capability not in stock.capabilities:
        yield _finding(FindingCode.NOT_ABLE, offer, capability=asked.capability)


def _of_time(offer: Offered, asked: Asked) -> Iterator[Finding]:
    """Of no use says more than late, so only one of them is found."""
    arrival = offer.arrival_at
    if arrival is None:
        return
    if asked.useless_after is not None and arrival > asked.useless_after:
        yield _finding(FindingCode.OF_NO_USE, offer, most=0, minutes=minutes_after(arrival, asked.useless_after))
    elif asked.needed_by is not None and arrival > asked.needed_by:
        yield _finding(FindingCode.LATE, offer, minutes=minutes_after(arrival, asked.needed_by))


def minutes_after(moment: datetime, deadline: datetime) -> int:
    """Whole minutes from `deadline` to `moment`, begun ones counted: nothing late is 0 minutes late."""
    return math.ceil((moment - deadline).total_seconds() / 60)


def _finding(code: FindingCode, offer: Offered, *, most: int | None = None, **params: object) -> Finding:
    known = {"offered": offer.quantity, "most": most} | params
    return Finding(code, 0, offer.line, offer.unit, WEIGHTS[code], known, most)


def propose(
    asked: Asked,
    candidates: Sequence[tuple[str, datetime | None]],
    planned: Mapping[str, int],
    holdings: Holdings,
    taken: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """How many teams of which unit to begin with: what the plan thought of, then the nearest that come in time.

    Never more than is asked, than may go without a word, or than is in time or planned. What stays uncovered stays so:
    whether a late team is worth sending is decided by a person.

    Parameters
    ----------
    candidates
        Units of the supplier that fit, the nearest first, with their arrival.
    planned
        Teams of each unit that the asker's plan thought of.
    taken
        Teams of each unit that the answer gives to other lines already.

    Returns
    -------
    dict of str to int
        Only units with at least one team.
    """
    arrivals = dict(candidates)
    lines = {asked.line: asked}
    rooms = _Rooms(lines, holdings)
    for unit, quantity in (taken or {}).items():
        rooms.take(Offered(line="", quantity=quantity, unit=unit))
    chosen: dict[str, int] = {}

    def take(unit: str, wanted: int) -> None:
        stock = holdings.stocks.get(unit)
        if stock is None or holdings.may_go(unit) == 0:
            return
        room = [stock.free - rooms.taken(unit), rooms.missing(asked.line)]
        room += [rooms.may_go(cover) for cover in holdings.covers_of(unit)]
        quantity = max(0, min(wanted, *room))
        if quantity:
            chosen[unit] = chosen.get(unit, 0) + quantity
            rooms.take(Offered(line=asked.line, quantity=quantity, unit=unit))

    for unit in arrivals:
        if unit in planned and not _is_useless(arrivals[unit], asked):
            take(unit, planned[unit])
    for unit, arrival in candidates:
        if arrival is not None and (asked.needed_by is None or arrival <= asked.needed_by):
            take(unit, rooms.missing(asked.line))
    return chosen


def _is_useless(arrival: datetime | None, asked: Asked) -> bool:
    return arrival is not None and asked.useless_after is not None and arrival > asked.useless_after
