"""Two doors to the same page: of the house, and of an invitation. What differs is who asks and where forms lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.fillers import Filler
from noaber.apps.campaigns.models import Ask


@dataclass(frozen=True)
class Door:
    """How someone came to the page of an ask; without `filler` they only look."""

    ask: Ask
    reader: Organisation
    filler: Filler | None
    template: str
    url: str
    answer_url: str
    correct_url: str
    add_url: str
    more: dict[str, Any] = field(default_factory=dict)


def member_door(ask: Ask, reader: Organisation, filler: Filler | None, more: dict[str, Any]) -> Door:
    """Of someone who is signed in."""
    return Door(
        ask=ask,
        reader=reader,
        filler=filler,
        template="campaigns/part.html",
        url=reverse("campaign-ask", args=[ask.pk]),
        answer_url=reverse("campaign-ask-answer", args=[ask.pk]),
        correct_url=reverse("campaign-ask-correct", args=[ask.pk]),
        add_url=reverse("campaign-ask-add", args=[ask.pk]),
        more=more,
    )


def invited_door(filler: Filler, secret: str) -> Door:
    """Of someone with a link."""
    return Door(
        ask=filler.ask,
        reader=filler.reader,
        filler=filler,
        template="campaigns/invited_part.html",
        url=reverse("invited", args=[secret]),
        answer_url=reverse("invited-answer", args=[secret]),
        correct_url=reverse("invited-correct", args=[secret]),
        add_url=reverse("invited-add", args=[secret]),
        more={"invitation": filler.invitation},
    )
