"""The exercise, brought in once and copied for a module; each test leaves no trace in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from noaber.apps.demo.load import load_exercise
from noaber.reference.demo.scenario import load_scenario
from noaber.web import clock
from shared import filled, kept_folder


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A node that serves an exercise, with a clock and keys of its own."""
    folder = tmp_path_factory.mktemp("exercise")
    with override_settings(NOABER_STATUS="Exercise", NOABER_CLOCK=folder / "clock.json", KEYS=folder / "keys"):
        yield folder


@pytest.fixture(scope="module")
def loaded_once(exercise: Path, django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    def bring_in() -> None:
        load_exercise()
        shutil.copytree(exercise / "keys", kept_folder() / "exercise-keys", dirs_exist_ok=True)

    with django_db_blocker.unblock(), filled("exercise.sqlite3", bring_in):
        shutil.copytree(kept_folder() / "exercise-keys", exercise / "keys", dirs_exist_ok=True)
        yield


@pytest.fixture
def loaded(loaded_once: None, db: None) -> None:
    """The exercise as it stands when the site opens, at 18:00."""
    clock.start(load_scenario().starts_at)
