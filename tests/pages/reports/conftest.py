"""A report of the exercise, made once for the module, and clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from noaber.apps.reports.models import Report
from pages.registry.conftest import client_for, exercise, july_2021_once
from report_builders import make_one

__all__ = ["client_for", "exercise", "july_2021_once"]


@pytest.fixture(scope="module")
def report_once(july_2021_once: None, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Report]:
    before, django_settings.NOABER_STATUS = django_settings.NOABER_STATUS, "Exercise"
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_one()
        transaction.set_rollback(True)
    django_settings.NOABER_STATUS = before


@pytest.fixture
def report(report_once: Report, db: None) -> Report:
    """As The Hague saw the mapping when the exercise began."""
    return report_once
