"""The agenda: points added, carried over, changed, moved, taken off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from noaber.apps.accounts.acting import Acting
from noaber.apps.meetings.before import unfinished_points
from noaber.apps.meetings.models import LONGEST_TITLE, AgendaItem, Meeting
from noaber.apps.meetings.queries import drafts_about
from noaber.apps.meetings.services.common import check_is_open, lock_meeting, share_item, share_like, tell
from noaber.apps.meetings.values import ItemData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import keep_history, set_fields
from noaber.apps.records.rows import lock_row
from noaber.apps.records.words import check_words
from noaber.core.problems import NotAllowed, NotFound

_FIELDS: Final = (
    "language",
    "purpose",
    "presenter",
    "minutes_allotted",
    "members_only",
    "is_finished",
    "illustrative",
)


def add_item(acting: Acting, meeting: Meeting, data: ItemData) -> AgendaItem:
    """Put a point at the end of the agenda."""
    values = _values(data)
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        check_is_open(locked)
        last = locked.items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem.objects.create(owner=locked.owner, meeting=locked, position=last + 1, **values)
        share_item(item, locked)
        keep_history(acting, item, ChangeAction.ADDED)
        tell(locked)
        return item


def carry_over(acting: Acting, item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """Put a point that an earlier meeting left open on the agenda, after those that were carried over already.

    Raises
    ------
    NotAllowed
        Where the point is finished, or another meeting took it up meanwhile.
    NotFound
        Where the organisation does not see the point.
    """
    with transaction.atomic():
        locked = lock_meeting(acting, meeting)
        check_is_open(locked)
        if item not in unfinished_points(acting.organisation, [item.meeting]):
            raise NotAllowed("meeting.point-taken-up", title=item.title)
        order = list(locked.items.order_by("position", "pk"))
        first_new = next((place for place, one in enumerate(order) if one.carried_from_id is None), len(order))
        carried = place_carried(acting, item, locked, first_new + 1)
        _number([*order[:first_new], carried, *order[first_new:]])
        keep_history(acting, carried, ChangeAction.ADDED)
        tell(locked)
        return carried


def place_carried(acting: Acting, item: AgendaItem, meeting: Meeting, position: int) -> AgendaItem:
    """The point once more, on the agenda of another meeting; it remembers where it comes from."""
    if not AgendaItem.objects.visible_to(acting.organisation).filter(pk=item.pk).exists():
        raise NotFound
    carried = AgendaItem.objects.create(
        owner=meeting.owner,
        meeting=meeting,
        position=position,
        title=item.title,
        language=item.language,
        purpose=item.purpose,
        presenter=item.presenter,
        minutes_allotted=item.minutes_allotted,
        members_only=item.members_only,
        carried_from=item,
        illustrative=item.illustrative,
    )
    share_item(carried, meeting)
    return carried


def change_item(acting: Acting, item: AgendaItem, data: ItemData) -> None:
    """Change a point, also for whom it is."""
    values = _values(data)
    with transaction.atomic():
        meeting = lock_meeting(acting, item.meeting)
        check_is_open(meeting)
        locked = lock_row(AgendaItem.objects.all(), item.pk)
        changes = set_fields(locked, values)
        locked.save()
        share_item(locked, meeting)
        for decision in locked.decisions.all():
            share_like(decision, locked)
        keep_history(acting, locked, ChangeAction.CHANGED, changes)
        tell(meeting)


def finish_item(acting: Acting, item: AgendaItem, *, finished: bool) -> None:
    """Say whether a point is finished; one that is not is carried over to the next meeting of the series."""
    with transaction.atomic():
        meeting = lock_meeting(acting, item.meeting)
        check_is_open(meeting)
        locked = lock_row(AgendaItem.objects.all(), item.pk)
        changes = set_fields(locked, {"is_finished": finished})
        locked.save(update_fields=["is_finished"])
        keep_history(acting, locked, ChangeAction.STATE, changes)
        tell(meeting)


def move_item(acting: Acting, item: AgendaItem, *, by: int) -> None:
    """Move a point up (-1) or down (1) by one place; at the end of the agenda it stays."""
    with transaction.atomic():
        meeting = lock_meeting(acting, item.meeting)
        check_is_open(meeting)
        lock_row(AgendaItem.objects.all(), item.pk)
        order = list(meeting.items.order_by("position", "pk"))
        at = order.index(item)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
        _number(order)
        tell(meeting)


def remove_item(acting: Acting, item: AgendaItem) -> None:
    """Take a point off the agenda.

    Raises
    ------
    NotAllowed
        Where something was written or decided under it.
    """
    with transaction.atomic():
        meeting = lock_meeting(acting, item.meeting)
        check_is_open(meeting)
        lock_row(AgendaItem.objects.all(), item.pk)
        if item.revisions.exists() or item.decisions.exists() or any(one.has_words for one in drafts_about([item])):
            raise NotAllowed("meeting.item-used")
        keep_history(acting, meeting, ChangeAction.CHANGED, {"items": (item.title, "")})
        item.delete()
        tell(meeting)


def _number(order: Iterable[AgendaItem]) -> None:
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


def _values(data: ItemData) -> dict[str, Any]:
    values = {name: getattr(data, name) for name in _FIELDS}
    return values | {"title": check_words(data.title, "title", longest=LONGEST_TITLE)}
