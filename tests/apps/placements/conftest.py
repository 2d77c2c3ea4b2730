"""What the tests of exchanges share: the autumn in which one applies, and who exchanges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from noaber.web import clock
from placements_builders import AUTUMN, Centres, make_exchanging


@pytest.fixture(autouse=True)
def autumn_2024(settings: Any) -> Iterator[None]:
    """An exercise on 1 October 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def centres() -> Centres:
    return make_exchanging()
