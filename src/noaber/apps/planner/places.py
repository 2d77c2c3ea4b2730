"""Places of the gazetteer, as search shows them beside the records."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.library.beside import Beside
from noaber.apps.registry.coded import territory_label
from noaber.reference.gazetteer import search
from noaber.web.reader import reader_language

_MOST: Final = 6


def find_places(acting: Acting, text: str) -> list[Beside]:
    """Places have no page of their own; whoever may opens an incident there."""
    may_open = acting.may(Permission.OPEN_INCIDENT)
    also = f" · {_('New incident')}" if may_open else ""
    return [
        Beside(
            place.in_language(reader_language()),
            f"{territory_label(place.territory)}{also}",
            f"{reverse('incident-new')}?place={place.geonameid}" if may_open else "",
        )
        for place in search(text, limit=_MOST)
    ]
