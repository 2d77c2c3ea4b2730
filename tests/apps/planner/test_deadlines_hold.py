"""A deadline holds from plan to request: compared as a moment, restated when it moves, and left where it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.draft_lines import DraftLine, decode_lines
from noaber.apps.exchange.forms.drafts import LineForm
from noaber.apps.exchange.models import Request, RequestDraft, RequestLine
from noaber.apps.exchange.need_deadlines import NeedDeadline
from noaber.apps.exchange.queries import drafts_of_case
from noaber.apps.exchange.services import DraftData, authorise_draft, change_draft, send_request
from noaber.apps.exchange.told import is_unanswered, old_moments
from noaber.apps.planner.enums import EventKind
from noaber.apps.planner.models import Incident
from noaber.apps.planner.services import drafting, proposals
from noaber.apps.planner.services.incidents import NeedData, change_need
from noaber.core.deadlines import Deadline, within
from noaber.core.problems import InvalidInput
from noaber.web import clock
from noaber.web.forms import DeadlineInput
from planner_builders import EVENING, Evening, client_of, need_of, wanted
from registry_builders import make_acting

pytestmark = pytest.mark.every_database


@pytest.mark.parametrize("minutes", [0, 5, 54])
def test_moves_are_told_between_plans_of_two_times(evening: Evening, minutes: int) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    proposals.propose(evening.brussels, incident, include_unknown=False)
    with clock.at(EVENING + timedelta(minutes=minutes)):
        evening.team(evening.nl, "VENLO", territory="NL42", quantity=3, lon=6.0, lat=50.7, mobilisation_minutes=5)
        second = proposals.propose(evening.brussels, incident, include_unknown=False)
    assert "VENLO" in str(second.units), "the nearer team came into the plan"
    assert second.moves["teams"]


def test_an_unsent_draft_says_the_new_deadline_and_wants_a_new_sign_off(evening: Evening) -> None:
    evening.own_and_neighbour()
    incident = evening.incident()
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    change_need(evening.brussels, need_of(incident), wanted("HCP", 6, 240), reason="later", language="en")
    (draft,) = drafts_of_case(evening.be, incident.number)
    assert [line.needed_by for line in decode_lines(draft.lines)] == [within(240, stated_at=EVENING)]
    assert (draft.state, draft.signed_by) == ("DRAFT", "")


def test_a_deadline_left_alone_in_a_draft_stays_when_it_passes_meanwhile(evening: Evening) -> None:
    by = EVENING + timedelta(minutes=60)
    before = DraftLine(capability="HCP", quantity=2, needed_by=by, need_id="n1")
    with clock.at(by - timedelta(minutes=1)):
        typed = DeadlineInput().format_value(by)
    with clock.at(by + timedelta(minutes=1)):
        form = LineForm({"capability": "HCP", "quantity": "2", "needed_by": typed, "priority": "1"}, before=before)
        assert form.is_valid(), form.errors
        assert form.read() == before


def test_a_line_of_its_own_may_say_after_when_it_is_of_no_use(evening: Evening) -> None:
    typed = {"capability": "HCP", "quantity": "2", "needed_by": "3 h", "useless_after": "5 h", "priority": "1"}
    with clock.at(EVENING):
        form = LineForm(typed)
        assert form.is_valid(), form.errors
        line = form.read()
        early = LineForm(typed | {"useless_after": "2 h"})
        assert not early.is_valid()
    assert line is not None
    assert (line.needed_by, line.useless_after) == tuple(within(60 * h, stated_at=EVENING) for h in (3, 5))
    assert list(early.errors) == ["useless_after"]


def test_a_line_of_a_need_keeps_the_deadline_of_the_need(evening: Evening) -> None:
    draft = drafted(evening)
    (line,) = decode_lines(draft.lines)
    client = client_of(evening.brussels)
    address = reverse("draft", args=[draft.pk])
    page = client.get(address).content.decode()
    assert reverse("need", args=[draft.case_id, "n1"]) in page
    assert 'name="line-0-needed_by"' not in page

    sent = form_of(client, address) | {
        "line-0-needed_by": "9 h",
        "line-0-useless_after": "10 h",
        "line-0-quantity": "1",
    }
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert decode_lines(draft.lines) == (replace(line, quantity=1),)


def test_the_service_refuses_another_deadline_for_a_line_of_a_need(evening: Evening) -> None:
    draft = drafted(evening)
    (line,) = decode_lines(draft.lines)
    moved = replace(line, needed_by=within(700, stated_at=EVENING))
    data = DraftData(
        supplier=draft.supplier,
        status=draft.status,
        case_id=draft.case_id,
        incident_text=draft.incident_text,
        territory=draft.territory,
        language=draft.language,
        hazard=draft.hazard,
        lines=(moved, DraftLine(capability="BOAT", quantity=1, needed_by=moved.needed_by)),
    )
    with pytest.raises(InvalidInput) as error:
        change_draft(evening.brussels, draft, data)
    assert [(one.code, one.where) for one in error.value.problems] == [("deadline.of-need", "/lines/0/needed_by")]


def test_who_was_asked_by_the_old_moment_is_shown_and_asked_anew_by_the_new_one(evening: Evening) -> None:
    draft = drafted(evening)
    send_request(evening.brussels, authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft))
    incident = Incident.objects.get(number=draft.case_id)
    request = Request.objects.get()
    client, address = client_of(evening.brussels), reverse("incident", args=[incident.number])
    assert "they were told" not in client.get(address).content.decode()

    change_need(evening.brussels, need_of(incident), wanted("HCP", 6, 240), reason="later", language="en")
    page = client.get(address).content.decode()
    assert "they were told “needed by " in page
    anew = reverse("request-replace", args=[request.slug])
    assert f'action="{anew}"' in page
    assert "they were told" in client.get(request.get_absolute_url()).content.decode()

    client.post(anew, {"once": "anew"})
    (draft,) = drafts_of_case(evening.be, incident.number)
    assert [line.needed_by for line in decode_lines(draft.lines)] == [within(240, stated_at=EVENING)]
    assert draft.replaces == request.message_id


def test_who_has_answered_already_is_told_the_new_moment_by_a_message(evening: Evening) -> None:
    needs = {"n1": NeedDeadline(Deadline(EVENING + timedelta(hours=4)), "/need")}
    line = RequestLine(capability="HCP", quantity=2, need_id="n1", needed_at=EVENING, is_declined=False)
    line.provisional = line.offered = line.accepted = line.committed = 0
    assert is_unanswered([line])
    (old,) = old_moments([line], needs)
    assert (old.told.needed_by, old.stated.needed_by) == (EVENING, EVENING + timedelta(hours=4))
    line.committed = 1
    assert not is_unanswered([line])
    line.is_declined = True
    assert old_moments([line], needs) == ()


def drafted(evening: Evening) -> RequestDraft:
    evening.own_and_neighbour()
    made = proposals.propose(evening.brussels, evening.incident(), include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="fr")
    return draft


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the browser would send of the draft's form, untouched."""
    page = client.get(address).context["page"]
    fields = {bound.html_name: bound.value() for form in (page.form, *page.line_forms) for bound in form}
    return {"once": "once", "agreement": page.agreement} | {
        name: value for name, value in fields.items() if value not in (None, "")
    }


def test_both_moments_that_move_are_kept_in_the_log(evening: Evening) -> None:
    incident = evening.incident()
    after = NeedData("HCP", 6, needed_by=within(400, stated_at=EVENING), useless_after=within(500, stated_at=EVENING))
    change_need(evening.brussels, need_of(incident), after, reason="The Meuse rises later.", language="en")
    moved = incident.events.filter(kind=EventKind.DEADLINE_MOVED)
    assert {event.params["to"] for event in moved} == {after.needed_by.isoformat(), after.useless_after.isoformat()}
