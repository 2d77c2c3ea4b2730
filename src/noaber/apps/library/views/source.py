"""The record from whose page something is begun: `?source=decision:12`."""

from __future__ import annotations

from typing import Any

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.sharing import SharedRecord
from noaber.apps.library.queries import get_record
from noaber.apps.records.kinds import kind_of
from noaber.core.problems import NotFound


def asked_source(request: ActingRequest) -> Any:
    """The record that the address names; None where it names none."""
    asked = request.GET.get("source", "")
    if not asked:
        return None
    kind, _colon, key = asked.partition(":")
    if not key.isdecimal() or len(key) > 18:
        raise NotFound
    return get_record(request.acting.organisation, kind, int(key))


def title_of_source(source: Any) -> str:
    """What the record is called that something is begun from; nothing where it is begun from none."""
    return kind_of(source).title(source) if source else ""


def sharing_of(source: Any) -> dict[str, Any]:
    """What begins from another record is first thought of as shared like it: the initial label and groups of a form."""
    if not isinstance(source, SharedRecord):
        return {}
    return {"tlp": source.tlp, "groups": [group.code for group in source.groups.all()]}
