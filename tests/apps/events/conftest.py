"""The evening of the planner's tests, with policy officers who prepare events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from events_builders import Cast
from noaber.apps.accounts.enums import Role
from noaber.web import clock
from planner_builders import EVENING, Evening
from registry_builders import make_acting, make_group, make_organisation


@pytest.fixture
def cast(db: None, settings: LazySettings) -> Iterator[Cast]:
    settings.NOABER_STATUS = "Exercise"
    with clock.at(EVENING):
        evening = Evening.make()
        observer = make_organisation("DE-NW")
        make_group("BENELUX", member=[evening.be, evening.nl], observer=[observer])
        people = (make_acting(one, Role.PLANNER) for one in (evening.be, evening.nl, observer, evening.se))
        yield Cast(evening, *people)
