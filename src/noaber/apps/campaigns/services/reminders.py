"""Reminding those who are late: written down, and shown to them at their desk."""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.models import Ask, Invitation, Reminder
from noaber.apps.campaigns.permissions import can_invite, check_can_run
from noaber.apps.campaigns.services.common import announce_ask
from noaber.core.problems import NotAllowed
from noaber.web.clock import now


def remind(acting: Acting, ask: Ask, *, language: str, invitation: Invitation | None = None) -> Reminder:
    """Write down that they were reminded of what is open; who asks reminds, and who answers reminds those invited.

    Raises
    ------
    NotAllowed
        For everyone else, and where the campaign is not open.
    """
    kept = keeps(acting.organisation)
    if not can_invite(acting.roles, organisation=ask.organisation_id, kept=kept):
        check_can_run(acting.roles, owner=ask.owner_id, kept=kept)
    if ask.campaign.state != CampaignState.OPEN:
        raise NotAllowed("campaign.not-open")
    with transaction.atomic():
        reminder = Reminder.objects.create(
            ask=ask,
            invitation=invitation,
            at=now(),
            by=acting.function,
            organisation=acting.organisation,
            language=language,
        )
        announce_ask(ask)
        return reminder
