"""Invitations: made, shown once, withdrawn; and the one that a secret belongs to."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.models import Ask, Invitation
from noaber.apps.campaigns.permissions import check_can_invite
from noaber.apps.campaigns.services.common import announce_ask, check_text
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web.clock import now

LONGEST: Final = timedelta(days=366)
_BYTES: Final = 32
_USED_AGAIN: Final = timedelta(minutes=1)
"""How often the last use is written down: the page asks more often than anybody wants to know."""


@dataclass(frozen=True)
class InvitationData:
    """Who is invited, in which language, until the end of which day."""

    name: str
    function: str
    language: str
    until: date
    mail: str = ""


def invite(acting: Acting, ask: Ask, data: InvitationData) -> tuple[Invitation, str]:
    """Let someone without an account answer this ask; the secret is answered here and kept nowhere.

    Raises
    ------
    NotAllowed
        Where another organisation answers it, or the campaign is closed.
    InvalidInput
        Where the day is not ahead, or more than a year ahead.
    """
    check_can_invite(acting.roles, organisation=ask.organisation_id, kept=keeps(acting.organisation))
    if ask.campaign.state == CampaignState.CLOSED:
        raise NotAllowed("campaign.is-closed")
    moment = now()
    expires_at = datetime.combine(data.until, time(23, 59, 59), ask.campaign.zone)
    if not moment < expires_at <= moment + LONGEST:
        raise InvalidInput([Problem("campaign.invitation-ends", "until")])
    secret = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            ask=ask,
            name=check_text(data.name, "name"),
            function=check_text(data.function, "function"),
            mail=data.mail,
            language=data.language,
            digest=digest_of_secret(secret),
            made_at=moment,
            made_by=acting.function,
            expires_at=expires_at,
        )
        keep_history(Author.of(acting), invitation, ChangeAction.ADDED)
        announce_ask(ask)
    return invitation, secret


def revoke(acting: Acting, invitation: Invitation) -> None:
    """The link opens nothing any more; what was answered by it stays."""
    check_can_invite(acting.roles, organisation=invitation.ask.organisation_id, kept=keeps(acting.organisation))
    if invitation.revoked_at is not None:
        return
    with transaction.atomic():
        invitation.revoked_at = now()
        invitation.save(update_fields=["revoked_at"])
        keep_history(Author.of(acting), invitation, ChangeAction.WITHDRAWN)
        announce_ask(invitation.ask)


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret: it has 256 bits of chance, so that a plain digest cannot be reversed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(secret: str) -> Invitation | None:
    """The invitation that the secret opens at this moment; nothing where it is unknown, withdrawn or over."""
    moment = now()
    related = ("ask__campaign__owner", "ask__organisation__parent", "ask__owner")
    found = Invitation.objects.select_related(*related).filter(digest=digest_of_secret(secret)).first()
    if found is None or not found.is_valid(moment) or not found.ask.campaign.is_shown(moment):
        return None
    if found.used_at is None or moment - found.used_at > _USED_AGAIN:
        Invitation.objects.filter(pk=found.pk).update(used_at=moment)
    return found
