"""What the services share: the lock, who sees it, the history."""

from __future__ import annotations

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.queries import keeps
from noaber.apps.events.models import EventDossier, RiskNote
from noaber.apps.events.permissions import check_can_change
from noaber.apps.events.queries import parties_of
from noaber.core.problems import NotAllowed


def lock_open(event: EventDossier) -> EventDossier:
    """The event for a change; a closed one is opened again first."""
    locked = EventDossier.objects.select_for_update(of=("self",)).select_related("owner", "lead").get(pk=event.pk)
    if locked.closed_at is not None:
        raise NotAllowed("event.closed")
    return locked


def check_leads(acting: Acting, event: EventDossier) -> None:
    """Raise unless they act for who keeps the dossier or leads the event."""
    check_can_change(acting.roles, keepers={event.owner_id, event.lead_id}, kept=keeps(acting.organisation))


def check_takes_part(acting: Acting, event: EventDossier) -> None:
    """Raise unless they act for a party of the event."""
    check_can_change(acting.roles, keepers=parties_of(event), kept=keeps(acting.organisation))


def share_dossier(event: EventDossier) -> None:
    """Lead and partners always see the event, and the risk notes that have its own label."""
    parties = parties_of(event) - {event.owner_id}
    event.addressees.set(parties)
    for note in event.risks.all():
        share_risk(note, event)


def share_risk(note: RiskNote, event: EventDossier) -> None:
    """Give a risk note the readers of its event, as far as its own label lets them."""
    note.groups.set(event.groups.all())
    same = note.tlp == event.tlp
    note.addressees.set(({event.owner_id} | set(event.addressees.values_list("pk", flat=True))) if same else ())
