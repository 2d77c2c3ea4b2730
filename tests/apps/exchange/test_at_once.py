"""Officers at the same moment, in threads: one step happens, the others are refused with their sentence.

Only on PostgreSQL (`conftest.py`): the embedded database of the tests lies in memory, where threads do not wait for
each other. On a real file several processes do the same: `test_processes.py`.
"""

from __future__ import annotations

import pytest

from exchange_world import World, make_acting
from noaber.apps.exchange import services
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import JournalEntry, RequestLine
from noaber.apps.exchange.rebuild import rebuild_projections
from threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = 4


def test_one_acknowledgement_of_many_counts() -> None:
    world = World.make()
    request_id = world.send()
    officers = [make_acting(world.nl) for _ in range(OFFICERS)]
    results = at_once(*(lambda acting=acting: services.acknowledge(acting, request_id) for acting in officers))
    assert results.count("flow.acknowledged") == OFFICERS - 1
    assert JournalEntry.objects.filter(message_type="Acknowledgement").count() == 2
    assert verify_journals().broken is None


def test_no_more_is_ordered_than_was_offered() -> None:
    world = World.make()
    request_id = world.send()
    offer_id = world.offer(request_id)
    officers = [make_acting(world.be) for _ in range(OFFICERS)]
    at_once(*(lambda acting=acting: services.requisition(acting, request_id, [(offer_id, 2)]) for acting in officers))
    assert RequestLine.objects.get().accepted == 2
    assert JournalEntry.objects.filter(message_type="RequisitionResource", kind="sent").count() == 1


def test_the_consumer_and_the_supplier_take_turns() -> None:
    """Cancelling against offering: whatever comes first, both journals hold the same, and nothing is open."""
    world = World.make()
    request_id = world.send()
    at_once(
        lambda: services.cancel_request(world.brussels, request_id, reason="Fini"),
        lambda: world.offer(request_id),
    )
    both = [
        list(JournalEntry.objects.filter(organisation=side).values_list("message_id", flat=True))
        for side in (world.be, world.nl)
    ]
    assert both[0] == both[1]
    assert verify_journals().broken is None
    assert rebuild_projections().changed == {}


def test_journals_grow_without_gaps_under_many_writers() -> None:
    world = World.make()
    world.send()
    results = at_once(*(lambda: world.send() for _ in range(OFFICERS)))
    assert len(set(results)) == OFFICERS
    for side in (world.be, world.nl):
        numbers = list(JournalEntry.objects.filter(organisation=side).values_list("sequence", flat=True))
        assert numbers == list(range(1, OFFICERS + 2))
    assert verify_journals().broken is None
