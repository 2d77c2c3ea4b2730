"""The contact points that an organisation has to verify: by today, at the desk; soon, among what lies ahead."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.records.desk import MOST_OF_ONE, AheadRow, DeskRow, end_of
from noaber.apps.registry.models import ContactPoint
from noaber.apps.registry.queries.contacts import contacts_to_verify, seen_contacts

MOST_CONTACTS: Final = 5
CONTACT_DAYS: Final = 45


def waiting_contacts(acting: Acting, status: str, at: datetime.datetime) -> Iterator[DeskRow]:
    """The contact points that the organisation keeps and has to verify by today: due, never verified, not answered."""
    if not acting.may(Permission.EDIT_CONTACTS):
        return
    today = timezone.localdate(at)
    for contact in contacts_to_verify(acting.organisation, status, today)[:MOST_CONTACTS]:
        yield _row(contact, today)


def _row(contact: ContactPoint, today: datetime.date) -> DeskRow:
    until = min(contact.expires_on or today, today)
    end_of_day = end_of(until)
    return DeskRow(
        key=f"contact-{contact.pk}",
        text=_("Contact point to verify: %(function)s") % {"function": contact.function},
        detail=contact.get_field_display(),
        other=contact.organisation.code,
        other_detail=_("own register"),
        url=contact.get_absolute_url(),
        action=_("Verify"),
        due_at=end_of_day,
        since=end_of_day - datetime.timedelta(days=7),
    )


def contacts_ahead(acting: Acting, status: str, at: datetime.datetime) -> Iterator[AheadRow]:
    """The contact points that the organisation keeps and has to verify soon; those due by today wait at the desk."""
    if not acting.may(Permission.EDIT_CONTACTS):
        return
    today = timezone.localdate(at)
    last = today + datetime.timedelta(days=CONTACT_DAYS)
    due = seen_contacts(acting.organisation, status).filter(
        owner=acting.organisation, verified_on__isnull=False, expires_on__gt=today, expires_on__lte=last
    )
    for contact in due.order_by("expires_on", "pk")[:MOST_OF_ONE]:
        title = _("Contact point to verify: %(function)s") % {"function": contact.function}
        yield AheadRow(contact.expires_on or last, title, contact.organisation.code, contact.get_absolute_url())
