"""The handover dossier on paper, in the language asked for: what its reader sees of it, and who signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.presidency.models import DossierSignature, Presidency
from noaber.apps.presidency.presenters import DossierView, LineView, SectionView
from noaber.core.messages.model import FreeText
from noaber.web.pdf import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Run,
    Signatures,
    Table,
    Text,
)
from noaber.web.wording import day, moment_in_full, number


def dossier_document(reader: Organisation, view: DossierView, *, language: str, made_at: datetime.datetime) -> Document:
    """The dossier that `reader` gets."""
    dossier = view.dossier
    return Document(
        title=_("Handover dossier"),
        subtitle=dossier.title,
        organisation=reader.name,
        status=settings.NOABER_STATUS,
        tlp=view.tlp,
        made_at=made_at,
        facts=tuple(_facts(view)),
        blocks=tuple(_blocks(view)),
        digest=view.version.digest if view.version else "",
        contents=True,
        language=language,
    )


def _facts(view: DossierView) -> Iterator[tuple[str, Text]]:
    dossier = view.dossier
    yield _("Giver"), f"{dossier.giver.organisation.code}, {dossier.giver.organisation.name}"
    yield _("Receiver"), f"{dossier.receiver.organisation.code}, {dossier.receiver.organisation.name}"
    yield _("As of"), day(dossier.on)
    yield _("State"), str(dossier.get_state_display())
    if view.version:
        yield _("Version"), number(view.version.number)


def _blocks(view: DossierView) -> Iterator[Block]:
    dossier = view.dossier
    if dossier.illustrative:
        yield Note(_("Illustrative: made up to show what a dossier looks like."), title=_("Source"))
    yield Heading(_("At a glance"))
    yield KeyValues(
        [
            (_("Done, with evidence"), number(view.count_done)),
            (_("Open: decisions, actions, recommendations"), number(view.count_open)),
            (_("Of the actions overdue"), number(view.overdue)),
            (_("Coming meetings and events"), number(view.count_coming)),
        ]
    )
    yield Paragraph(_("Everything below is derived from the records; the notes are the giver’s."), quiet=True)
    yield from _priorities(dossier.receiver)
    for section in view.sections:
        yield from _section(section)
    yield Heading(_("Signatures"))
    yield from _signatures(view)


def _priorities(presidency: Presidency) -> Iterator[Block]:
    words = presidency.priority_words
    if words.text:
        yield Heading(_("Priorities of the next presidency"))
        yield Paragraph(words.text, language=words.language)


def _section(view: SectionView) -> Iterator[Block]:
    yield Heading(view.title)
    if view.note_words:
        yield Note(_run(view.note_words), title=_("Note of the giver"))
    if view.lines:
        yield Table(columns=tuple(_columns(view)), rows=[tuple(_row(view, line)) for line in view.lines])
    else:
        yield Paragraph(view.nothing, quiet=True)


def _columns(view: SectionView) -> Iterator[Column]:
    yield Column(_("What"), width=3.2)
    if view.has_names:
        yield Column(_("Who"), width=0.9)
    if view.has_days:
        yield Column(view.day_label, width=1.2)
    if view.has_states:
        yield Column(view.state_label, width=1.1)


def _row(view: SectionView, one: LineView) -> Iterator[Text]:
    yield _what(one)
    if view.has_names:
        yield one.line.who
    if view.has_days:
        yield day(one.day) if one.day else _("no day")
    if view.has_states:
        yield one.state


def _what(one: LineView) -> Text:
    shown: list[Run | str] = []
    if one.line.number:
        shown.append(Run(f"{one.line.number} ", quiet=True))
    shown.append(_run(one.words))
    if one.more:
        shown += ["\n", _run(one.more)]
    if one.beside:
        shown.append(Run(f"\n{one.beside}", quiet=True))
    return shown


def _signatures(view: DossierView) -> Iterator[Block]:
    signed = {one.organisation_id: one for one in view.version.signatures.all()} if view.version else {}
    dossier = view.dossier
    both = (dossier.giver.organisation, dossier.receiver.organisation)
    if view.version:
        yield KeyValues([(one.code, _signature(signed.get(one.pk))) for one in both])
        yield Paragraph([_("Digest of this version:"), " ", Run(view.version.digest, mono=True)], quiet=True)
    else:
        yield Paragraph(_("This is a draft; it is not laid before the directors yet."), quiet=True)
    unsigned = [_("Director of %(organisation)s") % {"organisation": one.code} for one in both if one.pk not in signed]
    if unsigned:
        yield Signatures(unsigned)


def _signature(signature: DossierSignature | None) -> str:
    if signature is None:
        return _("not signed yet")
    return f"{signature.author}, {moment_in_full(signature.at)}"


def _run(words: FreeText) -> Run:
    return Run(words.text, language=words.language)
