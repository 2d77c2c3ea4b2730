"""Bringing the exercise in: all of it in one transaction, so that it is there whole or not at all."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from noaber.apps.accounts.models import Person
from noaber.apps.demo.actions import load_actions
from noaber.apps.demo.campaigns import load_campaigns
from noaber.apps.demo.cast import add_cast
from noaber.apps.demo.documents import load_documents
from noaber.apps.demo.events import load_events
from noaber.apps.demo.exchanges import load_exchanges
from noaber.apps.demo.meetings import load_meetings
from noaber.apps.demo.models import PlayedStep
from noaber.apps.demo.plans import load_plans
from noaber.apps.demo.player import take_step
from noaber.apps.demo.practices import load_practices
from noaber.apps.demo.presidencies import load_presidencies
from noaber.apps.demo.questions import load_questions
from noaber.apps.demo.reports import load_reports
from noaber.apps.registry.services import load_demo, load_reference
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.demo.scenario import load_scenario
from noaber.reference.demo.story import played_steps
from noaber.web import clock
from noaber.web.written import written_once


def is_loaded() -> bool:
    """Whether the exercise is here."""
    return PlayedStep.objects.exists()


def check_empty() -> None:
    """Refuse a database that serves something else: an exercise is never mixed into it.

    Raises
    ------
    InvalidInput
        Where it holds accounts and no exercise.
    """
    if Person.objects.exists() and not is_loaded():
        raise InvalidInput([Problem("demo.not-empty")])


def load_exercise() -> bool:
    """Bring the exercise in, with what has happened when it opens; answers whether it was brought in now."""
    if is_loaded():
        return False
    check_empty()
    try:
        _load()
    except IntegrityError:
        if not is_loaded():
            raise
        return False
    return True


@transaction.atomic
@written_once()
def _load() -> None:
    opening = load_scenario().starts_at
    with clock.at(opening):
        load_reference(connect=True)
        load_demo(now=opening)
        add_cast()
    load_actions()
    load_documents()
    load_plans()
    load_meetings()
    load_events()
    load_exchanges()
    load_questions()
    load_campaigns()
    load_practices()
    load_presidencies()
    load_reports(opening)
    for step in played_steps():
        with clock.at(step.at):
            take_step(step)
