"""Which sentence says that a step does not fit the state: the code, by step and state. Texts: `refusal_texts.py`.

Where a pair is not here, the sentence about the state itself serves: `flow.request.CLOSED`, `flow.offer.LAPSED`.
"""

from __future__ import annotations

from noaber.core.messages.states import OfferState, RequestState
from noaber.core.messages.transitions import StepKind

_HAS_ACKNOWLEDGED = (RequestState.ACKNOWLEDGED, RequestState.PARTLY_COVERED, RequestState.COVERED)

REQUEST_CODES: dict[tuple[StepKind, RequestState], str] = {
    **{(StepKind.ACKNOWLEDGE, state): "flow.acknowledged" for state in _HAS_ACKNOWLEDGED},
    (StepKind.CLOSE_REQUEST, RequestState.SENT): "flow.nothing-to-close",
    (StepKind.CLOSE_REQUEST, RequestState.ACKNOWLEDGED): "flow.nothing-to-close",
}

OFFER_CODES: dict[tuple[StepKind, OfferState], str] = {
    (StepKind.REVISE_OFFER, OfferState.OFFERED): "flow.revise.OFFERED",
    (StepKind.REVISE_OFFER, OfferState.PROVISIONAL): "flow.revise.PROVISIONAL",
    (StepKind.REVISE_OFFER, OfferState.ACCEPTED): "flow.revise.ACCEPTED",
    (StepKind.REVISE_OFFER, OfferState.COMMITTED): "flow.withdraw.COMMITTED",
    (StepKind.WITHDRAW_OFFER, OfferState.COMMITTED): "flow.withdraw.COMMITTED",
    (StepKind.WITHDRAW_OFFER, OfferState.WITHDRAWN): "flow.withdraw.WITHDRAWN",
    (StepKind.REJECT_OFFER, OfferState.PROVISIONAL): "flow.decide.PROVISIONAL",
    (StepKind.REJECT_OFFER, OfferState.ACCEPTED): "flow.reject.ACCEPTED",
    (StepKind.REJECT_OFFER, OfferState.COMMITTED): "flow.reject.COMMITTED",
    (StepKind.REQUISITION, OfferState.PROVISIONAL): "flow.decide.PROVISIONAL",
    (StepKind.REQUISITION, OfferState.ACCEPTED): "flow.requisition.ACCEPTED",
    (StepKind.REQUISITION, OfferState.COMMITTED): "flow.requisition.COMMITTED",
    (StepKind.COMMIT, OfferState.PROVISIONAL): "flow.commit.early",
    (StepKind.COMMIT, OfferState.OFFERED): "flow.commit.early",
    (StepKind.COMMIT, OfferState.COMMITTED): "flow.commit.COMMITTED",
}

DEPLOYMENT_CODES: dict[tuple[StepKind, str], str] = {
    (StepKind.ASK_EXTENSION, "early"): "flow.extension.early",
    (StepKind.ASK_EXTENSION, "late"): "flow.extension.late",
    (StepKind.ANSWER_EXTENSION, "early"): "flow.no-extension_pending",
    (StepKind.ANSWER_EXTENSION, "late"): "flow.extension.moot",
    (StepKind.ASK_RETURN, "early"): "flow.return.early",
    (StepKind.ASK_RETURN, "late"): "flow.return.late",
    (StepKind.ANSWER_RETURN, "early"): "flow.no-return_pending",
    (StepKind.ANSWER_RETURN, "late"): "flow.return.late",
    (StepKind.RECALL, "late"): "flow.recall.late",
    (StepKind.RELEASE, "early"): "flow.release.early",
    (StepKind.RELEASE, "late"): "flow.release.late",
}
