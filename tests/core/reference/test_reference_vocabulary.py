"""The coded lists: complete in four languages, in the codes of the standards, honest about their figures."""

from __future__ import annotations

import re

import pytest

from noaber.reference.provenance import Confidence, Provenance
from noaber.reference.texts import LANGUAGES, Texts
from noaber.reference.vocabulary import (
    AttributeKind,
    ReadinessBasis,
    ReasonUse,
    hazards_of_meteoalarm,
    load_attributes,
    load_capabilities,
    load_hazards,
    load_host_needs,
    load_package_codes,
    load_reasons,
    reasons_for,
)

CAPABILITIES = load_capabilities()
CAP_CATEGORIES = {
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
}  # fmt: skip
"""The category codes of CAP 1.2."""


def test_the_capability_codes_are_the_fields_own() -> None:
    assert list(CAPABILITIES) == [
        "HCP", "WP", "MUSAR", "HUSAR", "FFFH", "FFFP", "GFFF", "GFFF-V", "AMP", "AMP-S", "EMT-1", "EMT-2", "EMT-3",
        "FHOS", "MEVAC", "CBRNDET", "CBRNUSAR", "CBRNDECON", "FC", "FRB", "ETS", "TAST", "MARPOL", "FIRE-ENG",
        "FIRE-PLT", "AMB", "MUG", "BHP", "HELI", "BOAT", "SANDBAG", "POWER", "SHELTER", "BURN", "ICU", "COMM", "LNO",
    ]  # fmt: skip


@pytest.mark.parametrize("capability", CAPABILITIES.values(), ids=lambda capability: capability.code)
def test_a_capability_is_defined_by_whole_sentences(capability) -> None:
    for language in LANGUAGES:
        for texts in (capability.definition, capability.minimum.texts, capability.make_up.texts):
            assert texts.in_language(language).endswith("."), (capability.code, language)
        assert not capability.one.in_language(language).endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_capabilities_share_a_name(language: str) -> None:
    names = [capability.names.in_language(language) for capability in CAPABILITIES.values()]
    assert len(set(names)) == len(names)


def test_the_languages_differ_where_the_field_differs() -> None:
    boats = CAPABILITIES["FRB"]
    assert [boats.counted(4, language) for language in LANGUAGES] == [
        "botenteams", "équipes de sauvetage par bateaux", "Bootsteams", "boat teams",
    ]  # fmt: skip


def test_a_thousand_has_each_languages_own_mark() -> None:
    """1.000 in Dutch and German, 1 000 in French with a narrow or plain space, 1,000 in English."""
    wrong = {"nl": r"\d[ ,]\d{3}", "fr": r"\d[.,]\d{3}", "de": r"\d[ ,]\d{3}", "en": r"\d[ .]\d{3}"}
    for capability in CAPABILITIES.values():
        for texts in (capability.minimum.texts, capability.make_up.texts, capability.definition):
            for language, pattern in wrong.items():
                assert not re.search(pattern, texts.in_language(language)), (capability.code, language)


def test_counting() -> None:
    pumps = CAPABILITIES["HCP"]
    assert pumps.counted(1, "en") == "pumping module"
    assert pumps.counted(0, "en") == "pumping modules"
    assert pumps.counted(0, "fr") == "module de pompage"
    assert pumps.counted(2, "de-BE") == "Pumpmodule"


def test_figures_of_the_rules() -> None:
    pumps = CAPABILITIES["HCP"]
    assert (pumps.minimum.figures[0].amount, pumps.minimum.figures[0].unit) == (1000, "m3/h")
    assert pumps.readiness.basis is ReadinessBasis.DEPARTURE
    assert (pumps.readiness.hours_max, pumps.readiness.self_sufficient_days) == (12, 21)
    assert CAPABILITIES["MUSAR"].readiness.basis is ReadinessBasis.ON_SITE
    assert CAPABILITIES["GFFF-V"].readiness.hours_max == 6


def test_remembered_figures_carry_the_replaced_decision_and_are_not_called_sourced() -> None:
    for capability in CAPABILITIES.values():
        assert capability.rule_version in {"", "2014/762/EU"}
    assert CAPABILITIES["HCP"].minimum.provenance.confidence is Confidence.GENERAL_KNOWLEDGE
    assert CAPABILITIES["HCP"].make_up.provenance.confidence is Confidence.SOURCED
    assert CAPABILITIES["EMT-2"].readiness.provenance.confidence is Confidence.UNSURE


def test_hazards_have_the_categories_of_cap() -> None:
    for hazard in load_hazards().values():
        assert hazard.cap_categories
        assert set(hazard.cap_categories) <= CAP_CATEGORIES, hazard.code


def test_each_awareness_type_of_meteoalarm_but_avalanches_announces_a_hazard() -> None:
    """Type 9 is avalanches, which the region does not have; 11 is unused."""
    covered = {number for number in range(1, 14) if hazards_of_meteoalarm(number)}
    assert covered == set(range(1, 14)) - {9, 11}
    assert "flood" in {hazard.code for hazard in hazards_of_meteoalarm(13)}


def test_every_step_that_needs_a_reason_has_some_and_always_another() -> None:
    for use in set(ReasonUse) - {ReasonUse.CORRECTION}:
        codes = [reason.code for reason in reasons_for(use)]
        assert len(codes) >= 3, use
        assert codes[-1] == "other"


def test_a_mistake_has_the_one_reason_that_it_was_one() -> None:
    assert [reason.code for reason in reasons_for(ReasonUse.CORRECTION)] == ["entered-by-mistake"]


def test_a_provisional_answer_may_wait_for_the_own_forecast_and_a_decline_may_not() -> None:
    assert ReasonUse.PROVISIONAL in load_reasons()["own-forecast"].uses
    assert ReasonUse.DECLINE not in load_reasons()["own-forecast"].uses


def test_attributes_name_known_capabilities_and_choices_belong_to_choices() -> None:
    for attribute in load_attributes().values():
        assert attribute.capabilities <= set(CAPABILITIES)
        assert bool(attribute.choices) == (attribute.kind is AttributeKind.CHOICE)
    assert load_attributes()["max_current_m_per_s"].fits("FRB")
    assert not load_attributes()["max_current_m_per_s"].fits("HCP")
    assert load_attributes()["radio_system"].fits("LNO")


def test_host_needs() -> None:
    assert {"fuel", "food", "beds", "power"} <= set(load_host_needs())


def test_a_text_lacks_no_language() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Texts(nl="a", fr=" ", de="c", en="d")


def test_an_unknown_language_reads_english() -> None:
    texts = Texts(nl="a", fr="b", de="c", en="d")
    assert [texts.in_language(language) for language in ("nl-BE", "FR", "de", "sv", "")] == ["a", "b", "c", "d", "d"]


def test_what_is_called_sourced_names_its_source() -> None:
    with pytest.raises(ValueError, match="names its source"):
        Provenance(Confidence.SOURCED)


def test_the_codes_of_packages_are_named_once_each() -> None:
    for name in ("functions", "vehicles", "units", "certificates", "results"):
        codes = load_package_codes(name)
        assert len(codes) > 3
        assert all(code == coded.code for code, coded in codes.items())
    assert load_attributes()["min_temperature_c"].lowest < 0
    assert load_attributes()["terrain"].is_limit
