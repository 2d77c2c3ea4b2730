"""Reads for the pages of campaigns; each begins with the sharing rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.campaigns.enums import CampaignState, Part
from noaber.apps.campaigns.items import keeper_of, record_key, seen_records
from noaber.apps.campaigns.models import Ask, Campaign, Frozen
from noaber.core.problems import NotFound


def visible_campaigns(reader: Organisation, now: datetime) -> QuerySet[Campaign]:
    """The campaigns that `reader` sees: its own, and those of others that have begun."""
    begun = ~Q(state=CampaignState.DRAFT) & Q(opens_on__lte=localdate(now))
    return Campaign.objects.visible_to(reader).filter(Q(owner__in=keeps(reader)) | begun)


def shown_campaigns(reader: Organisation, status: str, now: datetime) -> QuerySet[Campaign]:
    """Those of one status, for a list."""
    return visible_campaigns(reader, now).filter(status=status).select_related("owner", "previous")


def get_campaign(reader: Organisation, status: str, pk: int, now: datetime) -> Campaign:
    """One campaign, or `NotFound`."""
    found = shown_campaigns(reader, status, now).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def seen_asks(reader: Organisation, campaign: Campaign) -> list[Ask]:
    """What the campaign asks, as far as `reader` sees it: all of its own, else what it is asked itself."""
    asks = Ask.objects.visible_to(reader).filter(campaign=campaign)
    return list(asks.select_related("organisation__parent", "owner", "campaign__owner").prefetch_related("answers"))


def get_ask(reader: Organisation, status: str, pk: int, now: datetime) -> Ask:
    """One ask, or `NotFound`; those who are asked see it once it has begun."""
    related = ("organisation__parent", "owner", "campaign__owner")
    ask = Ask.objects.visible_to(reader).select_related(*related).filter(pk=pk, campaign__status=status).first()
    if ask is None or not (ask.owner_id in keeps(reader) or ask.campaign.is_shown(now)):
        raise NotFound
    return ask


def asked_of(reader: Organisation, status: str, now: datetime) -> list[Ask]:
    """What `reader` is asked in the campaigns that run, for itself or for whom it answers."""
    asks = Ask.objects.visible_to(reader).filter(
        campaign__state=CampaignState.OPEN, campaign__status=status, organisation__in=keeps(reader)
    )
    related = ("organisation__parent", "owner", "campaign__owner")
    found = asks.select_related(*related).prefetch_related("answers", "reminders")
    return [ask for ask in found if ask.campaign.is_shown(now)]


def versions_of(reader: Organisation, campaign: Campaign, organisation: Organisation | None) -> QuerySet[Frozen]:
    """The frozen versions that `reader` sees: of the campaign who asks, of an organisation also that one."""
    rows = Frozen.objects.filter(campaign=campaign, organisation=organisation)
    if campaign.owner_id not in keeps(reader) and (organisation is None or not _answers_for(reader, organisation)):
        return rows.none()
    return rows.select_related("campaign__owner", "organisation__parent", "sign_off").order_by("-version")


def newest_versions(reader: Organisation, campaign: Campaign) -> dict[int, Frozen]:
    """The newest version of each organisation that `reader` sees, by the key of the organisation."""
    rows = Frozen.objects.filter(campaign=campaign, organisation__isnull=False)
    if campaign.owner_id not in (kept := keeps(reader)):
        rows = rows.filter(organisation__in=kept)
    rows = rows.select_related("campaign__owner", "organisation__parent", "sign_off").order_by("version")
    return {row.organisation_id: row for row in rows if row.organisation_id is not None}


def _answers_for(reader: Organisation, organisation: Organisation) -> bool:
    return organisation.pk in keeps(reader)


def get_version(reader: Organisation, status: str, pk: int, now: datetime) -> Frozen:
    """One version, or `NotFound`."""
    found = Frozen.objects.select_related("campaign", "organisation__parent").filter(pk=pk).first()
    if found is None:
        raise NotFound
    campaign = get_campaign(reader, status, found.campaign_id, now)
    version = versions_of(reader, campaign, found.organisation).filter(pk=pk).first()
    if version is None:
        raise NotFound
    return version


def seen_rows(reader: Organisation, frozen: Frozen) -> list[dict[str, Any]]:
    """The rows of an organisation's version, without the records that `reader` does not see today.

    Who asks may have been told more by the counts than by the records: what a record says reaches those with whom
    its owner shares it, also when it is frozen.
    """
    rows: list[dict[str, Any]] = frozen.data.get("rows", [])
    organisation = frozen.organisation
    if organisation is None or keeper_of(organisation).pk == reader.pk:
        return rows
    seen: dict[str, dict[str, Any]] = {}
    for part in {row["part"] for row in rows}:
        records = seen_records(part, organisation, frozen.campaign, reader)
        seen[part] = {record_key(part, record): record for record in records}
    return [_as_seen(row, seen[row["part"]][row["record"]]) for row in rows if row["record"] in seen[row["part"]]]


def _as_seen(row: dict[str, Any], record: Any) -> dict[str, Any]:
    """Without the number of teams where its owner tells others only how many may go."""
    if row["part"] != Part.CAPACITIES or record.share_up_to is None:
        return row
    return {**row, "values": {name: value for name, value in row["values"].items() if name != "quantity"}}
