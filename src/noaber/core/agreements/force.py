"""Is a text in force on a day?

A known day of force and a known end decide by themselves. Where the day of force is unknown, a text that was signed
and is not known to have ended counts, and the field stays marked unknown: practice runs on texts whose exact day
nobody looked up. It counts from `counted_from` where there is a reason for one (a national assent, a publication);
between signature and that day the answer is unknown. A text of which neither day is known stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from noaber.core.agreements.model import UNKNOWN, Agreement
from noaber.core.agreements.scope import Match


class ForceFinding(StrEnum):
    """What stands in the way of counting a text on a day."""

    IN_FORCE = "in-force"
    NOT_SIGNED_YET = "not-signed-yet"
    NOT_IN_FORCE_YET = "not-in-force-yet"
    FORCE_NOT_ESTABLISHED = "force-not-established"
    ENDED = "ended"
    REPLACED = "replaced"
    REPLACEMENT_NOT_ESTABLISHED = "replacement-not-established"


_MATCHES = {
    ForceFinding.IN_FORCE: Match.YES,
    ForceFinding.FORCE_NOT_ESTABLISHED: Match.UNKNOWN,
    ForceFinding.REPLACEMENT_NOT_ESTABLISHED: Match.UNKNOWN,
}


def match_of_force(finding: ForceFinding) -> Match:
    """Yes, no or unknown, for a finding."""
    return _MATCHES.get(finding, Match.NO)


def force_on(agreement: Agreement, successors: Iterable[Agreement], on: date) -> ForceFinding:
    """Whether `agreement` counts on the day `on`.

    Parameters
    ----------
    agreement
        The text.
    successors
        The texts that replace it, if any.
    on
        The day, both ends of validity included.
    """
    own = _force_by_dates(agreement, on)
    if match_of_force(own) is Match.NO:
        return own
    replaced = max((match_of_force(_force_by_dates(successor, on)) for successor in successors), default=Match.NO)
    if replaced is Match.YES:
        return ForceFinding.REPLACED
    if replaced is Match.UNKNOWN and own is ForceFinding.IN_FORCE:
        return ForceFinding.REPLACEMENT_NOT_ESTABLISHED
    return own


def _force_by_dates(agreement: Agreement, on: date) -> ForceFinding:
    if isinstance(agreement.valid_until, date) and on > agreement.valid_until:
        return ForceFinding.ENDED
    if isinstance(agreement.signed, date) and on < agreement.signed:
        return ForceFinding.NOT_SIGNED_YET
    if isinstance(agreement.in_force, date):
        return ForceFinding.NOT_IN_FORCE_YET if on < agreement.in_force else ForceFinding.IN_FORCE
    counted_from = agreement.counted_from or agreement.signed
    if isinstance(counted_from, date) and on >= counted_from:
        return ForceFinding.IN_FORCE
    return ForceFinding.FORCE_NOT_ESTABLISHED


def is_force_unknown(agreement: Agreement) -> bool:
    """Whether the text is counted, if at all, without a known day of force."""
    return agreement.in_force is UNKNOWN
