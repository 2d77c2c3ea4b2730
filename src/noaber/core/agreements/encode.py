"""Agreements as JSON values: `decode.py` reads them back to the same agreement.

Every field is written, also where it is unknown, so that a reader of the file sees what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from noaber.core.agreements.model import UNKNOWN, Agreement, Authority, Checked, Remark, Source
from noaber.core.agreements.scope import ANY, EVERYTHING, NOT_ESTABLISHED, Match, Scope, Territories
from noaber.core.agreements.wording import Wording


def encode_agreement(agreement: Agreement) -> dict[str, Any]:
    """The JSON value of one agreement, keys in the order of the model."""
    encoded = {field.name: _encode(getattr(agreement, field.name)) for field in fields(agreement)}
    if agreement.counted_from is None:
        del encoded["counted_from"]
    return encoded


def encode_agreements(agreements: Iterable[Agreement]) -> list[dict[str, Any]]:
    """The JSON values of several agreements."""
    return [encode_agreement(agreement) for agreement in agreements]


def _encode(value: Any) -> Any:
    match value:
        case Scope():
            return _encode_scope(value)
        case Territories():
            return {"codes": list(value.codes), "within": list(value.within)}
        case Wording():
            return {language: getattr(value, language) for language in value.languages}
        case Remark():
            return _encode_remark(value)
        case Authority() | Source() | Checked():
            return _encode_parts(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_encode(item) for item in value]
        case dict():
            return {key: _encode(item) for key, item in value.items()}
        case _:
            return value


def _encode_parts(value: Authority | Source | Checked) -> dict[str, Any]:
    """The parts that say something: an organisation that is not named is left out."""
    parts = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    return {name: part for name, part in parts.items() if part != ""}


def _encode_scope(scope: Scope) -> Any:
    if scope == EVERYTHING:
        return ANY
    if scope == NOT_ESTABLISHED:
        return UNKNOWN.value
    return {
        "yes": sorted(scope.yes),
        "no": sorted(scope.no),
        "unknown": sorted(scope.unknown),
        "otherwise": Match(scope.otherwise).name.lower(),
    }


def _encode_remark(remark: Remark) -> dict[str, Any]:
    encoded: dict[str, Any] = {"confidence": remark.confidence.value, "sources": list(remark.sources)}
    if remark.supposed is not None:
        encoded["supposed"] = _encode(remark.supposed)
    return encoded
