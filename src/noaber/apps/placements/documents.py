"""The confirmation of a placement on paper, in the language asked for."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from noaber.apps.placements.models import ExchangePlacement
from noaber.apps.placements.words import levels_in_words
from noaber.web import wording
from noaber.web.pdf import Block, Document, Heading, KeyValues, Note, NoteKind, Paragraph, Run, Signatures, pdf_response


def confirmation_answer(record: ExchangePlacement, *, language: str, at: datetime.datetime) -> HttpResponse:
    """Who goes where, when and under what: for the sender, the host and the one who goes."""
    with translation.override(language):
        return pdf_response(_confirmation(record, language, at), name="placement")


def _confirmation(record: ExchangePlacement, language: str, at: datetime.datetime) -> Document:
    application, place = record.application, record.place
    unknown = _("unknown")
    facts = (
        (_("Sent by"), f"{record.sender.code}, {record.sender.name}"),
        (_("Who goes"), ", ".join(part for part in (application.initials, application.function) if part) or unknown),
        (_("Host"), f"{record.host.code}, {record.host.name}"),
        (_("What"), Run(place.title, language=place.language)),
        (_("Where"), place.town or unknown),
        (_("When"), f"{wording.day(record.begins_on)} – {wording.day(record.ends_on)}"),
        (_("Languages of work"), levels_in_words(place.languages) or unknown),
        (_("State"), str(record.get_state_display())),
    )
    programme = application.call.programme
    blocks: list[Block] = [
        Heading(_("Placement")),
        Paragraph(_("The organisations below agree that a member of staff works at the host for the days named.")),
        KeyValues(facts),
    ]
    if programme.illustrative:
        blocks.append(Note(_("This programme is illustrative: it was invented for an exercise."), NoteKind.INFO))
    blocks.append(Signatures((record.sender.name, record.host.name, record.owner.name)))
    return Document(
        title=_("Confirmation of a placement"),
        subtitle=programme.title,
        organisation=record.owner.name,
        status=settings.NOABER_STATUS,
        status_note=str(settings.NOABER_STATUS_NOTE),
        tlp=record.tlp,
        made_at=at,
        facts=((_("Call"), application.call.title),),
        blocks=blocks,
        language=language,
    )
