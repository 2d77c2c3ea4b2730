"""Colleagues and partners at the same moment, in threads: nothing said is lost, and nothing comes after the end.

Only on PostgreSQL (`conftest.py`): the embedded database of the tests lies in memory, where threads do not wait for
each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from actions_builders import make_centres
from edit_hands import Window, two_clients
from noaber.apps.plans import services
from noaber.apps.plans.models import Comment, Consultation, Plan
from noaber.web import clock
from plans_builders import make_plan
from threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]
NOW = datetime.datetime(2024, 11, 12, 9, tzinfo=datetime.UTC)
UNTIL = datetime.date(2024, 11, 30)


@pytest.fixture(autouse=True)
def november(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(NOW):
        yield


def test_of_two_answers_at_once_one_is_kept_and_the_other_is_shown_beside_it() -> None:
    brussels, _, dusseldorf = make_centres()
    plan = make_plan(brussels)
    consultation = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
    comment = services.comment_on(dusseldorf, consultation, "Name us.", language="en")
    address, page = f"/plans/comments/{comment.pk}/answer", f"/plans/{plan.number}/consultation"
    one, other = (Window(client, address, page=page) for client in two_clients(brussels))
    answers = at_once(
        lambda: one.send({"outcome": "not", "why": "Words of the one."}),
        lambda: other.send({"outcome": "partly", "why": "Words of the other."}),
    )
    refused: Any = max(answers, key=lambda answer: getattr(answer, "status_code", 0))
    assert sorted(answer.status_code for answer in answers) == [302, 409]  # type: ignore[attr-defined]
    shown = refused.content.decode()
    assert "Words of the one." in shown
    assert "Words of the other." in shown
    kept = Comment.objects.get()
    assert (kept.outcome, kept.answer) in {("not", "Words of the one."), ("partly", "Words of the other.")}


def test_no_comment_comes_after_the_withdrawal() -> None:
    """Whichever comes first: a comment that is kept was said before, one that is refused knows why."""
    brussels, _, dusseldorf = make_centres()
    for _time in range(6):
        plan = make_plan(brussels)
        consultation = services.open_consultation(brussels, plan, [dusseldorf.organisation], until=UNTIL)
        commented, withdrawn = at_once(
            lambda one=consultation: services.comment_on(dusseldorf, one, "Name us.", language="en"),
            lambda one=plan: services.withdraw_plan(brussels, one, reason="Begun twice.", language="en"),
        )
        assert withdrawn is None
        assert isinstance(commented, Comment) or commented in ("plan.withdrawn", "plan.consultation-over")
        assert Comment.objects.filter(consultation=consultation).count() == isinstance(commented, Comment)
        assert Plan.objects.get(pk=plan.pk).is_withdrawn
        assert Consultation.objects.get(pk=consultation.pk).closed_at is not None
