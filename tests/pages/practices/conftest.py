"""Clients for the pages of practices and lessons; two centres share what they write, a third observes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting
from noaber.web import clock

Centres = tuple[Acting, Acting, Acting]
AUTUMN = datetime.datetime(2024, 10, 1, 8, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def autumn_2024(settings: Any) -> Iterator[None]:
    """An exercise on 1 October 2024."""
    settings.NOABER_STATUS = "Exercise"
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def centres(db: None) -> Centres:
    return make_centres()


@pytest.fixture
def client_of() -> Callable[[Acting], Client]:
    def make(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        return client

    return make
