"""A request before it is a message: what it must hold, who signs, and what its text says of costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange_world import World, later, make_acting
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines, encode_lines
from noaber.apps.exchange.models import DraftState, JournalEntry, Request, RequestDraft
from noaber.apps.registry.services import load_reference
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock

pytestmark = pytest.mark.django_db
PUMPS = DraftLine(capability="HCP", quantity=2, needed_by=later(3))


@pytest.fixture
def world() -> World:
    return World.make()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reception_point": " "}, "draft.no-reception-point"),
        ({"territory": ""}, "draft.no-place"),
        ({"agreement": ""}, "draft.no-agreement"),
    ],
)
def test_what_is_missing_keeps_it_from_being_signed(world: World, changes: dict[str, str], code: str) -> None:
    draft = world.draft(**changes)
    with pytest.raises(InvalidInput) as raised:
        services.authorise_draft(world.director, draft)
    assert code in [problem.code for problem in raised.value.problems]


def test_a_line_needs_its_time(world: World) -> None:
    draft = world.draft(DraftLine(capability="HCP", quantity=2))
    assert [problem.code for problem in services.find_draft_problems(draft)] == ["draft.no-time"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (DraftLine(capability="WIZARD", quantity=2), "draft.capability"),
        (DraftLine(capability="HCP", quantity=0), "message.quantity"),
        (DraftLine(capability="HCP", quantity=1, priority=4), "message.priority"),
        (
            DraftLine(capability="HCP", quantity=1, needed_by=later(3), useless_after=later(2)),
            "deadline.useless-before",
        ),
    ],
)
def test_a_line_that_means_nothing_is_refused_at_once(world: World, line: DraftLine, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        world.draft(line)
    assert [problem.code for problem in raised.value.problems] == [code]
    assert not RequestDraft.objects.exists()


def test_nobody_asks_their_own_organisation(world: World) -> None:
    with pytest.raises(InvalidInput) as raised:
        world.draft(supplier=world.be)
    assert raised.value.problems[0].code == "draft.own-supplier"


def test_an_unsigned_request_is_not_sent(world: World) -> None:
    with pytest.raises(NotAllowed) as raised:
        services.send_request(world.brussels, world.draft())
    assert raised.value.problem.code == "draft.not-signed"
    assert not JournalEntry.objects.exists()


def test_it_is_sent_once(world: World) -> None:
    draft = world.draft()
    services.authorise_draft(world.director, draft)
    services.send_request(world.brussels, draft)
    with pytest.raises(NotAllowed) as raised:
        services.send_request(world.brussels, draft)
    assert raised.value.problem.code == "draft.sent"
    assert Request.objects.count() == 1


def test_a_sign_off_cannot_lie_ahead(world: World) -> None:
    with pytest.raises(InvalidInput) as raised:
        services.record_sign_off(world.brussels, world.draft(), director="", at=clock.now() + timedelta(hours=1))
    assert {problem.code for problem in raised.value.problems} == {"draft.no-signer", "draft.signed-ahead"}


def test_another_organisation_does_not_find_it(world: World) -> None:
    with pytest.raises(NotFound):
        services.change_draft(world.hague, world.draft(), services.DraftData(**_data(world)))


def _data(world: World) -> dict[str, object]:
    return {
        "supplier": world.lu,
        "status": "Exercise",
        "case_id": "X",
        "incident_text": "X",
        "territory": "NL42",
        "lines": (PUMPS,),
        "language": "nl",
    }


def test_what_the_text_says_of_costs_and_signatures_is_kept_before_sending(world: World) -> None:
    load_reference()
    world = World(*(_fresh(item) for item in (world.be, world.nl, world.lu, world.fr)))
    free = world.draft(supplier=world.fr, agreement="BE-FR-1981")
    assert (free.cost_rule, free.needs_sign_off) == ("free", True)
    relayed = world.draft(agreement="BNL-2006")
    assert relayed.needs_sign_off is False
    unknown = world.draft(agreement="NL-BE-1984")
    assert (unknown.cost_rule, unknown.needs_sign_off) == ("unknown", True)


def _fresh(organisation: object) -> object:
    organisation.refresh_from_db()  # type: ignore[attr-defined]
    return organisation


def test_help_at_home_needs_neither_text_nor_signature(world: World) -> None:
    draft = world.draft(supplier=_make_home(), agreement="")
    assert (draft.cost_rule, draft.needs_sign_off) == ("home", False)
    assert services.find_draft_problems(draft) == []
    request_id = services.send_request(world.brussels, draft).message_id
    assert Request.objects.get(pk=request_id).agreement == ""


def _make_home() -> object:
    from exchange_world import make_organisation

    return make_organisation("BE-CP", country="BE")


def test_lines_survive_their_json() -> None:
    lines = (
        PUMPS,
        DraftLine(
            capability="FRB",
            quantity=4,
            needed_by=later(1.5),
            useless_after=later(4),
            priority=2,
            hours=12.0,
            need_id="n2",
            function="redding",
            requirements="nacht",
            planned_units=("NL-NCC:X",),
        ),
    )
    assert decode_lines(encode_lines(lines)) == lines
    assert decode_lines([{**encode_lines(lines)[0], "later": "unknown"}]) == lines[:1]


def test_who_may_not_send_requests_writes_no_drafts(world: World) -> None:
    draft = world.draft()
    observer = make_acting(world.be, Role.OBSERVER)
    data = services.DraftData(**_data(world))
    for step in (
        lambda: services.create_draft(observer, data),
        lambda: services.change_draft(observer, draft, data),
        lambda: services.discard_draft(observer, draft),
        lambda: services.record_sign_off(observer, draft, director="A. Director", at=clock.now()),
        lambda: services.send_request(observer, draft),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert RequestDraft.objects.values_list("state", "supplier").get() == (DraftState.DRAFT, world.nl.pk)


def test_a_discarded_draft_is_neither_changed_nor_sent(world: World) -> None:
    draft = world.draft()
    services.discard_draft(world.brussels, draft)
    assert RequestDraft.objects.get().state == DraftState.DISCARDED
    for step in (
        lambda: services.discard_draft(world.brussels, draft),
        lambda: services.change_draft(world.brussels, draft, services.DraftData(**_data(world))),
        lambda: services.send_request(world.brussels, draft),
    ):
        with pytest.raises(NotAllowed) as raised:
            step()
        assert raised.value.problem.code == "draft.discarded"


REPEATED = (
    *("supplier", "status", "case_id", "incident_text", "incident_language", "hazard", "territory", "language"),
    *("agreement", "reception_point", "lon", "lat", "tlp", "note", "contact", "contact_phone"),
)


def test_a_replacement_says_all_that_the_request_said(world: World) -> None:
    pumps = DraftLine(
        capability="HCP",
        quantity=2,
        needed_by=later(3),
        useless_after=later(9),
        priority=2,
        need_id="n1",
        function="pomper la cave",
        function_language="nl",
        requirements="groupe électrogène",
    )
    boats = DraftLine(capability="FRB", quantity=1, needed_by=later(2), priority=3)
    said = {
        "incident_language": "de",
        "tlp": "GREEN",
        "note": "Appelez avant d’entrer.",
        "contact": "officier de garde",
        "contact_phone": "+32 2 000",
    }
    draft = world.draft(pumps, boats, **said)
    services.authorise_draft(world.director, draft)
    request_id = services.send_request(world.brussels, draft).message_id
    again = services.draft_replacement(world.brussels, Request.objects.get(pk=request_id))
    assert {name: getattr(again, name) for name in REPEATED} == {name: getattr(draft, name) for name in REPEATED}
    assert decode_lines(again.lines) == (pumps, boats)
    assert (again.replaces, again.state, again.message_id) == (request_id, DraftState.DRAFT, "")


def test_a_replacement_says_no_more_than_the_request_said(world: World) -> None:
    pumps = DraftLine(capability="HCP", quantity=2, needed_by=later(3))
    request_id = world.send(pumps, lon=None, lat=None, hazard="")
    RequestDraft.objects.all().delete()
    again = services.draft_replacement(world.brussels, Request.objects.get(pk=request_id))
    assert (again.lon, again.lat, again.hazard, again.note, again.incident_language) == (None, None, "", "", "fr")
    assert (again.territory, again.agreement) == ("BE33", Request.objects.get(pk=request_id).agreement)
    assert decode_lines(again.lines) == (pumps,)


def test_what_is_no_request_of_theirs_cannot_be_replaced(world: World) -> None:
    request_id = world.send()
    row = Request.objects.get(pk=request_id)
    with pytest.raises(NotAllowed):
        services.draft_replacement(make_acting(world.be, Role.OBSERVER), row)
    row.thread_id = "nothing-of-the-kind"
    with pytest.raises(NotFound):
        services.draft_replacement(world.brussels, row)
