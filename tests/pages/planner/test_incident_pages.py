"""The pages of an incident: what they show at once, to whom, and that a form sent twice acts once."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchange_world import TO_WORK, World
from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.models import Request, RequestDraft
from noaber.apps.exchange.services import authorise_draft, release
from noaber.apps.planner.models import Incident, Proposal
from noaber.apps.planner.services import proposals
from noaber.apps.planner.services.drafting import line_for
from noaber.apps.planner.services.incidents import remove_need
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.services import report_state
from noaber.core.messages.model import DeploymentStatus
from planner_builders import EVENING, Evening, client_of, need_of, wanted
from registry_builders import author_for, make_acting

EINDHOVEN = "NL-NCC:EINDHOVEN"
_tokens = itertools.count(1)


@pytest.fixture
def incident(evening: Evening) -> Incident:
    evening.own_and_neighbour()
    return evening.incident()


@pytest.fixture
def brussels(evening: Evening) -> Client:
    return client_of(evening.brussels)


def show(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, name: str, *args: Any, status: int = 302, **data: Any) -> Any:
    given = {"once": f"page-{next(_tokens)}", **data}
    answer = client.post(reverse(name, args=args), given)
    assert answer.status_code == status, answer.content.decode()
    return answer


def swap(client: Client, name: str, *args: Any, **data: Any) -> str:
    answer = client.post(reverse(name, args=args), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


# What an incident shows


def test_at_once_it_shows_who_may_help_how_fast_under_which_text_at_whose_cost_and_what_stays(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    page = show(brussels, "incident", incident.number)
    assert "2 own free, 5 of neighbours could come" in page
    helpers = page[page.index('id="helpers"') :]
    row = helpers[helpers.index(f"helper-{EINDHOVEN}") :].partition("</tr>")[0]
    assert "NL-BE-1984" in row
    assert '<span class="unk">unknown</span>' in row
    assert "20 + 20 + " in row
    assert row.count('<td class="num') == 4
    assert "Union mechanism" in helpers


def test_it_leads_to_the_journal_of_the_case_once_there_is_one(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    journal = reverse("case-journal", args=[incident.number])
    assert journal not in show(brussels, "incident", incident.number)
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), drafted(brussels, incident))
    post(brussels, "incident-send", incident.number)
    assert journal in show(brussels, "incident", incident.number)
    assert brussels.get(journal).status_code == 200


def test_a_proposal_fills_the_plan_and_the_page_shows_it_as_the_swap_did(brussels: Client, incident: Incident) -> None:
    swapped = swap(brussels, "propose", incident.number)
    assert "Proven optimum" in swapped
    assert "EINDHOVEN" in swapped
    page = show(brussels, "incident", incident.number)
    assert _section(page, "proposal") == _section(swapped, "proposal")
    assert "1 request" in _section(page, "proposal")
    line = page[page.index(f'data-noaber-key="n1-{EINDHOVEN}"') :].partition("</tr>")[0]
    assert '<td class="num" data-label="Stay">1</td> <td class="why">' in line


def _section(html: str, section_id: str) -> str:
    """A section of a page, without its tokens and without where the focus goes."""
    found = re.search(rf'<section class="pane" id="{section_id}".*?</section>', html)
    assert found is not None
    bare = found.group().replace(" autofocus>", ">")
    return re.sub(r'(name="(once|csrfmiddlewaretoken)" value)="[^"]*"', r"\1", bare)


def test_a_line_is_taken_out_pinned_and_put_back(evening: Evening, brussels: Client, incident: Incident) -> None:
    swap(brussels, "propose", incident.number)
    out = swap(brussels, "plan-adjust", incident.number, "n1", "remove", unit=EINDHOVEN, reason="très fatiguée")
    assert "très fatiguée" in out
    assert "Taken out by" in out
    assert "not covered" in out
    assert "You took these teams out: NL-NCC." in out
    back = swap(brussels, "plan-adjust", incident.number, "n1", "restore", unit=EINDHOVEN)
    assert "newly planned: 4" in back
    pinned = swap(brussels, "plan-adjust", incident.number, "n1", "pin", unit=EINDHOVEN, quantity="4")
    assert 'aria-pressed="true"' in pinned
    assert "1 line pinned." in pinned


def test_the_officer_is_told_that_a_planned_team_is_no_longer_free(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    swap(brussels, "propose", incident.number)
    report_state(
        author_for(evening.nl), Capacity.objects.get(code="EINDHOVEN"), state=CapacityState.COMMITTED, now=EVENING
    )
    assert "4 planned, 0 free now" in show(brussels, "incident", incident.number)
    again = swap(brussels, "propose", incident.number)
    assert "no longer planned" in again
    assert "0 free now, 5 before." in again
    assert re.findall(r"These have no team left: [^<]*", again) == ["These have no team left: BE-NCCN, NL-NCC."]


def test_an_open_page_asks_for_its_plan_again_only_where_it_differs(brussels: Client, incident: Incident) -> None:
    mark = re.search(r"proposal\?have=(\w+)", show(brussels, "incident", incident.number))
    assert mark is not None
    address = reverse("proposal", args=[incident.number])
    assert brussels.get(address, {"have": mark.group(1)}).status_code == 204
    swap(brussels, "propose", incident.number)
    assert brussels.get(address, {"have": mark.group(1)}).status_code == 200


def test_an_old_state_is_marked_in_the_table_and_in_the_plan(evening: Evening, brussels: Client) -> None:
    evening.team(evening.be, "OLD", territory="BE33", now=EVENING.replace(day=12))
    incident = evening.incident()
    swap(brussels, "propose", incident.number)
    page = show(brussels, "incident", incident.number)
    for section in ("helpers", "proposal"):
        assert "state older than 24 hours" in _section(page, section)


def test_a_text_that_leaves_it_open_is_used_only_when_ticked_and_says_so(evening: Evening) -> None:
    evening.team(evening.lu, "BELVAUX", territory="LU", quantity=2, lon=5.9, lat=49.5)
    incident = evening.incident(evening.hague, wanted("HCP", 2, 360), territory="NL423", lon=5.83, lat=50.87)
    hague = client_of(evening.hague)
    without = swap(hague, "propose", incident.number)
    assert "BELVAUX" not in without
    assert "No text lets these teams come here: LU-HCPN." in without
    ticked = swap(hague, "propose", incident.number, include_unknown="1")
    assert "unknown whether it covers this" in _section(ticked, "proposal")
    assert "1 line under a text that leaves it open" in ticked


# Nothing there, and nobody there


def test_an_incident_without_needs_says_how_to_go_on(evening: Evening, brussels: Client, incident: Incident) -> None:
    remove_need(evening.brussels, need_of(incident))
    page = show(brussels, "incident", incident.number)
    assert "This incident needs nothing yet." in page
    assert "As soon as a need is named" in page
    assert reverse("need-new", args=[incident.number]) in page
    assert "This incident needs nothing yet." in show(brussels, "incident-ask", incident.number)
    refused = post(brussels, "propose", incident.number, status=409)
    assert "Say first what this incident needs" in refused.content.decode()


def test_a_need_that_nobody_can_meet_says_why(evening: Evening, brussels: Client) -> None:
    incident = evening.incident(None, wanted("HELI", 1, 120))
    assert "Nobody who shares with you can come." in show(brussels, "incident", incident.number)
    planned = swap(brussels, "propose", incident.number)
    assert "not covered" in planned
    assert "Nobody who shares with you has this." in planned
    assert "Review and send" not in planned


def test_a_neighbour_sees_who_could_help_and_no_plan(evening: Evening, incident: Incident) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    page = show(client_of(evening.hague), "incident", incident.number)
    assert "The owner of the incident has plans proposed" in page
    assert "Own means" not in page
    assert "Proven optimum" not in page
    assert reverse("propose", args=[incident.number]) not in page


# Who may not see it


@pytest.mark.parametrize("name", ["incident", "proposal", "incident-edit", "incident-ask", "incident-review"])
def test_whoever_it_is_not_shared_with_finds_no_page(evening: Evening, incident: Incident, name: str) -> None:
    proposals.propose(evening.brussels, incident, include_unknown=False)
    answer = client_of(evening.stockholm).get(reverse(name, args=[incident.number]))
    assert answer.status_code == 404
    page = answer.content.decode()
    assert incident.title not in page
    assert "EINDHOVEN" not in page


@pytest.mark.parametrize("part", ["log", "running", "helpers"])
def test_nor_a_part_of_it_or_a_file(evening: Evening, incident: Incident, part: str) -> None:
    stockholm = client_of(evening.stockholm)
    assert stockholm.get(reverse("incident", args=[incident.number]), {"part": part}).status_code == 404
    query = {"part": part, "need": "n1", "format": "csv"}
    assert stockholm.get(reverse("incident", args=[incident.number]), query).status_code == 404


def test_a_reason_that_no_file_could_carry_takes_nothing_out(brussels: Client, incident: Incident) -> None:
    swap(brussels, "propose", incident.number)
    refused = post(brussels, "plan-adjust", incident.number, "n1", "remove", status=409, unit=EINDHOVEN, reason="a\0b")
    assert "U+0000 cannot stand in a text" in refused.content.decode()
    post(brussels, "plan-adjust", incident.number, "n1", "restore", status=409, unit="\0")
    assert EINDHOVEN in show(brussels, "incident", incident.number)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("propose", ()),
        ("plan-restore", ()),
        ("incident-send", ()),
        ("incident-close", ()),
        ("need-new", ()),
        ("need-remove", ("n1",)),
        ("plan-adjust", ("n1", "remove")),
    ],
)
def test_nor_changes_anything(evening: Evening, incident: Incident, name: str, more: tuple[str, ...]) -> None:
    answer = client_of(evening.stockholm).post(reverse(name, args=[incident.number, *more]), {"unit": EINDHOVEN})
    assert answer.status_code == 404
    assert incident.events.count() == 1


def test_a_plan_of_one_organisation_is_drafted_by_no_other(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    post(client_of(evening.hague), "plan-draft", incident.number, made.pk, status=404)
    assert RequestDraft.objects.count() == 0


# Sending


def drafted(client: Client, incident: Incident) -> RequestDraft:
    swap(client, "propose", incident.number)
    made = Proposal.objects.latest("pk")
    answer = post(client, "plan-draft", incident.number, made.pk)
    assert answer.url == reverse("incident-review", args=[incident.number])
    return RequestDraft.objects.get()


def test_what_needs_a_signature_waits_for_it_and_is_then_sent_once(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    draft = drafted(brussels, incident)
    page = show(brussels, "incident-review", incident.number)
    assert "NL-BE-1984" in page
    assert "Have signed off" in page
    assert "0 of 1 are ready." in page
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    assert "1 of 1 is ready." in show(brussels, "incident-review", incident.number)
    for _click in range(2):
        post(brussels, "incident-send", incident.number, once="one-click")
    assert Request.objects.count() == 1
    page = show(brussels, "incident", incident.number)
    assert "Requests of this plan have been sent." in page
    assert "Review and send" not in page
    assert "4 asked, 2 own" in page
    assert page.index('id="running"') < page.index('id="proposal"') < page.index('id="helpers"')


def test_two_officers_who_send_at_once_send_once(evening: Evening, brussels: Client, incident: Incident) -> None:
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), drafted(brussels, incident))
    colleague = client_of(make_acting(evening.be, Role.DUTY_OFFICER))
    post(brussels, "incident-send", incident.number)
    post(colleague, "incident-send", incident.number)
    assert Request.objects.count() == 1


def test_two_officers_who_draft_the_same_plan_have_the_same_drafts(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    drafted(brussels, incident)
    colleague = client_of(make_acting(evening.be, Role.DUTY_OFFICER))
    post(colleague, "plan-draft", incident.number, Proposal.objects.latest("pk").pk)
    assert RequestDraft.objects.count() == 1


def test_asking_by_hand_makes_one_draft_for_one_click_or_two(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    for _click in range(2):
        post(brussels, "incident-ask", incident.number, supplier="NL-NCC", n1="3", once="one-click")
    draft = RequestDraft.objects.get()
    assert (draft.supplier, draft.agreement, draft.lines[0]["quantity"]) == (evening.nl, "NL-BE-1984", 3)


def test_asking_by_hand_for_nothing_keeps_whom_was_chosen(brussels: Client, incident: Incident) -> None:
    answer = post(brussels, "incident-ask", incident.number, status=422, supplier="NL-NCC", n1="0")
    page = answer.content.decode()
    assert '<option value="NL-NCC" selected>' in page
    assert "Say of at least one need how many teams you ask for." in page


def test_of_a_team_that_is_home_it_no_longer_says_until_when_it_stays(
    evening: Evening, brussels: Client, incident: Incident
) -> None:
    evening.team(evening.nl, "MWB-HCP", territory="NL41", quantity=3, lon=5.09, lat=51.56)
    world = World(evening.be, evening.nl, evening.lu, evening.fr)
    request = world.send(line_for(need_of(incident), 2))
    deployment = world.deploy(request)
    assert "–</td>" not in deployments_of(show(brussels, "incident", incident.number))
    world.report(request, deployment, *TO_WORK)
    release(world.brussels, request, deployment, handover="Matériel complet.")
    world.report(request, deployment, DeploymentStatus.RETURNING, DeploymentStatus.RETURNED)
    assert 'data-label="Until">–</td>' in deployments_of(show(brussels, "incident", incident.number))


def deployments_of(page: str) -> str:
    return page[page.index('data-noaber-key="deployment-') :].partition("</table>")[0]


def test_a_near_miss_is_named_and_accepted_once(evening: Evening, brussels: Client) -> None:
    evening.team(evening.nl, "PLT", name="Peloton Maastricht", capabilities=("FIRE-PLT",), territory="NL423")
    incident = evening.incident(evening.brussels, wanted("FIRE-ENG", 10, 360))
    page = show(brussels, "incident", incident.number)
    assert "Near misses, not counted above" in page
    assert "Fire platoon. Each holds 4 fire engines." in page
    assert "Accept 3 fire platoons for 10 of 10" in page
    for _twice in range(2):
        post(brussels, "near-miss-accept", incident.number, "n1", unit="NL-NCC:PLT", once="the-same")
    assert [(need.capability, need.quantity) for need in incident.needs.all()] == [("FIRE-ENG", 0), ("FIRE-PLT", 3)]
    page = show(brussels, "incident", incident.number)
    assert "10 more are stood in for by another need" in page
    assert "Accept" not in page[page.index("Near misses") : page.index('id="running"')]


def test_who_may_not_change_an_incident_accepts_nothing(evening: Evening, brussels: Client) -> None:
    evening.team(evening.nl, "PLT", capabilities=("FIRE-PLT",), territory="NL423")
    incident = evening.incident(evening.brussels, wanted("FIRE-ENG", 2, 360))
    assert "Accept 1" in show(brussels, "incident", incident.number)
    assert "Accept 1" not in show(client_of(evening.hague), "incident", incident.number)
    post(client_of(evening.stockholm), "near-miss-accept", incident.number, "n1", unit="NL-NCC:PLT", status=404)
