"""Meetings and decisions as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.apps.meetings.models import AgendaItem, Decision, Meeting
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="meeting",
            label=_("meeting"),
            plural=_("meetings"),
            icon="people",
            model=Meeting,
            visible=Meeting.objects.visible_to,
            title=lambda record: f"{record.title}, {record.starts_on:%Y-%m-%d}",
            searched=_meeting,
            related=("owner", "host", "items__head"),
            parts=((AgendaItem, "meeting"),),
        )
    )
    add_kind(
        Kind(
            code="decision",
            label=_("decision"),
            plural=_("decisions"),
            icon="yes",
            model=Decision,
            visible=Decision.objects.visible_to,
            title=lambda record: record.title,
            searched=_decision,
            related=("owner",),
        )
    )


def _meeting(record: Meeting) -> Searched:
    """What everyone reads who sees the meeting: never a point that is for its members only."""
    items = [item for item in record.items.all() if not item.members_only]
    minutes = (item.head.words for item in items if item.head is not None)
    return Searched(
        title=(record.words,),
        texts=(FreeText(record.place, ""), *(item.words for item in items), *minutes),
        organisations=(record.host,) if record.host else (),
        owner=record.owner,
        on=record.starts_on,
    )


def _decision(record: Decision) -> Searched:
    return Searched(title=(FreeText(record.number, ""), record.words), owner=record.owner, on=record.made_on)
