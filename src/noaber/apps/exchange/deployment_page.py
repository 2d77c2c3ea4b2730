"""Everything that the page of one deployment shows, for both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.who_sees import WhoSees
from noaber.apps.exchange import words
from noaber.apps.exchange.actions import DEPLOYMENT_KINDS, Action, Scene, find_actions, find_correction_actions
from noaber.apps.exchange.holdings import SpokenFor
from noaber.apps.exchange.law import part_for, who_sees_exchange
from noaber.apps.exchange.models import Deployment, slug_of
from noaber.apps.exchange.presenters import (
    ChangeRow,
    MessageRow,
    ReadReason,
    change_rows,
    deployment_messages,
    destination_of,
    subject_words,
    thread_waits,
)
from noaber.apps.exchange.sheets import Asker
from noaber.apps.exchange.threads import load_thread
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import number_to_ring
from noaber.core.messages import thread as folded
from noaber.core.messages.model import BorderCertificate, FreeText
from noaber.core.messages.named_teams import part_about
from noaber.core.messages.papers import missing_papers, papers_due
from noaber.core.messages.states import DeploymentState
from noaber.core.messages.thread import Thread
from noaber.core.problems import NotFound
from noaber.web import clock


@dataclass
class DeploymentPage:
    """A deployment, as one side sees it at one moment."""

    acting: Acting
    row: Deployment
    thread: Thread
    deployment: folded.Deployment
    now: datetime
    speaking_for: str = ""
    data: Any = None

    @classmethod
    def load(cls, acting: Acting, slug: str, *, speaking_for: str = "", data: Any = None) -> DeploymentPage:
        """The page of the deployment; `NotFound` for who may not see it."""
        row = Deployment.objects.select_related("consumer", "supplier").get_visible(acting.organisation, slug=slug)
        now = clock.now()
        thread = part_for(acting.organisation, row, load_thread(row.thread_id, now))
        deployment = thread.find_deployment(row.pk)
        if deployment is None:
            raise NotFound
        page = cls(acting, row, thread, deployment, now, speaking_for, data)
        if speaking_for and (page.is_read_by_law or speaking_for != page.other.code):
            raise NotFound
        return page

    @property
    def organisation(self) -> Organisation:
        return self.acting.organisation

    @property
    def is_ours(self) -> bool:
        """Whether the teams help us; else they are those that we sent."""
        return self.row.consumer_id == self.organisation.pk

    @property
    def is_read_by_law(self) -> bool:
        """Whether we only read it, since the teams are ours or we release them."""
        return self.row.is_read_by_law(self.organisation)

    @property
    def other(self) -> Organisation:
        return self.row.other_than(self.organisation)

    @cached_property
    def who(self) -> WhoSees:
        return who_sees_exchange(self.row, part_about(self.thread, {self.row.pk}))

    @property
    def party(self) -> Organisation:
        return self.other if self.speaking_for else self.organisation

    @cached_property
    def actions(self) -> list[Action]:
        """What can be done now, the next step first."""
        if self.is_read_by_law:
            return []
        found = find_actions(self._scene(self.party), DEPLOYMENT_KINDS, subject=self.row.pk, data=self.data)
        return sorted(found, key=lambda action: action.spec.tone != "main")

    @cached_property
    def corrections(self) -> dict[str, Action]:
        """What we may withdraw as entered by mistake, by the id of the message."""
        return find_correction_actions(self._scene(self.party), self.data)

    def _scene(self, party: Organisation) -> Scene:
        asker = Asker(
            reader=self.organisation,
            consumer=self.row.consumer,
            supplier=self.row.supplier,
            status=self.row.status,
            spoken_for=SpokenFor(),
            now=self.now,
        )
        return Scene(self.acting, self.thread, party, asker)

    @property
    def can_speak_for_other(self) -> bool:
        """Whether there is a step of the other side that we might be told."""
        if self.speaking_for or self.is_read_by_law or self.other.pk == self.organisation.pk:
            return False
        steps = self._scene(self.other).steps()
        return any(step.subject_id == self.row.pk for step in steps)

    # What is shown

    @property
    def title(self) -> str:
        return subject_words(self.thread, self.deployment.id)

    @property
    def label(self) -> words.Label:
        return words.DEPLOYMENT_STATES[self.deployment.state]

    @property
    def track(self) -> list[tuple[str, str]]:
        """The states of the track with their names; a recalled deployment says so where a released one would."""
        recalled = any(change.state is DeploymentState.RECALLED for change in self.deployment.changes)
        shown = [
            DeploymentState.RECALLED if state is DeploymentState.RELEASED and recalled else state
            for state in words.track_of(is_alert=self.row.is_alert)
        ]
        return [(state.value, str(words.DEPLOYMENT_STATES[state].text)) for state in shown]

    @property
    def track_index(self) -> int:
        return words.track_position(self.deployment.state, is_alert=self.row.is_alert)

    @property
    def changes(self) -> list[ChangeRow]:
        return change_rows(self.deployment)

    @property
    def messages(self) -> list[MessageRow]:
        if self.is_read_by_law:
            return []
        rows = deployment_messages(self.thread, self.row.pk, self.organisation)
        return [replace(row, correction=self.corrections.get(row.message_id)) for row in rows]

    @property
    def waits(self) -> list[tuple[folded.Waiting, str, bool]]:
        found = thread_waits(self.thread, self.organisation)
        return [item for item in found if item[0].subject_id == self.row.pk]

    @property
    def clock(self) -> folded.Waiting | None:
        """What is due first."""
        due = [wait for wait, _text, _ours in self.waits if wait.due_at is not None]
        return min(due, key=lambda wait: wait.due_at or self.now, default=None)

    @property
    def handover(self) -> ReadReason:
        """Why they were let go, and what was handed over."""
        return ReadReason.of(self.deployment.handover)

    @property
    def certificate(self) -> BorderCertificate | None:
        return self.deployment.certificate

    @property
    def missing_papers(self) -> str:
        """What the certificate does not say yet, in words; empty where nothing is missing or no border lies ahead."""
        if not self.thread.agreement:
            return ""
        return words.missing_papers(missing_papers(self.certificate))

    @property
    def papers_are_due(self) -> bool:
        return bool(papers_due(self.thread, self.deployment))

    @property
    def destination(self) -> str:
        """Where the teams report when they come."""
        return destination_of(self.thread, self.deployment)

    @property
    def place(self) -> str:
        """Where they were reported last; else where they go."""
        position = self.deployment.position
        return position.description if position and position.description else self.destination

    @property
    def request_slug(self) -> str:
        return slug_of(self.thread.thread_id)

    @property
    def incident(self) -> FreeText | None:
        opening = self.thread.find_message(self.thread.thread_id)
        return opening.incident.description if opening and opening.incident else None

    @cached_property
    def ring_up(self) -> ContactPoint | None:
        """How to reach the other side by phone."""
        return number_to_ring(self.other, reader=self.organisation, status=self.row.status, on=self.now.date())
