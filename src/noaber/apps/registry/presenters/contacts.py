"""Contact points for their pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.apps.registry.contact_state import Freshness
from noaber.apps.registry.enums import ContactCheck
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import freshness_of
from noaber.apps.registry.services.contacts import reach_digest
from noaber.core.office_hours import OfficeHours, runs_of
from noaber.web import wording
from noaber.web.tables import Column
from noaber.web.templatetags.noaber import language_name


@dataclass(frozen=True)
class ContactView:
    """`state` is one of `Freshness`: shape and word, not colour alone. `is_open` is None where nobody can tell."""

    contact: ContactPoint
    organisation: str
    organisation_name: str
    field: str
    languages: str
    hours: str
    is_open: bool | None
    local_time: str
    """What its clock shows, where that is not the reader's."""
    state: str
    state_words: str
    age: str
    no_answer: bool
    is_kept: bool

    @property
    def seen(self) -> str:
        """What is verified where someone verifies what they see here."""
        return reach_digest(self.contact)

    @property
    def tel(self) -> str:
        return dialled(self.contact.phone)

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody may rely on it."""
        return self.state in (Freshness.EXPIRED, Freshness.NEVER) or self.no_answer

    @property
    def is_due(self) -> bool:
        return self.state != Freshness.FRESH or self.no_answer


def telephone_row(view: ContactView) -> dict[str, str]:
    """A contact as the telephone list of a page keeps it; what there is not is empty."""
    return {
        "organisation": view.organisation,
        "name": view.organisation_name,
        "phone": view.contact.phone,
        "tel": view.tel,
        "second": view.contact.second_channel,
        "doubt": view.state_words if view.is_doubtful else "",
    }


def dialled(phone: str) -> str:
    """A number as a telephone takes it."""
    return "".join(sign for sign in phone if sign in "+0123456789")


def present_contact(contact: ContactPoint, at: datetime.datetime, kept: frozenset[int]) -> ContactView:
    """A contact point at a moment in the reader's zone."""
    there = at.astimezone(ZoneInfo(contact.organisation.time_zone))
    state = freshness_of(contact, at.date())
    return ContactView(
        contact=contact,
        organisation=contact.organisation.code,
        organisation_name=contact.organisation.name,
        field=str(contact.get_field_display()),
        languages=", ".join(language_name(code) for code in contact.languages),
        hours=hours_words(contact),
        is_open=is_open(contact, there),
        local_time=f"{there:%H:%M}" if there.utcoffset() != at.utcoffset() else "",
        state=state.value,
        state_words=state_words(contact, state),
        age=age_words(contact.verified_on, at.date()),
        no_answer=contact.tried == ContactCheck.NO_ANSWER,
        is_kept=contact.owner_id in kept,
    )


def is_open(contact: ContactPoint, there: datetime.datetime) -> bool | None:
    """Whether the function answers at that time of its own clock; None where its hours are words or unknown."""
    if contact.always_open:
        return True
    hours = office_hours(contact)
    return hours.is_open(there) if hours else None


def office_hours(contact: ContactPoint) -> OfficeHours | None:
    if contact.opens_at is None or contact.closes_at is None or not contact.open_days:
        return None
    return OfficeHours(frozenset(contact.open_days), contact.opens_at, contact.closes_at)


def hours_words(contact: ContactPoint) -> str:
    if contact.always_open:
        return _("day and night")
    known = office_hours(contact)
    if known is None:
        return contact.hours
    span = f"{days_words(contact.open_days)} {known.opens:%H:%M}–{known.closes:%H:%M}"
    return f"{span}, {contact.hours}" if contact.hours else span


def days_words(days: list[int]) -> str:
    """Weekdays in short: “Mon–Fri”."""
    names = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
    return ", ".join(
        names[first - 1] if first == last else f"{names[first - 1]}–{names[last - 1]}" for first, last in runs_of(days)
    )


def state_words(contact: ContactPoint, state: Freshness) -> str:
    match state:
        case Freshness.NEVER:
            return _("never verified")
        case Freshness.EXPIRED if contact.expires_on:
            return _("expired on %(day)s") % {"day": wording.day(contact.expires_on)}
        case Freshness.SOON if contact.expires_on:
            return _("due by %(day)s") % {"day": wording.day(contact.expires_on)}
        case _:
            return _("verified")


def age_words(verified_on: datetime.date | None, today: datetime.date) -> str:
    """How long ago something was verified; nothing where it never was."""
    if verified_on is None:
        return ""
    days = max((today - verified_on).days, 0)
    if days == 0:
        return _("verified today")
    return ngettext("verified %(n)s day ago", "verified %(n)s days ago", days) % {"n": wording.number(days)}


def _of(name: str) -> Any:
    return lambda view: getattr(view.contact, name)


COLUMNS: Final = (
    Column("organisation", gettext_lazy("Organisation"), lambda view: view.organisation),
    Column("for", gettext_lazy("For"), lambda view: view.field),
    Column("phone", gettext_lazy("Phone"), _of("phone"), sortable=False),
    Column("hours", gettext_lazy("Hours"), lambda view: view.hours, sortable=False),
    Column("languages", gettext_lazy("Languages"), lambda view: view.languages, sortable=False),
    Column("verified", gettext_lazy("Verified on"), _of("verified_on")),
    Column("expires", gettext_lazy("To be verified again by"), _of("expires_on")),
)

FILE_COLUMNS: Final = (
    Column("organisation", gettext_lazy("Organisation"), lambda view: view.organisation),
    Column("for", gettext_lazy("For"), lambda view: view.field),
    Column("function", gettext_lazy("Function"), _of("function")),
    Column("phone", gettext_lazy("Phone"), _of("phone")),
    Column("second", gettext_lazy("Second channel"), _of("second_channel")),
    Column("mail", gettext_lazy("Mail"), _of("mail")),
    Column("hours", gettext_lazy("Hours"), lambda view: view.hours),
    Column("languages", gettext_lazy("Languages"), lambda view: view.languages),
    Column("state", gettext_lazy("State"), lambda view: view.state_words),
    Column("verified", gettext_lazy("Verified on"), _of("verified_on")),
    Column("by", gettext_lazy("Verified by"), _of("verified_by")),
    Column("expires", gettext_lazy("To be verified again by"), _of("expires_on")),
)
