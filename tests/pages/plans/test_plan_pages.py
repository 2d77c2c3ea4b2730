"""The pages of plans: what they show, to whom, what their forms do, and what leaves them as files."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from icalendar import Calendar

from meetings_builders import make_decision, make_meeting
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions import services as action_services
from noaber.apps.actions.models import Action
from noaber.apps.library.links import linked_with
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome
from noaber.apps.plans.models import Comment, Objective, Plan
from plans_builders import director_of, make_objective, make_plan, make_programme, make_serving

ClientOf = Callable[[Acting], Client]
UNTIL = datetime.date(2024, 11, 30)


@pytest.fixture
def told(centres: Any) -> dict[str, Any]:
    """A draft with an action that is late, one that the others do not see, and a consultation of Düsseldorf."""
    brussels, hague, dusseldorf = centres
    plan = make_plan(brussels, tlp=TlpLabel.AMBER)
    objective = make_objective(brussels, plan)
    late = make_serving(brussels, objective, "Find the rule of 1984", due_on=datetime.date(2024, 11, 3))
    action_services.report_progress(brussels, late, "The archive was asked.", language="en")
    make_serving(brussels, objective, "Between us two", tlp=TlpLabel.RED)
    services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    return {"brussels": brussels, "hague": hague, "dusseldorf": dusseldorf, "plan": plan, "objective": objective}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_plan_shows_what_is_late_and_why_and_only_what_one_sees(told: Any, client_of: ClientOf) -> None:
    url = told["plan"].get_absolute_url()
    ours, theirs = (text_of(client_of(told[name]).get(url)) for name in ("brussels", "dusseldorf"))
    assert "The archive was asked." in ours
    assert "9 days late" in ours
    assert "Between us two" in ours
    assert "Find the rule of 1984" not in theirs, "the action is shared with the Benelux only"
    assert "Between us two" not in theirs
    assert "Know who may help" in theirs


def test_who_is_not_reached_gets_404_everywhere(told: Any, client_of: ClientOf, centres: Any) -> None:
    hidden = make_plan(told["brussels"], tlp=TlpLabel.RED)
    objective = make_objective(told["brussels"], hidden)
    base = hidden.get_absolute_url()
    pages = ["", "edit", "steps", "compare", "report", "report.pdf", "consultation", "quarters/2024-12-31"]
    client = client_of(told["hague"])
    for url in [*(base + page for page in pages), objective.get_absolute_url()]:
        assert client.get(url).status_code == 404, url
    assert hidden.title not in text_of(client.get("/plans/?format=csv")).splitlines()[2:]


def test_a_swap_gives_the_same_as_a_reload(told: Any, client_of: ClientOf) -> None:
    client = client_of(told["brussels"])
    for url in (told["plan"].get_absolute_url(), told["objective"].get_absolute_url(), "/plans/"):
        assert text_of(client.get(url, headers={"HX-Request": "true"})).strip()[:40] in text_of(client.get(url))


def test_a_plan_is_begun_worded_ordered_and_adopted_by_its_forms(centres: Any, client_of: ClientOf) -> None:
    brussels, *_ = centres
    client = client_of(brussels)
    given = {"title_en": "Plan 2025", "kind": "annual", "first_year": 2025, "last_year": 2025, "language": "en"}
    answer = client.post("/plans/new", given | {"tlp": "AMBER"})
    plan = Plan.objects.get()
    assert answer["Location"] == plan.get_absolute_url()
    for title in ("One", "Two"):
        words = {"title": title, "language": "en", "first_year": 2025, "last_year": 2025}
        assert client.post(f"{plan.get_absolute_url()}objective", words).status_code == 302
    second = Objective.objects.get(title="Two")
    client.post(f"{second.get_absolute_url()}move", {"to": "up"})
    assert [one.title for one in plan.objectives.all()] == ["Two", "One"]
    client.post(f"{second.get_absolute_url()}move", {"place": "1"})
    assert [one.title for one in plan.objectives.all()] == ["One", "Two"]
    action = {"title": "Do it", "language": "en", "responsible": "NL-NCC", "due_on": "2025-05-01"}
    assert client.post(f"{second.get_absolute_url()}action", action).status_code == 302
    assert "Do it" in text_of(client.get(plan.get_absolute_url()))
    weigh = f"{second.get_absolute_url()}weight/{Action.objects.get().number}"
    assert client.post(weigh, {"weight": 3}).status_code == 302
    wrong = client.post(f"{second.get_absolute_url()}serve", {"serve-number": "A-1999-001"})
    assert (wrong.status_code, "A-1999-001" in text_of(wrong)) == (422, True)
    adopt = {"adopt-adopted_on": "2024-11-12", "adopt-adopted_by": "The directors"}
    assert client.post(f"{plan.get_absolute_url()}adopt", adopt).status_code == 409
    assert client_of(director_of(brussels)).post(f"{plan.get_absolute_url()}adopt", adopt).status_code == 302
    assert "The directors" in text_of(client.get(plan.get_absolute_url()))


def test_a_plan_is_adopted_by_a_decision_that_is_then_linked(centres: Any, client_of: ClientOf) -> None:
    brussels, hague, _ = centres
    plan = make_plan(brussels)
    decision = make_decision(brussels, make_meeting(brussels, groups=["BENELUX"]))
    director = client_of(director_of(brussels))
    page = director.get(f"/plans/{plan.number}/steps").content.decode()
    assert f'<option value="{decision.pk}">{decision.title}' in page
    adopt = {"adopt-adopted_on": "2024-11-12", "adopt-decision": ""}
    refused = director.post(f"/plans/{plan.number}/adopt", adopt)
    assert refused.status_code == 422
    assert "Choose the decision" in refused.content.decode()
    director.post(f"/plans/{plan.number}/adopt", adopt | {"adopt-decision": decision.pk})
    plan.refresh_from_db()
    assert (plan.state, plan.adopted_by) == ("adopted", decision.number)
    assert [one.record for one in linked_with(hague.organisation, plan)] == [decision]


def test_a_form_that_is_wrong_says_where(centres: Any, client_of: ClientOf) -> None:
    client = client_of(centres[0])
    given = {"kind": "annual", "first_year": 2025, "last_year": 2026, "language": "en", "tlp": "AMBER"}
    answer = client.post("/plans/new", given | {"title_en": "Two years"})
    assert answer.status_code == 422
    assert "An annual plan has one year" in text_of(answer)


def test_a_partner_comments_and_reads_what_became_of_it(told: Any, client_of: ClientOf) -> None:
    url = f"{told['plan'].get_absolute_url()}consultation"
    partner, keeper = client_of(told["dusseldorf"]), client_of(told["brussels"])
    comment = {"comment-text": "Name us.", "comment-language": "en", "comment-objective": str(told["objective"].pk)}
    assert partner.post(f"{url}/comment", comment).status_code == 302
    assert client_of(told["hague"]).post(f"{url}/comment", comment).status_code == 409
    kept = Comment.objects.get()
    assert "Name us." not in text_of(client_of(told["hague"]).get(url))
    empty = keeper.post(f"/plans/comments/{kept.pk}/answer", {"outcome": "partly", "why": "", "language": "en"})
    assert empty.status_code == 422
    answered = {"outcome": Outcome.PARTLY.value, "why": "In the text.", "language": "en"}
    assert keeper.post(f"/plans/comments/{kept.pk}/answer", answered).status_code == 302
    assert "In the text." in text_of(partner.get(url))
    assert partner.post(f"{url}/done").status_code == 302
    assert keeper.post(f"{url}/close").status_code == 302
    assert "Name us." in text_of(partner.get(url)), "the trail stays"


def test_files_hold_what_the_reader_sees(told: Any, client_of: ClientOf) -> None:
    url = told["plan"].get_absolute_url()
    client = client_of(told["hague"])
    rows = list(csv.DictReader(io.StringIO(text_of(client.get(f"{url}?format=csv")).removeprefix("\ufeff"))))
    assert [row["What"] for row in rows] == ["Find the rule of 1984"]
    assert client.get(f"{url}?format=xlsx").content[:2] == b"PK"
    calendar = Calendar.from_ical(client.get(f"{url}?format=ics").content)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["A-2024-001 Find the rule of 1984"]


def test_the_comments_are_a_file_of_what_each_may_read(told: Any, client_of: ClientOf) -> None:
    """The keeper has all of it, others what is theirs or shared; a plan that one does not see is not there."""
    current = told["plan"].consultations.get()
    mine = services.comment_on(told["dusseldorf"], current, "Name us.", language="en", objective=told["objective"])
    services.comment_on(told["dusseldorf"], current, "For all to read.", language="en", shared=True)
    services.answer_comment(told["brussels"], mine, Outcome.PARTLY, "In the text.", language="en")
    url = f"{told['plan'].get_absolute_url()}consultation"

    def rows_of(name: str) -> list[dict[str, str]]:
        answer = client_of(told[name]).get(url, {"format": "csv"})
        return list(csv.DictReader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))

    first, second = rows_of("brussels")
    assert (first["Organisation"], first["About"], first["Comment"]) == ("DE-NW", "1 Know who may help", "Name us.")
    assert (first["What became of it"], first["Why"]) == ("taken over in part", "In the text.")
    assert (second["About"], second["What became of it"]) == ("the plan as a whole", "")
    assert [row["Comment"] for row in rows_of("hague")] == ["For all to read."]
    assert client_of(told["dusseldorf"]).get(url, {"format": "xlsx"}).content[:2] == b"PK"
    Plan.objects.filter(pk=told["plan"].pk).update(tlp=TlpLabel.RED)
    assert client_of(told["hague"]).get(url, {"format": "csv"}).status_code == 404


@pytest.mark.parametrize(("language", "heading"), [("en", "What is late, and why"), ("fr", "Ce qui est en retard")])
def test_the_report_is_a_document_in_the_language_that_is_asked(
    told: Any, client_of: ClientOf, language: str, heading: str
) -> None:
    url = told["plan"].get_absolute_url()
    services.freeze_plan(told["brussels"], told["plan"])
    answer = client_of(told["hague"]).get(f"{url}report.pdf?language={language}")
    pages = pypdfium2.PdfDocument(answer.content)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert heading in text
    assert "The archive was asked." in text
    assert "Between us two" not in text
    assert client_of(told["hague"]).get(f"{url}report.pdf?language=xx").status_code == 404


def test_the_year_of_a_programme_the_kept_state_and_the_comparison_open(told: Any, client_of: ClientOf) -> None:
    brussels = told["brussels"]
    client = client_of(brussels)
    programme = make_programme(brussels)
    make_objective(brussels, programme, "A programme’s objective")
    annual = make_plan(brussels, first_year=2025, last_year=2025, programme=programme)
    assert "A programme’s objective" in text_of(client.get(annual.get_absolute_url()))
    base = told["plan"].get_absolute_url()
    kept = client.post(f"{base}keep")
    assert "Find the rule of 1984" in text_of(client.get(kept["Location"]))
    assert "as it was" in text_of(client.get(f"{base}compare"))
    assert client.get(f"{base}quarters/yesterday").status_code == 404


def test_a_plan_with_many_actions_asks_no_more_of_the_database(
    told: Any, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(told["brussels"])
    for number in range(12):
        make_serving(told["brussels"], told["objective"], f"Action {number}")
    with django_assert_max_num_queries(75):
        client.get(told["plan"].get_absolute_url())
