"""Recommendations and actions as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.models import Action, ProgressNote, Recommendation
from noaber.apps.actions.permissions import can_report
from noaber.apps.actions.reminders import waiting_actions
from noaber.apps.actions.subjects import MAPPED, decode_subject
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, Start, add_kind
from noaber.core.messages.model import FreeText


def _reports(acting: Acting, record: Action) -> bool:
    """Whether they may say that it is done."""
    kept = keeps(acting.organisation)
    return can_report(acting.roles, owner=record.owner_id, responsible=record.responsible_id, kept=kept)


def _recommendation(record: Recommendation) -> IndexDocument:
    return IndexDocument(
        title=(FreeText(record.number, ""), record.words),
        texts=(FreeText(record.made_by, ""), record.reason),
        codes=_subject(record),
        owner=record.owner,
        on=record.made_on,
        languages=(record.language,),
    )


def _subject(record: Recommendation) -> tuple[str, ...]:
    """The coded words of the gap that it speaks of."""
    subject = decode_subject(record.about)
    if subject is None:
        return ()
    coded = (("capability", subject.capability), ("hazard", subject.hazard))
    parties = (f"territory:{party}" for party in subject.parties)
    return (*(f"{name}:{code}" for name, code in coded if code), *parties)


def _action(record: Action) -> IndexDocument:
    return IndexDocument(
        title=(FreeText(record.number, ""), record.words),
        texts=(record.more, record.reason, record.proof, *(note.words for note in record.notes.all())),
        organisations=(record.responsible,),
        owner=record.responsible,
        on=record.due_on or record.made_on,
        languages=(record.language,),
    )


add_kind(
    Kind(
        code="recommendation",
        label=_("recommendation"),
        plural=_("recommendations"),
        icon="info",
        model=Recommendation,
        title=lambda record: record.title,
        searched=_recommendation,
        related=("owner",),
        pages=Pages(
            "cooperation",
            "recommendations",
            ("recommendation", "recommendation-edit", "recommendation-new"),
            tab=_("Recommendations"),
            rank=50,
        ),
        starts=(Start(MAPPED, "recommendation-new", _("Recommend something")),),
    )
)
add_kind(
    Kind(
        code="action",
        label=_("action"),
        plural=_("actions"),
        icon="yes",
        model=Action,
        title=lambda record: f"{record.number} {record.title}",
        searched=_action,
        related=("owner", "responsible", "notes"),
        parts=((ProgressNote, "action"),),
        takes_evidence=_reports,
        pages=Pages(
            "cooperation",
            "actions",
            ("action", "action-edit", "action-new", "actions-calendar"),
            tab=pgettext_lazy("of the cooperation", "Actions"),
            rank=40,
        ),
        starts=(Start(MAPPED, "action-new", _("Make an action")),),
        waiting=waiting_actions,
    )
)
