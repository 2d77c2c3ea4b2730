"""The evening of the tests, and the roads between Liège and Pepinster."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from noaber.web import clock
from planner_builders import EVENING, Evening
from roads_builders import main_roads, network

__all__ = ["main_roads", "network"]


@pytest.fixture
def evening(db: None, settings: LazySettings) -> Iterator[Evening]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        yield Evening.make()
