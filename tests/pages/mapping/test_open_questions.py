"""Every unknown can be given to someone to find out: asked, answered with its source, or given up with a reason."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.test import Client

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Recommendation
from noaber.apps.library.links import linked_with
from noaber.apps.mapping.models import FieldQuestion
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.mapping.questions import count_asked_of, open_questions
from noaber.apps.records.models import Change
from noaber.apps.registry.models import AgreementRow, FieldCheck
from noaber.apps.registry.queries import agreement_of, inventory
from noaber.core.agreements import unknown_fields
from noaber.web import clock

TODAY = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
WHERE = "/mapping/questions/BE-DE-1980/in_force/"

pytestmark = pytest.mark.usefixtures("july_2021")


@pytest.fixture(autouse=True)
def evening() -> Any:
    with clock.at(TODAY):
        yield


@pytest.fixture
def asker(client_for: Any) -> Client:
    client: Client = client_for("BE-NCCN", Role.PLANNER)
    return client


def ask(client: Client, where: str = WHERE, **asked: str) -> Any:
    given = {
        "organisation": "DE-NW",
        "function": "Planning",
        "due_on": "2021-08-01",
        "note": "Try the gazette.",
    } | asked
    return client.post(f"{where}ask", {f"ask-{name}": value for name, value in given.items()})


def answer(client: Client, where: str = WHERE, **found: str) -> Any:
    given = {
        "finding": "says",
        "in_force": "1984-05-01",
        "source": "BGBl. 1984 II",
        "confidence": "sourced",
        "on": "2021-07-14",
    }
    return client.post(f"{where}answer", given | found)


def state_of(code: str = "BE-DE-1980", field: str = "in_force") -> str:
    reader = Organisation.objects.get(code="BE-NCCN")
    return next(one.state for one in open_questions(reader) if (one.row.code, one.field) == (code, field))


def test_every_unknown_that_one_sees_is_listed_once(asker: Client):
    reader = Organisation.objects.get(code="BE-NCCN")
    expected = {(text.id, name) for text in inventory(reader) for name in unknown_fields(text)}
    found = [(row["Id"], row["State"]) for row in listed(asker)]

    assert len(found) == len(expected)
    assert {state for _code, state in found} == {"open"}
    assert f"{len(expected)} facts that nobody has established" in asker.get("/mapping/questions/").content.decode()


def listed(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/mapping/questions/?format=csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def test_asked_answered_and_written_into_the_text(asker: Client, client_for: Any):
    asked = client_for("DE-NW", Role.PLANNER)
    assert ask(asker).status_code == 302
    assert state_of() == QuestionState.ASSIGNED
    assert count_asked_of(Organisation.objects.get(code="DE-NW")) == 1
    assert listed(asked)[0]["Text"].startswith("Agreement Belgium–Germany")
    assert listed(asked, "&mine=on")[0]["Asked of"] == "DE-NW"

    assert answer(asked).status_code == 302
    text = agreement_of(AgreementRow.objects.get(code="BE-DE-1980"))
    assert text.in_force == datetime.date(1984, 5, 1)
    question = FieldQuestion.objects.get()
    assert (question.state, question.check_of) == (QuestionState.ANSWERED, FieldCheck.objects.get())
    assert state_of() == QuestionState.ANSWERED
    assert count_asked_of(Organisation.objects.get(code="DE-NW")) == 0
    page = asker.get(WHERE).content.decode()
    assert "BGBl. 1984 II" in page
    assert "1 May 1984" in page
    history = Change.objects.filter(subject="fieldquestion", subject_id=question.pk)
    assert [change.action for change in history] == ["checked", "added"]


def test_an_answer_on_the_page_of_the_text_closes_the_question_too(asker: Client):
    ask(asker)
    found = {"finding": "says", "in_force": "1984-05-01", "source": "Moniteur", "confidence": "sourced"}
    asker.post("/agreements/BE-DE-1980/fields/in_force", found | {"on": "2021-07-14"})

    assert FieldQuestion.objects.get().state == QuestionState.ANSWERED


def test_who_looked_and_found_nothing_leaves_the_question_open(asker: Client, client_for: Any):
    ask(asker)
    answer(client_for("DE-NW", Role.PLANNER), finding="stands", in_force="")

    assert state_of() == QuestionState.ASSIGNED
    assert FieldCheck.objects.count() == 1


def test_who_was_not_asked_and_is_no_party_answers_nothing(asker: Client, client_for: Any):
    stranger = client_for("LU-HCPN", Role.PLANNER)
    ask(asker)

    assert "Your answer" not in stranger.get(WHERE).content.decode()
    assert answer(stranger).status_code in (403, 409)
    assert stranger.post(f"{WHERE}give-up", {"reason": "I do not know."}).status_code in (403, 409)
    assert state_of() == QuestionState.ASSIGNED


def test_given_up_with_a_reason_and_asked_again(asker: Client, client_for: Any):
    asked = client_for("DE-NW", Role.PLANNER)
    ask(asker)
    assert asked.post(f"{WHERE}give-up", {"reason": ""}).status_code == 422
    assert asked.post(f"{WHERE}give-up", {"reason": "The archive burnt down."}).status_code == 302
    assert state_of() == QuestionState.NOT_FOUND
    assert "The archive burnt down." in asker.get("/mapping/questions/?state=not-found").content.decode()
    assert "in_force" in unknown_fields(agreement_of(AgreementRow.objects.get(code="BE-DE-1980")))

    assert ask(asker, organisation="BNL-SG").status_code == 302
    question = FieldQuestion.objects.get()
    assert (question.state, question.reason, question.organisation.code) == ("assigned", "", "BNL-SG")


def test_what_is_late_is_overdue(asker: Client):
    ask(asker)
    with clock.at(TODAY + datetime.timedelta(days=30)):
        page = asker.get("/mapping/questions/?overdue=on").content.decode()
        assert "1 overdue" in page
        assert "was due by 1 August 2021" in asker.get("/agreements/BE-DE-1980/").content.decode()
    assert "No question fits" in asker.get("/mapping/questions/?overdue=on").content.decode()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"due_on": "2021-07-13"}, "due_on"),
        ({"due_on": ""}, "due_on"),
        ({"organisation": "NO-SUCH"}, "organisation"),
        ({"organisation": ""}, "organisation"),
    ],
)
def test_a_question_without_sense_is_refused_at_its_field(asker: Client, asked: dict[str, str], field: str):
    refused = ask(asker, **asked)

    assert refused.status_code == 422
    assert field in refused.context["ask_form"].errors
    assert not FieldQuestion.objects.exists()


def test_several_are_asked_at_once_or_none(asker: Client):
    given = {"organisation": "NL-NCC", "due_on": "2021-08-01", "function": ""}
    picked = ["NL-BE-1984:cost_rule", "NL-BE-1984:trigger"]
    assert asker.post("/mapping/questions/ask", given | {"pick": picked}).status_code == 302
    assert FieldQuestion.objects.count() == 2
    assert asker.post("/mapping/questions/ask", given).status_code == 422
    known = [*picked, "NL-BE-1984:in_force", "NL-BE-1984:command_rule"]
    assert asker.post("/mapping/questions/ask", given | {"pick": known}).status_code == 422
    assert FieldQuestion.objects.count() == 2


def test_questions_of_a_text_are_seen_by_who_sees_the_text(asker: Client, client_for: Any):
    row = AgreementRow.objects.get(code="BE-DE-1980")
    ask(asker)
    row.tlp, row.owner = "RED", Organisation.objects.get(code="BE-NCCN")
    row.save()
    stranger = client_for("DE-NW", Role.PLANNER)

    assert stranger.get(WHERE).status_code == 404
    assert answer(stranger).status_code == 404
    assert "BE-DE-1980" not in {row["Id"] for row in listed(stranger, "&state=every")}
    assert count_asked_of(Organisation.objects.get(code="DE-NW")) == 0
    assert ask(asker, "/mapping/questions/BE-DE-1980/border_rule/").status_code == 422


def test_who_only_reads_asks_nobody(client_for: Any):
    client = client_for("BE-NCCN", Role.DUTY_OFFICER)

    assert client.get("/mapping/questions/").status_code == 200
    assert ask(client).status_code in (403, 409)
    assert client.post("/mapping/questions/ask", {"pick": ["NL-BE-1984:trigger"]}).status_code in (403, 409)


def test_what_was_never_unknown_is_no_question(asker: Client):
    assert asker.get("/mapping/questions/BE-DE-1980/signed/").status_code == 404


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_pages_in_every_language(client_for: Any, language: str):
    client = client_for("BE-NCCN", Role.PLANNER, language=language)
    ask(client)
    for url in ("/mapping/questions/", WHERE, "/mapping/questions/?q=nothing-of-that-name"):
        assert f'<html lang="{language}"' in client.get(url).content.decode()


@pytest.mark.parametrize("url", ["/mapping/questions/", WHERE])
def test_few_questions_to_the_database(asker: Client, url: str, django_assert_max_num_queries: Any):
    ask(asker)
    asker.get(url)
    with django_assert_max_num_queries(22):
        assert asker.get(url).status_code == 200


def test_what_presses_waits_at_the_desk_of_who_is_asked(asker: Client, client_for: Any):
    ask(asker)
    planner, observer = client_for("DE-NW", Role.PLANNER), client_for("DE-NW", Role.OBSERVER)

    def told(client: Client) -> bool:
        return WHERE in client.get("/").content.decode()

    assert not told(planner)
    with clock.at(TODAY + datetime.timedelta(days=10)):
        assert [told(client) for client in (planner, observer, asker)] == [True, False, False]


def test_a_question_leads_to_a_recommendation_that_is_linked_with_the_text(asker: Client):
    row = AgreementRow.objects.get(code="BE-DE-1980")
    form = f"/recommendations/new?source=agreement:{row.pk}&field=in_force"
    assert form.replace("&", "&amp;") in asker.get(WHERE).content.decode()
    page = asker.get(form).content.decode()
    assert "Unknown in “" in page
    given = {"text": "Ask the gazette.", "language": "en", "made_on": "2021-07-14", "origin": "other", "tlp": "AMBER"}
    assert asker.post(form, given).status_code == 302
    [recommendation] = Recommendation.objects.all()
    [linked] = linked_with(Organisation.objects.get(code="BE-NCCN"), row)
    assert linked.record == recommendation
    assert asker.get(f"/recommendations/new?source=agreement:{row.pk}&field=nonsense").status_code == 200
    assert asker.get("/recommendations/new?source=agreement:999999").status_code == 404


def test_an_observer_is_not_offered_to_recommend(client_for: Any):
    assert "recommendations/new" not in client_for("BE-NCCN", Role.OBSERVER).get(WHERE).content.decode()


def test_nobody_answers_over_what_another_found_meanwhile(asker: Client, client_for: Any):
    other = client_for("DE-NW", Role.PLANNER)
    ask(asker)
    found = {"source": "Moniteur, page 12", "in_force": "1985-01-01"}
    check_answered_over(asker, other, found)
    assert FieldQuestion.objects.get().state == QuestionState.ANSWERED


def test_words_for_a_question_that_nobody_was_asked_stay_too(asker: Client, client_for: Any):
    party = client_for("BE-NCCN", Role.PLANNER)
    check_answered_over(asker, party, {"source": "Moniteur, page 12", "in_force": "1985-01-01"})


def check_answered_over(one: Client, other: Client, found: dict[str, str]) -> None:
    """Another answered since the page was opened: the words stay, what stands now is shown, and then it is taken."""
    seen, late = one.get(WHERE).context["seen"], other.get(WHERE).context["seen"]
    assert answer(one, seen=seen).status_code == 302
    refused = answer(other, seen=late, **found)
    assert refused.status_code == 422
    page = refused.content.decode()
    for shown in ("Someone else was changing this", "1 May 1984", "Moniteur, page 12", "1985-01-01"):
        assert shown in page
    row = AgreementRow.objects.get(code="BE-DE-1980")
    assert agreement_of(row).in_force == datetime.date(1984, 5, 1)
    assert answer(other, seen=refused.context["seen"], **found).status_code == 302
    row.refresh_from_db()
    assert agreement_of(row).in_force == datetime.date(1985, 1, 1)


def test_nobody_gives_up_what_another_found_meanwhile(asker: Client, client_for: Any):
    asked = client_for("DE-NW", Role.PLANNER)
    ask(asker)
    seen = asked.get(WHERE).context["seen"]
    assert answer(asker).status_code == 302
    refused = asked.post(f"{WHERE}give-up", {"reason": "The archive burnt down.", "seen": seen})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "This fact is known by now" in page
    assert "The archive burnt down." in page
    assert FieldQuestion.objects.get().state == QuestionState.ANSWERED


def test_what_was_known_all_along_is_no_question(asker: Client):
    assert asker.post("/mapping/questions/BE-DE-1980/parties/answer", {"seen": "x"}).status_code == 404
    assert asker.post("/mapping/questions/BE-DE-1980/cost_rule/answer", {}).status_code in (404, 422)
