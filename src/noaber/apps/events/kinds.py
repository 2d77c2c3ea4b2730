"""Events as links and search know them; of the node's own status, since Actual, Exercise and Test never mix."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.events.ahead import events_ahead
from noaber.apps.events.enums import EVENT
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace, WhatIf
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText


def _events(reader: Organisation, status: str) -> QuerySet[EventDossier]:
    return EventDossier.objects.visible_to(reader).filter(status=status)


def _searched(event: EventDossier) -> IndexDocument:
    """Risks have labels of their own, so no word of theirs is found."""
    places, partners, cards = event.places.all(), event.partners.all(), event.what_ifs.all()
    return IndexDocument(
        title=(FreeText(event.code, ""), *(FreeText(title, language) for language, title in event.titles.items())),
        texts=(
            event.about,
            event.ending,
            *(FreeText(place.name, "") for place in places),
            *(partner.words for partner in partners),
            *(words for card in cards for words in (card.words, card.answer)),
        ),
        codes=tuple(sorted({f"territory:{place.territory}" for place in places})),
        organisations=(event.lead, *(partner.organisation for partner in partners)),
        owner=event.owner,
        on=localdate(event.begins_at),
        languages=tuple(event.titles),
        status=event.status,
    )


add_kind(
    Kind(
        code=EVENT,
        label=_("event"),
        plural=_("events"),
        icon="events",
        model=EventDossier,
        title=lambda event: f"{event.code} {event.title}",
        searched=_searched,
        related=("owner", "lead", "places", "partners__organisation", "what_ifs"),
        parts=((EventPlace, "event"), (EventPartner, "event"), (WhatIf, "event")),
        visible_of=_events,
        pages=Pages(
            "events",
            "events",
            ("event", "event-new", "event-edit", "event-close", "event-part-new", "event-part", "events-calendar"),
        ),
        ahead=events_ahead,
    )
)
