"""The exercise, brought in once for a module; each test works on a copy of its own and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from noaber.apps.demo.load import load_exercise
from noaber.reference.demo.scenario import load_scenario
from noaber.web import clock


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A node that serves an exercise, with a clock and keys of its own."""
    folder = tmp_path_factory.mktemp("exercise")
    with override_settings(NOABER_STATUS="Exercise", NOABER_CLOCK=folder / "clock.json", KEYS=folder / "keys"):
        yield folder


@pytest.fixture(scope="module")
def loaded_once(exercise: Path, django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_exercise()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once: None, db: None) -> None:
    """The exercise as it stands when the site opens, at 18:00."""
    clock.start(load_scenario().starts_at)
