"""The states that a request, an offer, a deployment and a cost file can be in (domain notes, section 3.3).

Which change is allowed, and by whom, is in `transitions.py`.
"""

from __future__ import annotations

from enum import StrEnum


class RequestState(StrEnum):
    DRAFT = "DRAFT"
    """Being written; no message yet."""
    AUTHORISED = "AUTHORISED"
    """Signed off; no message yet."""
    SENT = "SENT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    """The supplier has it; nothing is committed yet."""
    PARTLY_COVERED = "PARTLY_COVERED"
    COVERED = "COVERED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


class OfferState(StrEnum):
    DRAFT = "DRAFT"
    """Being written; no message yet."""
    PROVISIONAL = "PROVISIONAL"
    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    """Ordered by the consumer; the supplier has still to commit it."""
    COMMITTED = "COMMITTED"
    DECLINED = "DECLINED"
    """The supplier says no."""
    REJECTED = "REJECTED"
    """The consumer says no."""
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class DeploymentState(StrEnum):
    """`DeploymentStatus` and SETTLED, which no report carries: it comes of the cost file."""

    COMMITTED = "COMMITTED"
    MOBILISING = "MOBILISING"
    EN_ROUTE = "EN_ROUTE"
    AT_BORDER = "AT_BORDER"
    ARRIVED = "ARRIVED"
    OPERATIONAL = "OPERATIONAL"
    RECALLED = "RECALLED"
    RELEASED = "RELEASED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"
    SETTLED = "SETTLED"


class CostState(StrEnum):
    ESTIMATED = "ESTIMATED"
    CLAIMED = "CLAIMED"
    CHECKED = "CHECKED"
    AGREED = "AGREED"
    DISPUTED = "DISPUTED"
    PAID = "PAID"
    WAIVED = "WAIVED"


State = RequestState | OfferState | DeploymentState | CostState

OPEN_REQUESTS = frozenset(
    {
        RequestState.SENT,
        RequestState.ACKNOWLEDGED,
        RequestState.PARTLY_COVERED,
        RequestState.COVERED,
    }
)
"""The supplier may still answer."""

OPEN_OFFERS = frozenset({OfferState.PROVISIONAL, OfferState.OFFERED, OfferState.ACCEPTED})
"""Something may still come of it, and it is not committed yet."""

ACTIVE_DEPLOYMENTS = frozenset(
    {
        DeploymentState.COMMITTED,
        DeploymentState.MOBILISING,
        DeploymentState.EN_ROUTE,
        DeploymentState.AT_BORDER,
        DeploymentState.ARRIVED,
        DeploymentState.OPERATIONAL,
    }
)
"""At the consumer's disposal, or on the way there."""

HOME_DEPLOYMENTS = frozenset({DeploymentState.RETURNED, DeploymentState.SETTLED})
