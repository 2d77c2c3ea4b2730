"""The list of requests as the database sorts it, held against the rule of core and what a page shows of each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange import words
from noaber.apps.exchange.models import Deployment, NamedTeam, Offer, Request, RequestLine
from noaber.apps.exchange.queries import list_requests
from noaber.apps.exchange.request_order import PARTS, in_order
from noaber.apps.exchange.standing import standings_of
from noaber.core.messages.states import DeploymentState, OfferState, RequestState
from planner_builders import EVENING
from registry_builders import make_organisation

pytestmark = pytest.mark.every_database

REQUESTS = 70


@dataclass(frozen=True)
class Parties:
    be: Organisation
    nl: Organisation


@pytest.fixture
def parties(db: None) -> Parties:
    return Parties(make_organisation("BE-NCCN"), make_organisation("NL-NCC"))


def moment(chance: random.Random, *, unknown: float = 0.25) -> Any:
    """About the evening, now and then at the very same minute; sometimes not said."""
    return None if chance.random() < unknown else EVENING + timedelta(minutes=30 * chance.randint(-4, 4))


def thread_of(number: int, parties: Parties) -> dict[str, Any]:
    return {
        "thread_id": f"t{number}",
        "consumer": parties.be,
        "supplier": parties.nl,
        "status": "Exercise",
        "tlp": "AMBER",
        "case_id": f"BE-{number % 7}",
    }


@pytest.fixture
def sent(parties: Parties) -> Organisation:
    """Requests in every state, with offers and deployments in every state; BE-CP owns a team of some of their lines."""
    chance, owner = random.Random(20210714), make_organisation("BE-CP")
    for number in range(REQUESTS):
        thread = thread_of(number, parties)
        request = Request.objects.create(
            **thread,
            message_id=f"m{number}",
            slug=f"m{number}",
            agreement="",
            state=chance.choice(list(RequestState)),
            sent_at=EVENING - timedelta(minutes=chance.randint(0, 50)),
            due_at=moment(chance),
            expires_at=moment(chance),
            superseded_by="",
            is_alert=chance.random() < 0.3,
            updated_at=EVENING,
        )
        for position in range(chance.randint(0, 3)):
            add_line(chance, request, thread, position)
    return owner


def add_line(chance: random.Random, request: Request, thread: dict[str, Any], position: int) -> None:
    line = RequestLine.objects.create(
        element_id=f"{request.pk}-{position}",
        request=request,
        position=position,
        capability="HCP",
        quantity=chance.randint(1, 6),
        needed_at=moment(chance),
        latest_at=moment(chance, unknown=0.6),
        need_id=f"n{position}",
        provisional=0,
        offered=0,
        accepted=0,
        committed=0,
        is_declined=False,
        is_answered=False,
    )
    named = {"team_id": "", "team_name": "", "owner": "", "home_unit": "", "capability": "HCP"}
    for number in range(chance.randint(0, 3)):
        quantity = chance.randint(1, 4)
        Offer.objects.create(
            **thread,
            **named,
            offer_id=f"{line.pk}-o{number}",
            line_id=line.pk,
            state=chance.choice(list(OfferState)),
            quantity=quantity,
            accepted_quantity=chance.choice([0, quantity - 1, quantity]),
            offered_at=EVENING,
            changed_at=EVENING,
            estimated_arrival_at=moment(chance),
            valid_until=moment(chance, unknown=0.5),
            reason_code="",
        )
    for number in range(chance.randint(0, 3)):
        key = f"{line.pk}-d{number}"
        Deployment.objects.create(
            **thread,
            **named,
            deployment_id=key,
            slug=key,
            line_id=line.pk,
            state=chance.choice(list(DeploymentState)),
            quantity=chance.randint(1, 4),
            committed_at=EVENING,
            changed_at=EVENING,
            estimated_arrival_at=moment(chance),
            arrived_at=moment(chance, unknown=0.6),
            extension_pending=False,
            return_pending=False,
            is_taken_back=chance.random() < 0.3,
            position_text="",
        )
    if chance.random() < 0.3:
        NamedTeam.objects.create(
            thread_id=request.thread_id, owner="BE-CP", unit="BE-CP:A", line_id=line.pk, offer_id=f"{line.pk}-o0"
        )


def said(reader: Organisation) -> dict[str, tuple[int | None, ...]]:
    """What the rule of core says of each request, by its key."""
    found = {}
    for key, standing in standings_of(list_requests(reader, "Exercise"), EVENING).items():
        numbers = tuple(getattr(standing.coverage, part) for part in PARTS)
        found[key] = numbers if standing.says_something else (None,) * len(PARTS)
    return found


@pytest.mark.parametrize("who", ["asker", "owner of a team"])
def test_the_database_counts_as_the_rule_does(parties: Parties, sent: Organisation, who: str) -> None:
    reader = parties.be if who == "asker" else sent
    found = list_requests(reader, "Exercise")
    by_part = [
        dict(in_order(found, reader, part, descending=False, at=EVENING).values_list("pk", "sorted_by"))
        for part in PARTS
    ]
    counted = {key: tuple(numbers[key] for numbers in by_part) for key in by_part[0]}
    assert counted == said(reader)
    assert len(counted) == REQUESTS if who == "asker" else 5 < len(counted) < REQUESTS
    for part in range(len(PARTS)):  # the numbers would show a rule that is never reached
        assert len({numbers[part] for numbers in counted.values()}) > 2


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("descending", [False, True])
def test_by_a_part_of_the_coverage_what_says_nothing_comes_last(
    parties: Parties, sent: Organisation, part: str, descending: bool
) -> None:
    found = in_order(list_requests(parties.be, "Exercise"), parties.be, part, descending=descending, at=EVENING)
    keys = list(found.values_list("pk", flat=True))
    told = said(parties.be)
    values = [told[key][PARTS.index(part)] for key in keys]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=descending)
    assert values == known + [None] * (len(values) - len(known))
    assert len(keys) == REQUESTS


def test_by_state_as_its_words_are_sorted(parties: Parties, sent: Organisation) -> None:
    found = in_order(list_requests(parties.be, "Exercise"), parties.be, "state", descending=False, at=EVENING)
    shown = [str(words.request_label(row.state_at(EVENING), is_alert=row.is_alert).text).casefold() for row in found]
    assert shown == sorted(shown)
    assert len(set(shown)) > 8


def test_by_the_first_deadline_of_the_lines_that_the_reader_knows(parties: Parties, sent: Organisation) -> None:
    found = in_order(list_requests(sent, "Exercise"), sent, "needed", descending=True, at=EVENING)
    firsts = [min((line.needed_at for line in row.lines.all() if line.needed_at), default=None) for row in found]
    known = [first for first in firsts if first]
    assert known == sorted(known, reverse=True)
    assert firsts == known + [None] * (len(firsts) - len(known))


def test_equals_stand_with_the_newest_first(parties: Parties, sent: Organisation) -> None:
    found = in_order(list_requests(parties.be, "Exercise"), parties.be, "case", descending=False, at=EVENING)
    order = [(row.case_id, -row.sent_at.timestamp(), row.pk) for row in found]
    assert order == sorted(order)
