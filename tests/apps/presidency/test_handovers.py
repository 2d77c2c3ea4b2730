"""A handover: what the dossier derives, who gets which share, how it is frozen and signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from actions_builders import make_action, make_recommendation
from meetings_builders import make_decision, make_meeting
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions import services as action_services
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import link
from noaber.apps.plans import services as plan_services
from noaber.apps.presidency import services
from noaber.apps.presidency.enums import DossierState
from noaber.apps.presidency.models import HandoverDossier
from noaber.apps.presidency.presenters import DossierView, present_dossier
from noaber.apps.presidency.queries import get_dossier
from noaber.apps.presidency.values import DossierData
from noaber.apps.presidency.waiting import waiting_dossiers
from noaber.apps.records.history import Author
from noaber.core.presidency.dossier import Section
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from plans_builders import make_objective, make_programme, make_serving
from presidency_builders import NOW, ON, Handover, make_dossier, make_presidency

pytestmark = pytest.mark.django_db


def numbers(acting: Acting, dossier: HandoverDossier, section: Section) -> list[str]:
    view = present_dossier(acting.organisation, dossier)
    return [one.line.number for one in section_of(view, section).lines]


def section_of(view: DossierView, section: Section) -> Any:
    return next(one for one in view.sections if one.section is section)


@contextmanager
def refused(kind: type[InvalidInput] | type[NotAllowed], code: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    error: Any = caught.value
    problems = error.problems if isinstance(error, InvalidInput) else [error.problem]
    assert [problem.code for problem in problems] == [code]


def finish(acting: Acting, action: Any, day: datetime.date) -> None:
    action_services.finish_action(acting, action, done_on=day, evidence="The list is there.", language="en")


def test_what_is_open_and_what_was_done_are_told_as_of_the_day(handover: Handover) -> None:
    brussels = handover.brussels
    late = make_action(brussels, groups=["BENELUX"], due_on=datetime.date(2024, 11, 1))
    done = make_action(brussels, groups=["BENELUX"])
    finish(brussels, done, datetime.date(2024, 12, 10))
    before = make_action(brussels, groups=["BENELUX"], made_on=datetime.date(2023, 5, 1))
    finish(brussels, before, datetime.date(2023, 6, 1))
    waiting = make_recommendation(brussels, groups=["BENELUX"])
    dossier = make_dossier(handover)
    assert numbers(brussels, dossier, Section.DONE) == [done.number]
    assert numbers(brussels, dossier, Section.ACTIONS) == [late.number]
    assert numbers(brussels, dossier, Section.RECOMMENDATIONS) == [waiting.number]
    view = present_dossier(brussels.organisation, dossier)
    assert view.overdue == 1
    services.change_dossier(brussels, dossier, DossierData(on=datetime.date(2024, 10, 1), groups=["BENELUX"]))
    dossier.refresh_from_db()
    assert numbers(brussels, dossier, Section.DONE) == []
    assert numbers(brussels, dossier, Section.ACTIONS) == [late.number, done.number]
    assert present_dossier(brussels.organisation, dossier).overdue == 0


def test_a_decision_is_handed_over_until_its_actions_are_done(handover: Handover) -> None:
    brussels = handover.brussels
    meeting = make_meeting(brussels, groups=["BENELUX"])
    decision = make_decision(brussels, meeting)
    dossier = make_dossier(handover)
    assert numbers(brussels, dossier, Section.DECISIONS) == [decision.number]
    action = make_action(brussels, came_from=decision, groups=["BENELUX"])
    assert numbers(brussels, dossier, Section.DECISIONS) == [decision.number]
    finish(brussels, action, ON)
    assert numbers(brussels, dossier, Section.DECISIONS) == []


def test_a_draft_that_was_withdrawn_is_not_handed_over(handover: Handover) -> None:
    """Neither it nor its consultation; no action serves it, and the decision for it led to nothing yet."""
    brussels = handover.brussels
    decision = make_decision(brussels, make_meeting(brussels, groups=["BENELUX"]))
    programme = make_programme(brussels)
    action = make_serving(brussels, make_objective(brussels, programme))
    link(Author.of(brussels), decision, Relation.LED_TO, programme, now=NOW)
    asked = [handover.dusseldorf.organisation]
    plan_services.open_consultation(brussels, programme, asked, until=datetime.date(2025, 1, 31))
    dossier = make_dossier(handover)

    def told() -> list[Any]:
        view = present_dossier(brussels.organisation, dossier)
        sections = (Section.PLANS, Section.CONSULTATIONS, Section.DECISIONS)
        [line] = section_of(view, Section.ACTIONS).lines
        return [*(numbers(brussels, dossier, section) for section in sections), line.line.number, line.beside]

    serves = f"serves objective {programme.number}, 1"
    assert told() == [[programme.number], [programme.number], [], action.number, serves]
    plan_services.withdraw_plan(brussels, programme, reason="Begun twice.", language="en")
    assert told() == [[], [], [decision.number], action.number, ""]
    plan_services.take_up_plan(brussels, programme)
    assert told() == [[programme.number], [], [], action.number, serves]


def test_the_receiver_gets_its_share_and_only_the_giver_is_told_how_much_is_left_out(handover: Handover) -> None:
    brussels, hague = handover.brussels, handover.hague
    shared = make_action(brussels, groups=["BENELUX"])
    make_action(brussels, title="Between us", tlp=TlpLabel.RED)
    dossier = make_dossier(handover)
    view = present_dossier(brussels.organisation, dossier)
    assert [one.line.number for one in section_of(view, Section.ACTIONS).lines] == [shared.number]
    assert section_of(view, Section.ACTIONS).kept_back == 1
    services.make_ready(brussels, dossier)
    dossier.refresh_from_db()
    received = present_dossier(hague.organisation, dossier)
    assert [one.line.number for one in received.lines if one.line.number] == [shared.number]
    assert received.kept_back == 0
    assert "Between us" not in str(received.version and received.version.content)


def test_an_observer_sees_the_lines_of_records_that_it_sees(handover: Handover) -> None:
    """Of a plan it is told only how the actions stand that it may see."""
    brussels, dusseldorf = handover.brussels, handover.dusseldorf
    programme = make_programme(brussels, tlp=TlpLabel.GREEN)
    objective = make_objective(brussels, programme)
    open_to_all = make_serving(brussels, objective, "Open", tlp=TlpLabel.GREEN)
    members_only = make_serving(brussels, objective, "For members", tlp=TlpLabel.AMBER)
    dossier = make_dossier(handover)
    with pytest.raises(NotFound):
        get_dossier(dusseldorf.organisation, dossier.pk)
    services.make_ready(brussels, dossier)
    seen = get_dossier(dusseldorf.organisation, dossier.pk)
    assert set(numbers(brussels, seen, Section.ACTIONS)) == {open_to_all.number, members_only.number}
    assert numbers(dusseldorf, seen, Section.ACTIONS) == [open_to_all.number]
    [plan] = section_of(present_dossier(dusseldorf.organisation, seen), Section.PLANS).lines
    assert [end.label for end in plan.line.ends] == [open_to_all.number]
    [action] = section_of(present_dossier(dusseldorf.organisation, seen), Section.ACTIONS).lines
    assert f"{programme.number}, 1" in action.beside


def test_frozen_stays_what_it_was(handover: Handover) -> None:
    brussels = handover.brussels
    action = make_action(brussels, groups=["BENELUX"])
    dossier = make_dossier(handover)
    services.keep_note(brussels, dossier, Section.ACTIONS, "Ask in January.", language="en")
    version = services.make_ready(brussels, dossier)
    finish(brussels, action, ON)
    dossier.refresh_from_db()
    assert numbers(handover.hague, dossier, Section.ACTIONS) == [action.number]
    with refused(NotAllowed, "dossier.frozen"):
        services.keep_note(brussels, dossier, Section.ACTIONS, "Later.", language="en")
    services.take_back(brussels, dossier, reason="The action is done.")
    dossier.refresh_from_db()
    again = services.make_ready(brussels, dossier)
    assert (version.number, again.number) == (1, 2)
    assert version.digest != again.digest
    dossier.refresh_from_db()
    assert numbers(brussels, dossier, Section.ACTIONS) == []
    note = section_of(present_dossier(handover.hague.organisation, dossier), Section.ACTIONS).note_words
    assert note.text == "Ask in January."


def test_the_giver_signs_then_the_receiver_and_nobody_else(handover: Handover) -> None:
    dossier = make_dossier(handover)
    giving, receiving = handover.giving_director, handover.receiving_director
    with refused(NotAllowed, "dossier.step-gone"):
        services.sign(giving, dossier, seen="")
    version = services.make_ready(handover.brussels, dossier)
    for acting in (handover.brussels, receiving):
        with pytest.raises(NotAllowed):
            services.sign(acting, dossier, seen=version.digest)
    with refused(NotAllowed, "dossier.changed-since"):
        services.sign(giving, dossier, seen="another")
    assert len(list(waiting_dossiers(giving, "Exercise", NOW))) == 1
    services.sign(giving, dossier, seen=version.digest)
    assert not list(waiting_dossiers(giving, "Exercise", NOW))
    assert len(list(waiting_dossiers(receiving, "Exercise", NOW))) == 1
    services.sign(receiving, dossier, seen=version.digest)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.HANDED_OVER
    with refused(NotAllowed, "dossier.step-gone"):
        services.take_back(handover.brussels, dossier, reason="Too late.")


def test_what_cannot_be(handover: Handover) -> None:
    data = DossierData(on=ON)
    with pytest.raises(NotAllowed):
        services.begin_dossier(handover.hague, handover.giver, handover.receiver, data)
    with refused(InvalidInput, "dossier.not-the-next"):
        services.begin_dossier(handover.hague, handover.receiver, handover.giver, data)
    with refused(InvalidInput, "dossier.outside"):
        make_dossier(handover, on=datetime.date(2023, 1, 1))
    with refused(InvalidInput, "presidency.taken"):
        make_presidency(handover.hague, handover.hague, 2024)
    make_dossier(handover)
    with refused(NotAllowed, "dossier.exists"):
        make_dossier(handover)
