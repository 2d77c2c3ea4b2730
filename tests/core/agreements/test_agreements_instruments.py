"""The instruments that ship with the product: complete in four languages, sourced, and saying what the notes say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from noaber.core.agreements import (
    ESTABLISHED_FIELDS,
    EVERYTHING,
    LANGUAGES,
    NONE,
    NOTHING,
    UNKNOWN,
    Answer,
    CertificateRule,
    CostRule,
    Level,
    Question,
    Verdict,
    may_help,
    unknown_fields,
)
from noaber.core.agreements.checks import KnownCodes, find_problems, wordings_of
from noaber.core.agreements.matrix import Side, help_matrix
from noaber.reference import agreements, channel_names, role_names, source_addresses
from noaber.reference.organisations import load_organisations
from noaber.reference.vocabulary import load_capabilities, load_hazards

BY_ID = {text.id: text for text in agreements()}
DAY = date(2024, 6, 24)
NOTES = Path(__file__).parents[4] / "shared" / "docs" / "domain.md"


def ask(
    owner: str, place: str, capability: str = "HCP", hazard: str = "flood", on: date = DAY, code: str | None = None
) -> Answer:
    question = Question(owner_territory=owner, place_territory=place, capability=capability, hazard=hazard, owner=code)
    return may_help(question, agreements(), on)


def named(bases) -> list[str]:
    return [basis.agreement.id for basis in bases]


# sound, complete, sourced


def test_the_set_is_sound_and_uses_the_codes_of_the_vocabulary():
    known = KnownCodes(
        capabilities=load_capabilities(),
        hazards=load_hazards(),
        roles=role_names(),
        channels=channel_names(),
    )

    assert find_problems(agreements(), known) == ()


def test_every_wording_is_written_in_four_languages_and_none_is_a_mere_copy():
    wordings = [wording for text in agreements() for _, wording in wordings_of(text)]
    wordings += [*role_names().values(), *channel_names().values()]

    assert len(wordings) > 150
    for wording in wordings:
        assert wording.is_complete
        assert len({wording.in_language(language) for language in LANGUAGES}) >= 3, wording


def test_every_name_of_a_role_and_channel_is_used():
    roles = {
        authority.role
        for text in agreements()
        for value in (text.requester_roles, text.granter_roles)
        if isinstance(value, tuple)
        for authority in value
    }
    channels = {code for text in agreements() if isinstance(text.channels, tuple) for code in text.channels}

    assert roles == set(role_names())
    assert channels == set(channel_names())


def test_organisations_that_are_named_are_known():
    codes = set(load_organisations())
    authorities = [
        authority
        for text in agreements()
        for value in (text.requester_roles, text.granter_roles)
        if isinstance(value, tuple)
        for authority in value
    ]

    assert {authority.organisation for authority in authorities} - {""} <= codes
    assert {code for text in agreements() for code in text.provider_organisations} <= codes
    assert {party for text in agreements() for party in text.parties if "-" in party} <= codes


def test_every_text_is_sourced_and_checked():
    for text in agreements():
        assert text.sources, text.id
        assert all(re.fullmatch(r"https://[^\s/]+\.[^\s]+", source.address) for source in text.sources)
        assert text.checked.on == date(2026, 11, 24)
        assert text.checked.by


def test_every_source_is_used():
    assert {source.number for text in agreements() for source in text.sources} == set(source_addresses())


def test_addresses_are_those_of_the_notes_where_they_lie_beside_the_checkout():
    listed = NOTES.read_text(encoding="utf-8").partition("## 9. Sources")[2] if NOTES.exists() else ""
    in_notes = {
        int(number): address for number, address in re.findall(r"(?:^- |^| · )(\d+) (\S+)", listed, re.MULTILINE)
    }

    for number, address in source_addresses().items():
        assert address.startswith("https://")
        assert in_notes.get(number, address.removeprefix("https://")) == address.removeprefix("https://")


def test_every_statement_says_how_sure_it_is():
    """What is given carries a remark: from which source, derived from one, known at large, or ours."""
    for text in agreements():
        known = set(ESTABLISHED_FIELDS) - set(unknown_fields(text)) - {"valid_until"}
        given = {name for name in known if getattr(text, name) not in (NONE, NOTHING)}
        stated = given - {"providers", "receivers"} if text.level is Level.STATE else given
        assert stated <= set(text.remarks), text.id


# what the notes call not established stays unknown


@pytest.mark.parametrize(
    ("identifier", "fields"),
    [
        ("BNL-2006", {"in_force", "cost_rule", "command_rule"}),
        ("NL-BE-1984", {"certificate_required", "command_rule", "cost_rule", "liability_rule", "claim_deadline"}),
        ("BE-LU-2015", {"in_force", "cost_rule", "command_rule", "liability_rule"}),
        ("BE-DE-1980", {"in_force", "cost_rule"}),
        ("LU-DE-1978", {"in_force", "requester_roles", "channels", "cost_rule", "command_rule", "liability_rule"}),
        ("BE-FR-1981", {"in_force"}),
        ("BE-DG-DE-COMMUNES", {"signed", "in_force", "providers", "receivers", "cost_rule"}),
        ("KLEVE-GELDERLAND-ZUID", {"signed", "in_force", "providers", "receivers"}),
        ("NL-DE-THW-2010", {"receivers", "help_types", "cost_rule"}),
        ("EMRIC-EUMED", {"signed", "in_force", "help_types"}),
    ],
)
def test_what_was_not_found_is_unknown(identifier, fields):
    assert fields <= set(unknown_fields(BY_ID[identifier]))


def test_what_is_only_supposed_stands_beside_the_unknown_and_never_in_its_place():
    supposed = [(text, name) for text in agreements() for name, remark in text.remarks.items() if remark.supposed]

    assert len(supposed) > 30
    for text, name in supposed:
        assert name in unknown_fields(text), (text.id, name)


def test_texts_without_help_of_their_own():
    assert {text.id for text in agreements() if not text.gives_help} == {
        "BNL-NW-2008",
        "EU-UCPM-2025-704",
        "NL-BE-1990",
        "NL-DE-ANHOLT-1991",
        "NL-NI-2014",
        "NL-NW-2014",
    }


# who may help whom

MATRIX = """
         BE       NL       LU       DEA      DEB      DEC      DE9      FRF      FRE
BE       home     1984     2015     1980     1980     1980     1980     1981     1981
NL       1984     home     2006?    1988     1988     1988     1988     -        -
LU       2015     2006?    home     1978     1978     1978     1978     2015     2015
DEA      1980     1988     1978     home     home     home     home     1977     1977
DEB      1980     1988     1978     home     home     home     home     1977     1977
DEC      1980     1988     1978     home     home     home     home     1977     1977
DE9      1980     1988     1978     home     home     home     home     1977     1977
FRF      1981     -        2015     1977     1977     1977     1977     home     home
FRE      1981     -        2015     1977     1977     1977     1977     home     home
"""
"""Row helps column with high-capacity pumps at a flood: the year of the text; "?" unknown; "-" no text."""


def test_the_matrix_of_states_and_regions():
    head, *lines = [line.split() for line in MATRIX.strip().splitlines()]
    places = [Side("", (territory,)) for territory in head]
    matrix = help_matrix(places, agreements(), capabilities=["HCP"], hazards=["flood"], on=DAY)

    def cell(row: int, column: int) -> str:
        verdict = matrix.verdict(row, column)
        if verdict in (Verdict.HOME, Verdict.NO_TEXT):
            return "home" if verdict is Verdict.HOME else "-"
        return f"{matrix.text(row, column).year}{'?' if verdict is Verdict.UNKNOWN else ''}"

    for row, (territory, *expected) in enumerate(lines):
        assert [cell(row, column) for column in range(len(head))] == expected, territory


def test_between_the_netherlands_and_france_there_is_only_the_union():
    answer = ask("NL", "FR")

    assert answer.verdict is Verdict.NO_TEXT
    assert named(answer.union) == ["EU-UCPM-2013"]
    assert answer.union[0].channels.value == ("ercc", "cecis")
    assert answer.union[0].cost_rule.value is CostRule.PARTLY
    assert [authority.organisation for authority in answer.union[0].requesters.value] == ["", "FR-COGIC"]


@pytest.mark.parametrize("pair", [("BE", "NL"), ("NL", "FR"), ("LU", "DEA"), ("AT", "BE"), ("NO", "NL"), ("TR", "BE")])
def test_the_union_mechanism_covers_every_pair_both_ways(pair):
    for owner, place in (pair, pair[::-1]):
        assert named(ask(owner, place).union) == ["EU-UCPM-2013"]
        assert "EU-UCPM-2013" not in named(ask(owner, place).bases)


def test_north_rhine_westphalia_helps_liege_under_the_treaty_of_1980():
    basis = ask("DEA2D", "BE335").best

    assert basis.agreement.id == "BE-DE-1980"
    assert [authority.role for authority in basis.requesters.value] == ["interior-ministry"]
    assert [authority.role for authority in basis.granters.value] == [
        "federal-interior-ministry",
        "land-interior-ministry",
        "border-district",
    ]
    assert basis.cost_rule.value is UNKNOWN
    assert "Land" in basis.cost_exceptions.value[0].de
    assert "in_force" in basis.unknown


def test_the_worked_example_of_the_documentation():
    fine, coarse = ask("DEA2D", "BE335"), ask("DEA2D", "BE3")

    assert (named(fine.bases), named(coarse.bases)) == (["BE-DE-1980", "EMRIC-EUMED"], ["BE-DE-1980", "EMRIC-EUMED"])
    assert {finding.aspect.value for finding in fine.bases[1].doubts} == {"help"}
    assert {finding.aspect.value for finding in coarse.bases[1].doubts} == {"help", "receiver"}
    assert "BNL-NW-2008" in named(fine.others)
    assert "BE-DG-DE-COMMUNES" not in named(fine.bases + fine.others)
    assert str(fine.best.agreement.remarks["cost_rule"].supposed) == "Usually: free unless agreed otherwise."


def test_between_the_netherlands_and_germany_help_is_free_with_a_certificate():
    basis = ask("NL423", "DEA2D").best

    assert basis.agreement.id == "NL-DE-1988"
    assert basis.cost_rule.value is CostRule.FREE
    assert basis.certificate_required.value is CertificateRule.REQUIRED
    assert len(basis.cost_exceptions.value) == 4
    assert basis.unknown == ("channels", "claim_deadline")


def test_an_ambulance_in_the_euregio_goes_from_control_room_to_control_room():
    answer = ask("BE33", "NL423", "AMB", "mass-casualties")

    assert named(answer.bases) == ["EMRIC-EUMED", "BNL-AMB-NL-BE-2009", "NL-BE-1984", "BNL-2006"]
    assert answer.best.channels.value == ("control-room", "notifying-room", "keywords")
    assert answer.best.cost_rule.by == "NL-BE-1984"
    assert answer.best.cost_rule.value is UNKNOWN


def test_other_help_in_the_euregio_stands_on_the_treaty():
    answer = ask("BE33", "NL423")

    assert named(answer.bases) == ["NL-BE-1984", "EMRIC-EUMED", "BNL-2006"]
    assert answer.bases[1].doubts[0].aspect.value == "help"


def test_recurrent_risks_in_the_french_border_are_asked_by_zone_or_112():
    basis = next(basis for basis in ask("FRE11", "BE25").bases if basis.agreement.id == "BE-FR-2019")

    assert {authority.role for authority in basis.requesters.value} == {
        "zone-recurrent",
        "centre-112-recurrent",
        "governor-one-off",
    }
    assert [authority.role for authority in basis.granters.value] == ["prefect-codis"]
    assert (basis.cost_rule.value, basis.cost_rule.by) == (CostRule.FREE, "BE-FR-1981")


@pytest.mark.parametrize(
    ("hazard", "expected"),
    [("flood", "yes"), ("industrial-accident", "unknown"), ("nuclear-accident", None)],
)
def test_seveso_and_nuclear_stay_under_the_treaty_of_1981(hazard, expected):
    answer = ask("FR", "BE", hazard=hazard)
    matches = {basis.agreement.id: basis.match.name.lower() for basis in answer.bases}

    assert answer.best.agreement.id == "BE-FR-1981"
    assert matches.get("BE-FR-2019") == expected


def test_west_flanders_and_nord_have_their_own_text_which_the_provinces_beside_have_not():
    assert "BE-WV-FR-NORD-1999" in named(ask("FRE11", "BE251").bases)
    assert "BE-WV-FR-NORD-1999" in named(ask("FRE", "BE2").bases)
    assert "BE-WV-FR-NORD-1999" not in named(ask("FRE12", "BE251").bases)


def test_the_german_communes_of_the_dg_arrangement_are_not_established():
    answer = ask("BE336", "DEB23", "FIRE-ENG", "fire")

    assert named(answer.bases) == ["BE-DE-1980", "BE-DG-DE-COMMUNES"]
    local = answer.bases[1]
    assert {finding.aspect.value for finding in local.doubts} == {"receiver", "force"}


def test_only_the_thw_helps_under_its_own_arrangement():
    assert "NL-DE-THW-2010" in named(ask("DEA", "NL42", code="DE-THW-NW").bases)
    assert "NL-DE-THW-2010" not in named(ask("DEA", "NL42", code="DE-KLEVE").bases)


def test_between_the_netherlands_and_luxembourg_only_a_liaison_officer_is_sure():
    assert ask("NL", "LU", "LNO").verdict is Verdict.YES
    assert ask("NL", "LU", "FRB").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("pair", "on", "expected"),
    [
        (("NL34", "DE9"), date(1997, 2, 28), Verdict.NO_TEXT),
        (("NL34", "DE9"), date(1997, 3, 1), Verdict.YES),
        (("NL34", "BE25"), date(1988, 10, 31), Verdict.NO_TEXT),
        (("BE25", "DE9"), date(1980, 11, 5), Verdict.NO_TEXT),
        (("BE25", "DE9"), date(1983, 1, 1), Verdict.UNKNOWN),
        (("BE25", "DE9"), date(1985, 1, 1), Verdict.YES),
        (("BE", "LU"), date(2016, 1, 1), Verdict.UNKNOWN),
        (("BE", "LU"), date(2018, 3, 7), Verdict.YES),
        (("FR", "LU"), date(2021, 7, 14), Verdict.YES),
    ],
)
def test_as_of_any_day(pair, on, expected):
    assert ask(*pair, on=on).verdict is expected


def test_the_doctors_car_joined_the_ambulance_between_belgium_and_luxembourg_in_2016():
    assert "BNL-AMB-BE-LU-2016" in named(ask("LU", "BE34", "MUG", "mass-casualties").bases)
    assert named(ask("LU", "BE34", "MUG", "mass-casualties", on=date(2016, 11, 27)).bases) == ["BE-LU-2015", "BNL-2006"]


def test_declarations_are_named_beside_the_texts_but_give_no_basis():
    assert named(ask("DE9", "NL34").bases) == ["NL-DE-1988"]
    assert set(named(ask("DE9", "NL34").others)) == {"NL-NI-2014", "NL-DE-ANHOLT-1991", "EU-UCPM-2025-704"}
    assert {"BNL-NW-2008", "NL-NW-2014"} <= set(named(ask("DEA", "NL").others))


def test_levels_and_coverage_of_the_treaties():
    states = [text for text in agreements() if text.level is Level.STATE and text.kind == "treaty"]

    assert len(states) == 8
    assert all(text.help_types == EVERYTHING and text.hazards == EVERYTHING for text in states)
