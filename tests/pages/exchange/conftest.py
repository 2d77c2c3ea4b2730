"""Someone who is signed in, for the pages of the exchange."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange_world import World
from noaber.apps.accounts.acting import SESSION_KEY, Acting


@pytest.fixture
def world(db: None, settings: object) -> World:
    settings.NOABER_STATUS = "Exercise"  # type: ignore[attr-defined]
    return World.make()


@pytest.fixture
def client_of() -> Callable[[Acting], Client]:
    """A client in which that person is signed in, acting for their organisation."""

    def sign_in(acting: Acting) -> Client:
        client = Client()
        client.force_login(acting.person)
        session = client.session
        session[SESSION_KEY] = acting.organisation.code
        session.save()
        return client

    return sign_in
