"""Campaigns as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.campaigns.models import Campaign
from noaber.apps.campaigns.queries import visible_campaigns
from noaber.apps.library.kinds import Kind, add_kind
from noaber.web.clock import now


def add_kinds() -> None:
    add_kind(
        Kind(
            code="campaign",
            label=_("campaign"),
            plural=_("campaigns"),
            icon="mapping",
            model=Campaign,
            visible=lambda reader: visible_campaigns(reader, now()),
            title=lambda record: record.title,
        )
    )
