"""Presidencies and dossiers as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.apps.presidency.models import DossierNote, HandoverDossier, Presidency
from noaber.apps.presidency.queries import seen_dossiers
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="presidency",
            label=_("presidency"),
            plural=_("presidencies"),
            icon="cooperation",
            model=Presidency,
            visible=Presidency.objects.visible_to,
            title=lambda presidency: presidency.title,
            searched=_presidency,
            related=("organisation", "owner"),
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
        )
    )


def _presidency(presidency: Presidency) -> Searched:
    year = str(presidency.first_on.year)
    return Searched(
        title=(FreeText(f"{presidency.organisation.code} {year}", ""),),
        texts=tuple(FreeText(text, language) for language, text in presidency.priorities.items()),
        organisations=(presidency.organisation,),
        owner=presidency.owner,
        on=presidency.first_on,
        languages=tuple(presidency.priorities),
    )


def _dossier(dossier: HandoverDossier) -> Searched:
    """Its lines are records that are found themselves; of its own it has the notes."""
    return Searched(
        title=(FreeText(f"{dossier.giver} {dossier.receiver}", ""),),
        texts=tuple(FreeText(note.text, note.language) for note in dossier.notes.all()),
        organisations=(dossier.giver.organisation, dossier.receiver.organisation),
        owner=dossier.owner,
        on=dossier.on,
    )
