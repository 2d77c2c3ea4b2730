"""Clients for the pages of campaigns, on 1 October 2024 of an exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from campaign_builders import AUTUMN, World, make_world
from noaber.apps.accounts.acting import Acting
from noaber.web import clock


@pytest.fixture(autouse=True)
def autumn_2024(settings: Any) -> Iterator[None]:
    settings.NOABER_STATUS = "Exercise"
    cache.clear()  # it counts wrong links
    with clock.at(AUTUMN):
        yield
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def client_of() -> Callable[[Acting], Client]:
    def make(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        return client

    return make
