"""Our own fields of a line, as named lists of values: the form in which every message type can carry them.

Where a line has a Resource they become its Keywords, elsewhere lines of free text of the first contact, marked
with the element id of their line (`rm_writer.py`). Which fields there are is said here only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from noaber.core.messages.model import BorderCertificate, FreeText, ResourceInformation
from noaber.core.messages.vocabulary import CERTIFICATE, LINE

OwnFields = dict[str, tuple[str, ...]]
"""Values by the urn of their list."""

_TEXT_FIELDS = ("kind_of_help", "kind_of_unit", "leader", "crossing_point", "route", "goods")


def _urn(prefix: str, name: str) -> str:
    return prefix + name.replace("_", "-")


def pack_own_fields(line: ResourceInformation) -> OwnFields:
    """The own fields of `line` that are set, in a fixed order."""
    fields: OwnFields = {}
    if line.subject_id:
        fields[_urn(LINE, "subject_id")] = (line.subject_id,)
    if line.need_id:
        fields[_urn(LINE, "need_id")] = (line.need_id,)
    if line.priority is not None:
        fields[_urn(LINE, "priority")] = (str(line.priority),)
    for name in ("within_minutes", "latest_minutes"):
        minutes = getattr(line, name)
        if minutes is not None:
            fields[_urn(LINE, name)] = (repr(float(minutes)),)
    if line.useless_after is not None:
        fields[_urn(LINE, "useless_after")] = (line.useless_after.astimezone(UTC).isoformat(),)
    if line.risk_checked is not None:
        fields[_urn(LINE, "risk_checked")] = ("true" if line.risk_checked else "false",)
    for name in ("planned_units", "knowing"):
        if values := getattr(line, name):
            fields[_urn(LINE, name)] = values
    if line.knowing_reason:
        fields[_urn(LINE, "knowing_reason")] = (line.knowing_reason,)
    if line.handover:
        fields[_urn(LINE, "handover")] = (line.handover.language, line.handover.text)
    if line.certificate:
        fields |= _pack_certificate(line.certificate)
    return fields


def _pack_certificate(certificate: BorderCertificate) -> OwnFields:
    fields: OwnFields = {
        _urn(CERTIFICATE, name): (getattr(certificate, name),) for name in _TEXT_FIELDS if getattr(certificate, name)
    }
    if certificate.head_count is not None:
        fields[_urn(CERTIFICATE, "head_count")] = (str(certificate.head_count),)
    if certificate.vehicles:
        fields[_urn(CERTIFICATE, "vehicles")] = certificate.vehicles
    return fields


def unpack_own_fields(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The keyword arguments of `ResourceInformation` that `fields` stand for; other urns are passed over.

    Raises
    ------
    ValueError
        Where a value cannot be what its list holds.
    """
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        if values := fields.get(_urn(LINE, name)):
            found[name] = read(values)
    certificate = _unpack_certificate(fields)
    if certificate != BorderCertificate():
        found["certificate"] = certificate
    return found


def _unpack_certificate(fields: Mapping[str, Sequence[str]]) -> BorderCertificate:
    heads = fields.get(_urn(CERTIFICATE, "head_count"))
    texts = {name: values[0] for name in _TEXT_FIELDS if (values := fields.get(_urn(CERTIFICATE, name)))}
    return BorderCertificate(
        head_count=int(heads[0]) if heads else None,
        vehicles=tuple(fields.get(_urn(CERTIFICATE, "vehicles"), ())),
        **texts,
    )


def _read_text(values: Sequence[str]) -> str:
    return values[0]


def _read_list(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)


def _read_whole(values: Sequence[str]) -> int:
    return int(values[0])


def _read_minutes(values: Sequence[str]) -> float:
    return float(values[0])


def _read_moment(values: Sequence[str]) -> datetime:
    moment = datetime.fromisoformat(values[0])
    if moment.tzinfo is None:
        raise ValueError(f"{values[0]!r} has no time zone")
    return moment.astimezone(UTC)


def _read_flag(values: Sequence[str]) -> bool:
    try:
        return {"true": True, "false": False}[values[0]]
    except KeyError as error:
        raise ValueError(f"{values[0]!r} is neither true nor false") from error


def _read_free_text(values: Sequence[str]) -> FreeText:
    language, text = values
    return FreeText(text, language)


_READERS = {
    "subject_id": _read_text,
    "need_id": _read_text,
    "priority": _read_whole,
    "within_minutes": _read_minutes,
    "latest_minutes": _read_minutes,
    "useless_after": _read_moment,
    "risk_checked": _read_flag,
    "handover": _read_free_text,
    "planned_units": _read_list,
    "knowing": _read_list,
    "knowing_reason": _read_text,
}
