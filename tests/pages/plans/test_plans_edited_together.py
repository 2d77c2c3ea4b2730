"""Two people of one organisation change one plan, one of its objectives, or one indicator; or answer one comment."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from lxml import html

from edit_hands import Window, check_two_people, two_clients
from noaber.apps.accounts.acting import Acting
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome
from noaber.apps.plans.models import Comment, Indicator
from noaber.apps.plans.values import IndicatorData
from noaber.apps.records.history import history_of
from plans_builders import director_of, make_objective, make_plan, make_programme

Centres = tuple[Acting, Acting, Acting]


def test_a_plan(centres: Centres) -> None:
    plan = make_programme(centres[0])
    changes = ({"last_year": "2027"}, {"title_fr": "Programme 2025-2027"})
    check_two_people(two_clients(centres[0]), f"/plans/{plan.number}/edit", changes=changes, field="text")


def test_an_objective_and_its_part(centres: Centres) -> None:
    plan = make_programme(centres[0])
    objective = make_objective(centres[0], plan)
    part = make_objective(centres[0], plan, "Read every text", parent=objective)
    changes = ({"last_year": "2027"}, {"responsible": "NL-NCC"})
    for record in (objective, part):
        address = f"/plans/objectives/{record.pk}/edit"
        check_two_people(two_clients(centres[0]), address, changes=changes, field="title")


def test_an_indicator(centres: Centres) -> None:
    objective = make_objective(centres[0], make_plan(centres[0]))
    data = IndicatorData("Texts read", "en", "texts", Decimal("0.5"), None)
    record = services.add_indicator(centres[0], objective, data)
    changes = ({"target": "12.5"}, {"unit": "pages"})
    address = f"/plans/indicators/{record.pk}/"
    clients = two_clients(centres[0])
    one, other = Window(clients[0], address), Window(clients[1], address)
    assert one.send(changes[0]).status_code == 302
    assert other.send(changes[1]).status_code == 302
    found = Indicator.objects.get()
    assert (found.baseline, found.target, found.unit) == (Decimal("0.5"), Decimal("12.5"), "pages")
    check_two_people(clients, address, changes=({"unit": "texts"}, {"language": "fr"}), field="name")


def test_words_for_a_plan_that_was_adopted_meanwhile_stay_in_the_form(centres: Centres) -> None:
    plan = make_plan(centres[0])
    objective = make_objective(centres[0], plan)
    window = Window(two_clients(centres[0])[0], f"/plans/objectives/{objective.pk}/edit")
    day = plan.first_on
    services.adopt_plan(director_of(centres[0]), plan, adopted_on=day, adopted_by="The directors")
    refused = window.send({"title": "Words of an hour"})
    assert refused.status_code == 409
    assert "This plan is adopted" in refused.content.decode()
    assert window.fields["title"] == ["Words of an hour"]
    objective.refresh_from_db()
    assert objective.title == "Know who may help"


@pytest.fixture
def comment(centres: Centres) -> Comment:
    """Düsseldorf's, on a plan of Brussels."""
    brussels, _, dusseldorf = centres
    plan = make_plan(brussels)
    until = datetime.date(2024, 11, 30)
    consultation = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=until)
    return services.comment_on(dusseldorf, consultation, "Name us.", language="en")


def two_windows(acting: Acting, comment: Comment) -> tuple[Window, Window]:
    page = f"/plans/{comment.consultation.plan.number}/consultation"
    one, other = two_clients(acting)
    address = f"/plans/comments/{comment.pk}/answer"
    return Window(one, address, page=page), Window(other, address, page=page)


def test_the_second_who_answers_a_comment_sees_what_the_first_said(centres: Centres, comment: Comment) -> None:
    first, second = two_windows(centres[0], comment)
    assert first.send({"outcome": "not", "why": "It is outside of the plan."}).status_code == 302
    refused = second.send({"why": "You are named now."})
    assert refused.status_code == 409
    sides = html.fromstring(refused.content.decode()).xpath("//fieldset[@class='clash']//p[@class='free']")
    assert [side.text_content().splitlines() for side in sides] == [
        ["What becomes of it: not taken over", "Why: It is outside of the plan."],
        ["What becomes of it: taken over", "Why: You are named now."],
    ], "an answer is shown whole, and settled by one button"
    comment.refresh_from_db()
    assert (comment.outcome, comment.answer) == ("not", "It is outside of the plan.")
    assert second.send({}).status_code == 409, "nothing was chosen yet"
    assert second.send({}, keep="mine:why").status_code == 302
    comment.refresh_from_db()
    assert (comment.outcome, comment.answer) == ("taken-over", "You are named now."), "an answer is kept whole"
    assert [change.fields["answer"] for change in history_of(comment)] == [
        ["It is outside of the plan.", "You are named now."],
        ["", "It is outside of the plan."],
    ]


def test_what_the_first_answered_is_kept_whole_by_one_button(centres: Centres, comment: Comment) -> None:
    first, second = two_windows(centres[0], comment)
    first.send({"outcome": "partly", "why": "In the text."})
    assert second.send({"outcome": "not", "why": "No."}).status_code == 409
    assert second.send({}, keep="theirs:outcome").status_code == 302
    comment.refresh_from_db()
    assert (comment.outcome, comment.answer) == ("partly", "In the text.")
    assert len(history_of(comment)) == 1, "what was answered already is not answered again"


def test_a_third_answer_is_shown_before_it_is_written_over(centres: Centres, comment: Comment) -> None:
    first, second = two_windows(centres[0], comment)
    first.send({"why": "In the text."})
    assert second.send({"why": "In the annex."}).status_code == 409
    services.answer_comment(centres[0], comment, Outcome.NOT, "Neither, after all.", language="en")
    again = second.send({}, keep="mine:why")
    assert again.status_code == 409
    assert "Neither, after all." in again.content.decode()


def test_an_answer_to_a_draft_that_was_withdrawn_meanwhile_keeps_its_words(centres: Centres, comment: Comment) -> None:
    _first, second = two_windows(centres[0], comment)
    plan = comment.consultation.plan
    services.withdraw_plan(centres[0], plan, reason="Begun twice.", language="en")
    refused = second.send({"why": "Words of an hour."})
    assert refused.status_code == 409
    assert "This draft was withdrawn" in refused.content.decode()
    assert second.fields["why"] == ["Words of an hour."]
    comment.refresh_from_db()
    assert comment.outcome == ""
