"""What lies ahead beside what runs: events, contact points to verify, what else the apps above this one bring.

It stands at the foot of the desk's quiet column. Each source asks the database once, as far as its reader sees.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.registry.queries.contacts import seen_contacts
from noaber.core.messages.model import FreeText
from noaber.web import clock, wording

MOST_AHEAD: Final = 6
MOST_OF_ONE: Final = 3
CONTACT_DAYS: Final = 45


@dataclass(frozen=True)
class AheadRow:
    """One thing that comes.

    Parameters
    ----------
    on
        The day on which it begins or is due.
    until
        For what runs already: its last day.
    title
        In the language in which it was written, where somebody wrote it.
    """

    on: datetime.date
    title: FreeText | str
    detail: str
    url: str
    until: datetime.date | None = None

    @property
    def is_written(self) -> bool:
        return isinstance(self.title, FreeText)

    @property
    def when(self) -> str:
        if self.until is not None:
            return _("until %(day)s") % {"day": wording.day_short(self.until)}
        return wording.day_from(self.on, timezone.localdate(clock.now()))


AheadSource = Callable[[Acting, str, datetime.datetime], Iterable[AheadRow]]
_sources: Final[list[AheadSource]] = []


def add_ahead(source: AheadSource) -> None:
    """Let `source` say what comes: what lies above this app brings its own rows."""
    if source not in _sources:
        _sources.append(source)


def ahead_rows(acting: Acting, status: str, at: datetime.datetime) -> list[AheadRow]:
    """What comes next, the first first."""
    rows = [row for source in (_contacts, *_sources) for row in source(acting, status, at)]
    return sorted(rows, key=lambda row: row.on)[:MOST_AHEAD]


def _contacts(acting: Acting, status: str, at: datetime.datetime) -> Iterator[AheadRow]:
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
