"""The handover: a dossier is begun, gets notes, is frozen, and is signed by who gives, then by who receives."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.presidency.enums import DossierState
from noaber.apps.presidency.models import (
    LONGEST_NOTE,
    DossierNote,
    DossierSignature,
    DossierVersion,
    HandoverDossier,
    Presidency,
)
from noaber.apps.presidency.permissions import check_can_sign, signer_of
from noaber.apps.presidency.queries import latest_version, lines_now
from noaber.apps.presidency.values import DossierData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, change, keep_history
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import check_words
from noaber.core.presidency.dossier import Section, digest_of, encode
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.web.clock import now
from noaber.web.wording import day


def begin_dossier(acting: Acting, giver: Presidency, receiver: Presidency, data: DossierData) -> HandoverDossier:
    """Begin the dossier of a handover; it belongs to who gives, and is addressed to who receives.

    Raises
    ------
    NotAllowed
        For everyone who does not work on the cooperation at the giver, and where there is one already.
    InvalidInput
        Where the receiver does not follow, or the day is not one of the giver's presidency.
    """
    check_can_change(acting.roles, owner=giver.organisation_id, kept=keeps(acting.organisation))
    _check_days(giver, receiver, data)
    try:
        with transaction.atomic():
            dossier = HandoverDossier.objects.create(
                owner=giver.organisation,
                giver=giver,
                receiver=receiver,
                on=data.on,
                tlp=data.tlp,
                illustrative=data.illustrative,
            )
            dossier.groups.set(group_keys(data.groups).values())
            dossier.addressees.add(receiver.organisation)
            keep_history(acting, dossier, ChangeAction.ADDED)
            announce_readers(dossier)
            return dossier
    except IntegrityError as error:
        raise NotAllowed("dossier.exists") from error


def change_dossier(acting: Acting, dossier: HandoverDossier, data: DossierData) -> None:
    """Change of which day it is while it is a draft, and whom it reaches."""
    with transaction.atomic():
        locked = _lock(acting, dossier)
        saw = list(readers_of(locked))
        values: dict[str, Any] = {"tlp": data.tlp}
        if locked.is_draft:
            _check_days(locked.giver, locked.receiver, data)
            values["on"] = data.on
        change(acting, locked, values)
        locked.groups.set(group_keys(data.groups).values())
        announce_readers(locked, *saw)


def _check_days(giver: Presidency, receiver: Presidency, data: DossierData) -> None:
    if receiver.first_on <= giver.last_on:
        raise InvalidInput([Problem("dossier.not-the-next", "receiver")])
    if not giver.first_on <= data.on <= receiver.first_on:
        days = {"first": day(giver.first_on), "last": day(receiver.first_on)}
        raise InvalidInput([Problem("dossier.outside", "on", days)])


def keep_note(acting: Acting, dossier: HandoverDossier, section: Section, text: str, *, language: str) -> None:
    """Keep what the giver adds to a section; an empty note is taken away."""
    words = check_words(text, "text", longest=LONGEST_NOTE) if text.strip() else ""
    with transaction.atomic():
        locked = _lock_draft(acting, dossier)
        note = DossierNote.objects.filter(dossier=locked, section=section).first()
        before = note.text if note else ""
        if before == words and (note is None or note.language == language):
            return
        if words:
            DossierNote.objects.update_or_create(
                dossier=locked,
                section=section,
                defaults={"text": words, "language": language, "by": acting.function, "at": now()},
            )
        elif note:
            note.delete()
        keep_history(acting, locked, ChangeAction.CHANGED, {"note": (before, words)})
        announce_readers(locked)


def make_ready(acting: Acting, dossier: HandoverDossier) -> DossierVersion:
    """Freeze what it says now as the next version, and lay it before the directors."""
    with transaction.atomic():
        locked = _lock_draft(acting, dossier)
        last = latest_version(locked)
        content = _content(locked)
        version = DossierVersion.objects.create(
            dossier=locked,
            number=last.number + 1 if last else 1,
            at=now(),
            by=acting.function,
            content=content,
            digest=digest_of(content),
        )
        change(acting, locked, {"state": DossierState.READY}, ChangeAction.STATE)
        announce_readers(locked)
        return version


def _content(dossier: HandoverDossier) -> dict[str, Any]:
    notes = dossier.notes.order_by("section")
    return {
        "giver": str(dossier.giver),
        "receiver": str(dossier.receiver),
        "on": dossier.on.isoformat(),
        "lines": encode(lines_now(dossier)),
        "notes": [{"section": one.section, "text": one.text, "language": one.language} for one in notes],
    }


def take_back(acting: Acting, dossier: HandoverDossier, *, reason: str) -> None:
    """Make it a draft again before both have signed; what was frozen, and who signed it, is kept."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = _lock(acting, dossier)
        if locked.state not in (DossierState.READY, DossierState.GIVEN):
            raise NotAllowed("dossier.step-gone")
        saw = list(readers_of(locked))
        change(acting, locked, {"state": DossierState.DRAFT}, ChangeAction.STATE, words)
        announce_readers(locked, *saw)


def sign(acting: Acting, dossier: HandoverDossier, *, seen: str) -> DossierSignature:
    """A director signs the version that lies before them: first of the giver, then of the receiver.

    Parameters
    ----------
    seen
        The digest of what they were shown: another version is not signed unseen.

    Raises
    ------
    NotAllowed
        For everyone but a director of the organisation whose turn it is, and where another version was made ready since
        they looked.
    """
    with transaction.atomic():
        locked = _locked(dossier)
        giver, receiver = locked.giver.organisation_id, locked.receiver.organisation_id
        signer = signer_of(locked.state, giver=giver, receiver=receiver)
        check_can_sign(acting.roles, signer=signer, kept=keeps(acting.organisation))
        version = latest_version(locked)
        if version is None or signer is None:
            raise NotFound
        if version.digest != seen:
            raise NotAllowed("dossier.changed-since")
        signature = DossierSignature.objects.create(
            version=version, organisation_id=signer, at=now(), by=acting.function, person=acting.person
        )
        after = DossierState.GIVEN if signer == giver else DossierState.HANDED_OVER
        change(acting, locked, {"state": after}, ChangeAction.STATE)
        announce_readers(locked)
        return signature


def _locked(dossier: HandoverDossier) -> HandoverDossier:
    rows = HandoverDossier.objects.select_for_update(of=("self",))
    return rows.select_related("owner", "giver__organisation", "receiver__organisation").get(pk=dossier.pk)


def _lock(acting: Acting, dossier: HandoverDossier) -> HandoverDossier:
    """The dossier, locked, which they may change."""
    locked = _locked(dossier)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    return locked


def _lock_draft(acting: Acting, dossier: HandoverDossier) -> HandoverDossier:
    locked = _lock(acting, dossier)
    if not locked.is_draft:
        raise NotAllowed("dossier.frozen")
    return locked
