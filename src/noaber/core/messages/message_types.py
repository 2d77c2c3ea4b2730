"""Which parts each type of message may and must carry: one table, read from the EDXL-RM 1.0 schemas.

Both the rules for our own messages (`rules.py`) and the structural check of anyone's (`edxl_rm_tables.py`) are
made from it. What a step means, and when it is allowed, is in `transitions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from noaber.core.messages.model import MessageType
from noaber.core.messages.model import ScheduleType as S


class Occurs(StrEnum):
    """How often a part may occur: the same signs as in domain tables and regular expressions."""

    NEVER = "-"
    OPTIONAL = "?"
    ONCE = "1"
    ANY = "*"
    SOME = "+"

    @property
    def minimum(self) -> int:
        return 1 if self in (Occurs.ONCE, Occurs.SOME) else 0

    @property
    def maximum(self) -> int | None:
        """The most that is allowed; None where there is no limit."""
        if self is Occurs.NEVER:
            return 0
        return 1 if self in (Occurs.OPTIONAL, Occurs.ONCE) else None

    def allows(self, count: int) -> bool:
        return count >= self.minimum and (self.maximum is None or count <= self.maximum)


NEVER, OPTIONAL, ONCE, ANY, SOME = Occurs.NEVER, Occurs.OPTIONAL, Occurs.ONCE, Occurs.ANY, Occurs.SOME


@dataclass(frozen=True)
class StatusRule:
    """ResourceStatus inside a Resource: itself, and its three elements."""

    status: Occurs = OPTIONAL
    refreshed: Occurs = OPTIONAL
    deployment: Occurs = OPTIONAL
    availability: Occurs = OPTIONAL


NO_STATUS = StatusRule(NEVER, NEVER, NEVER, NEVER)
FULL_STATUS = StatusRule()
UNREFRESHED_STATUS = StatusRule(refreshed=NEVER)
COMMIT_STATUS = StatusRule(availability=NEVER)
RETURN_STATUS = StatusRule(ONCE, NEVER, ONCE, ONCE)


@dataclass(frozen=True)
class TypeRule:
    """What one type of message may carry. Defaults are the most common case of the sixteen schemas."""

    preceding: Occurs
    lines: Occurs
    response: Occurs
    resource: Occurs
    schedule: frozenset[S]
    description: Occurs = OPTIONAL
    recall: Occurs = OPTIONAL
    incident: Occurs = ANY
    funding: Occurs = ANY
    contacts: Occurs = SOME
    ownership: Occurs = OPTIONAL
    status: StatusRule = FULL_STATUS
    assignment: Occurs = OPTIONAL
    quantity: Occurs = OPTIONAL
    price: Occurs = OPTIONAL
    order: Occurs = OPTIONAL
    instructions: Occurs = OPTIONAL
    funding_in_message_namespace: bool = False
    """RequestResource declares FundCode and FundingInfo in the namespace of the messages; all others do not."""


_ALL = frozenset(S)
_ASKED = frozenset(
    {
        S.REQUESTED_ARRIVAL,
        S.REQUESTED_DEPARTURE,
        S.ESTIMATED_RETURN_DEPARTURE,
        S.ESTIMATED_RETURN_ARRIVAL,
        S.REPORT_TO,
        S.ROUTE,
    }
)
_OFFERED = frozenset(
    {
        S.ESTIMATED_ARRIVAL,
        S.ESTIMATED_DEPARTURE,
        S.REQUESTED_RETURN_DEPARTURE,
        S.REQUESTED_RETURN_ARRIVAL,
        S.BEGIN_AVAILABLE,
        S.END_AVAILABLE,
        S.ROUTE,
    }
)
_UNDER_WAY = frozenset(
    {
        S.REQUESTED_ARRIVAL,
        S.ESTIMATED_ARRIVAL,
        S.ACTUAL_ARRIVAL,
        S.REQUESTED_DEPARTURE,
        S.ESTIMATED_DEPARTURE,
        S.ACTUAL_DEPARTURE,
        S.REQUESTED_RETURN_DEPARTURE,
        S.REQUESTED_RETURN_ARRIVAL,
        S.COMMITTED,
        S.REPORT_TO,
        S.ROUTE,
    }
)
_RETURNING = _UNDER_WAY | {S.BEGIN_AVAILABLE, S.END_AVAILABLE}
_RELEASED = _RETURNING | {
    S.ACTUAL_RETURN_DEPARTURE,
    S.ESTIMATED_RETURN_DEPARTURE,
    S.ESTIMATED_RETURN_ARRIVAL,
    S.CURRENT,
}
_EXTENDED = _UNDER_WAY | {S.ESTIMATED_RETURN_DEPARTURE, S.ESTIMATED_RETURN_ARRIVAL}

_REQUEST_RESOURCE = TypeRule(
    preceding=NEVER,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_ASKED,
    ownership=NEVER,
    status=NO_STATUS,
    price=NEVER,
    order=NEVER,
    instructions=NEVER,
    funding_in_message_namespace=True,
)
_RESPONSE_TO_REQUEST_RESOURCE = TypeRule(
    preceding=ONCE,
    lines=SOME,
    response=ONCE,
    resource=OPTIONAL,
    schedule=(_OFFERED | _ASKED) - {S.ESTIMATED_RETURN_ARRIVAL},
    order=NEVER,
)
_REQUISITION_RESOURCE = TypeRule(
    preceding=OPTIONAL,
    funding=SOME,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_ASKED | {S.ESTIMATED_ARRIVAL, S.ESTIMATED_DEPARTURE},
    status=NO_STATUS,
    assignment=ONCE,
    quantity=ONCE,
    order=NEVER,
)
_COMMIT_RESOURCE = TypeRule(
    preceding=ONCE,
    lines=SOME,
    response=ONCE,
    resource=OPTIONAL,
    schedule=_ASKED | _OFFERED | {S.ACTUAL_DEPARTURE, S.COMMITTED, S.CURRENT},
    status=COMMIT_STATUS,
    quantity=ONCE,
)
_REQUEST_INFORMATION = TypeRule(
    preceding=OPTIONAL, description=ONCE, lines=ANY, response=NEVER, resource=OPTIONAL, schedule=_ALL
)
_RESPONSE_TO_REQUEST_INFORMATION = TypeRule(
    preceding=ONCE, lines=ANY, response=OPTIONAL, resource=OPTIONAL, schedule=_ALL
)
_OFFER_UNSOLICITED_RESOURCE = TypeRule(
    preceding=NEVER,
    funding=NEVER,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_OFFERED,
    order=NEVER,
)
_RELEASE_RESOURCE = TypeRule(
    preceding=OPTIONAL,
    lines=SOME,
    response=OPTIONAL,
    resource=ONCE,
    schedule=_RELEASED,
    status=UNREFRESHED_STATUS,
    quantity=ONCE,
)
_REQUEST_RETURN = TypeRule(
    preceding=OPTIONAL,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_RETURNING,
    status=UNREFRESHED_STATUS,
)
_RESPONSE_TO_REQUEST_RETURN = TypeRule(
    preceding=ONCE,
    lines=SOME,
    response=ONCE,
    resource=OPTIONAL,
    schedule=_RELEASED,
    status=RETURN_STATUS,
)
_REQUEST_QUOTE = TypeRule(
    preceding=OPTIONAL,
    lines=SOME,
    response=OPTIONAL,
    resource=ONCE,
    schedule=_ASKED,
    status=NO_STATUS,
    price=NEVER,
    order=NEVER,
)
_RESPONSE_TO_REQUEST_QUOTE = TypeRule(
    preceding=ONCE,
    lines=SOME,
    response=ONCE,
    resource=OPTIONAL,
    schedule=_ASKED | _OFFERED,
    price=ONCE,
    order=NEVER,
)
_REQUEST_DEPLOYMENT_STATUS = TypeRule(
    preceding=OPTIONAL,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_ALL - {S.CURRENT},
    status=NO_STATUS,
)
_REPORT_DEPLOYMENT_STATUS = TypeRule(
    preceding=OPTIONAL, lines=SOME, response=OPTIONAL, resource=OPTIONAL, schedule=_ALL
)
_REQUEST_EXTENSION = TypeRule(
    preceding=OPTIONAL,
    lines=SOME,
    response=NEVER,
    resource=ONCE,
    schedule=_EXTENDED,
    status=UNREFRESHED_STATUS,
    instructions=NEVER,
)
_RESPONSE_TO_REQUEST_EXTENSION = TypeRule(
    preceding=ONCE,
    lines=SOME,
    response=ONCE,
    resource=OPTIONAL,
    schedule=_EXTENDED | {S.END_AVAILABLE},
    status=UNREFRESHED_STATUS,
)
_ACKNOWLEDGEMENT = TypeRule(
    preceding=ONCE,
    recall=NEVER,
    funding=NEVER,
    contacts=ANY,
    lines=NEVER,
    response=NEVER,
    resource=NEVER,
    schedule=frozenset(),
)

STANDARD_TYPES: dict[MessageType, TypeRule] = {
    MessageType.REQUEST_RESOURCE: _REQUEST_RESOURCE,
    MessageType.RESPONSE_TO_REQUEST_RESOURCE: _RESPONSE_TO_REQUEST_RESOURCE,
    MessageType.REQUISITION_RESOURCE: _REQUISITION_RESOURCE,
    MessageType.COMMIT_RESOURCE: _COMMIT_RESOURCE,
    MessageType.REQUEST_INFORMATION: _REQUEST_INFORMATION,
    MessageType.RESPONSE_TO_REQUEST_INFORMATION: _RESPONSE_TO_REQUEST_INFORMATION,
    MessageType.OFFER_UNSOLICITED_RESOURCE: _OFFER_UNSOLICITED_RESOURCE,
    MessageType.RELEASE_RESOURCE: _RELEASE_RESOURCE,
    MessageType.REQUEST_RETURN: _REQUEST_RETURN,
    MessageType.RESPONSE_TO_REQUEST_RETURN: _RESPONSE_TO_REQUEST_RETURN,
    MessageType.REQUEST_QUOTE: _REQUEST_QUOTE,
    MessageType.RESPONSE_TO_REQUEST_QUOTE: _RESPONSE_TO_REQUEST_QUOTE,
    MessageType.REQUEST_RESOURCE_DEPLOYMENT_STATUS: _REQUEST_DEPLOYMENT_STATUS,
    MessageType.REPORT_RESOURCE_DEPLOYMENT_STATUS: _REPORT_DEPLOYMENT_STATUS,
    MessageType.REQUEST_EXTENDED_DEPLOYMENT_DURATION: _REQUEST_EXTENSION,
    MessageType.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION: _RESPONSE_TO_REQUEST_EXTENSION,
}
"""The sixteen of the standard."""

TYPE_RULES: dict[MessageType, TypeRule] = {
    **STANDARD_TYPES,
    MessageType.ACKNOWLEDGEMENT: _ACKNOWLEDGEMENT,
    MessageType.OFFER_REJECTION: replace(_RESPONSE_TO_REQUEST_INFORMATION, lines=SOME),
    MessageType.REQUEST_CLOSURE: _RESPONSE_TO_REQUEST_INFORMATION,
}
"""Every type; ours that have RM content follow ResponseToRequestInformation, as which they are written."""

WRITTEN_AS: dict[MessageType, MessageType] = {
    MessageType.OFFER_REJECTION: MessageType.RESPONSE_TO_REQUEST_INFORMATION,
    MessageType.REQUEST_CLOSURE: MessageType.RESPONSE_TO_REQUEST_INFORMATION,
}
"""The message of the standard as which a type of ours is written. An acknowledgement has no RM content."""
