"""The desk of a national centre: the load of each region, and what it can still give, as far as its owners share it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from noaber.apps.accounts.enums import OrganisationKind
from noaber.apps.accounts.models import Organisation, Responsibility
from noaber.apps.planner.presenters.own_regions import region_rows
from noaber.apps.registry.enums import CapacityState
from planner_builders import EVENING, Evening, client_of
from registry_builders import make_organisation


@pytest.fixture
def regions(evening: Evening) -> dict[str, Organisation]:
    """Two provinces under the centre, a zone in the one; safety regions stand under a coordinator."""
    found = {}
    for code, territory, parent in (("BE-P-LG", "BE335", "BE-NCCN"), ("BE-P-NA", "BE352", "BE-NCCN")):
        found[code] = _region(code, territory, parent)
    found["BE-Z-LG4"] = make_organisation("BE-Z-LG4", kind=OrganisationKind.SERVICE)
    Organisation.objects.filter(code="BE-Z-LG4").update(parent=found["BE-P-LG"], territory="BE335")
    coordinator = make_organisation("NL-LOCC", kind=OrganisationKind.SERVICE)
    Organisation.objects.filter(pk=coordinator.pk).update(parent=evening.nl)
    found["NL-VR24"] = _region("NL-VR24", "NL423", "NL-LOCC")
    return found


def _region(code: str, territory: str, parent: str) -> Organisation:
    made = make_organisation(code, kind=OrganisationKind.REGIONAL_PARTNER)
    Organisation.objects.filter(pk=made.pk).update(parent=Organisation.objects.get(code=parent), territory=territory)
    Responsibility.objects.create(organisation=made, territory=territory, answers_for=territory)
    made.refresh_from_db()
    return made


def test_each_region_with_its_load_and_what_its_owners_let_go(
    evening: Evening, regions: dict[str, Organisation]
) -> None:
    evening.team(regions["BE-P-NA"], "PUMPS", territory="BE352", quantity=4, share_up_to=2)
    evening.team(regions["BE-Z-LG4"], "PUMPS", territory="BE335", quantity=3)
    evening.incident(severity="Severe")
    evening.incident(severity="Minor", title="Smaller")
    rows = {row.region.code: row for row in region_rows(evening.be, "Exercise", EVENING)}
    assert list(rows) == ["BE-P-LG", "BE-P-NA"], "the hardest hit first, and not the zone below it"
    assert (rows["BE-P-LG"].incidents, rows["BE-P-LG"].severity) == (2, "Severe")
    assert [word[0] for word in rows["BE-P-LG"].gives] == ["3"], "of the zone that answers to the province"
    assert (rows["BE-P-NA"].incidents, rows["BE-P-NA"].severity) == (0, "")
    assert [word[0] for word in rows["BE-P-NA"].gives] == ["2"], "no more than its owner shares"


def test_who_is_hit_itself_gives_nothing_and_who_tells_nothing_is_unknown(
    evening: Evening, regions: dict[str, Organisation]
) -> None:
    evening.team(regions["BE-Z-LG4"], "PUMPS", territory="BE335", quantity=3)
    evening.incident(severity="Extreme")
    rows = {row.region.code: row for row in region_rows(evening.be, "Exercise", EVENING)}
    assert rows["BE-P-LG"].gives == []
    assert rows["BE-P-LG"].state_at is not None
    assert rows["BE-P-NA"].says_nothing


def test_an_old_state_says_since_when_nobody_asked(evening: Evening, regions: dict[str, Organisation]) -> None:
    evening.team(regions["BE-P-NA"], "PUMPS", territory="BE352", now=EVENING - datetime.timedelta(hours=30))
    page = _desk(evening.brussels)
    assert "not asked since" in page
    assert "1 other" in page


def test_regions_stand_under_a_coordinator_and_who_has_none_sees_no_such_pane(
    evening: Evening, regions: dict[str, Organisation]
) -> None:
    assert [row.region.code for row in region_rows(evening.nl, "Exercise", EVENING)] == ["NL-VR24"]
    assert region_rows(evening.lu, "Exercise", EVENING) == []
    assert "Our regions" in _desk(evening.hague)
    assert "Our regions" not in _desk(evening.stockholm)


def test_the_statements_do_not_grow_with_the_regions(
    evening: Evening, regions: dict[str, Organisation], django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        made = _region(f"BE-P-{number}", f"BE2{number}", "BE-NCCN")
        evening.team(made, "PUMPS", territory=made.territory, state=CapacityState.AVAILABLE)
    with django_assert_max_num_queries(16):
        assert len(region_rows(evening.be, "Exercise", EVENING)) == 10


def _desk(acting: Any) -> str:
    answer = client_of(acting).get(reverse("desk"), {"status": "Exercise"})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())
