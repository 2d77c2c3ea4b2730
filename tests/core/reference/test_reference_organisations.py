"""The organisations: complete, consistent with each other and with the territories, and named as the day has it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from noaber.reference.organisations import (
    GroupRole,
    OrganisationKind,
    groups_of,
    load_groups,
    load_organisations,
    territories_answered,
)
from noaber.reference.territories import load_territories

ORGANISATIONS = load_organisations()
GROUPS = load_groups()


@pytest.mark.parametrize(
    "code",
    [
        "BE-NCCN",
        "BE-CP",
        "NL-NCC",
        "NL-LOCC",
        "LU-HCPN",
        "LU-CGDIS",
        "DE-NW",
        "DE-GMLZ",
        "BNL-SG",
        "EU-ERCC",
        "DE-RP",
        "DE-SL",
        "BE-WAL",
        "BE-FWB",
        "BE-DG",
    ],
)
def test_the_core_of_the_cooperation_is_there(code: str) -> None:
    assert code in ORGANISATIONS


def test_25_safety_regions_and_35_emergency_zones() -> None:
    regions = [code for code in ORGANISATIONS if code.startswith("NL-VR")]
    zones = [code for code in ORGANISATIONS if code.startswith("BE-Z-")]

    assert regions == [f"NL-VR{number:02d}" for number in range(1, 26)]
    assert len(zones) == 34
    assert "BE-SIAMU" in ORGANISATIONS


def test_each_belgian_zone_stands_under_its_province_and_inside_it() -> None:
    zones = [organisation for code, organisation in ORGANISATIONS.items() if code.startswith("BE-Z-")]
    by_province = Counter(zone.parent for zone in zones)

    assert by_province == {
        "BE-P-AN": 5, "BE-P-LI": 3, "BE-P-OV": 6, "BE-P-VB": 2, "BE-P-WV": 4,
        "BE-P-BW": 1, "BE-P-HT": 3, "BE-P-LG": 6, "BE-P-LX": 1, "BE-P-NA": 3,
    }  # fmt: skip
    for zone in zones:
        province = ORGANISATIONS[zone.parent]
        assert all(code.startswith(province.territory) for code in zone.territories), zone.code


@pytest.mark.parametrize("organisation", ORGANISATIONS.values(), ids=lambda organisation: organisation.code)
def test_an_organisation_is_consistent(organisation) -> None:
    assert not organisation.parent or organisation.parent in ORGANISATIONS
    assert len(organisation.code) <= 20
    assert set(organisation.languages) <= {"nl", "fr", "de", "en"}
    ZoneInfo(organisation.time_zone)
    if organisation.country:
        assert organisation.code.startswith(organisation.country)
        assert organisation.territory.startswith(organisation.country)
    nordic = organisation.country in {"SE", "NO", "DK", "FI", "IS"}
    assert nordic or set(organisation.territories) <= set(load_territories())


def test_no_parent_leads_back_to_its_child() -> None:
    for code in ORGANISATIONS:
        seen = set()
        while code:
            assert code not in seen
            seen.add(code)
            code = ORGANISATIONS[code].parent


@pytest.mark.parametrize(
    ("owner", "asked"),
    [
        ("NL-VR23", "NL-NCC"),
        ("NL-DEF", "NL-NCC"),
        ("BE-Z-LG2", "BE-NCCN"),
        ("LU-CGDIS-N", "LU-HCPN"),
        ("DE-AACHEN", "DE-NW"),
        ("DE-ADAC", "DE-NW"),
        ("DE-THW-NW", "DE-NW"),
        ("DE-TRIER", "DE-RP"),
        ("DE-MERZIG", "DE-SL"),
        ("DE-EMSLAND", "DE-NI"),
        ("FR-SDIS-57", "FR-57"),
        ("BE-NCCN", "BE-NCCN"),
        ("BNL-SG", "BNL-SG"),
    ],
)
def test_through_whom_another_country_asks_for_the_means_of_an_owner(owner: str, asked: str) -> None:
    assert ORGANISATIONS[owner].asked_through == asked


def test_whoever_is_asked_is_asked_itself() -> None:
    for organisation in ORGANISATIONS.values():
        asked = ORGANISATIONS[organisation.asked_through]
        assert asked.asked_through == asked.code


def test_the_territory_of_several_codes_is_what_they_share() -> None:
    assert ORGANISATIONS["NL-VR24"].territory == "NL423"
    assert ORGANISATIONS["NL-VR23"].territory == "NL42"
    assert ORGANISATIONS["DE-THW-HERPSL"].territory == "DE"
    assert ORGANISATIONS["BNL-SG"].territory == ""


def test_groups_name_known_organisations_in_one_role_each() -> None:
    assert set(GROUPS) == {"BENELUX", "BENELUX-NRW", "GRANDE-REGION", "EMRIC", "NORDIC"}
    for group in GROUPS.values():
        assert set(group.roles) <= set(ORGANISATIONS)


def test_north_rhine_westphalia_is_in_the_wider_group_only() -> None:
    assert "BENELUX-NRW" in groups_of("DE-NW")
    assert "BENELUX" not in groups_of("DE-NW")


def test_meuse_and_vosges_observe_the_grande_region() -> None:
    roles = GROUPS["GRANDE-REGION"].roles
    assert roles["FR-55"] is roles["FR-88"] is GroupRole.OBSERVER
    assert roles["FR-54"] is roles["FR-57"] is GroupRole.MEMBER


def test_nordic_counterparts_observe() -> None:
    assert all(ORGANISATIONS[c].kind is OrganisationKind.OBSERVER for c in ("SE-MCF", "NO-DSB", "DK-BRS", "FI-SM"))


def test_the_swedish_agency_bears_the_name_of_the_day() -> None:
    agency = ORGANISATIONS["SE-MCF"]
    assert "MSB" in agency.names_on(date(2025, 12, 31)).en
    assert agency.names_on(date(2026, 1, 1)) == agency.names
    assert "MSB" not in agency.names.en


@pytest.mark.parametrize(
    ("territory", "answering"),
    [
        ("BE335", {"BE-NCCN", "BE-P-LG"}),
        ("BE33", {"BE-NCCN", "BE-P-LG"}),
        ("BE3", {"BE-NCCN", "BE-P-BW", "BE-P-HT", "BE-P-LG", "BE-P-LX", "BE-P-NA"}),
        ("BE", {"BE-NCCN"}),
        ("BE100", {"BE-NCCN"}),
        ("NL423", {"NL-NCC", "NL-VR24"}),
        ("NL42", {"NL-NCC", "NL-VR23", "NL-VR24"}),
        ("NL", {"NL-NCC"}),
        ("LU000", {"LU-HCPN"}),
        ("DEA2D", {"DE-NW", "DE-BR-KOELN", "DE-AACHEN"}),
        ("DEA", {"DE-NW"}),
        ("DE", set()),
        ("FRF31", {"FR-COGIC", "FR-ZONE-EST", "FR-54"}),
    ],
)
def test_who_answers_for_what_happens_in_a_territory(territory: str, answering: set[str]) -> None:
    assert {code for code in ORGANISATIONS if territory in territories_answered(code)} == answering


def test_a_corps_a_service_of_the_army_and_a_secretariat_answer_for_no_territory() -> None:
    for code in ("BE-Z-LG2", "BE-DEF", "NL-LOCC", "LU-CGDIS", "DE-THW-NW", "BNL-SG", "BE-CORTEX"):
        assert not territories_answered(code)


def test_whoever_answers_has_territories_and_whoever_releases_is_known() -> None:
    for organisation in ORGANISATIONS.values():
        assert organisation.territories or not organisation.answers_for_territories
        assert not organisation.released_by or organisation.released_by in ORGANISATIONS


def test_the_head_of_the_coordination_centre_releases_the_means_of_a_safety_region() -> None:
    assert ORGANISATIONS["NL-VR24"].released_by == "NL-LOCC"
    assert not ORGANISATIONS["BE-Z-LG2"].released_by, "nothing is known of it"
