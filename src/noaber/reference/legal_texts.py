"""The instruments of mutual assistance that ship with the product, as `core.agreements` data.

One file per text in `agreements/instruments/`; beside them the names of roles and channels, and the list of sources
that the texts refer to by number. What our own reading did not find is *unknown* there, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from noaber.core.agreements import Agreement, Wording
from noaber.core.agreements.checks import KnownCodes, check_agreements
from noaber.core.agreements.decode import decode_agreement
from noaber.reference.files import read_data_json

_FOLDER: Final = "agreements"
_INSTRUMENTS: Final = f"{_FOLDER}/instruments"


@cache
def agreements() -> tuple[Agreement, ...]:
    """Every instrument, in the order of their ids.

    Raises
    ------
    InvalidInput
        Where a file of the installation is not sound; naming the place.
    """
    texts = tuple(_read(name) for name in _instrument_names())
    check_agreements(texts, KnownCodes(roles=role_names(), channels=channel_names()))
    return texts


@cache
def role_names() -> Mapping[str, Wording]:
    """The names of those who ask and grant, by role code."""
    return _names("roles.json")


@cache
def channel_names() -> Mapping[str, Wording]:
    """The names of the ways a request goes, by channel code."""
    return _names("channels.json")


@cache
def source_addresses() -> Mapping[int, str]:
    """The address of each source that a text refers to, by its number."""
    listed = read_data_json(f"{_FOLDER}/sources.json")
    return MappingProxyType({int(number): address for number, address in listed.items()})


def _instrument_names() -> list[str]:
    folder = files("noaber.reference").joinpath(_INSTRUMENTS)
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))


def _read(name: str) -> Agreement:
    path = f"{_INSTRUMENTS}/{name}"
    record: dict[str, Any] = read_data_json(path)
    record["sources"] = [{"number": number, "address": source_addresses()[number]} for number in record["sources"]]
    return decode_agreement(record, f"/{name}")


def _names(name: str) -> Mapping[str, Wording]:
    return MappingProxyType({code: Wording(**texts) for code, texts in read_data_json(f"{_FOLDER}/{name}").items()})
