"""Reads for the pages of presidencies and dossiers; each begins with the sharing rule."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.presidency.enums import DossierState
from noaber.apps.presidency.gather import Asked, gather
from noaber.apps.presidency.models import DossierNote, DossierVersion, HandoverDossier, Presidency
from noaber.apps.presidency.sight import Pair, seen_records
from noaber.core.presidency.dossier import Line, decode, share_of
from noaber.core.problems import NotFound


def list_presidencies(reader: Organisation) -> QuerySet[Presidency]:
    return Presidency.objects.visible_to(reader).select_related("organisation", "owner")


def get_presidency(reader: Organisation, pk: int) -> Presidency:
    """The presidency, or `NotFound`."""
    return Presidency.objects.select_related("organisation", "owner").get_visible(reader, pk=pk)


def next_presidency(reader: Organisation, presidency: Presidency) -> Presidency | None:
    """The one that begins after it, where somebody has put it down."""
    return list_presidencies(reader).filter(first_on__gt=presidency.last_on).first()


def seen_dossiers(reader: Organisation) -> QuerySet[HandoverDossier]:
    """The dossiers that a reader sees; drafts only where they write them."""
    shown = ~Q(state=DossierState.DRAFT) | Q(owner__in=keeps(reader))
    rows = HandoverDossier.objects.visible_to(reader).filter(shown)
    return rows.select_related("owner", "giver__organisation", "receiver__organisation")


def get_dossier(reader: Organisation, pk: int) -> HandoverDossier:
    """The dossier, or `NotFound`."""
    found = seen_dossiers(reader).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def asked_of(dossier: HandoverDossier) -> Asked:
    """What the dossier is about."""
    pair = Pair(dossier.giver.organisation, dossier.receiver.organisation)
    return Asked(pair, dossier.on, dossier.giver.first_on, dossier.receiver.last_on)


def lines_now(dossier: HandoverDossier) -> list[Line]:
    """What would be handed over if it were made ready now."""
    return gather(asked_of(dossier))


def every_line(dossier: HandoverDossier) -> list[Line]:
    """The same with what the receiver may not see: only ever counted, and only for the giver."""
    asked = asked_of(dossier)
    alone = Pair(asked.pair.giver, asked.pair.giver)
    return gather(Asked(alone, asked.on, asked.since, asked.until))


def latest_version(dossier: HandoverDossier) -> DossierVersion | None:
    return dossier.versions.prefetch_related("signatures__organisation").order_by("-number").first()


def lines_for(reader: Organisation, lines: list[Line]) -> list[Line]:
    """The share of a reader: what they see today of what the lines tell of."""
    return share_of(lines, {kind: rows.keys() for kind, rows in seen_records(reader, lines).items()})


def frozen_lines(version: DossierVersion) -> list[Line]:
    return decode(version.content["lines"])


def notes_of(dossier: HandoverDossier, version: DossierVersion | None) -> dict[str, DossierNote]:
    """By section, what the giver added: of a version as it was frozen, else as it stands."""
    if version is None:
        return {note.section: note for note in dossier.notes.all()}
    stored = version.content["notes"]
    return {one["section"]: DossierNote(dossier=dossier, **one) for one in stored}


def comparable_versions(reader: Organisation, dossier: HandoverDossier) -> list[DossierVersion]:
    """The frozen versions of this dossier and of earlier ones that the reader sees, the newest first."""
    dossiers = seen_dossiers(reader).filter(on__lte=dossier.on)
    versions = DossierVersion.objects.filter(dossier__in=dossiers.values("pk"))
    related = ("dossier__giver__organisation", "dossier__receiver__organisation")
    return list(versions.select_related(*related).order_by("-dossier__on", "-number"))
