"""The messages of an exchange, each made from a few facts: parts, references and schedule types as its type needs.

No clock and no randomness: the caller gives the id and the time. The id of a line is that of its message and a
number, unless the caller gives another. Whether the step is allowed is asked of `steps.check_step`.
"""

from noaber.core.messages.factories.common import reply_envelope
from noaber.core.messages.factories.corrections import withdraw_mistake
from noaber.core.messages.factories.deployments import (
    answer_extension,
    answer_return,
    ask_extension,
    ask_return,
    ask_status,
    recall,
    release,
    report,
)
from noaber.core.messages.factories.offers import (
    Answer,
    Commitment,
    Order,
    commit,
    reject_offer,
    requisition,
    respond,
    withdraw_offer,
)
from noaber.core.messages.factories.openings import Ask, OwnTeams, Unasked, alert, offer_unsolicited, request_resource
from noaber.core.messages.factories.questions import answer_information, answer_quote, ask_information, ask_quote
from noaber.core.messages.factories.requests import acknowledge, cancel_request, close_request

__all__ = [
    "Answer",
    "Ask",
    "Commitment",
    "Order",
    "OwnTeams",
    "Unasked",
    "acknowledge",
    "alert",
    "answer_extension",
    "answer_information",
    "answer_quote",
    "answer_return",
    "ask_extension",
    "ask_information",
    "ask_quote",
    "ask_return",
    "ask_status",
    "cancel_request",
    "close_request",
    "commit",
    "offer_unsolicited",
    "recall",
    "reject_offer",
    "release",
    "reply_envelope",
    "report",
    "request_resource",
    "requisition",
    "respond",
    "withdraw_mistake",
    "withdraw_offer",
]
