"""One message onto a thread: each of its parts takes effect, or is refused with the reason.

`fold.py` does this for a whole exchange in its order; `steps.py` for one message that somebody wants to send.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from noaber.core.messages.acts import OPENERS, Act, acted_at, read_acts, split, thread_ids
from noaber.core.messages.duties import find_shortcomings
from noaber.core.messages.effects import apply_act, open_thread
from noaber.core.messages.model import Message, MessageType, ResourceInformation
from noaber.core.messages.refusals import Refusal, find_refusal, waits_for
from noaber.core.messages.states import OfferState
from noaber.core.messages.thread import Effect, Entry, Thread
from noaber.core.messages.timers import with_timers
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import Problem


@dataclass(frozen=True)
class Part:
    """One line of a message, or (`line` None) the message as a whole: what takes effect, or waits, as one."""

    message: Message
    line: ResourceInformation | None

    @property
    def element_id(self) -> str:
        return self.line.element_id if self.line else ""


def parts_of(message: Message) -> tuple[Part, ...]:
    return tuple(Part(message, line) for line in split(message))


def try_opening(thread: Thread, message: Message) -> Thread | Refusal:
    """The exchange begun by `message`, or why it cannot begin so."""
    if message.message_type not in OPENERS:
        return Refusal(Problem("flow.begins-wrong"))
    refusal = _refuse_opening(message)
    if refusal:
        return refusal
    opened, effects = open_thread(thread, message)
    shortcomings: tuple[Problem, ...] = ()
    if message.message_type is MessageType.OFFER_UNSOLICITED_RESOURCE:
        for line in message.resources:
            act = Act(StepKind.OFFER_UNSOLICITED, line.element_id, OfferState.OFFERED, line)
            shortcomings += find_shortcomings(opened, message, act)
    return replace(opened, history=(Entry(message, effects, shortcomings),))


def _refuse_opening(message: Message) -> Refusal | None:
    """Own teams may be one's own in the narrow sense too: a region alerts the boats that it has itself."""
    recipients = message.envelope.recipients
    is_alert = message.message_type is MessageType.REQUISITION_RESOURCE
    if not recipients or (recipients[0] == message.envelope.party and not is_alert):
        return Refusal(Problem("flow.one-addressee"))
    if is_alert and (message.preceding_message_id or any(line.subject_id for line in message.resources)):
        return Refusal(Problem("flow.begins-wrong"))
    if is_alert and message.envelope.agreement:
        return Refusal(Problem("flow.alert.text"))
    return None


def try_part(thread: Thread, part: Part, settled_ids: Collection[str]) -> Thread | Refusal:
    """The thread after one part of a message, or why it has no effect.

    Parameters
    ----------
    thread
        The exchange, without timers; they are looked at as they stood when the step was taken.
    settled_ids
        The messages that have come and wait for nothing: what follows on another one waits with it.
    """
    message = part.message
    refusal = refuse_message(thread, message, settled_ids)
    if refusal:
        return refusal
    then = with_timers(thread, acted_at(message))
    effects: tuple[Effect, ...] = ()
    shortcomings: tuple[Problem, ...] = ()
    for act in read_acts(then, message, part.line):
        refusal = find_refusal(then, act, message.envelope.party)
        if refusal:
            return refusal
        shortcomings += find_shortcomings(then, message, act)
        thread, done = apply_act(thread, message, act)
        effects += done
    return replace(thread, history=_add_entry(thread.history, Entry(message, effects, shortcomings)))


def refuse_message(thread: Thread, message: Message, settled_ids: Collection[str]) -> Refusal | None:
    """Why the message cannot belong to the exchange, or waits for another; whatever its lines say."""
    if thread.thread_id not in thread_ids(message):
        return Refusal(Problem("flow.other-exchange", params={"id": message.originating_message_id}))
    if not thread.is_open:
        return waits_for(thread, thread.thread_id)
    if message.message_type in OPENERS and message.recall is None and not _orders_an_offer(message):
        return Refusal(Problem("flow.second-beginning"))
    if thread.status and message.envelope.status is not thread.status:
        params = {"expected": thread.status.value, "found": message.envelope.status.value}
        return Refusal(Problem("flow.status", params=params))
    unaddressed = _refuse_address(thread, message)
    if unaddressed:
        return unaddressed
    missing = [cause for cause in causes_of(message) if cause not in settled_ids and cause != thread.thread_id]
    return waits_for(thread, missing[0]) if missing else None


def _orders_an_offer(message: Message) -> bool:
    return message.message_type is MessageType.REQUISITION_RESOURCE


def _refuse_address(thread: Thread, message: Message) -> Refusal | None:
    """A step that the other side never gets to see would leave the two with different exchanges."""
    envelope = message.envelope
    if envelope.party not in (thread.consumer, thread.supplier):
        return None
    other = thread.supplier if envelope.party == thread.consumer else thread.consumer
    if other in (envelope.sender, *envelope.recipients):
        return None
    return Refusal(Problem("flow.not-addressed", params={"other": other}))


def causes_of(message: Message) -> tuple[str, ...]:
    """The messages that this one says it follows on."""
    causes = [message.originating_message_id, message.preceding_message_id]
    if message.recall:
        causes.append(message.recall.recall_message_id)
    return tuple(cause for cause in causes if cause and cause != message.message_id)


def _add_entry(history: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """The history with the entry, joined with what earlier parts of the same message did."""
    for index, before in enumerate(history):
        if before.message.message_id == entry.message.message_id:
            joined = replace(
                before,
                effects=before.effects + entry.effects,
                shortcomings=before.shortcomings + entry.shortcomings,
            )
            return (*history[:index], joined, *history[index + 1 :])
    return (*history, entry)
