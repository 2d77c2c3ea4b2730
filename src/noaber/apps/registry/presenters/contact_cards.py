"""Contact points for the day when the network is down: as vCards for phones, and grouped for paper.

The cards are vCard 3.0 (RFC 2426): every phone and mail program takes a file of many of them, which cannot be said of
4.0. LANG is the property of 4.0 (RFC 6350) under its registered name; readers that do not know it pass over it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import vobject
from django.utils.translation import gettext as _

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.labels import strictest
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.presenters.contacts import ContactView
from noaber.core.plain_text import UNFIT
from noaber.web import wording

VCARD_TYPE = "text/vcard; charset=utf-8"
PER_HALF = 6
PER_WALLET = 4
WALLETS_PER_PAGE = 10
T = TypeVar("T")


def vcards(views: Iterable[ContactView], *, at: datetime.datetime) -> str:
    """The contact points as one file of vCards, their fields in the reader's language."""
    return "".join(_vcard(view, at).serialize() for view in views)


def _vcard(view: ContactView, at: datetime.datetime) -> Any:
    contact = view.contact
    card = vobject.vCard()
    title = f"{view.organisation} {view.field}"
    _add(card, "n", vobject.vcard.Name(family=_plain(title)))
    _add(card, "fn", _plain(title))
    _add(card, "org", [_plain(view.organisation_name), _plain(view.organisation)])
    _add(card, "role", _plain(contact.function), language=contact.function_language)
    if contact.phone:
        _add(card, "tel", view.tel, type=["WORK", "VOICE", "PREF"])
    if contact.mail:
        _add(card, "email", contact.mail, type=["INTERNET", "WORK"])
    for language in contact.languages:
        _add(card, "lang", language)
    _add(card, "note", _plain(_note(view)))
    _add(card, "categories", [f"TLP:{contact.tlp}", _plain(view.field)])
    _add(card, "uid", f"noaber-contact-{contact.pk}-{contact.organisation.code}-{contact.field}")
    _add(card, "rev", at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return card


def _add(card: Any, name: str, value: Any, *, language: str = "", type: Sequence[str] = ()) -> None:
    line = card.add(name)
    line.value = value
    if language:
        line.language_param = language
    if type:
        line.params["TYPE"] = list(type)


def _plain(text: str) -> str:
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _note(view: ContactView) -> str:
    contact = view.contact
    lines = [f"TLP:{contact.tlp} · {contact.get_status_display()}"]
    if contact.second_channel:
        lines.append(f"{wording.label(_('Second channel'))} {contact.second_channel}")
    if view.hours:
        lines.append(f"{wording.label(_('Hours'))} {view.hours} ({contact.organisation.time_zone})")
    if view.languages:
        lines.append(f"{wording.label(_('Languages'))} {view.languages}")
    lines.append(_freshness(view))
    return "\n".join(lines)


def _freshness(view: ContactView) -> str:
    contact = view.contact
    if contact.verified_on is None:
        return view.state_words
    verified = _("verified on %(day)s") % {"day": wording.day(contact.verified_on)}
    return f"{verified}; {view.state_words}" if view.is_due else f"{verified}; {_valid(contact)}"


def _valid(contact: ContactPoint) -> str:
    return _("valid until %(day)s") % {"day": wording.day(contact.expires_on)} if contact.expires_on else ""


@dataclass(frozen=True)
class SheetPage:
    """One side of A4 that folds in the middle."""

    halves: tuple[list[ContactView], list[ContactView]]


@dataclass(frozen=True)
class CardBook:
    """What is printed, under the strictest label of it, until the first of what is verified is due."""

    sheets: list[SheetPage]
    wallets: list[list[list[ContactView]]]
    """Pages of cards of contacts."""
    tlp: str
    valid_until: datetime.date | None
    doubtful: int
    """How many of them are expired, never verified, or did not answer."""
    count: int


def card_book(views: Sequence[ContactView], on: datetime.date) -> CardBook:
    """The contacts laid out for both kinds of paper, in their order."""
    days = [view.contact.expires_on for view in views if view.contact.expires_on and view.contact.expires_on >= on]
    sheets = [SheetPage((page[:PER_HALF], page[PER_HALF:])) for page in _chunks(views, 2 * PER_HALF)]
    return CardBook(
        sheets=sheets,
        wallets=_chunks(_chunks(views, PER_WALLET), WALLETS_PER_PAGE),
        tlp=strictest(*(view.contact.tlp for view in views), default=TlpLabel.AMBER.value),
        valid_until=min(days, default=None),
        doubtful=sum(view.is_doubtful for view in views),
        count=len(views),
    )


def _chunks(items: Sequence[T], size: int) -> list[list[T]]:
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
