"""Something of everything, for those who read it through the API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from api_world import Neighbourhood
from noaber.web import clock
from planner_builders import EVENING


@pytest.fixture
def neighbourhood(db: None, settings: LazySettings) -> Iterator[Neighbourhood]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        yield Neighbourhood.make()
