"""Programmes, calls and placements as links and search know them. Applications are neither linked nor found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.apps.library.hooks import add_kind
from noaber.apps.library.kinds import Kind
from noaber.apps.library.searched import Searched
from noaber.apps.placements.models import ExchangeCall, ExchangePlacement, ExchangeProgramme, HostPlace
from noaber.core.messages.model import FreeText


def add_kinds() -> None:
    add_kind(
        Kind(
            code="exchange",
            label=_("exchange programme"),
            plural=_("exchange programmes"),
            icon="cooperation",
            model=ExchangeProgramme,
            visible=ExchangeProgramme.objects.visible_to,
            title=lambda record: record.title,
            searched=_programme,
            related=("owner",),
        )
    )
    add_kind(
        Kind(
            code="exchange-call",
            label=_("call"),
            plural=_("calls"),
            icon="clock",
            model=ExchangeCall,
            visible=lambda reader: ExchangeCall.objects.all().visible_to(reader),
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
            visible=ExchangePlacement.objects.visible_to,
            title=lambda record: record.title,
            searched=_placement,
            related=("owner", "application__organisation", "place__organisation"),
        )
    )


def _programme(record: ExchangeProgramme) -> Searched:
    return Searched(title=(record.words,), texts=(record.more,), owner=record.owner, languages=(record.language,))


def _call(record: ExchangeCall) -> Searched:
    """By what hosts offer, too."""
    places = list(record.places.all())
    offered = [words for place in places for words in (place.words, place.more, FreeText(place.town, ""))]
    return Searched(
        title=(record.words,),
        texts=(record.programme.words, record.rules, *offered),
        organisations=tuple(place.organisation for place in places),
        owner=record.programme.owner,
        on=record.opens_on,
        languages=(record.language,),
    )


def _placement(record: ExchangePlacement) -> Searched:
    return Searched(
        title=(FreeText(record.title, record.place.language),),
        texts=(record.expects, record.learned, record.host_expects, record.host_learned),
        organisations=(record.sender, record.host),
        owner=record.owner,
        on=record.begins_on,
    )
