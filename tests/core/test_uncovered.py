"""What nobody covers stands out until it is covered, asked for again, or accepted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.coverage import Coverage
from noaber.core.uncovered import Accepted, Because, Loss, Uncovered, find_uncovered, urgency

NOW = datetime(2021, 7, 14, 16, 54, tzinfo=UTC)
TEAMS = st.integers(0, 12)


def refusal(minutes: int = 0, by: str = "NL-NCC") -> Loss:
    return Loss(Because.REFUSED, by, NOW + timedelta(minutes=minutes))


def test_a_refused_team_is_left_open_by_the_newest_answer():
    first, second = refusal(-20, "LU-HCPN"), refusal(-2)
    assert find_uncovered(Coverage(missing=1), pending=0, losses=[second, first]) == Uncovered(1, second)


def test_what_one_answer_took_away_is_told_as_one_with_its_teams():
    def withdrawn(team: str, minutes: int = 0) -> Loss:
        at = NOW + timedelta(minutes=minutes)
        return Loss(Because.WITHDRAWN, "NL-NCC", at, request_id="r", teams=2, team=team)

    losses = [withdrawn("Venlo", -9), withdrawn("Roermond"), withdrawn("Tilburg"), withdrawn("")]
    found = find_uncovered(Coverage(missing=6), pending=0, losses=iter(losses))
    assert found is not None
    assert found.loss is not None
    assert (found.loss.team, found.loss.teams) == ("Roermond, Tilburg", 6)


def test_asked_again_it_is_open_no_more():
    assert find_uncovered(Coverage(missing=1), pending=1, losses=[refusal()]) is None


def test_asked_for_in_part_the_rest_is_open():
    assert find_uncovered(Coverage(missing=3), pending=1, losses=[]) == Uncovered(2)


def test_a_provisional_answer_is_waited_for():
    assert find_uncovered(Coverage(missing=2, provisional=2), pending=0, losses=[]) is None


def test_late_teams_leave_nothing_open():
    assert find_uncovered(Coverage(late=2), pending=0, losses=[refusal()]) is None


def test_what_is_accepted_rests_until_more_is_missing_or_someone_refuses_again():
    said = Accepted(1, NOW)
    assert find_uncovered(Coverage(missing=1), pending=0, losses=[refusal(-5)], accepted=said) is None
    assert find_uncovered(Coverage(missing=2), pending=0, losses=[refusal(-5)], accepted=said) is not None
    assert find_uncovered(Coverage(missing=1), pending=0, losses=[refusal(5)], accepted=said) is not None


def test_order_is_severity_then_priority_then_time_left():
    soon, late = NOW, NOW + timedelta(hours=3)
    found = [
        urgency("Extreme", 1, late),
        urgency("Extreme", 1, None),
        urgency("Extreme", 2, soon),
        urgency("Severe", 1, soon),
        urgency("never heard of", 1, soon),
    ]
    assert sorted(found) == found


@given(missing=TEAMS, provisional=TEAMS, pending=TEAMS)
def test_what_is_open_is_missing_and_nobody_may_still_bring_it(missing: int, provisional: int, pending: int):
    coverage = Coverage(missing=missing, provisional=min(missing, provisional))
    found = find_uncovered(coverage, pending=pending, losses=[])
    assert (found.teams if found else 0) == max(0, missing - coverage.provisional - pending)
