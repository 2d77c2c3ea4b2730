"""The only writer of the exchange: each service is one step of the flow, in one transaction.

Every step takes `manner`: in which language, and where it was said elsewhere, how, when, by whom, for whom.
"""

from noaber.apps.exchange.services.alerts import AlertData, AlertLine, alert_teams, confirm_alert
from noaber.apps.exchange.services.corrections import withdraw_mistake
from noaber.apps.exchange.services.deployments import (
    answer_extension,
    answer_return,
    ask_extension,
    ask_return,
    ask_status,
    recall,
    release,
    report_deployment,
    returned,
)
from noaber.apps.exchange.services.drafts import (
    DraftData,
    authorise_draft,
    change_draft,
    create_draft,
    discard_draft,
    draft_replacement,
    find_draft_problems,
    ground_of,
    record_sign_off,
    send_request,
)
from noaber.apps.exchange.services.erasure import erase_exchange
from noaber.apps.exchange.services.manner import HERE, Manner
from noaber.apps.exchange.services.messages import Appended, append_message, receive_message, take_step
from noaber.apps.exchange.services.requests import (
    LineAnswer,
    Team,
    acknowledge,
    answer_information,
    ask_information,
    cancel_request,
    close_request,
    commit,
    reject_offer,
    requisition,
    respond_to_request,
    withdraw_offer,
)
from noaber.apps.exchange.services.signing import authorise_together, digest_of_draft, place_of_draft

__all__ = [
    "HERE",
    "AlertData",
    "AlertLine",
    "Appended",
    "DraftData",
    "LineAnswer",
    "Manner",
    "Team",
    "acknowledge",
    "alert_teams",
    "answer_extension",
    "answer_information",
    "answer_return",
    "append_message",
    "ask_extension",
    "ask_information",
    "ask_return",
    "ask_status",
    "authorise_draft",
    "authorise_together",
    "cancel_request",
    "change_draft",
    "close_request",
    "commit",
    "confirm_alert",
    "create_draft",
    "digest_of_draft",
    "discard_draft",
    "draft_replacement",
    "erase_exchange",
    "find_draft_problems",
    "ground_of",
    "place_of_draft",
    "recall",
    "receive_message",
    "record_sign_off",
    "reject_offer",
    "release",
    "report_deployment",
    "requisition",
    "respond_to_request",
    "returned",
    "send_request",
    "take_step",
    "withdraw_mistake",
    "withdraw_offer",
]
