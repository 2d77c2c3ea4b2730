"""Own teams are held for an event; another owner is asked, by an action."""

from __future__ import annotations

import datetime

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.events.enums import EVENT
from noaber.apps.events.models import EventDossier
from noaber.apps.events.permissions import check_can_change
from noaber.apps.events.services.common import lock_open
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, announce_readers, keep_history
from noaber.apps.registry.models import Capacity, Reservation
from noaber.apps.registry.services.reservations import let_go, reserve
from noaber.core.problems import NotFound
from noaber.web.clock import now


def hold_teams(
    acting: Acting,
    event: EventDossier,
    capacity: Capacity,
    quantity: int,
    *,
    begins_at: datetime.datetime,
    ends_at: datetime.datetime,
) -> Reservation:
    """Keep teams of a capacity of one's own free for the event: no plan sends them anywhere meanwhile.

    Raises
    ------
    NotAllowed
        Where the capacity is another's, or the event closed.
    NotFound
        Where the organisation does not see the event, or the capacity is of another status.
    """
    with transaction.atomic():
        locked = lock_open(event)
        _check_seen(acting, locked)
        if capacity.status != locked.status:
            raise NotFound
        check_can_change(acting.roles, keepers={capacity.owner_id}, kept=keeps(acting.organisation))
        made = reserve(
            Author.of(acting),
            capacity,
            quantity,
            begins_at=begins_at,
            ends_at=ends_at,
            held_for=(EVENT, locked.pk),
            now=now(),
        )
        keep_history(acting, locked, ChangeAction.CHANGED, {"reservations": (None, _told(made))})
        announce_readers(locked)
        return made


def free_teams_of(acting: Acting, event: EventDossier, reservation: Reservation) -> None:
    """Let the teams go again."""
    with transaction.atomic():
        locked = lock_open(event)
        keeper = {reservation.capacity.owner_id}
        check_can_change(acting.roles, keepers=keeper, kept=keeps(acting.organisation))
        said = _told(reservation)
        let_go(Author.of(acting), reservation, now=now())
        keep_history(acting, locked, ChangeAction.CHANGED, {"reservations": (said, None)})
        announce_readers(locked)


def _told(reservation: Reservation) -> str:
    """For the history of the event: whose teams. Which ones, only who sees the capacity may know; its history tells."""
    return str(reservation.capacity.owner)


def _check_seen(acting: Acting, event: EventDossier) -> None:
    EventDossier.objects.get_visible(acting.organisation, pk=event.pk)
