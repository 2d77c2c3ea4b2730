"""Campaigns of the mapping: what is asked of whom, until when, and what was signed off."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = (
    "campaign",
    "campaign-ask",
    "campaign-ask-edit",
    "campaign-ask-new",
    "campaign-edit",
    "campaign-invite",
    "campaign-new",
    "campaign-reminders",
    "campaign-result",
    "campaign-version",
    "campaigns",
)


class CampaignsConfig(AppConfig):
    name = "noaber.apps.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from noaber.apps.campaigns.ahead import campaigns_ahead
        from noaber.apps.campaigns.kinds import add_kinds
        from noaber.apps.campaigns.waiting import waiting_campaigns
        from noaber.apps.planner.presenters.ahead import add_ahead
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.web.navigation import open_place

        open_place("mapping", url_name="agreements", covers=PAGES)
        add_kinds()
        add_waiting(waiting_campaigns)
        add_ahead(campaigns_ahead)
