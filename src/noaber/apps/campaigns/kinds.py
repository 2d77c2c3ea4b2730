"""Campaigns as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.campaigns.ahead import campaigns_ahead
from noaber.apps.campaigns.models import Campaign
from noaber.apps.campaigns.queries import shown_campaigns, visible_campaigns
from noaber.apps.campaigns.waiting import waiting_campaigns
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText
from noaber.web.clock import now


def _searched(record: Campaign) -> IndexDocument:
    titles = tuple(FreeText(text, language) for language, text in record.titles.items())
    return IndexDocument(
        title=(FreeText(record.code, ""), *titles),
        texts=tuple(FreeText(text, language) for language, text in record.purposes.items()),
        owner=record.owner,
        on=record.deadline_on,
        status=record.status,
    )


add_kind(
    Kind(
        code="campaign",
        label=_("campaign"),
        plural=_("campaigns"),
        icon="mapping",
        model=Campaign,
        visible=lambda reader: visible_campaigns(reader, now()),
        visible_of=lambda reader, status: shown_campaigns(reader, status, now()),
        title=lambda record: record.title,
        searched=_searched,
        related=("owner",),
        pages=Pages(
            "mapping",
            "campaigns",
            (
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
            ),
        ),
        waiting=waiting_campaigns,
        ahead=campaigns_ahead,
    )
)
