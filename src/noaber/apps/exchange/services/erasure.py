"""Erasing the payloads of a finished exchange, by rule."""

from __future__ import annotations

from django.db import transaction

from noaber.apps.accounts.queries import get_organisation
from noaber.apps.accounts.services import announce
from noaber.apps.exchange.journal.append import lock_journals
from noaber.apps.exchange.journal.erase import delete_unheld, write_erasures
from noaber.apps.exchange.projection import project_thread
from noaber.apps.exchange.threads import keepers_of, load_thread
from noaber.core.messages.states import HOME_DEPLOYMENTS, OPEN_REQUESTS
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web import clock


@transaction.atomic
def erase_exchange(organisation_code: str, thread_id: str, *, reason: str) -> int:
    """Erase one organisation's copy of every message of an exchange; how many there were.

    An entry for each says why. The bytes go once no organisation here holds them; the chain still verifies.

    Raises
    ------
    NotAllowed
        Where the exchange still runs, or the organisation holds nothing of it.
    """
    if not reason.strip():
        raise InvalidInput([Problem("request.no-words", "--reason")])
    organisation = get_organisation(organisation_code)
    heads = lock_journals([*keepers_of(thread_id), organisation])
    thread = load_thread(thread_id, clock.now())
    is_running = thread.request is not None and thread.request.state in OPEN_REQUESTS
    if is_running or any(item.state not in HOME_DEPLOYMENTS for item in thread.deployments):
        raise NotAllowed("journal.thread-open")
    entries = write_erasures(heads[organisation.pk], thread_id, reason=reason.strip(), at=clock.now())
    if not entries:
        raise NotAllowed("journal.nothing-held", organisation=organisation.code)
    delete_unheld(entry.payload_digest for entry in entries)
    project_thread(thread_id)
    announce(keepers_of(thread_id))
    return len(entries)
