"""Officers at the same moment, in threads: one step happens, the others are refused with their sentence.

Only on PostgreSQL (`conftest.py`): the embedded database of the tests lies in memory, where threads do not wait for
each other. On a real file several processes do the same: `test_processes.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from exchange_world import World, later, make_acting, make_organisation
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import JournalEntry, Offer, RequestLine
from noaber.apps.exchange.rebuild import rebuild_projections
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.exchange.threads import load_thread
from noaber.core.messages.model import ResponseType
from noaber.core.problems import InvalidInput
from registry_builders import make_capacity
from threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]
OFFICERS = 4
DRAFT: dict[str, Any] = {
    "status": "Exercise",
    "case_id": "LU-1",
    "incident_text": "Inondation",
    "territory": "LU",
    "hazard": "flood",
    "lines": (DraftLine(capability="FRB", quantity=1, needed_by=later(3)),),
    "language": "fr",
    "agreement": "NL-BE-1984",
    "reception_point": "Diekirch",
}


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


def offer_boats(by: Acting, request_id: str) -> str:
    """The one boat team of Tilburg for the request; the answer is what hinders it, or nothing."""
    team = Team(quantity=1, team_id="BOATS", name="Boten", owner="VR20")
    line = load_thread(request_id).request.lines[0]
    answer = LineAnswer(line_id=line.element_id, response_type=ResponseType.ACCEPT, teams=(team,), risk_checked=True)
    try:
        services.respond_to_request(by, request_id, [answer])
    except InvalidInput as error:
        return ",".join(problem.code for problem in error.problems)
    return ""


def test_the_same_boat_goes_to_one_of_those_who_offer_it() -> None:
    """The centre and the region that owns it, each to its own asker: no journal is common to both answers."""
    world = World.make()
    region = make_organisation("VR20", country="NL")
    make_capacity(region, "BOATS", capabilities=("FRB",), quantity=1, tlp="CLEAR")
    asked = [world.send(DraftLine(capability="FRB", quantity=1, needed_by=later(3))) for _ in range(OFFICERS)]
    draft = services.create_draft(world.luxembourg, services.DraftData(**DRAFT, supplier=region))
    services.authorise_draft(make_acting(world.lu, Role.DIRECTOR), draft)
    elsewhere = services.send_request(world.luxembourg, draft).message_id
    officer = make_acting(region)
    works = [lambda request_id=request_id: offer_boats(make_acting(world.nl), request_id) for request_id in asked]
    results = at_once(*works, lambda: offer_boats(officer, elsewhere))
    assert sorted(map(str, results)) == ["", *["promise.promised-elsewhere"] * OFFICERS]
    assert Offer.objects.count() == 1
    assert verify_journals().broken is None


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
