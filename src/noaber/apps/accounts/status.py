"""Which kind a list shows: Actual, Exercise or Test, one at a time."""

from __future__ import annotations

from noaber.apps.accounts.acting import ActingRequest
from noaber.apps.accounts.enums import Status


def status_asked(request: ActingRequest) -> str:
    """The kind that the address asks for, else the node's own."""
    asked = request.GET.get("status", "")
    return asked if asked in Status.values else request.status_band
