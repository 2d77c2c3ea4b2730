"""Decisions: written down under a number that lasts, and put in better words."""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import link
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting
from noaber.apps.meetings.services.common import check_is_open, lock_meeting, share_like, tell
from noaber.apps.meetings.values import DecisionData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history, set_fields
from noaber.apps.records.numbers import save_numbered
from noaber.apps.records.words import check_words
from noaber.core.problems import NotFound
from noaber.web.clock import now


def add_decision(acting: Acting, meeting: Meeting, data: DecisionData, *, item: AgendaItem | None = None) -> Decision:
    """Write down what was decided; it is seen by whoever sees the point, or the meeting where it names none.

    Raises
    ------
    InvalidInput
        Where nothing is written.
    NotFound
        Where the point stands on another agenda.
    """
    text = check_words(data.text, "text")
    if item is not None and item.meeting_id != meeting.pk:
        raise NotFound
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        check_is_open(locked)
        decision = Decision(
            owner=locked.owner,
            meeting=locked,
            item=item,
            made_on=data.made_on,
            text=text,
            language=data.language,
            illustrative=data.illustrative,
            source=data.source,
        )
        save_numbered(decision)
        share_like(decision, item or locked)
        link(Author.of(acting), locked, Relation.LED_TO, decision, now=now())
        keep_history(acting, decision, ChangeAction.ADDED)
        tell(locked)
        return decision


def change_decision(acting: Acting, decision: Decision, *, text: str, language: str) -> None:
    """Put a decision in other words; its number and day stay, and the history keeps the former words."""
    words = check_words(text, "text")
    with transaction.atomic():
        meeting = lock_meeting(acting, decision.meeting)
        check_is_open(meeting)
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        changes = set_fields(locked, {"text": words, "language": language})
        locked.save(update_fields=["text", "language"])
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        tell(meeting)
