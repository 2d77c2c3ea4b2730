"""The main roads that are shipped: their tables, and their minutes beside driving times that others state."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
import pytest

from noaber.core.geo import distance_km
from noaber.core.reach.driving import driving_minutes
from noaber.core.traveltime.roads import close_roads, open_roads
from noaber.core.traveltime.sections import Part, find_run
from noaber.reference.gazetteer import Place, load_gazetteer
from noaber.reference.main_roads import load_main_roads, load_road_table
from noaber.reference.place_names import fold_name
from noaber.reference.provenance import Confidence

AGR = "AGR, Annex I (UNECE)"


class Known(NamedTuple):
    """Minutes that somebody states for a car; from middle to middle."""

    start: str
    end: str
    minutes: float
    source: str


ROLDUC = "iasdconferences.org/2019/travel: distances and times by car to Kerkrade"
KNOWN = (
    Known("NL Kerkrade", "BE Zaventem", 85, ROLDUC),
    Known("NL Kerkrade", "NL Hoofddorp", 150, ROLDUC),
    Known("NL Kerkrade", "DE Düsseldorf", 70, ROLDUC),
    Known("NL Kerkrade", "DE Porz am Rhein", 70, ROLDUC),
    Known("BE Brussels", "BE Gent", 50, "multimedialab.elis.ugent.be/icdsc2011: by car 45 minutes to an hour"),
    Known("LU Luxembourg", "BE Brussels", 125, "luxembourgexpats.lu: two hours; 213 to 230 km"),
    Known("LU Luxembourg", "FR Strasbourg", 125, "luxembourgexpats.lu: about two hours"),
    Known("LU Luxembourg", "NL Maastricht", 120, "Baltimore Sun, 28 February 1993: about two hours"),
    Known("NL Maastricht", "FR Paris", 240, "Baltimore Sun, 28 February 1993: four hours"),
    Known("NL Maastricht", "BE Liège", 31, "general knowledge: 30 to 35 minutes"),
    Known("BE Brussels", "BE Liège", 65, "general knowledge"),
    Known("NL Amsterdam", "NL Maastricht", 130, "general knowledge"),
    Known("LU Luxembourg", "BE Liège", 100, "general knowledge"),
    Known("DE Köln", "BE Liège", 80, "general knowledge"),
)


def town(key: str) -> Place:
    country, _space, name = key.partition(" ")
    named = [place for place in load_gazetteer().places if place.country == country]
    return max(
        (place for place in named if fold_name(name) in map(fold_name, place.names)), key=lambda place: place.population
    )


def drive(start: str, end: str, *closed: Part) -> float:
    main = load_main_roads()
    roads = close_roads(open_roads(main.network), main.places(closed))
    one, other = town(start), town(end)
    return float(driving_minutes(roads, np.array([[one.lon, one.lat]]), np.array([[other.lon, other.lat]]))[0, 0])


def test_every_section_has_its_place_in_the_network_and_its_provenance() -> None:
    table = load_road_table()
    assert len(table.sections) >= 900
    assert len(table.by_id) == len(table.sections)
    assert all(len(load_main_roads().places([Part(section.id)])) >= 4 for section in table.sections)
    assert set(table.provenance) == set(table.by_id)


def test_an_e_number_rests_on_the_treaty_and_nothing_else_does() -> None:
    table = load_road_table()
    for section in table.sections:
        found = table.provenance[section.id]
        has_number = any(road[0] == "E" for road in section.roads)
        assert found.confidence is (Confidence.DERIVED if has_number else Confidence.GENERAL_KNOWLEDGE)
        assert found.source == (AGR if has_number else "")


def test_no_town_on_a_section_is_far_from_the_next() -> None:
    legs = [pair for section in load_road_table().sections for pair in pairwise(section.points)]
    assert max(distance_km(*leg) for leg in legs) < 95


@pytest.mark.parametrize(
    ("road", "start", "end"),
    [
        ("E25", "BE Liège", "NL Maastricht"),
        ("E40", "BE Ans", "DE Aachen"),
        ("E19", "NL Breda", "BE Antwerpen"),
        ("E25", "BE Arlon", "LU Luxembourg"),
        ("E29", "LU Dudelange", "DE Merzig"),
        ("E42", "BE Verviers", "DE Wittlich"),
        ("E40", "DE Aachen", "DE Kalk"),
        ("N61", "BE Liège", "BE Eupen"),
    ],
)
def test_the_crossings_that_matter_are_there(road: str, start: str, end: str) -> None:
    sections = load_road_table().sections
    there, back = find_run(sections, road, start, end), find_run(sections, road, end, start)
    assert there
    assert [part.section for part in back] == [part.section for part in reversed(there)]


def test_minutes_are_near_what_others_state() -> None:
    wrong = {known: drive(known.start, known.end) / known.minutes - 1 for known in KNOWN}
    assert median(map(abs, wrong.values())) <= 0.08
    assert max(map(abs, wrong.values())) <= 0.20, wrong


@pytest.mark.parametrize("start", ["BE Eupen", "NL Venlo", "LU Clervaux", "DE Prüm", "FR Longwy"])
def test_minutes_are_never_absurd(start: str) -> None:
    """Between 25 and 108 km/h as the crow flies, to everywhere some way off."""
    places = [place for place in load_gazetteer().places if place.population >= 20_000]
    here = town(start)
    where = np.array([(place.lon, place.lat) for place in places])
    found = driving_minutes(open_roads(load_main_roads().network), np.array([[here.lon, here.lat]]), where)[0]
    for place, minutes in zip(places, found.tolist(), strict=True):
        km = distance_km(here.position, place.position)
        if 30 <= km <= 300:
            assert 25 <= km / minutes * 60 <= 108, place.name


def test_wide_water_is_crossed_where_a_road_crosses_it() -> None:
    """The Rhine has no bridge between Bonn and Neuwied, and the Westerschelde one tunnel."""
    assert drive("DE Linz am Rhein", "DE Remagen") > 30
    tunnel = find_run(load_road_table().sections, "N62", "NL Borssele", "NL Terneuzen")
    assert drive("NL Goes", "NL Terneuzen") < 45
    assert drive("NL Goes", "NL Terneuzen", *tunnel) > 75


def test_a_closed_section_lengthens_the_way_over_it() -> None:
    closed = find_run(load_road_table().sections, "E25", "BE Liège", "NL Maastricht")
    assert drive("BE Liège", "NL Maastricht", *closed) > drive("BE Liège", "NL Maastricht") + 8
    assert drive("NL Maastricht", "BE Liège", *closed) == pytest.approx(drive("NL Maastricht", "BE Liège"))
