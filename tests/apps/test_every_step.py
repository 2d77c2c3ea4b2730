"""Every step with every kind of record: who may not take it changes nothing, and the history tells who took it when."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.records.kinds import kinds
from noaber.apps.records.models import Change
from noaber.core.problems import NotAllowed, NotFound
from noaber.web import clock
from registry_builders import make_acting, make_organisation
from steps import Step, actions, campaigns, events, library, meetings, placements, plans, practices, presidency

pytestmark = pytest.mark.django_db

MODULES = (actions, campaigns, events, library, meetings, placements, plans, practices, presidency)


def app_of(module: ModuleType) -> str:
    return module.__name__.removeprefix("steps.")


STEPS = {f"{app_of(module)}.{name}": step for module in MODULES for name, step in module.STEPS.items()}
OTHERS = {
    "accounts": "organisations are written by commands",
    "registry": "an author writes, not who acts: what they may is asked before, as tests/apps/registry tries",
    "exchange": "requests are messages: their journal tells, and tests/apps/exchange tries who may send them",
    "planner": "incidents have a log of their own, which tests/apps/planner tries",
    "reports": "a report is made once, and never changed",
}
"""Apps whose records are changed by other laws."""
steps = pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())


@pytest.fixture(autouse=True)
def exercise(settings: Any) -> None:
    settings.NOABER_STATUS = "Exercise"


def strangers(acting: Acting) -> Iterator[Acting]:
    """Who may not: an observer of the same organisation, and one who may at home, of an organisation apart."""
    yield make_acting(acting.organisation, Role.OBSERVER)
    yield make_acting(make_organisation("SE-APART"), *(Role(role) for role in acting.roles))


def everything() -> dict[type[models.Model], list[dict[str, Any]]]:
    """Every row of the apps that have steps, links among them, and the history."""
    written = [model for module in MODULES for model in apps.get_app_config(app_of(module)).get_models()]
    return {model: list(model._base_manager.order_by("pk").values()) for model in [*written, Change]}


@steps
def test_who_may_not_take_it_changes_nothing(step: Step) -> None:
    with clock.at(step.made_at or step.at):
        acting, record = step.make()
    with clock.at(step.at):
        adds_their_own = isinstance(record, type(acting.organisation))
        for stranger in list(strangers(acting))[: 1 if adds_their_own else 2]:
            before = everything()
            with pytest.raises((NotAllowed, NotFound)):
                step.take(stranger, record)
            assert everything() == before


@steps
def test_the_history_tells_who_took_it_and_when(step: Step) -> None:
    with clock.at(step.made_at or step.at):
        acting, record = step.make()
    with clock.at(step.at):
        known = set(Change.objects.values_list("pk", flat=True))
        before = everything()
        step.take(acting, record)
        assert everything() != before
        told = Change.objects.exclude(pk__in=known)
        assert bool(told) != bool(step.told_by)
        authors = {(change.person, change.organisation, change.by, change.at) for change in told}
        assert authors <= {(acting.person, acting.organisation, acting.function, step.at)}


def test_every_app_with_a_kind_has_its_steps_here() -> None:
    named = {kind.model._meta.app_label for kind in kinds()}
    assert named == {*map(app_of, MODULES), *OTHERS}


@pytest.mark.parametrize("module", MODULES, ids=app_of)
def test_every_service_is_a_step_or_says_why_not(module: Any) -> None:
    assert not module.STEPS.keys() & module.NO_STEPS.keys()
    parts = {name for name in services_of(app_of(module)) if name.startswith(("check_", "lock_"))}
    named = module.STEPS.keys() | module.NO_STEPS.keys()
    assert set(services_of(app_of(module))) - (parts - named) == named


def services_of(app: str) -> Iterator[str]:
    """The services of an app whose first argument is who acts."""
    package = importlib.import_module(f"noaber.apps.{app}.services")
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and next(iter(inspect.signature(function).parameters), "") == "acting":
                yield name
