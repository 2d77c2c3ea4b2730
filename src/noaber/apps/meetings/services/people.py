"""Who takes part: invited, changed, taken off the list, and what they answer."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.meetings.enums import Answer
from noaber.apps.meetings.models import Meeting, Participant
from noaber.apps.meetings.permissions import can_answer
from noaber.apps.meetings.services.common import check_is_open, lock_meeting, readers_now, spread_sharing, tell
from noaber.apps.meetings.values import ParticipantData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import keep_history
from noaber.apps.records.rows import lock_row
from noaber.core.problems import InvalidInput, NotAllowed, Problem


def invite(acting: Acting, meeting: Meeting, data: ParticipantData) -> Participant:
    """Put somebody on the list; an organisation sees the meeting from now on."""
    if data.organisation is None and not data.function.strip():
        raise InvalidInput([Problem("meeting.nobody", "organisation")])
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        check_is_open(locked)
        given = asdict(data) | {"organisation": data.organisation, "function": data.function.strip()}
        somebody = Participant.objects.create(meeting=locked, **given)
        spread_sharing(locked)
        keep_history(acting, locked, ChangeAction.CHANGED, {"participants": ("", somebody.name)})
        tell(locked)
        return somebody


def disinvite(acting: Acting, somebody: Participant) -> None:
    """Take somebody off the list; an organisation that the meeting reaches no other way does not see it any more."""
    with transaction.atomic():
        locked = lock_meeting(acting, somebody.meeting)
        check_is_open(locked)
        lock_row(Participant.objects.all(), somebody.pk)
        saw = readers_now(locked)
        name = somebody.name
        somebody.delete()
        spread_sharing(locked)
        keep_history(acting, locked, ChangeAction.CHANGED, {"participants": (name, "")})
        tell(locked, *saw)


def answer_invitation(acting: Acting, somebody: Participant, answer: Answer) -> None:
    """Say whether somebody comes, or came: for oneself, or as who keeps the meeting."""
    with transaction.atomic():
        locked = lock_row(Participant.objects.all(), somebody.pk)
        meeting = locked.meeting
        kept = keeps(acting.organisation)
        if not can_answer(acting.roles, organisation=locked.organisation_id, owner=meeting.owner_id, kept=kept):
            raise NotAllowed("meeting.not-yours-to-answer")
        before, locked.answer = locked.answer, answer
        locked.save(update_fields=["answer"])
        keep_history(acting, locked, ChangeAction.STATE, {"answer": (before, answer.value)})
        tell(meeting)
