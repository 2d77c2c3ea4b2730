"""Which kind a list shows: Actual, Exercise or Test, one at a time; and which kinds a form or a filter offers."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.enums import Status
from noaber.core.kinds_of_use import check_made_on, kinds_made_on


def status_asked(request: ActingRequest) -> str:
    """The kind that the address asks for, else the node's own."""
    asked = request.GET.get("status", "")
    return asked if asked in Status.values else request.status_band


def offered_statuses() -> list[tuple[str, str | Promise]]:
    """The kinds that may be made here, with their words: on an exercise nothing Actual."""
    made = kinds_made_on(settings.NOABER_STATUS)
    return [(value, word) for value, word in Status.choices if value in made]


def shown_statuses(status: str) -> list[tuple[str, str | Promise]]:
    """The kinds among which a list lets one choose: those that may be made here, and the one that is shown."""
    made = kinds_made_on(settings.NOABER_STATUS)
    return [(value, word) for value, word in Status.choices if value in made or value == status]


def check_status(status: str) -> None:
    """What every service asks before a record of this status comes to be here.

    Raises
    ------
    NotAllowed
        Where it would be Actual on a node that only exercises or tests.
    """
    check_made_on(settings.NOABER_STATUS, status)
