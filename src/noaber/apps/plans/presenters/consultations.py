"""A consultation as the reader may see it: who is asked, what they said, what became of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.plans.models import Comment, Consultation, Consulted
from noaber.apps.plans.queries import comments_for
from noaber.apps.plans.reminders import silent_reminders


@dataclass(frozen=True)
class PartyView:
    """One organisation that is asked. Where `is_told` is False, the reader learns only that it is asked."""

    consulted: Consulted
    comments: list[Comment]
    is_told: bool
    reminded_at: datetime.datetime | None

    @property
    def is_silent(self) -> bool:
        """Whether it has neither commented nor said that it will not, as far as the reader is told."""
        return self.is_told and not self.comments and self.consulted.done_at is None

    @property
    def answered(self) -> int:
        return sum(1 for comment in self.comments if comment.outcome)

    @property
    def taken(self) -> int:
        """How many of its comments were taken over, in full or in part."""
        return sum(1 for comment in self.comments if comment.outcome in ("taken-over", "partly"))

    @property
    def is_settled(self) -> bool:
        """Whether it has spoken, and all it said is answered."""
        spoken = bool(self.comments) or self.consulted.done_at is not None
        return spoken and self.answered == len(self.comments)


@dataclass(frozen=True)
class ConsultationView:
    consultation: Consultation
    parties: list[PartyView]
    comments: list[Comment]

    @property
    def unanswered(self) -> int:
        return sum(1 for comment in self.comments if not comment.outcome)


def present_consultation(reader: Organisation, consultation: Consultation) -> ConsultationView:
    comments = list(comments_for(reader, consultation))
    kept = keeps(reader)
    is_keeper = consultation.plan.owner_id in kept
    reminders = silent_reminders(consultation)
    parties = [
        PartyView(
            consulted=one,
            comments=[comment for comment in comments if comment.organisation_id == one.organisation_id],
            is_told=is_keeper or one.organisation_id in kept,
            reminded_at=reminders.get(one.organisation_id),
        )
        for one in consultation.consulted.all()
    ]
    return ConsultationView(consultation, parties, comments)
