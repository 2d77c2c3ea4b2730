"""Clients for the pages of meetings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings_builders import Table, make_table
from noaber.apps.accounts.acting import Acting


@pytest.fixture
def table(db: None) -> Table:
    return make_table()


@pytest.fixture
def client_of() -> Callable[[Acting], Client]:
    def make(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        return client

    return make
