"""Bringing the exercise in where nothing is there yet, where it broke off, and where something else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.demo import load
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import JournalEntry
from noaber.apps.planner.models import Incident
from noaber.core.problems import InvalidInput

pytestmark = pytest.mark.django_db


def test_one_that_breaks_off_leaves_nothing_and_can_begin_anew(exercise: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a power cut in the middle would."""

    def break_off() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "load_meetings", break_off)
    with pytest.raises(KeyboardInterrupt):
        load.load_exercise()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not JournalEntry.objects.exists()
    assert not load.is_loaded()
    monkeypatch.undo()
    assert load.load_exercise() is True
    assert verify_journals().broken is None


def test_it_is_never_mixed_into_what_is_real(exercise: Path) -> None:
    Person.objects.create(username="somebody")
    with pytest.raises(InvalidInput, match="never mixed"):
        load.load_exercise()
    assert not Incident.objects.exists()
