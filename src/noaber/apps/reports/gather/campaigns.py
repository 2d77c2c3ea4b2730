"""The campaigns of a report: how far each organisation is, and the version that it signed."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.models import Ask, Campaign
from noaber.apps.campaigns.progress import progress_of
from noaber.apps.campaigns.queries import seen_asks, shown_campaigns, versions_of
from noaber.apps.reports.facts import CampaignFact


def campaign_facts(reader: Organisation, status: str, at: datetime) -> tuple[tuple[CampaignFact, ...], list[str]]:
    """Campaign by campaign, organisation by organisation, as far as `reader` sees; and the labels of all of these."""
    facts: list[CampaignFact] = []
    labels: list[str] = []
    for campaign in shown_campaigns(reader, status, at):
        asks = sorted(seen_asks(reader, campaign), key=lambda ask: ask.organisation.code)
        labels += [campaign.tlp, *(ask.tlp for ask in asks)]
        for _code, of_one in groupby(asks, key=lambda ask: ask.organisation.code):
            facts.append(_fact(reader, campaign, list(of_one)))
    return tuple(facts), labels


def _fact(reader: Organisation, campaign: Campaign, asks: list[Ask]) -> CampaignFact:
    total = progress_of(asks, reader).total
    organisation = asks[0].organisation
    signed = versions_of(reader, campaign, organisation).filter(sign_off__isnull=False).first()
    return CampaignFact(
        code=campaign.code,
        titles=dict(campaign.titles),
        organisation=organisation.code,
        deadline=campaign.deadline_on,
        asked=total.asked,
        answered=total.done,
        unknown=total.unknown,
        signed_on=signed.sign_off.at.date() if signed else None,
        version=signed.version if signed else None,
    )
