"""What a campaign wants of an organisation: rows of its desk, with who reminded it when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.models import Ask
from noaber.apps.campaigns.permissions import can_fill, can_sign
from noaber.apps.campaigns.progress import progress_of
from noaber.apps.campaigns.queries import asked_of
from noaber.apps.campaigns.services.versions import latest_version
from noaber.apps.records.desk import DeskRow
from noaber.core.campaigns import Tally
from noaber.web import wording


def waiting_campaigns(acting: Acting, status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """A row for each part that is not answered in full, and one for each result that waits for a signature.

    Those who work on the cooperation see the parts: the desk of a duty officer is for what cannot wait.
    """
    kept = keeps(acting.organisation)
    asks = asked_of(acting.organisation, status, at)
    finished: dict[tuple[int, int], list[Tally]] = {}
    for one in progress_of(asks, acting.organisation).asks:
        key = (one.ask.campaign_id, one.ask.organisation_id)
        finished.setdefault(key, []).append(one.tally)
        fills = can_fill(acting.roles, one.ask.part, organisation=one.ask.organisation_id, kept=kept)
        if one.tally.open and fills and acting.may(Permission.COOPERATE):
            yield _to_answer(one.ask, one.tally)
    for ask in {(ask.campaign_id, ask.organisation_id): ask for ask in asks}.values():
        tallies = finished[ask.campaign_id, ask.organisation_id]
        signs = can_sign(acting.roles, organisation=ask.organisation_id, kept=kept)
        if signs and all(tally.is_complete for tally in tallies) and not latest_version(ask.campaign, ask.organisation):
            yield _to_sign(ask)


def _to_answer(ask: Ask, tally: Tally) -> DeskRow:
    reminders = list(ask.reminders.all())
    return DeskRow(
        key=f"campaign-ask-{ask.pk}",
        text=_("%(campaign)s: %(part)s") % {"campaign": ask.campaign.title, "part": ask.get_part_display()},
        detail=_reminded(reminders[0].at) if reminders else _open(tally.open),
        other=ask.organisation.code,
        other_detail=_("asked by %(owner)s") % {"owner": ask.owner.code},
        url=ask.get_absolute_url(),
        action=_("Fill in"),
        due_at=ask.campaign.deadline_at,
        since=ask.campaign.opens_at,
    )


def _open(count: int) -> str:
    return ngettext("%(count)s answer is open", "%(count)s answers are open", count) % {"count": count}


def _reminded(at: datetime.datetime) -> str:
    return _("reminded on %(day)s") % {"day": wording.day(at)}


def _to_sign(ask: Ask) -> DeskRow:
    return DeskRow(
        key=f"campaign-sign-{ask.campaign_id}-{ask.organisation_id}",
        text=_("%(campaign)s: result to be signed") % {"campaign": ask.campaign.title},
        detail="",
        other=ask.organisation.code,
        other_detail=_("asked by %(owner)s") % {"owner": ask.owner.code},
        url=reverse("campaign-result", args=[ask.campaign_id, ask.organisation.code]),
        action=_("Sign off"),
        due_at=ask.campaign.deadline_at,
        since=ask.campaign.opens_at,
    )
