"""Presidencies and dossiers as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.presidency.ahead import handover_ahead
from noaber.apps.presidency.models import DossierNote, HandoverDossier, Presidency
from noaber.apps.presidency.queries import seen_dossiers
from noaber.apps.presidency.waiting import waiting_dossiers
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText


def _presidency(presidency: Presidency) -> IndexDocument:
    year = str(presidency.first_on.year)
    return IndexDocument(
        title=(FreeText(f"{presidency.organisation.code} {year}", ""),),
        texts=tuple(FreeText(text, language) for language, text in presidency.priorities.items()),
        organisations=(presidency.organisation,),
        owner=presidency.owner,
        on=presidency.first_on,
        languages=tuple(presidency.priorities),
    )


def _dossier(dossier: HandoverDossier) -> IndexDocument:
    """Its lines are records that are found themselves; of its own it has the notes."""
    return IndexDocument(
        title=(FreeText(f"{dossier.giver} {dossier.receiver}", ""),),
        texts=tuple(FreeText(note.text, note.language) for note in dossier.notes.all()),
        organisations=(dossier.giver.organisation, dossier.receiver.organisation),
        owner=dossier.owner,
        on=dossier.on,
    )


add_kind(
    Kind(
        code="presidency",
        label=_("presidency"),
        plural=_("presidencies"),
        icon="cooperation",
        model=Presidency,
        title=lambda presidency: presidency.title,
        searched=_presidency,
        related=("organisation", "owner"),
        pages=Pages(
            "cooperation",
            "presidencies",
            (
                "presidency",
                "presidency-new",
                "presidency-edit",
                "handover",
                "handover-new",
                "handover-edit",
                "handover-note",
                "handover-back",
                "handover-compare",
            ),
            tab=_("Presidency"),
            rank=80,
        ),
    )
)
add_kind(
    Kind(
        code="handover",
        label=_("handover dossier"),
        plural=_("handover dossiers"),
        icon="document",
        model=HandoverDossier,
        visible=seen_dossiers,
        title=lambda dossier: dossier.title,
        searched=_dossier,
        related=("owner", "giver__organisation", "receiver__organisation", "notes"),
        parts=((DossierNote, "dossier"),),
        waiting=waiting_dossiers,
        ahead=handover_ahead,
    )
)
