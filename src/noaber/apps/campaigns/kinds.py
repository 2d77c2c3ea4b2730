"""Campaigns as links and search know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.campaigns.models import Campaign
from noaber.apps.campaigns.queries import shown_campaigns, visible_campaigns
from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.core.messages.model import FreeText
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
            visible_of=lambda reader, status: shown_campaigns(reader, status, now()),
            title=lambda record: record.title,
            searched=_searched,
            related=("owner",),
        )
    )


def _searched(record: Campaign) -> Searched:
    titles = tuple(FreeText(text, language) for language, text in record.titles.items())
    return Searched(
        title=(FreeText(record.code, ""), *titles),
        texts=tuple(FreeText(text, language) for language, text in record.purposes.items()),
        owner=record.owner,
        on=record.deadline_on,
        status=record.status,
    )
