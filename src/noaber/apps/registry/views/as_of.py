"""The day that a page looks at, for the note that it is not today: `registry/_as_of.html`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from noaber.apps.registry.forms.inventory import AsOfForm
from noaber.web.clock import now
from noaber.web.tables import with_query


def day_context(request: HttpRequest) -> dict[str, Any]:
    """The form with the day of the address, and the way back to today."""
    return {
        "as_of": AsOfForm(request.GET, today=now().date()),
        "today_query": with_query(request.GET, on=None, format=None),
    }
