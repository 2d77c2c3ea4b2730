"""The story of the exercise, step by step: who does what, when, in the words of the state machine.

A step carries what a person would fill in on the page; whoever plays it calls the same services that the pages call.
What is marked `played` has happened when the site opens: a small exchange of 13 July, home again, and three incidents
of the 14th without a request. Everything after it is left to the user, or to whoever plays on.

Local names in payloads (`request` "P1", `line` "P1-1", `offer` = `deployment` "P1-1-a", `case` "pepinster") are the
story's own; the player keeps what they became. Steps are `StepKind` of the messages, and opening and closing an
incident. The course is invented; nothing in it says what really happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from noaber.reference.files import read_data_json
from noaber.reference.texts import Texts, read_texts

OPEN_INCIDENT: Final = "open-incident"
CLOSE_INCIDENT: Final = "close-incident"


@dataclass(frozen=True)
class StoryStep:
    """One step of the story.

    Parameters
    ----------
    at
        The exercise's time.
    organisation, username
        Whose step it is, and who takes it.
    step
        A `StepKind` of the messages, "open-incident" or "close-incident".
    case
        The story's own name of the incident.
    played
        Whether it has happened when the site opens.
    caption
        What happens, for people.
    payload
        What would be filled in, by the step:

        open-incident
            title, language, hazard, severity, place, lon, lat, territory, tlp, groups, affected_radius_km,
            reception_point, needs [{need, capability, quantity, within (minutes), priority}]
        authorise-request
            request, to, agreement, signed_by, channel, description {text, language}, lines [{line, need, capability,
            quantity, priority, reception_point}]
        send-request, close-request
            request
        cancel-request
            request, reason
        acknowledge
            request, answer_due_at
        answer-line, revise-offer
            request, answers [{line, offer, replaces, response, capacity, quantity, estimated_arrival, until, reason,
            text, risk_checked}]
        requisition
            request, offers [{offer, quantity, fund_code}]
        commit
            request, offers [{offer, quantity, until, certificate}]
        report
            request, deployment, deployment_status, crossing_point
        ask-extension, answer-extension
            request, deployment, until, response
        ask-return, answer-return
            request, deployment, reason, response
        release
            request, deployment, reason, handover {text, language}
    """

    id: str
    at: datetime
    organisation: str
    username: str
    step: str
    case: str
    played: bool
    caption: Texts
    payload: Mapping[str, Any]


@cache
def load_story() -> tuple[StoryStep, ...]:
    """Every step, in the order of time."""
    return tuple(_read_step(record) for record in read_data_json("demo/story.json"))


def played_steps() -> tuple[StoryStep, ...]:
    """What has happened when the site opens."""
    return tuple(step for step in load_story() if step.played)


def steps_to_come() -> tuple[StoryStep, ...]:
    """What is left to the user."""
    return tuple(step for step in load_story() if not step.played)


def _read_step(record: Mapping[str, Any]) -> StoryStep:
    return StoryStep(
        id=record["id"],
        at=datetime.fromisoformat(record["at"]),
        organisation=record["organisation"],
        username=record["username"],
        step=record["step"],
        case=record["case"],
        played=record.get("played", False),
        caption=read_texts(record["caption"]),
        payload=record["payload"],
    )
