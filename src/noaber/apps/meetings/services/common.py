"""What every write of a meeting needs: the lock, the rule, who hears of it, and how sharing spreads."""

from __future__ import annotations

from typing import Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import SharedRecord, readers_of
from noaber.apps.meetings.enums import Capacity, MeetingState
from noaber.apps.meetings.models import AgendaItem, Meeting
from noaber.apps.records.history import announce_readers
from noaber.apps.records.permissions import check_can_change
from noaber.core.problems import NotAllowed

_OPEN: Final = (TlpLabel.CLEAR, TlpLabel.GREEN)


def lock_meeting(acting: Acting, meeting: Meeting) -> Meeting:
    """The meeting, locked, for someone who keeps it."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_can_change(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
    return locked


def check_is_open(meeting: Meeting) -> None:
    """Raise `NotAllowed` where the meeting is closed, or was called off."""
    if meeting.state == MeetingState.CLOSED:
        raise NotAllowed("meeting.closed")
    if meeting.state == MeetingState.CALLED_OFF:
        raise NotAllowed("meeting.called-off")


def member_keys(meeting: Meeting) -> frozenset[int]:
    """The keys of the organisations that take part as members."""
    members = meeting.participants.filter(capacity=Capacity.MEMBER, organisation__isnull=False)
    return frozenset(members.values_list("organisation_id", flat=True))


def spread_sharing(meeting: Meeting) -> None:
    """Let the meeting reach its participants, and its points and decisions whom the meeting or the point reaches."""
    taking_part = set(meeting.participants.exclude(organisation=None).values_list("organisation_id", flat=True))
    meeting.addressees.set(taking_part)
    for item in meeting.items.all():
        share_item(item, meeting)
    for decision in meeting.decisions.select_related("item"):
        share_like(decision, decision.item or meeting)


def share_item(item: AgendaItem, meeting: Meeting) -> None:
    """A point for members only reaches them and nobody else; any other one reaches whom its meeting reaches."""
    if not item.members_only:
        share_like(item, meeting)
        return
    item.owner_id = meeting.owner_id
    item.tlp = TlpLabel.AMBER if meeting.tlp in _OPEN else meeting.tlp
    item.save(update_fields=["owner", "tlp"])
    item.groups.clear()
    item.addressees.set(member_keys(meeting))


def share_like(record: SharedRecord, other: SharedRecord) -> None:
    """Let a record that is saved reach exactly whom the other one reaches."""
    record.owner_id, record.tlp = other.owner_id, other.tlp
    record.save(update_fields=["owner", "tlp"])
    record.groups.set(other.groups.all())
    record.addressees.set(other.addressees.all())


def readers_now(meeting: Meeting) -> list[Organisation]:
    """Who sees the meeting before it changes, so that they hear of it too."""
    return list(readers_of(meeting))


def tell(meeting: Meeting, *saw: Organisation) -> None:
    announce_readers(meeting, *saw)
