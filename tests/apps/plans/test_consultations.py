"""Consultation: who sees the draft, whose comments, what became of them; and that the trail stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from actions_builders import make_centres
from noaber.apps.accounts.enums import Role
from noaber.apps.plans import services
from noaber.apps.plans.enums import Outcome, PlanState, VersionKind
from noaber.apps.plans.models import Plan
from noaber.apps.plans.presenters.consultations import present_consultation
from noaber.apps.plans.presenters.versions import compare_versions
from noaber.apps.plans.queries import comments_for, get_comment
from noaber.apps.plans.values import ObjectiveData
from noaber.apps.plans.waiting import waiting_consultations
from noaber.core.plans.versions import Difference
from noaber.core.problems import InvalidInput, NotAllowed, NotFound
from noaber.web import clock
from plans_builders import director_of, make_objective, make_plan
from registry_builders import make_acting, make_organisation

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2024, 10, 1, 9, tzinfo=datetime.UTC)
UNTIL = datetime.date(2024, 11, 15)


@pytest.fixture(autouse=True)
def october(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(NOW):
        yield


@pytest.fixture
def parties(october, db):
    """Brussels keeps the plan; The Hague sees it; Düsseldorf and Mainz are consulted."""
    brussels, hague, dusseldorf = make_centres()
    mainz = make_acting(make_organisation("DE-RP"), Role.PLANNER)
    plan = make_plan(brussels)
    make_objective(brussels, plan)
    return brussels, hague, dusseldorf, mainz, plan


def consult(parties):
    brussels, _hague, dusseldorf, mainz, plan = parties
    asked = [dusseldorf.organisation, mainz.organisation]
    return services.open_consultation(brussels, plan, asked, until=UNTIL)


def test_the_consulted_see_the_draft_from_then_on(parties):
    _, _, dusseldorf, _, plan = parties
    assert plan not in Plan.objects.visible_to(dusseldorf.organisation)
    consult(parties)
    assert plan in Plan.objects.visible_to(dusseldorf.organisation)
    plan.refresh_from_db()
    assert (plan.state, plan.versions.get().kind) == (PlanState.CONSULTATION, VersionKind.DRAFT)


def test_nobody_and_a_day_that_has_passed_are_refused(parties):
    brussels, hague, _, _, plan = parties
    with pytest.raises(InvalidInput):
        services.open_consultation(brussels, plan, [], until=UNTIL)
    with pytest.raises(InvalidInput):
        services.open_consultation(brussels, plan, [hague.organisation], until=datetime.date(2024, 9, 30))
    with pytest.raises(NotAllowed):
        services.open_consultation(hague, plan, [hague.organisation], until=UNTIL)


def test_a_partner_reads_its_own_comments_and_the_shared_ones(parties):
    brussels, hague, dusseldorf, mainz, _ = parties
    consultation = consult(parties)
    mine = services.comment_on(dusseldorf, consultation, "Name us.", language="en")
    shared = services.comment_on(dusseldorf, consultation, "Open it to all.", language="en", shared=True)
    seen = {
        acting.organisation.code: list(comments_for(acting.organisation, consultation))
        for acting in (brussels, hague, dusseldorf, mainz)
    }
    assert seen == {
        "BE-NCCN": [mine, shared],
        "NL-NCC": [shared],
        "DE-NW": [mine, shared],
        "DE-RP": [shared],
    }
    with pytest.raises(NotFound):
        get_comment(mainz.organisation, mine.pk)
    told = {
        party.consulted.organisation.code: party.is_told
        for party in present_consultation(mainz.organisation, consultation).parties
    }
    assert told == {"DE-NW": False, "DE-RP": True}


def test_only_the_consulted_comment_and_only_in_time(parties):
    _, hague, dusseldorf, _, _ = parties
    consultation = consult(parties)
    with pytest.raises(NotAllowed):
        services.comment_on(hague, consultation, "Me too.", language="en")
    duty = make_acting(dusseldorf.organisation, Role.DUTY_OFFICER)
    with pytest.raises(NotAllowed):
        services.comment_on(duty, consultation, "Me too.", language="en")
    with clock.at(NOW + datetime.timedelta(days=60)), pytest.raises(NotAllowed):
        services.comment_on(dusseldorf, consultation, "Too late.", language="en")


def test_each_comment_is_answered_before_the_plan_is_adopted_and_the_trail_stays(parties):
    brussels, _, dusseldorf, _, plan = parties
    consultation = consult(parties)
    objective = plan.objectives.get()
    comment = services.comment_on(dusseldorf, consultation, "Name us.", language="en", objective=objective)
    director = director_of(brussels)
    with pytest.raises(NotAllowed):
        services.adopt_plan(director, plan, adopted_on=NOW.date(), adopted_by="The directors")
    with pytest.raises(NotAllowed):
        services.answer_comment(dusseldorf, comment, Outcome.TAKEN_OVER, "Yes.", language="en")
    services.answer_comment(brussels, comment, Outcome.PARTLY, "Named in the text.", language="en")
    services.remove_objective(brussels, objective)
    services.adopt_plan(director, plan, adopted_on=NOW.date(), adopted_by="The directors")
    [kept] = comments_for(dusseldorf.organisation, consultation)
    assert (kept.about, kept.objective, kept.outcome, kept.answer) == (
        "1 Know who may help",
        None,
        Outcome.PARTLY,
        "Named in the text.",
    )
    consultation.refresh_from_db()
    assert consultation.closed_at is not None


def test_draft_and_adopted_text_are_compared(parties):
    brussels, _, _, _, plan = parties
    consult(parties)
    words = ObjectiveData(title="Know who may help, and at whose cost", language="en", first_year=2024, last_year=2024)
    services.change_objective(brussels, plan.objectives.get(), words)
    make_objective(brussels, plan, "One more")
    services.adopt_plan(director_of(brussels), plan, adopted_on=NOW.date(), adopted_by="The directors")
    adopted, draft = plan.versions.all()
    rows = compare_versions(draft.content, adopted.content)
    assert [row.compared.difference for row in rows] == [Difference.CHANGED, Difference.ADDED]
    assert rows[0].compared.fields == ("title", "responsible")


def test_the_desk_says_what_waits_for_whom(parties):
    brussels, hague, dusseldorf, mainz, _ = parties
    consultation = consult(parties)

    def desk(acting):
        return [row.url for row in waiting_consultations(acting, "Exercise", NOW)]

    services.comment_on(dusseldorf, consultation, "Name us.", language="en")
    services.finish_commenting(dusseldorf, consultation)
    assert [len(desk(acting)) for acting in (brussels, hague, dusseldorf, mainz)] == [1, 0, 0, 1]
    assert desk(make_acting(mainz.organisation, Role.DUTY_OFFICER)) == []
