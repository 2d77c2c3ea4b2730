"""Programmes, calls and placements as links and search know them. Applications are neither linked nor found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, ExchangeProgramme, HostPlace
from noaber.apps.placements.waiting import waiting_exchanges
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, Pages, add_kind
from noaber.core.messages.model import FreeText


def _programme(record: ExchangeProgramme) -> IndexDocument:
    return IndexDocument(title=(record.words,), texts=(record.more,), owner=record.owner, languages=(record.language,))


def _call(record: ExchangeCall) -> IndexDocument:
    """By what hosts offer, too."""
    places = list(record.places.all())
    offered = [words for place in places for words in (place.words, place.more, FreeText(place.town, ""))]
    return IndexDocument(
        title=(record.words,),
        texts=(record.programme.words, record.rules, *offered),
        organisations=tuple(place.organisation for place in places),
        owner=record.programme.owner,
        on=record.opens_on,
        languages=(record.language,),
    )


def _placement(record: ExchangePlacement) -> IndexDocument:
    return IndexDocument(
        title=(FreeText(record.title, record.place.language),),
        texts=(record.expects, record.learned, record.host_expects, record.host_learned),
        organisations=(record.sender, record.host),
        owner=record.owner,
        on=record.begins_on,
    )


add_kind(
    Kind(
        code="exchange",
        label=_("exchange programme"),
        plural=_("exchange programmes"),
        icon="cooperation",
        model=ExchangeProgramme,
        title=lambda record: record.title,
        searched=_programme,
        related=("owner",),
        pages=Pages(
            "cooperation",
            "exchanges",
            (
                "exchange-programme",
                "exchange-programme-new",
                "exchange-programme-edit",
                "exchange-call",
                "exchange-call-new",
                "exchange-call-edit",
                "host-place",
                "host-place-new",
                "host-place-edit",
                "host-ranking",
                "exchange-application",
                "exchange-application-new",
                "exchange-application-edit",
                "exchange-matching",
                "exchange-placements",
                "exchange-placement",
                "exchange-calendar",
                "exchange-applications",
            ),
            tab=_("Exchanges"),
            rank=70,
        ),
        waiting=waiting_exchanges,
    )
)
add_kind(
    Kind(
        code="exchange-call",
        label=_("call"),
        plural=_("calls"),
        icon="clock",
        model=ExchangeCall,
        title=lambda record: record.title,
        searched=_call,
        related=("programme__owner", "places__organisation"),
        parts=((HostPlace, "call"),),
    )
)
add_kind(
    Kind(
        code="placement",
        label=_("placement"),
        plural=_("placements"),
        icon="assistance",
        model=ExchangePlacement,
        title=lambda record: record.title,
        searched=_placement,
        related=("owner", "application__organisation", "place__organisation"),
    )
)
