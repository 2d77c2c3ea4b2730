"""Requests and deployments as the desk and the page of an incident list them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.models import Deployment, Request
from noaber.apps.exchange.need_deadlines import NeedDeadline
from noaber.apps.exchange.presenters import counted_lines
from noaber.apps.exchange.standing import RequestStanding, standings_of
from noaber.apps.exchange.told import OldMoment, is_unanswered, old_moments
from noaber.apps.registry.coded import counted_capability
from noaber.core.messages.states import DeploymentState

TRACK_STEPS = {
    is_alert: [(state.value, words.DEPLOYMENT_STATES[state].text) for state in words.track_of(is_alert=is_alert)]
    for is_alert in (False, True)
}
"""Own teams cross no border."""


@dataclass(frozen=True)
class RequestRow:
    """One request: who asked whom, for what, and how far it is."""

    request: Request
    what: str
    label: words.Label
    other: Organisation
    is_ours: bool
    is_read_by_law: bool
    standing: RequestStanding
    old_moments: tuple[OldMoment, ...] = ()
    """What the request still says and the needs no longer do; only of our own that run."""

    may_be_sent_anew: bool = False
    """Whether it can be replaced without undoing an answer."""


def request_rows(
    requests: Iterable[Request],
    organisation: Organisation,
    at: datetime.datetime,
    stated: Mapping[str, NeedDeadline] | None = None,
) -> list[RequestRow]:
    """`stated` are the needs of the incident, where the organisation owns it."""
    listed = list(requests)
    standings = standings_of(listed, at)
    return [_request_row(request, organisation, at, standings[request.pk], stated or {}) for request in listed]


def _request_row(
    request: Request,
    organisation: Organisation,
    at: datetime.datetime,
    standing: RequestStanding,
    stated: Mapping[str, NeedDeadline],
) -> RequestRow:
    lines = list(request.lines.all())
    is_ours = request.consumer_id == organisation.pk
    return RequestRow(
        request=request,
        what=counted_lines(lines),
        label=words.request_label(request.state_at(at), is_alert=request.is_alert),
        other=request.other_than(organisation),
        is_ours=is_ours,
        is_read_by_law=request.is_read_by_law(organisation),
        standing=standing,
        old_moments=old_moments(lines, stated) if is_ours and request.is_open else (),
        may_be_sent_anew=not request.is_alert and is_unanswered(lines),
    )


@dataclass(frozen=True)
class DeploymentRow:
    """One deployment on its way."""

    deployment: Deployment
    what: str
    label: words.Label
    other: Organisation
    given: bool
    place: str = ""

    @property
    def steps(self) -> list[tuple[str, words.Text]]:
        return TRACK_STEPS[self.deployment.is_alert]

    @cached_property
    def position(self) -> int:
        return words.track_position(DeploymentState(self.deployment.state), is_alert=self.deployment.is_alert)

    @property
    def expected_at(self) -> datetime.datetime | None:
        """The estimated arrival, while it has not arrived."""
        return None if self.deployment.arrived_at else self.deployment.estimated_arrival_at

    @property
    def is_home(self) -> bool:
        """Until when it was to stay no longer says anything."""
        return self.deployment.deployment_state in (DeploymentState.RETURNED, DeploymentState.SETTLED)


def deployment_rows(
    deployments: Iterable[Deployment], organisation: Organisation, places: dict[str, str] | None = None
) -> list[DeploymentRow]:
    """Rows of deployments; `places` names the incident by its number, where it is known."""
    return [
        DeploymentRow(
            deployment=deployment,
            what=counted_capability(deployment.quantity, deployment.capability),
            label=words.DEPLOYMENT_STATES[deployment.deployment_state],
            other=deployment.other_than(organisation),
            given=deployment.consumer_id != organisation.pk,
            place=(places or {}).get(deployment.case_id, ""),
        )
        for deployment in deployments
    ]
