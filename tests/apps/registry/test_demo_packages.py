"""The packages of the exercise are sound, and of capacities whose figures are marked as invented."""

from __future__ import annotations

from typing import Any

import pytest

from noaber.apps.registry.fields import read_attribute
from noaber.apps.registry.parts import PARTS, read_line
from noaber.reference.demo.capacities import load_capacities
from noaber.reference.files import read_data_json
from noaber.reference.vocabulary import load_attributes

CAPACITIES = {capacity.code: capacity for capacity in load_capacities()}


@pytest.mark.parametrize("record", read_data_json("demo/packages.json"), ids=lambda record: record["code"])
def test_a_package_is_sound_and_of_a_capacity_that_is_illustrative(record: dict[str, Any]) -> None:
    capacity = CAPACITIES[record["code"]]
    assert capacity.owner == record["owner"]
    assert capacity.illustrative
    for part in PARTS:
        for line in record[part.name]:
            assert read_line(part, dict(zip(line, map(str, line.values()), strict=True))) == (line, [])
    for code, value in record["attributes"].items():
        attribute = load_attributes()[code]
        assert any(attribute.fits(capability) for capability in capacity.capabilities), code
        assert read_attribute(attribute, str(value)) == value
