"""What may go together is what is free, less what stays at home, and no team goes twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.giving import left_to_give
from noaber.core.promises import Cover, Holdings, Stock


def stock(unit: str, there: int, *capabilities: str, **facts: int) -> Stock:
    return Stock(unit=unit, owner="A", capabilities=frozenset(capabilities), there=there, **facts)


def holdings(*stocks: Stock, minima: dict[str, int] | None = None, hit: bool = False) -> Holdings:
    covers = [
        Cover(
            owner="A",
            capability=capability,
            minimum=minimum,
            free=sum(one.free for one in stocks if capability in one.capabilities),
        )
        for capability, minimum in (minima or {}).items()
    ]
    return Holdings({one.unit: one for one in stocks}, covers, frozenset({"A"} if hit else ()))


def test_a_minimum_is_kept_once_for_all_units_of_its_owner() -> None:
    held = holdings(stock("A:1", 2, "FRB"), stock("A:2", 3, "FRB", promised=1), minima={"FRB": 1})
    assert left_to_give(held, {"A:1": "FRB", "A:2": "FRB"}) == {"FRB": 3}


def test_a_team_with_two_capabilities_is_counted_by_what_it_is_called_and_kept_by_both() -> None:
    held = holdings(stock("A:1", 4, "HCP", "FRB"), stock("A:2", 1, "FRB"), minima={"FRB": 2})
    assert left_to_give(held, {"A:1": "HCP", "A:2": "FRB"}) == {"HCP": 3}


def test_whoever_is_hit_gives_nothing() -> None:
    assert not left_to_give(holdings(stock("A:1", 4, "HCP"), hit=True), {"A:1": "HCP"})


@given(there=st.lists(st.integers(0, 5), min_size=1, max_size=4), minimum=st.integers(0, 12))
def test_what_goes_and_what_stays_are_all_that_is_free(there: list[int], minimum: int) -> None:
    stocks = [stock(f"A:{number}", teams, "FRB") for number, teams in enumerate(there)]
    given_up = left_to_give(holdings(*stocks, minima={"FRB": minimum}), {one.unit: "FRB" for one in stocks})
    assert given_up["FRB"] == max(0, sum(there) - minimum)
