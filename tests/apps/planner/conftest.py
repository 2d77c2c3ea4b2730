"""The evening of the tests: an exercise at 18:00 on 14 July 2021. Threads meet only on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from noaber.web import clock
from planner_builders import EVENING, Evening

collect_ignore = [] if os.environ.get("NOABER_DATABASE_URL") else ["test_planner_at_once.py"]


@pytest.fixture
def evening(db: None, settings: LazySettings) -> Iterator[Evening]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        yield Evening.make()
