"""Dossiers at the desk of the director whose turn it is to sign."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.presidency.enums import DossierState
from noaber.apps.presidency.models import HandoverDossier
from noaber.apps.presidency.permissions import can_sign, signer_of
from noaber.apps.presidency.queries import latest_version, seen_dossiers
from noaber.apps.records.desk import DeskRow, start_of


def waiting_dossiers(acting: Acting, _status: str, _at: datetime.datetime) -> Iterator[DeskRow]:
    if not acting.may(Permission.SIGN_OFF):
        return
    kept = keeps(acting.organisation)
    for dossier in seen_dossiers(acting.organisation).filter(state__in=(DossierState.READY, DossierState.GIVEN)):
        signer = signer_of(
            dossier.state, giver=dossier.giver.organisation_id, receiver=dossier.receiver.organisation_id
        )
        if can_sign(acting.roles, signer=signer, kept=kept):
            yield _row(dossier, acting)


def _row(dossier: HandoverDossier, acting: Acting) -> DeskRow:
    is_giver = dossier.state == DossierState.READY
    other = dossier.receiver.organisation if is_giver else dossier.giver.organisation
    version = latest_version(dossier)
    if version is None:
        raise ValueError(f"{dossier} waits for a signature and has no version")
    return DeskRow(
        key=f"handover-{dossier.pk}",
        text=dossier.title,
        detail=str(dossier.get_state_display()),
        other=other.code,
        other_detail=_("receives the presidency") if is_giver else _("hands the presidency over"),
        url=reverse("handover", args=[dossier.pk]),
        action=pgettext("to do", "Sign"),
        due_at=start_of(dossier.receiver.first_on, acting.zone),
        since=version.at,
    )
