"""What holds what and what serves as what: facts with their provenance, and no number that nobody knows."""

from __future__ import annotations

from noaber.core.capability_match import Match, Nearness
from noaber.reference.kinship import held_by_package, load_holdings, load_kinship, load_servings
from noaber.reference.vocabulary import load_capabilities, load_package_codes


def test_a_dutch_platoon_holds_four_engines_elsewhere_nobody_says() -> None:
    kinship = load_kinship()
    assert kinship.match(["FIRE-PLT"], "FIRE-ENG", country="NL") == Match(Nearness.HOLDS, "FIRE-PLT", 4)
    for country in ("BE", "DE", "FR", "LU"):
        assert kinship.match(["FIRE-PLT"], "FIRE-ENG", country=country) == Match(Nearness.HOLDS, "FIRE-PLT", None)


def test_the_equivalents_of_the_field() -> None:
    kinship = load_kinship()
    found = {
        (has, wanted): match.nearness
        for wanted in load_capabilities()
        for has in kinship.near(wanted)
        if (match := kinship.match([has], wanted)) is not None
    }
    larger = {
        ("HUSAR", "MUSAR"),
        ("AMP-S", "AMP"),
        ("EMT-2", "EMT-1"),
        ("EMT-3", "EMT-2"),
        ("EMT-3", "EMT-1"),
        ("GFFF-V", "GFFF"),
    }
    assert {pair for pair, nearness in found.items() if nearness is Nearness.LARGER} == larger
    assert {pair for pair, nearness in found.items() if nearness is Nearness.SIMILAR} == {("BHP", "AMP")}
    assert {pair for pair, nearness in found.items() if nearness is Nearness.HOLDS} == {
        ("FIRE-PLT", "FIRE-ENG"),
        ("GFFF-V", "FIRE-ENG"),
        ("FRB", "BOAT"),
        ("FC", "SANDBAG"),
        ("ETS", "SHELTER"),
    }


def test_every_fact_says_how_far_it_may_be_trusted() -> None:
    facts = [*load_holdings(), *load_servings()]
    assert len(facts) == 11
    assert all(fact.provenance.confidence for fact in facts)


def test_a_package_says_what_its_own_team_holds() -> None:
    vehicles = [
        {"kind": "command-car", "number": 1},
        {"kind": "fire-engine", "number": 1},
        {"kind": "fire-engine", "number": 1},
        {"kind": "boat"},
    ]
    assert held_by_package(vehicles) == {"FIRE-ENG": 2}
    assert {"fire-engine", "boat", "ambulance", "helicopter"} <= set(load_package_codes("vehicles"))
