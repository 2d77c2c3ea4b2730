"""What the tests of handovers share: the day of one, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from noaber.web import clock
from presidency_builders import NOW, Handover, make_handover


@pytest.fixture(autouse=True)
def december(settings: Any) -> Iterator[None]:
    """An exercise on 19 December 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(NOW):
        yield


@pytest.fixture
def handover() -> Handover:
    return make_handover()
