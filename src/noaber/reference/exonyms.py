"""Names of towns that differ between the four languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from noaber.reference.files import read_data_json
from noaber.reference.texts import LANGUAGES, Texts, read_texts


@cache
def load_exonyms() -> Mapping[int, Texts]:
    """The names by the town's GeoNames number."""
    return {record["geonameid"]: read_texts(record["names"]) for record in read_data_json("exonyms.json")}


def town_in_language(name: str, language: str) -> str:
    """What a town with this name, in any of the four languages, is called in `language`; else the name itself."""
    known = _by_name().get(name)
    return known.in_language(language) if known else name


@cache
def _by_name() -> Mapping[str, Texts]:
    return {names.in_language(language): names for names in load_exonyms().values() for language in LANGUAGES}
