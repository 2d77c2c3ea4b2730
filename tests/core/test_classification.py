"""Markings of classified information are found, and words that only sound like them are not."""

from __future__ import annotations

import pytest

from noaber.core.classification import find_marking


@pytest.mark.parametrize(
    "text",
    [
        "Stg. GEHEIM",
        "Dep. VERTROUWELIJK",
        "ZEER GEHEIM (Wet 11.12.1998)",
        "SECRET (Loi 11.12.1998)",
        "note\n  GEHEIM / SECRET  \nde la cellule",
        "CONFIDENTIEL LUX",
        "VS-NUR FÜR DEN DIENSTGEBRAUCH",
        "VS - NfD",
        "SECRET UE/EU SECRET",
        "RESTREINT UE/EU RESTRICTED",
        "R-UE/EU-R",
        "COSMIC TOP SECRET",
        "NATO_RESTRICTED_plan.pdf",
        "OTAN SECRET",
    ],
)
def test_a_marking_is_found(text: str) -> None:
    assert find_marking(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het geheim van de smid",
        "The secret of good cooperation",
        "Die Zahl bleibt geheim",
        "confidential counsellor",
        "TLP:AMBER",
        "NATO summit, The Hague 2025",
        "secretary-general",
        "EU security union",
        "",
    ],
)
def test_an_ordinary_text_is_none(text: str) -> None:
    assert find_marking(text) is None
