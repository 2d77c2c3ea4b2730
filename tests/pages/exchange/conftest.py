"""Someone who is signed in, for the pages of the exchange; a template variable that does not exist fails the test."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from exchange_world import World
from noaber.apps.accounts.acting import SESSION_KEY, Acting


class Missing(str):
    """What Django shows for a variable that does not exist; showing it is an error here."""

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template variable {name!r} does not exist")

    def __contains__(self, text: object) -> bool:
        return text == "%s"


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.NOABER_STATUS = "Exercise"
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = Missing("%s")
    settings.TEMPLATES = templates
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
