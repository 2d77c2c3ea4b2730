"""Presidencies: put down and changed by whoever keeps the record."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.presidency.models import Presidency
from noaber.apps.presidency.values import PresidencyData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import announce_readers, change, keep_history
from noaber.apps.records.permissions import check_can_change
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import check_words
from noaber.core.presidency.order import year_span
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.texts import LANGUAGES


def put_down_presidency(acting: Acting, data: PresidencyData) -> Presidency:
    """Put down who holds the presidency of a year.

    Raises
    ------
    InvalidInput
        Where someone has put that year down already.
    """
    acting.check_may(Permission.COOPERATE)
    values = _values(data)
    try:
        with transaction.atomic():
            presidency = Presidency.objects.create(owner=acting.organisation, **values)
            presidency.groups.set(group_keys(data.groups).values())
            keep_history(acting, presidency, ChangeAction.ADDED)
            announce_readers(presidency)
            return presidency
    except IntegrityError as error:
        raise InvalidInput([Problem("presidency.taken", "year", {"year": str(data.year)})]) from error


def change_presidency(acting: Acting, presidency: Presidency, data: PresidencyData) -> None:
    """Change who holds it, what for, and by which source. Its year stays."""
    values = _values(data)
    with transaction.atomic():
        locked = Presidency.objects.select_for_update(of=("self",)).get(pk=presidency.pk)
        check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        saw = list(readers_of(locked))
        change(acting, locked, {name: values[name] for name in values if name not in ("first_on", "last_on")})
        locked.groups.set(group_keys(data.groups).values())
        announce_readers(locked, *saw)


def _values(data: PresidencyData) -> dict[str, Any]:
    first_on, last_on = year_span(data.year)
    priorities = {
        code: check_words(data.priorities[code], f"priorities_{code}")
        for code in LANGUAGES
        if data.priorities.get(code, "").strip()
    }
    return {
        "organisation": data.organisation,
        "first_on": first_on,
        "last_on": last_on,
        "basis": data.basis,
        "priorities": priorities,
        "source": check_words(data.source, "source", longest=300) if data.source.strip() else "",
        "tlp": data.tlp,
        "illustrative": data.illustrative,
    }
