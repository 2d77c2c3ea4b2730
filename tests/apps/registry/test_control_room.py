"""States as a control room reports them: from what is seen, and never over another room's report."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from noaber.apps.accounts.models import Feed
from noaber.apps.records.models import Change
from noaber.apps.registry.enums import CapacityState
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.queries.states import last_reports
from noaber.apps.registry.services.states import confirm_states, newest_changes, report_seen_state
from noaber.core.problems import NotAllowed
from registry_builders import NOW, author_for, make_capacity

LATER = NOW + datetime.timedelta(hours=2)


def report(neighbours: Any, capacity: Capacity, seen: int, **fields: Any) -> Capacity:
    return report_seen_state(author_for(neighbours.owner), capacity, seen, now=LATER, **fields)


def test_the_second_of_two_rooms_looks_again(neighbours: Any):
    capacity = make_capacity(neighbours.owner)
    seen = newest_changes([capacity.pk])[capacity.pk]
    report(neighbours, capacity, seen, state=CapacityState.COMMITTED)
    with pytest.raises(NotAllowed, match="since you saw it"):
        report(neighbours, capacity, seen, state=CapacityState.AVAILABLE)
    capacity.refresh_from_db()
    assert capacity.state == "committed"


def test_a_touch_on_the_present_state_keeps_its_end_and_reason(neighbours: Any):
    capacity = make_capacity(
        neighbours.owner, state="reduced", reduced_to=2, state_until=LATER, state_reason="own flood"
    )
    report(neighbours, capacity, newest_changes([capacity.pk])[capacity.pk], state=CapacityState.REDUCED, reduced_to=2)
    capacity.refresh_from_db()
    assert (capacity.state_until, capacity.state_reason, capacity.state_at) == (LATER, "own flood", LATER)
    assert last_reports([capacity.pk])[capacity.pk].action == "state"


def test_all_are_confirmed_or_none(neighbours: Any):
    teams = [make_capacity(neighbours.owner, code, groups=("BENELUX",)) for code in ("A", "B")]
    keys = [team.pk for team in teams]
    seen = newest_changes(keys)
    Feed.objects.all().delete()
    assert confirm_states(author_for(neighbours.owner), seen, now=LATER) == 2
    assert set(Capacity.objects.values_list("state_at", flat=True)) == {LATER}
    assert Change.objects.filter(action="state").count() == 2
    assert set(Feed.objects.values_list("organisation__code", flat=True)) == {"NL-VR24", "BE-NCCN", "LU-HCPN"}
    with pytest.raises(NotAllowed, match="Look again"):
        confirm_states(author_for(neighbours.owner), seen, now=LATER + datetime.timedelta(hours=1))
    assert set(Capacity.objects.values_list("state_at", flat=True)) == {LATER}
