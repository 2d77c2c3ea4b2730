"""What time alone does (row 8): an offer lapses, a request expires. Derived from the clock, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from noaber.core.messages.lines import count_lines
from noaber.core.messages.model import Message
from noaber.core.messages.states import OfferState, RequestState
from noaber.core.messages.thread import Line, Offer, Thread
from noaber.core.messages.waits import find_waits

UNION_AGREEMENT: Final = "UCPM"
UNION_LAPSE: Final = timedelta(days=90)
"""A request from outside the Union under its mechanism lapses after this (domain notes, section 3.1, step 4)."""
_MEMBER_STATES: Final = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
"""By their NUTS codes."""

_EXPIRING = frozenset({RequestState.SENT, RequestState.ACKNOWLEDGED, RequestState.PARTLY_COVERED})


def find_expiry(message: Message, lines: Sequence[Line]) -> datetime | None:
    """The last moment at which a request is of use; None where it does not say.

    A line is of use until its latest arrival, else until the end of the need. That it was wanted sooner
    (RequestedArrival) does not end it: late help is still help.
    """
    ends = [line.latest_at or line.until for line in lines]
    known = [end for end in ends if end is not None]
    last = max(known) if known and len(known) == len(ends) else None
    if message.envelope.agreement != UNION_AGREEMENT or not _is_outside_the_union(lines):
        return last
    lapse = min(message.sent_at, datetime.max.replace(tzinfo=UTC) - UNION_LAPSE) + UNION_LAPSE
    return lapse if last is None else min(last, lapse)


def _is_outside_the_union(lines: Iterable[Line]) -> bool:
    """Whether help is asked to a place known to lie outside; where no place says so, the rule is not assumed."""
    countries = {line.place.territory[:2] for line in lines if line.place and line.place.territory}
    return not countries <= set(_MEMBER_STATES.split())


def at_time(thread: Thread, now: datetime | None) -> Thread:
    """The thread as it stands at `now`, with what waits; without a time, as its messages alone leave it."""
    timed = with_timers(thread, now)
    return replace(timed, waits=find_waits(timed))


def with_timers(thread: Thread, now: datetime | None) -> Thread:
    """The states of the thread as they stand at `now`; what waits is not looked at."""
    base = thread.untimed or thread
    if now is None:
        return base
    offers = tuple(_lapse(offer, now) for offer in base.offers)
    request = base.request
    if request and request.state in _EXPIRING and request.expires_at and request.expires_at < now:
        request = replace(request, state=RequestState.EXPIRED)
    timed = replace(base, offers=offers, untimed=base)
    return replace(timed, request=count_lines(timed, request)) if request else timed


def _lapse(offer: Offer, now: datetime) -> Offer:
    if offer.state is not OfferState.OFFERED or offer.valid_until is None or offer.valid_until >= now:
        return offer
    return replace(offer, state=OfferState.LAPSED, changed_at=offer.valid_until)
