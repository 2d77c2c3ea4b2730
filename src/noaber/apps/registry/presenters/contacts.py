"""Contact points for their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries import is_expired
from noaber.web.tables import Column
from noaber.web.templatetags.noaber import language_name


@dataclass(frozen=True)
class ContactView:
    """`verified` is `yes`, `expired` or `never`: shape and word, not colour alone."""

    contact: ContactPoint
    organisation: str
    organisation_name: str
    field: str
    languages: str
    hours: str
    verified: str
    is_kept: bool

    @property
    def tel(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.contact.phone if sign in "+0123456789")


def present_contact(contact: ContactPoint, on: date, kept: frozenset[int]) -> ContactView:
    return ContactView(
        contact=contact,
        organisation=contact.organisation.code,
        organisation_name=contact.organisation.name,
        field=str(contact.get_field_display()),
        languages=", ".join(language_name(code) for code in contact.languages),
        hours=_("day and night") if contact.always_open else contact.hours,
        verified=_verified(contact, on),
        is_kept=contact.owner_id in kept,
    )


def _verified(contact: ContactPoint, on: date) -> str:
    if contact.verified_on is None:
        return "never"
    return "expired" if is_expired(contact, on) else "yes"


def _of(name: str) -> Any:
    return lambda view: getattr(view.contact, name)


COLUMNS: Final = (
    Column("organisation", gettext_lazy("Organisation"), lambda view: view.organisation),
    Column("for", gettext_lazy("For"), lambda view: view.field),
    Column("phone", gettext_lazy("Phone"), _of("phone"), sortable=False),
    Column("hours", gettext_lazy("Hours"), lambda view: view.hours, sortable=False),
    Column("languages", gettext_lazy("Languages"), lambda view: view.languages, sortable=False),
    Column("verified", gettext_lazy("Verified on"), _of("verified_on")),
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
    Column("verified", gettext_lazy("Verified on"), _of("verified_on")),
    Column("by", gettext_lazy("Verified by"), _of("verified_by")),
    Column("expires", gettext_lazy("To be verified again by"), _of("expires_on")),
)
