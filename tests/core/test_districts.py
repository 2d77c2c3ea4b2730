"""Which district a point lies in: the place itself, a boundary, the nearest place, and what is said of the unknown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from noaber.core.districts import Basis, District, Near, find_by_code, find_district, is_finer

EUPEN, BAELEN = Near("BE336", 1.0), Near("BE335", 1.8)
CODES = ("BE", "BE3", "BE33", "BE335", "BE336", "DEA2D", "DEA")


def test_a_place_that_was_chosen_knows_its_own_district() -> None:
    chosen = Near("BE336", 0.0)
    assert find_district("BE", inside=["BE335"], near=[BAELEN, chosen]) == District("BE336", Basis.PLACE)


def test_a_place_on_the_border_lies_in_its_own_country() -> None:
    vaals = Near("NL423", 0.01)
    assert find_district("DE", inside=[], near=[Near("DEA2D", 0.8), vaals]) == District("NL423", Basis.PLACE)


def test_a_boundary_of_a_district_decides_over_the_places_around() -> None:
    assert find_district("BE", inside=["BE33", "BE335"], near=[EUPEN]) == District("BE335", Basis.BOUNDARY)


def test_a_coarse_boundary_leaves_only_the_places_within_it() -> None:
    found = find_district("BE", inside=["BE33"], near=[Near("DEA2D", 0.5), EUPEN])
    assert found == District("BE336", Basis.NEAREST)
    assert found.is_estimate


def test_the_nearest_place_is_an_estimate_that_names_what_is_as_near() -> None:
    assert find_district("BE", inside=[], near=[BAELEN, EUPEN]) == District("BE336", Basis.NEAREST, ("BE335",))
    far = Near("BE335", 2.1)
    assert find_district("BE", inside=[], near=[far, EUPEN]).others == ()


def test_a_place_abroad_says_nothing_of_a_point_at_home() -> None:
    assert find_district("BE", inside=[], near=[Near("DEA2D", 0.5)]) == District("BE", Basis.COUNTRY)


def test_a_country_of_one_district_is_that_district() -> None:
    assert find_district("LU", inside=[], near=[], only="LU000") == District("LU000", Basis.COUNTRY)


def test_where_the_district_is_not_known_the_coarser_territory_is_said() -> None:
    found = find_district("DE", inside=[], near=[Near("DE7", 0.0)])
    assert (found.territory, found.is_known) == ("DE7", False)


def test_the_longest_beginning_of_a_code_decides() -> None:
    districts = {"63": "BE335", "63023": "BE336"}
    assert [find_by_code(code, districts) for code in ("63023", "63079", "6302", "62063", "")] == [
        "BE336", "BE335", "BE335", None, None,
    ]  # fmt: skip


def test_finer_is_within_and_longer() -> None:
    assert is_finer("BE336", "BE3")
    assert not is_finer("BE336", "BE336")
    assert not is_finer("BE336", "BE335")
    assert not is_finer("BE3", "BE336")


@given(
    inside=st.lists(st.sampled_from(CODES), max_size=3),
    near=st.lists(st.builds(Near, st.sampled_from(CODES), st.floats(0, 15)), max_size=5),
    data=st.data(),
)
def test_the_order_of_the_places_does_not_matter_and_nothing_is_made_up(
    inside: list[str], near: list[Near], data: st.DataObject
) -> None:
    found = find_district("BE", inside=inside, near=near)
    assert found.territory in {"BE", *inside, *(one.territory for one in near)}
    shuffled = data.draw(st.permutations(near))
    if len({one.km for one in near}) == len(near):
        assert find_district("BE", inside=inside, near=shuffled) == found
