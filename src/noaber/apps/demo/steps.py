"""Which function takes which step of the story: one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from noaber.apps.demo import answers, deployments, openings
from noaber.apps.demo.scene import Held, Move, Scene
from noaber.core.messages.transitions import StepKind as S
from noaber.reference.demo.story import CLOSE_INCIDENT, OPEN_INCIDENT

MOVES: Mapping[str, Callable[[Scene], Move | Held]] = {
    OPEN_INCIDENT: openings.open_case,
    CLOSE_INCIDENT: openings.close_case,
    S.AUTHORISE_REQUEST: openings.authorise,
    S.SEND_REQUEST: openings.send,
    S.ACKNOWLEDGE: answers.acknowledge,
    S.ANSWER_LINE: answers.answer,
    S.REVISE_OFFER: answers.revise,
    S.REQUISITION: answers.requisition,
    S.COMMIT: answers.commit,
    S.REPORT: deployments.report,
    S.ASK_EXTENSION: deployments.ask_extension,
    S.ANSWER_EXTENSION: deployments.answer_extension,
    S.ASK_RETURN: deployments.ask_return,
    S.ANSWER_RETURN: deployments.answer_return,
    S.RELEASE: deployments.release,
    S.CANCEL_REQUEST: deployments.cancel,
    S.CLOSE_REQUEST: deployments.close,
}
"""By the step's word in the story."""
