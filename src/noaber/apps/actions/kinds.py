"""Recommendations and actions as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.models import Action, ProgressNote, Recommendation
from noaber.apps.actions.permissions import can_report
from noaber.apps.actions.subjects import decode_subject
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="recommendation",
            label=_("recommendation"),
            plural=_("recommendations"),
            icon="info",
            model=Recommendation,
            visible=Recommendation.objects.visible_to,
            title=lambda record: record.title,
            searched=_recommendation,
            related=("owner",),
        )
    )
    add_kind(
        Kind(
            code="action",
            label=_("action"),
            plural=_("actions"),
            icon="yes",
            model=Action,
            visible=Action.objects.visible_to,
            title=lambda record: f"{record.number} {record.title}",
            searched=_action,
            related=("owner", "responsible", "notes"),
            parts=((ProgressNote, "action"),),
            takes_evidence=_reports,
        )
    )


def _reports(acting: Acting, record: Action) -> bool:
    """Whether they may say that it is done."""
    kept = keeps(acting.organisation)
    return can_report(acting.roles, owner=record.owner_id, responsible=record.responsible_id, kept=kept)


def _recommendation(record: Recommendation) -> Searched:
    return Searched(
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


def _action(record: Action) -> Searched:
    return Searched(
        title=(FreeText(record.number, ""), record.words),
        texts=(record.more, record.reason, record.proof, *(note.words for note in record.notes.all())),
        organisations=(record.responsible,),
        owner=record.responsible,
        on=record.due_on or record.made_on,
        languages=(record.language,),
    )
