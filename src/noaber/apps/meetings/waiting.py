"""Invitations that the organisation has not answered, as rows of the desk."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.meetings.enums import Answer, MeetingState
from noaber.apps.meetings.models import Meeting
from noaber.apps.meetings.presenters import days_of
from noaber.apps.records.desk import DeskRow, end_of
from noaber.apps.records.models import Change

MOST_AT_THE_DESK: Final = 5
SOON: Final = datetime.timedelta(days=28)
"""How long before a meeting the clock of its invitation runs."""


def waiting_invitations(acting: Acting, _status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each meeting ahead that was convened and that the organisation has not said whether it comes to."""
    if not acting.may(Permission.COOPERATE):
        return
    today = at.astimezone(acting.zone).date()
    invited = Meeting.objects.visible_to(acting.organisation).filter(
        participants__organisation=acting.organisation,
        participants__answer=Answer.INVITED,
        state=MeetingState.CONVENED,
        ends_on__gte=today,
    )
    history = Change.objects.filter(subject=Meeting._meta.model_name, subject_id=OuterRef("pk")).order_by("at")
    dated = invited.annotate(planned_at=Subquery(history.values("at")[:1])).select_related("owner")
    for meeting in dated.order_by("starts_on", "pk").distinct()[:MOST_AT_THE_DESK]:
        yield _row(meeting, acting, meeting.planned_at)


def _row(meeting: Meeting, acting: Acting, planned_at: datetime.datetime | None) -> DeskRow:
    until = end_of(meeting.starts_on, acting.zone)
    return DeskRow(
        key=f"invitation-{meeting.pk}",
        text=_("Invitation: %(meeting)s") % {"meeting": meeting.title},
        detail=", ".join(part for part in (days_of(meeting), meeting.place) if part),
        other=meeting.owner.code,
        other_detail=_("invites you"),
        url=f"{meeting.get_absolute_url()}#people",
        action=pgettext("to do", "Answer"),
        due_at=until,
        since=until - SOON,
        made_at=planned_at,
    )
