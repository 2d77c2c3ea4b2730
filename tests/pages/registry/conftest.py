"""Clients that act for an organisation, on a site whose status is Exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from noaber.apps.accounts.enums import Role
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.services import load_demo, load_reference
from registry_builders import NOW, make_person
from registry_world import neighbours
from shared import filled

__all__ = ["client_for", "exercise", "july_2021", "neighbours"]

ClientFor = Callable[..., Client]


@pytest.fixture(autouse=True)
def exercise(settings: Any) -> None:
    settings.NOABER_STATUS = "Exercise"


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """`client_for(organisation, Role.PLANNER)`: signed in, and acting for it."""

    def make(organisation: Organisation | str, *roles: Role, language: str = "en") -> Client:
        acting = Organisation.objects.get(code=organisation) if isinstance(organisation, str) else organisation
        client = Client()
        client.force_login(make_person(acting, *roles, language=language))
        return client

    return make


def load_july_2021() -> None:
    load_reference(connect=True)
    load_demo(now=NOW)


@pytest.fixture(scope="module")
def july_2021_once(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), filled("july-2021.sqlite3", load_july_2021):
        yield


@pytest.fixture
def july_2021(july_2021_once: None, db: None) -> None:
    """The reference data and the exercise, as a demo begins."""
