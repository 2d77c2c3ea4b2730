"""The evening of the tests: an exercise at 18:00 on 14 July 2021."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from noaber.web import clock
from planner_builders import EVENING, Evening


@pytest.fixture
def evening(db: None, settings: LazySettings) -> Iterator[Evening]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        yield Evening.make()
