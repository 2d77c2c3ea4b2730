"""The result of an organisation as it is signed, and of a campaign as it is closed: frozen, with a digest."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.campaigns.items import keeper_of
from noaber.apps.campaigns.models import Campaign, Frozen, SignOff
from noaber.apps.campaigns.permissions import check_can_sign
from noaber.apps.campaigns.progress import asks_of, current_rows, progress_of
from noaber.apps.campaigns.services.common import announce_ask, check_text
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, keep_history
from noaber.core.campaigns import digest_of
from noaber.core.problems import InvalidInput, NotAllowed, NotFound, Problem
from noaber.web.clock import now


def sign(
    acting: Acting, campaign: Campaign, organisation: Organisation, *, seen: str, note: str = "", language: str = ""
) -> SignOff:
    """The director answers for what stands there now; it becomes the next version.

    Parameters
    ----------
    seen
        The digest of what they were shown: what has changed since is not signed unseen.

    Raises
    ------
    NotAllowed
        For everyone but a director of the organisation (or of the one that answers for it), where the campaign is not
        open, or where this was signed already.
    InvalidInput
        Where something has changed since they looked.
    """
    check_can_sign(acting.roles, organisation=organisation.pk, kept=keeps(acting.organisation))
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if locked.state != CampaignState.OPEN:
            raise NotAllowed("campaign.not-open")
        data = result_of(locked, organisation)
        digest = digest_of(data)
        last = latest_version(locked, organisation)
        if last is not None and last.digest == digest:
            raise NotAllowed("campaign.signed-already")
        if seen != digest:
            raise InvalidInput([Problem("campaign.changed-since", "")])
        frozen = Frozen.objects.create(
            campaign=locked,
            organisation=organisation,
            version=last.version + 1 if last else 1,
            at=now(),
            data=data,
            digest=digest,
        )
        signed = SignOff.objects.create(
            frozen=frozen,
            at=now(),
            by=acting.function,
            organisation=acting.organisation,
            person=acting.person,
            note=check_text(note, "note"),
            note_language=language if note.strip() else "",
        )
        keep_history(Author.of(acting), frozen, ChangeAction.ADDED, {"digest": (None, digest)})
        for ask in asks_of(locked, organisation):
            announce_ask(ask)
        return signed


def result_of(campaign: Campaign, organisation: Organisation) -> dict[str, Any]:
    """Everything that was asked of an organisation, as it stands now: what is signed.

    Raises
    ------
    NotFound
        Where it was asked nothing.
    """
    asks = asks_of(campaign, organisation)
    if not asks:
        raise NotFound
    rows = [row for ask in asks for row in current_rows(ask, keeper_of(organisation))]
    return {"campaign": campaign.code, "organisation": organisation.code, "rows": rows}


def latest_version(campaign: Campaign, organisation: Organisation | None) -> Frozen | None:
    """The newest version of an organisation's result, or of the campaign's."""
    versions = Frozen.objects.filter(campaign=campaign, organisation=organisation)
    return versions.order_by("-version").first()


def freeze_campaign(campaign: Campaign) -> Frozen:
    """The result of the whole: for each organisation its last signed version, and how far it was."""
    organisations = {ask.organisation.code: ask.organisation for ask in asks_of(campaign)}
    told = {code: _outcome(campaign, organisation) for code, organisation in sorted(organisations.items())}
    data = {"campaign": campaign.code, "organisations": told}
    last = latest_version(campaign, None)
    return Frozen.objects.create(
        campaign=campaign, version=last.version + 1 if last else 1, at=now(), data=data, digest=digest_of(data)
    )


def _outcome(campaign: Campaign, organisation: Organisation) -> dict[str, Any]:
    signed = latest_version(campaign, organisation)
    tally = progress_of(asks_of(campaign, organisation), campaign.owner).total
    return {
        "version": signed.version if signed else None,
        "digest": signed.digest if signed else "",
        "asked": tally.asked,
        "confirmed": tally.confirmed,
        "corrected": tally.corrected,
        "added": tally.added,
        "unknown": tally.unknown,
        "not-ours": tally.not_ours,
        "open": tally.open,
    }
