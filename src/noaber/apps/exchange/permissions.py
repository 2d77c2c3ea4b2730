"""Which role may take which step, and for whom. Knows no database: it sees roles, codes and a channel.

Whether the step fits the state of the exchange is asked of `core/messages/steps.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.permissions import check_may, may
from noaber.core.messages.model import Channel, Envelope
from noaber.core.messages.model import MessageType as M
from noaber.core.messages.transitions import StepKind as S
from noaber.core.problems import NotAllowed

_ASKING = Permission.SEND_REQUEST
_ANSWERING = Permission.ANSWER_REQUEST
_REPORTING = Permission.REPORT_DEPLOYMENT

MESSAGE_PERMISSIONS: dict[M, Permission] = {
    M.REQUEST_RESOURCE: _ASKING,
    M.ACKNOWLEDGEMENT: _ANSWERING,
    M.RESPONSE_TO_REQUEST_RESOURCE: _ANSWERING,
    M.OFFER_UNSOLICITED_RESOURCE: _ANSWERING,
    M.OFFER_REJECTION: _ASKING,
    M.REQUISITION_RESOURCE: _ASKING,
    M.COMMIT_RESOURCE: _ANSWERING,
    M.REPORT_RESOURCE_DEPLOYMENT_STATUS: _REPORTING,
    M.REQUEST_RESOURCE_DEPLOYMENT_STATUS: _REPORTING,
    M.REQUEST_EXTENDED_DEPLOYMENT_DURATION: _ASKING,
    M.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION: _ANSWERING,
    M.REQUEST_RETURN: _ANSWERING,
    M.RESPONSE_TO_REQUEST_RETURN: _ASKING,
    M.RELEASE_RESOURCE: _ASKING,
    M.REQUEST_CLOSURE: _ASKING,
    M.REQUEST_INFORMATION: _ANSWERING,
    M.RESPONSE_TO_REQUEST_INFORMATION: _ANSWERING,
    M.REQUEST_QUOTE: _ASKING,
    M.RESPONSE_TO_REQUEST_QUOTE: _ANSWERING,
}
"""What it takes to send a message of each type."""

STEP_PERMISSIONS: dict[S, Permission] = {
    S.AUTHORISE_REQUEST: Permission.SIGN_OFF,
    S.SEND_REQUEST: MESSAGE_PERMISSIONS[M.REQUEST_RESOURCE],
    S.CANCEL_REQUEST: MESSAGE_PERMISSIONS[M.REQUEST_RESOURCE],
    S.UPDATE_REQUEST: MESSAGE_PERMISSIONS[M.REQUEST_RESOURCE],
    S.ACKNOWLEDGE: MESSAGE_PERMISSIONS[M.ACKNOWLEDGEMENT],
    S.ANSWER_LINE: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_RESOURCE],
    S.REVISE_OFFER: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_RESOURCE],
    S.WITHDRAW_OFFER: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_RESOURCE],
    S.OFFER_UNSOLICITED: MESSAGE_PERMISSIONS[M.OFFER_UNSOLICITED_RESOURCE],
    S.REJECT_OFFER: MESSAGE_PERMISSIONS[M.OFFER_REJECTION],
    S.REQUISITION: MESSAGE_PERMISSIONS[M.REQUISITION_RESOURCE],
    S.ALERT: MESSAGE_PERMISSIONS[M.REQUISITION_RESOURCE],
    S.COMMIT: MESSAGE_PERMISSIONS[M.COMMIT_RESOURCE],
    S.REPORT: MESSAGE_PERMISSIONS[M.REPORT_RESOURCE_DEPLOYMENT_STATUS],
    S.NOTE: MESSAGE_PERMISSIONS[M.REPORT_RESOURCE_DEPLOYMENT_STATUS],
    S.GIVE_PAPERS: MESSAGE_PERMISSIONS[M.REPORT_RESOURCE_DEPLOYMENT_STATUS],
    S.WITHDRAW_MISTAKE: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_RESOURCE],
    S.ASK_STATUS: MESSAGE_PERMISSIONS[M.REQUEST_RESOURCE_DEPLOYMENT_STATUS],
    S.ASK_EXTENSION: MESSAGE_PERMISSIONS[M.REQUEST_EXTENDED_DEPLOYMENT_DURATION],
    S.ANSWER_EXTENSION: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_EXTENDED_DEPLOYMENT_DURATION],
    S.ASK_RETURN: MESSAGE_PERMISSIONS[M.REQUEST_RETURN],
    S.RECALL: MESSAGE_PERMISSIONS[M.REQUEST_RETURN],
    S.ANSWER_RETURN: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_RETURN],
    S.RELEASE: MESSAGE_PERMISSIONS[M.RELEASE_RESOURCE],
    S.CLOSE_REQUEST: MESSAGE_PERMISSIONS[M.REQUEST_CLOSURE],
    S.ASK_INFORMATION: MESSAGE_PERMISSIONS[M.REQUEST_INFORMATION],
    S.ANSWER_INFORMATION: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_INFORMATION],
    S.ASK_QUOTE: MESSAGE_PERMISSIONS[M.REQUEST_QUOTE],
    S.ANSWER_QUOTE: MESSAGE_PERMISSIONS[M.RESPONSE_TO_REQUEST_QUOTE],
}
"""What each step takes: that of the message that carries it. The button and the server read the same line.

A mistake is withdrawn by a message of the mistaken one's own type, so `may_send` is asked as well.
"""


def may_take(roles: Iterable[str], step: S) -> bool:
    """Whether someone with `roles` may take the step: show the button or not."""
    return may(roles, STEP_PERMISSIONS[step])


def may_send(roles: Iterable[str], message_type: M) -> bool:
    """Whether someone with `roles` may send such a message."""
    return may(roles, MESSAGE_PERMISSIONS[message_type])


def check_may_send(roles: Iterable[str], message_type: M) -> None:
    """Raise `NotAllowed` unless someone with `roles` may send such a message."""
    check_may(roles, MESSAGE_PERMISSIONS[message_type])


def check_speaks_for(organisation: str, envelope: Envelope) -> None:
    """Who acts for `organisation` sends in its name only, and says another's step only as what it was told.

    Raises
    ------
    NotAllowed
        Where the sender is another; where a step on another's behalf does not say how it was told.
    """
    if envelope.sender != organisation:
        raise NotAllowed("exchange.other-sender", sender=envelope.sender)
    if envelope.on_behalf_of in ("", organisation):
        return
    if envelope.channel is Channel.NOABER or envelope.said_at is None or not envelope.said_by:
        raise NotAllowed("exchange.behalf-unsaid", organisation=envelope.on_behalf_of)
