"""What the cooperation resolved around the meetings of 2024, told through the services, each on its own day.

That the meetings took place and what they were about has a source; whatever is invented in a record is marked so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions import services
from noaber.apps.actions.enums import Origin
from noaber.apps.actions.models import Recommendation
from noaber.apps.demo.cast import acting_as
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/actions.json"
Told = Mapping[str, Any]


def load_actions() -> None:
    """Bring in the recommendations and actions of the demo, in the order of their days."""
    told = read_data_json(_FILE)
    known = {row["key"]: _recommend(row) for row in told["recommendations"]}
    for row in sorted(told["actions"], key=lambda row: row["made_on"]):
        _act(row, known.get(row.get("from", "")))


def _recommend(row: Told) -> Recommendation:
    acting = _acting(row)
    data = {
        "text": row["text"],
        "language": row["language"],
        "made_on": datetime.date.fromisoformat(row["made_on"]),
        "made_by": row["made_by"],
        "origin": Origin(row["origin"]),
        "groups": row["groups"],
        "illustrative": True,
        "source": row["source"],
    }
    with clock.at(_morning(row["made_on"])):
        record = services.add_recommendation(acting, data)
    if "accepted_on" in row:
        with clock.at(_morning(row["accepted_on"])):
            services.accept_recommendation(acting, record)
    if "declined_on" in row:
        with clock.at(_morning(row["declined_on"])):
            services.decline_recommendation(acting, record, reason=row["reason"], language=row["reason_language"])
    record.refresh_from_db()
    return record


def _act(row: Told, came_from: Recommendation | None) -> None:
    data = {
        "title": row["title"],
        "language": row["language"],
        "description": row.get("description", ""),
        "responsible": Organisation.objects.get(code=row["responsible"]),
        "responsible_function": row.get("responsible_function", ""),
        "made_on": datetime.date.fromisoformat(row["made_on"]),
        "due_on": datetime.date.fromisoformat(row["due_on"]),
        "groups": row["groups"],
        "illustrative": True,
        "source": row["source"],
    }
    if "origin" in row:
        data["origin"] = Origin(row["origin"])
    with clock.at(_morning(row["made_on"])):
        record = services.add_action(_acting(row), data, source=came_from)
    for note in row.get("notes", ()):
        with clock.at(_morning(note["on"])):
            services.report_progress(_acting(note), record, note["text"], language=note["language"])
    if done := row.get("done"):
        with clock.at(_morning(done["on"])):
            services.finish_action(
                _acting(done),
                record,
                done_on=datetime.date.fromisoformat(done["on"]),
                evidence=done["evidence"],
                language=done["language"],
            )


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), datetime.UTC)
