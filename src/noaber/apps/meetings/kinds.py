"""Meetings and decisions as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.meetings.models import AgendaItem, Decision, Meeting
from noaber.apps.meetings.waiting import waiting_invitations
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText


def _meeting(record: Meeting) -> IndexDocument:
    """What everyone reads who sees the meeting: never a point that is for its members only."""
    items = [item for item in record.items.all() if not item.members_only]
    minutes = (item.head.words for item in items if item.head is not None)
    return IndexDocument(
        title=(record.words,),
        texts=(FreeText(record.place, ""), *(item.words for item in items), *minutes),
        organisations=(record.host,) if record.host else (),
        owner=record.owner,
        on=record.starts_on,
    )


def _decision(record: Decision) -> IndexDocument:
    return IndexDocument(title=(FreeText(record.number, ""), record.words), owner=record.owner, on=record.made_on)


add_kind(
    Kind(
        code="meeting",
        label=_("meeting"),
        plural=_("meetings"),
        icon="people",
        model=Meeting,
        title=lambda record: f"{record.title}, {record.starts_on:%Y-%m-%d}",
        searched=_meeting,
        related=("owner", "host", "items__head"),
        parts=((AgendaItem, "meeting"),),
        pages=Pages(
            "cooperation",
            "meetings",
            (
                "meeting",
                "meeting-new",
                "meeting-edit",
                "meeting-minutes",
                "meeting-people-edit",
                "agenda-item-edit",
                "minutes-versions",
                "minutes-settle",
                "series-edit",
                "series-new",
                "meetings-calendar",
            ),
            tab=_("Meetings"),
            rank=10,
        ),
        waiting=waiting_invitations,
    )
)
add_kind(
    Kind(
        code="decision",
        label=_("decision"),
        plural=_("decisions"),
        icon="yes",
        model=Decision,
        title=lambda record: record.title,
        searched=_decision,
        related=("owner",),
        pages=Pages(
            "cooperation", "decisions", ("decision", "decision-edit", "decision-new"), tab=_("Decisions"), rank=20
        ),
    )
)
