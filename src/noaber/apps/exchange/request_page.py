"""Everything that the page of one request shows, for both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import Form

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.who_sees import WhoSees
from noaber.apps.exchange import words
from noaber.apps.exchange.actions import REQUEST_KINDS, Action, Scene, find_actions, find_correction_actions
from noaber.apps.exchange.actions.requests import CONFIRM, confirming
from noaber.apps.exchange.answer_page import AnswerPage, EntryPage
from noaber.apps.exchange.forms.requests import LineEntry
from noaber.apps.exchange.holdings import SpokenFor
from noaber.apps.exchange.law import part_for, who_sees_exchange
from noaber.apps.exchange.legal import Ground, find_ground
from noaber.apps.exchange.models import Request
from noaber.apps.exchange.need_deadlines import need_deadlines
from noaber.apps.exchange.presenters import (
    ContactRow,
    LineRow,
    MessageRow,
    OfferRow,
    contact_rows,
    counted_lines,
    line_rows,
    message_rows,
    offer_row,
    thread_waits,
)
from noaber.apps.exchange.queries import committed_quantities, requests_of_case
from noaber.apps.exchange.services.requests import funding_of
from noaber.apps.exchange.sheets import AnswerSheet, Asker
from noaber.apps.exchange.threads import load_thread
from noaber.apps.exchange.told import OldMoment, is_unanswered, old_moments
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import number_to_ring
from noaber.apps.registry.queries.reservations import teams_reserved
from noaber.core.messages import thread as folded
from noaber.core.messages.model import FreeText, Message
from noaber.core.messages.states import OPEN_REQUESTS as OPEN
from noaber.core.messages.states import RequestState
from noaber.core.messages.thread import Thread, WaitCode
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import NotFound
from noaber.web import clock


@dataclass
class RequestPage:
    """A request, as one side sees it at one moment."""

    acting: Acting
    row: Request
    thread: Thread
    now: datetime
    speaking_for: str = ""
    data: Any = None

    @classmethod
    def load(cls, acting: Acting, slug: str, *, speaking_for: str = "", data: Any = None) -> RequestPage:
        """The page of the request; `NotFound` for who may not see it."""
        row = Request.objects.select_related("consumer", "supplier").get_visible(acting.organisation, slug=slug)
        now = clock.now()
        thread = part_for(acting.organisation, row, load_thread(row.thread_id, now))
        page = cls(acting, row, thread, now, speaking_for, data)
        if speaking_for and (page.is_read_by_law or speaking_for != page.other.code):
            raise NotFound
        return page

    @property
    def organisation(self) -> Organisation:
        return self.acting.organisation

    @property
    def is_ours(self) -> bool:
        """Whether we ask; else we are asked."""
        return self.row.consumer_id == self.organisation.pk

    @property
    def is_read_by_law(self) -> bool:
        """Whether we only read that part which is about teams that we own or release."""
        return self.row.is_read_by_law(self.organisation)

    @property
    def other(self) -> Organisation:
        return self.row.other_than(self.organisation)

    @cached_property
    def who(self) -> WhoSees:
        return who_sees_exchange(self.row, self.thread)

    @property
    def party(self) -> Organisation:
        """For whom the shown steps are: us, or the other side where we enter what it told us."""
        return self.other if self.speaking_for else self.organisation

    @cached_property
    def scene(self) -> Scene:
        asker = Asker(
            reader=self.organisation,
            consumer=self.row.consumer,
            supplier=self.row.supplier,
            status=self.row.status,
            spoken_for=self._spoken_for,
            now=self.now,
        )
        return Scene(self.acting, self.thread, self.party, asker)

    @property
    def _spoken_for(self) -> SpokenFor:
        commitments = committed_quantities(self.row.status, self.now)
        return SpokenFor(commitments.all, teams_reserved(self.row.status, self.now))

    @cached_property
    def actions(self) -> list[Action]:
        if self.is_read_by_law:
            return []
        found = find_actions(self.scene, REQUEST_KINDS, data=self.data)
        return [*confirming(self.scene, self.data), *found, *self.corrections.values()]

    @cached_property
    def corrections(self) -> dict[str, Action]:
        """What we may withdraw as entered by mistake, by the id of the message."""
        return find_correction_actions(self.scene, self.data)

    def action(self, *kinds: StepKind) -> Action | None:
        return next((action for action in self.actions if action.kind in kinds), None)

    @property
    def acknowledging(self) -> Action | None:
        return self.action(StepKind.ACKNOWLEDGE)

    @property
    def answering(self) -> Action | None:
        return self.action(StepKind.ANSWER_LINE, StepKind.REVISE_OFFER)

    @property
    def answers_first(self) -> bool:
        """Whether answering is the next step: some line has no answer yet, or only a provisional one and no order."""
        is_posted = self.data is not None and self.answering is not None and bool(self.answering.manner.is_bound)
        if is_posted or any(not entry.line.is_answered for entry in self._entries):
            return True
        return self.has_provisional and not self.commits

    @property
    def has_provisional(self) -> bool:
        """Whether a provisional answer waits to be confirmed or taken back."""
        return any(entry.offer is not None for entry in self._entries)

    @property
    def _entries(self) -> list[LineEntry]:
        sheet = self.answering.form if self.answering else None
        return sheet.entries if isinstance(sheet, AnswerSheet) else []

    @property
    def ordering(self) -> Action | None:
        return self.action(StepKind.REQUISITION)

    @cached_property
    def asking(self) -> Action | None:
        """A question or a message; it begins with a deadline that has moved since the request was sent."""
        found = self.action(StepKind.ASK_INFORMATION)
        if found is not None and self.tells_moment and isinstance(found.form, Form):
            found.form.fields["question"].initial = " ".join(old.message for old in self.old_moments)
        return found

    @cached_property
    def old_moments(self) -> tuple[OldMoment, ...]:
        """What our request still says and its needs no longer do."""
        if self.thread.request is None or not self.is_ours or not self.row.is_open or self.speaking_for:
            return ()
        return old_moments(self.thread.request.lines, need_deadlines(self.organisation, self.row.case_id))

    @property
    def sends_anew(self) -> bool:
        """Whether it can be replaced without undoing an answer."""
        lines = self.thread.request.lines if self.thread.request else ()
        return self.can_replace and not self.row.is_alert and is_unanswered(lines)

    @property
    def tells_moment(self) -> bool:
        """Whether a message is the way to tell the new deadline."""
        return bool(self.old_moments) and not self.sends_anew

    @property
    def replies(self) -> list[Action]:
        return [action for action in self.actions if action.kind is StepKind.ANSWER_INFORMATION]

    @property
    def endings(self) -> list[Action]:
        return [action for action in self.actions if action.kind in (StepKind.CLOSE_REQUEST, StepKind.CANCEL_REQUEST)]

    @property
    def confirmation(self) -> Action | None:
        """The one click that confirms all of an alert."""
        return next((action for action in self.actions if action.spec is CONFIRM), None)

    @property
    def commits(self) -> list[Action]:
        return [action for action in self.actions if action.kind is StepKind.COMMIT and action.spec is not CONFIRM]

    @property
    def offers(self) -> list[tuple[OfferRow, list[Action]]]:
        """Every offer, with what can be done about it alone: not taking it, or withdrawing it."""
        kinds = (StepKind.REJECT_OFFER, StepKind.WITHDRAW_OFFER)
        mine = [action for action in self.actions if action.kind in kinds]
        return [
            (offer_row(self.thread, offer), [action for action in mine if action.subject == offer.id])
            for offer in self.thread.offers
        ]

    @cached_property
    def answer(self) -> AnswerPage | None:
        """The form of the answer, with what it says beside its fields; None where no line can be answered."""
        sheet = self.answering.form if self.answering else None
        return AnswerPage(sheet) if isinstance(sheet, AnswerSheet) else None

    @property
    def shows_answer_side(self) -> bool:
        """Whether what the answer leaves at home stands beside it."""
        return self.answer is not None and self.answers_first

    @property
    def answer_rows(self) -> list[tuple[LineRow, EntryPage | None, bool]]:
        """Each line with its entry in the answer sheet (or None), and whether the line is named for the first time."""
        entries = self.answer.entries if self.answer else []
        rows: list[tuple[LineRow, EntryPage | None, bool]] = []
        for row in self.lines:
            mine = [entry for entry in entries if entry.entry.number == row.number]
            rows += [(row, entry, index == 0) for index, entry in enumerate(mine)] or [(row, None, True)]
        return rows

    @property
    def certificates(self) -> list[OfferRow]:
        """The deployments whose teams cross a border."""
        if not self.row.agreement:
            return []
        return [row for row, _actions in self.offers if row.deployment is not None]

    @property
    def can_replace(self) -> bool:
        return any(step.kind is StepKind.UPDATE_REQUEST for step in self.scene.steps()) and not self.speaking_for

    @property
    def can_speak_for_other(self) -> bool:
        """Whether there is a step of the other side that we might be told."""
        if self.speaking_for or self.is_read_by_law or self.other.pk == self.organisation.pk:
            return False
        scene = Scene(self.acting, self.thread, self.other, self.scene.asker)
        return any(step.kind in REQUEST_KINDS and step.kind is not StepKind.ASK_INFORMATION for step in scene.steps())

    # What is shown

    @cached_property
    def opening(self) -> Message:
        message = self.thread.find_message(self.thread.thread_id)
        if message is None:
            raise NotFound
        return message

    @property
    def title_lines(self) -> str:
        return counted_lines(self.thread.request.lines) if self.thread.request else ""

    @property
    def incident(self) -> FreeText | None:
        return self.opening.incident.description if self.opening.incident else None

    @property
    def state(self) -> RequestState:
        return self.thread.request.state if self.thread.request else self.row.state_at(self.now)

    @property
    def label(self) -> words.Label:
        return words.request_label(self.state, is_alert=self.row.is_alert)

    @property
    def lines(self) -> list[LineRow]:
        return line_rows(self.thread)

    @property
    def age_minutes(self) -> float:
        """How long ago it was sent."""
        return (self.now - self.row.sent_at).total_seconds() / 60

    @cached_property
    def messages(self) -> list[MessageRow]:
        """Those of our own journal."""
        if self.is_read_by_law:
            return []
        rows = message_rows(self.thread, self.organisation)
        return [replace(row, correction=self.corrections.get(row.message_id)) for row in rows]

    @property
    def contacts(self) -> list[ContactRow]:
        """Whom the request names; told to those whom it was sent to."""
        return [] if self.is_read_by_law else contact_rows(self.opening)

    @property
    def waits(self) -> list[tuple[folded.Waiting, str, bool]]:
        return thread_waits(self.thread, self.organisation)

    @property
    def clock(self) -> folded.Waiting | None:
        """The one wait that the big clock shows: the answer to the request, else what is due first."""
        request = self.thread.request
        if request and request.due_at and self.state in OPEN and any(not line.is_answered for line in request.lines):
            since = request.acknowledged_at or request.sent_at
            return folded.Waiting(self.thread.supplier, WaitCode.ANSWER_LINE, request.message_id, since, request.due_at)
        due = [wait for wait in self.thread.waits if wait.due_at is not None]
        return min(due, key=lambda wait: wait.due_at or self.now, default=None)

    @property
    def is_unacknowledged(self) -> bool:
        return self.state is RequestState.SENT

    @property
    def is_acknowledged(self) -> bool:
        """Whether answering may be the main thing to do; before that, acknowledging is."""
        return not self.is_unacknowledged

    @property
    def is_acknowledged_only(self) -> bool:
        return self.state is RequestState.ACKNOWLEDGED

    @property
    def rings(self) -> bool:
        """Whether an open page sounds: the request waits for us to acknowledge it."""
        return self.is_unacknowledged and self.row.supplier_id == self.organisation.pk

    @cached_property
    def ring_up(self) -> ContactPoint | None:
        """How to reach the other side by phone."""
        return number_to_ring(self.other, reader=self.organisation, status=self.row.status, on=self.now.date())

    @cached_property
    def ground(self) -> Ground:
        """What it stands on, as the reader's own inventory tells it."""
        request = self.thread.request
        line = request.lines[0] if request and request.lines else None
        place = line.place.territory if line and line.place else ""
        return find_ground(
            self.organisation,
            self.row.agreement,
            owner=self.row.supplier,
            place_territory=place or self.row.consumer.territory or self.row.consumer.country,
            capability=line.capability if line else None,
            hazard=None,
            on=self.row.sent_at.date(),
        )

    @property
    def cost(self) -> words.Label:
        """Who pays, as the request said."""
        return words.cost_label(funding_of(self.thread)[0].fund_code)

    @cached_property
    def siblings(self) -> list[tuple[Request, str, words.Label]]:
        """The other requests of the incident, as far as we take part in them: what each asks, and how it stands."""
        if not self.row.case_id:
            return []
        found = requests_of_case(self.organisation, self.row.case_id)
        return [
            (
                request,
                counted_lines(request.lines.all()),
                words.request_label(request.state_at(self.now), is_alert=request.is_alert),
            )
            for request in found
            if request.pk != self.row.pk and request.status == self.row.status
        ]
