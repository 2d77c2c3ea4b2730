"""Clients for the pages of the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting

Centres = tuple[Acting, Acting, Acting]


@pytest.fixture
def centres(db: None, settings: Any) -> Centres:
    settings.NOABER_STATUS = "Exercise"
    return make_centres()


@pytest.fixture
def client_of() -> Callable[[Acting], Client]:
    def make(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        return client

    return make
