"""The inventory over time: how a text stands on a day, what replaced what, readings, two texts compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from noaber.core.agreements import LANGUAGES, NONE, UNKNOWN, Confidence, CostRule, Wording, unknown_fields
from noaber.core.agreements.comparison import COMPARED_FIELDS, Difference, compare
from noaber.core.agreements.decode import decode_agreement
from noaber.core.agreements.encode import encode_agreement
from noaber.core.agreements.reading import CHECKED_FIELDS, Reading, with_reading
from noaber.core.agreements.standing import Standing, standing_on, supersession
from noaber.reference import agreements

BY_ID = {text.id: text for text in agreements()}
NL_DE, NL_BE, BE_LU, BE_DE = (BY_ID[code] for code in ("NL-DE-1988", "NL-BE-1984", "BE-LU-2015", "BE-DE-1980"))


def followed(code: str, by: str, on: date) -> tuple:
    """The inventory with a new text that replaces one of it."""
    new = replace(BY_ID[code], id=by, signed=on, in_force=on, replaces=(code,), remarks={})
    return (*agreements(), new)


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("NL-DE-1988", date(1988, 6, 6), Standing.NOT_SIGNED),
        ("NL-DE-1988", date(1988, 6, 7), Standing.SIGNED),
        ("NL-DE-1988", date(1997, 2, 28), Standing.SIGNED),
        ("NL-DE-1988", date(1997, 3, 1), Standing.IN_FORCE),
        ("BE-DE-1980", date(1984, 12, 31), Standing.UNKNOWN),
        ("BE-DE-1980", date(1985, 1, 1), Standing.COUNTED),
        ("BE-LU-2015", date(2018, 3, 6), Standing.UNKNOWN),
        ("EU-UCPM-2013", date(2013, 12, 31), Standing.NOT_YET),
        ("KLEVE-GELDERLAND-ZUID", date(2024, 6, 24), Standing.UNKNOWN),
    ],
)
def test_how_a_text_stands_on_a_day(code: str, on: date, expected: Standing):
    assert standing_on(BY_ID[code], agreements(), on) is expected


def test_a_text_that_was_replaced_and_one_that_ended():
    inventory = followed("NL-DE-1988", "NL-DE-2030", date(2030, 1, 1))

    assert standing_on(NL_DE, inventory, date(2029, 12, 31)) is Standing.IN_FORCE
    assert standing_on(NL_DE, inventory, date(2030, 1, 1)) is Standing.REPLACED
    assert standing_on(replace(NL_DE, valid_until=date(2000, 1, 1)), (), date(2000, 1, 2)) is Standing.ENDED


def test_the_chain_of_replacements_runs_from_the_oldest_to_the_newest():
    inventory = followed("BE-LU-2015", "BE-LU-2035", date(2035, 1, 1))

    chain = supersession(BE_LU, inventory)
    assert [(link.name, link.step) for link in chain] == [
        ("Convention Belgique–Luxembourg de 1970", -1),
        ("BE-LU-2015", 0),
        ("BE-LU-2035", 1),
    ]
    assert chain[0].agreement is None
    assert [link.name for link in supersession(chain[2].agreement, inventory)] == [link.name for link in chain]
    assert [link.name for link in supersession(NL_DE, inventory)] == ["NL-DE-1988"]


def test_a_reading_makes_an_unknown_known_with_its_source():
    data = encode_agreement(BE_DE)
    source = "Belgisch Staatsblad, 29 June 1984"
    changed = with_reading(data, Reading("in_force", Confidence.SOURCED, source, "1984-05-01"))
    text = decode_agreement(changed)

    assert text.in_force == date(1984, 5, 1)
    assert text.counted_from is None
    assert text.remarks["in_force"].confidence is Confidence.SOURCED
    assert text.remarks["in_force"].supposed is None
    assert [found.address for found in text.sources if found.number in text.remarks["in_force"].sources] == [source]
    assert len(text.sources) == len(BE_DE.sources) + 1
    assert set(unknown_fields(BE_DE)) - set(unknown_fields(text)) == {"in_force"}
    assert data == encode_agreement(BE_DE)


@pytest.mark.parametrize("field", CHECKED_FIELDS)
@pytest.mark.parametrize("text", agreements(), ids=lambda text: text.id)
def test_a_check_of_a_field_as_it_stands_changes_nothing_that_the_text_says(text, field: str):
    address = text.sources[0].address
    after = decode_agreement(with_reading(encode_agreement(text), Reading(field, Confidence.DERIVED, address)))

    assert replace(after, remarks={}) == replace(text, remarks={})
    assert unknown_fields(after) == unknown_fields(text)
    changed = {name for name in after.remarks if after.remarks[name] != text.remarks.get(name)}
    assert changed <= {field}
    for name in changed & set(text.remarks):
        assert after.remarks[name].supposed == text.remarks[name].supposed


def test_what_is_no_field_is_no_reading():
    with pytest.raises(ValueError, match="remarks"):
        Reading("remarks", Confidence.OURS, "x")
    with pytest.raises(ValueError, match="parties"):
        Reading("parties", Confidence.OURS, "x", ["BE"])


def test_two_texts_compared():
    differences = {line.field: line.difference for line in compare(NL_DE, NL_BE)}

    assert tuple(differences) == COMPARED_FIELDS
    assert differences["level"] is Difference.SAME
    assert differences["help_types"] is Difference.SAME
    assert differences["signed"] is Difference.DIFFERENT
    assert differences["cost_rule"] is Difference.ONE_UNKNOWN
    assert differences["channels"] is Difference.BOTH_UNKNOWN
    assert differences["border_rule"] is Difference.DIFFERENT


def test_a_comparison_is_the_same_from_both_sides_and_order_of_lists_says_nothing():
    for one in agreements():
        assert {line.difference for line in compare(one, one)} <= {Difference.SAME, Difference.BOTH_UNKNOWN}
        assert compare(one, NL_BE) == compare(NL_BE, one)
    assert {line.field: line.difference for line in compare(BY_ID["NL-BE-1984"], BY_ID["BNL-AMB-NL-BE-2009"])}[
        "providers"
    ] is Difference.SAME
    turned = replace(NL_BE, parties=("BE", "NL"), providers=replace(NL_BE.providers, codes=("BE", "NL")))
    assert all(line.difference is not Difference.DIFFERENT for line in compare(turned, NL_BE))


def test_silent_is_not_unknown():
    silent = replace(NL_BE, cost_rule=NONE)
    stated = replace(NL_BE, cost_rule=CostRule.FREE)
    unknown = replace(NL_BE, cost_rule=UNKNOWN)

    def cost(one, other):
        return {line.field: line.difference for line in compare(one, other)}["cost_rule"]

    assert cost(silent, stated) is Difference.DIFFERENT
    assert cost(silent, unknown) is Difference.ONE_UNKNOWN
    assert cost(silent, silent) is Difference.SAME


def test_a_rule_that_is_read_in_one_language_stays_in_it():
    value = {"fr": "Sans document douanier."}
    changed = with_reading(encode_agreement(BE_DE), Reading("border_rule", Confidence.SOURCED, "Moniteur", value))

    assert decode_agreement(changed).border_rule == Wording(fr="Sans document douanier.")
    assert set(LANGUAGES) > set(value)
