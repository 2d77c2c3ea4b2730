"""Each text of an incident keeps the language it was written in, up to the message that carries it."""

from __future__ import annotations

import pytest

from noaber.apps.accounts.enums import Role
from noaber.apps.exchange.draft_lines import decode_lines
from noaber.apps.exchange.models import Request, RequestDraft
from noaber.apps.exchange.services import Appended, authorise_draft, draft_replacement, send_request
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.presenters.sign_off import sign_rows
from noaber.apps.planner.services import alerting, drafting, proposals
from noaber.apps.planner.services.incidents import change_incident, change_need, open_incident
from noaber.core.messages.edxl_rm import decode_message, encode_message
from noaber.core.messages.model import FreeText, Message
from planner_builders import Evening, need_of, wanted
from registry_builders import make_acting

TASK = "pomper la cave de l’hôpital"


@pytest.fixture
def incident(evening: Evening) -> Incident:
    """Written in Dutch, with a need that was added in French."""
    evening.own_and_neighbour()
    incident = open_incident(
        evening.brussels,
        evening.data(title="Pepinster, Vesderdal"),
        [wanted("HCP", 6, 360, function=TASK, language="fr")],
        status="Exercise",
        language="nl",
    )
    return incident


def test_a_need_is_in_the_language_of_its_incident_unless_it_names_another(evening: Evening) -> None:
    asked = [wanted("HCP", 1, 360, function="pompen"), wanted("FRB", 1, 360, function=TASK, language="fr")]
    asked.append(wanted("HELI", 1, 360))
    opened = open_incident(evening.brussels, evening.data(), asked, status="Exercise", language="nl")
    assert list(opened.needs.values_list("language", flat=True)) == ["nl", "fr", ""]


def test_only_words_have_a_language(evening: Evening, incident: Incident) -> None:
    change_need(evening.brussels, need_of(incident), wanted("HCP", 6, 360, language="fr"))
    assert need_of(incident).language == ""


def test_who_changes_an_incident_says_in_which_language(evening: Evening, incident: Incident) -> None:
    change_incident(evening.brussels, incident, evening.data(title="Pepinster"))
    incident.refresh_from_db()
    assert incident.language == "nl"
    change_incident(evening.brussels, incident, evening.data(note="Digue rompue."), language="fr")
    incident.refresh_from_db()
    assert incident.language == "fr"
    assert incident.events.first().params["fields"] == ["title", "note", "language"]


def _drafted(evening: Evening, incident: Incident) -> RequestDraft:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (draft,) = drafting.draft_requests(evening.brussels, made, language="de")
    return draft


def _opening(appended: Appended) -> Message:
    opening = load_thread(appended.thread_id).find_message(appended.message_id)
    assert opening is not None
    return opening


def _sent(evening: Evening, incident: Incident) -> Message:
    draft = _drafted(evening, incident)
    authorise_draft(make_acting(evening.be, Role.DIRECTOR), draft)
    return _opening(send_request(evening.brussels, draft))


def test_a_request_carries_each_text_in_its_own_language_also_as_a_file(evening: Evening, incident: Incident) -> None:
    """The officer who drafts reads German; neither text is."""
    message = _sent(evening, incident)
    for said in (message, decode_message(encode_message(message), message.envelope)):
        assert said.envelope.language == "de"
        assert said.incident is not None
        assert said.incident.description == FreeText("Pepinster, Vesderdal", "nl")
        assert said.resources[0].assignment is not None
        assert said.resources[0].assignment.anticipated_function == FreeText(TASK, "fr")


def test_a_request_that_replaces_it_says_the_same(evening: Evening, incident: Incident) -> None:
    _sent(evening, incident)
    again = draft_replacement(evening.brussels, Request.objects.get())
    assert again.incident == FreeText("Pepinster, Vesderdal", "nl")
    assert decode_lines(again.lines)[0].function_language == "fr"


def test_what_nobody_said_stays_unknown_in_the_request(evening: Evening, incident: Incident) -> None:
    Need.objects.update(language="")
    line = drafting.line_for(need_of(incident), 1)
    assert (line.function, line.function_language) == (TASK, "und")


def test_an_alert_of_own_teams_carries_them_too(evening: Evening, incident: Incident) -> None:
    made = proposals.propose(evening.brussels, incident, include_unknown=False)
    (alert,) = alerting.alert_own_teams(evening.brussels, made, incident, language="de")
    opening = _opening(alert)
    assert opening.incident is not None
    assert opening.incident.description == FreeText("Pepinster, Vesderdal", "nl")
    assert opening.resources[0].assignment is not None
    assert opening.resources[0].assignment.anticipated_function == FreeText(TASK, "fr")


def test_who_signs_reads_each_text_as_what_it_is(evening: Evening, incident: Incident) -> None:
    draft = _drafted(evening, incident)
    (row,) = sign_rows(make_acting(evening.be, Role.DIRECTOR), [draft])
    assert row.functions == [FreeText(TASK, "fr")]
    assert row.draft.incident == FreeText("Pepinster, Vesderdal", "nl")
