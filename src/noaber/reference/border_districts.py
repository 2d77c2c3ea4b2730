"""Which provinces, zones, safety regions, districts and departments touch across a border, by their organisations.

General knowledge, held against the derived first-level regions in the tests: those see no finer border. Only what the
list of organisations knows stands here, and a border that is a single point or lies on water alone does not count.
"""

from __future__ import annotations

from functools import cache

from noaber.reference.files import read_data_json
from noaber.reference.regions import Border


@cache
def district_borders() -> tuple[Border, ...]:
    """The pairs of organisations whose areas touch on land across the border of two countries, by code."""
    return tuple(Border(one, other) for one, other in read_data_json("border_districts.json"))
