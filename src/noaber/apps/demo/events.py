"""The major events of 2024 and 2025, told through the services, each on the day on which it is begun.

Dates, places and numbers have a source; roles, shifts, cases and reservations are invented, and say so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.services import add_action, add_recommendation, finish_action
from noaber.apps.demo.cast import acting_as
from noaber.apps.events import services
from noaber.apps.events.enums import EventKind, Impact, Likelihood
from noaber.apps.events.models import EventDossier, EventPartner, EventPlace, LiaisonShift, WhatIf
from noaber.apps.events.values import EventData, RiskData
from noaber.apps.records.words import Values
from noaber.apps.registry.models import AgreementRow, Capacity
from noaber.reference.demo.scenario import load_scenario
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/events.json"
_INVENTED: Final = "The event took place; this is invented."
Told = Mapping[str, Any]


def load_events() -> None:
    """Bring in the events of the demo."""
    for row in read_data_json(_FILE):
        with clock.at(_morning(row["made_on"])):
            _load(row)
        for one in row["recommendations"]:
            _recommend(one, row["code"])
        if closed := row.get("closed"):
            _close(closed, row["code"])


def _load(row: Told) -> None:
    acting = _acting(row)
    event = services.add_event(acting, load_scenario().status, _data(row))
    for place in row["places"]:
        services.keep_part(acting, EventPlace(event=event), _with_times(place))
    for partner in row["partners"]:
        services.keep_part(acting, EventPartner(event=event), _with_organisations(partner))
    for shift in row["shifts"]:
        services.keep_part(acting, LiaisonShift(event=event), _with_organisations(_with_times(shift)))
    for number, card in enumerate(row["what_ifs"], 1):
        services.keep_part(acting, WhatIf(event=event), _with_organisations(card) | {"position": number})
    for risk in row["risks"]:
        services.add_risk(_acting(risk), event, _risk(risk))
    for held in row["reservations"]:
        _hold(event, _with_times(held))
    for task in row["tasks"]:
        _agree(task, event, row["made_on"])


def _data(row: Told) -> EventData:
    times = _with_times(row)
    return EventData(
        code=row["code"],
        titles=row["titles"],
        kind=EventKind(row["kind"]),
        begins_at=times["begins_at"],
        ends_at=times["ends_at"],
        lead=_organisation(row["lead"]),
        language=row["language"],
        summary=row["summary"],
        expected_public=row.get("expected_public"),
        tlp=TlpLabel(row["tlp"]),
        groups=row["groups"],
        illustrative=True,
        source=row["source"],
    )


def _risk(row: Told) -> RiskData:
    return RiskData(
        hazard=row["hazard"],
        likelihood=Likelihood(row["likelihood"]),
        impact=Impact(row["impact"]),
        text=row["text"],
        language=row["language"],
        tlp=TlpLabel(row["tlp"]),
        illustrative=True,
    )


def _hold(event: EventDossier, row: Told) -> None:
    services.hold_teams(
        _acting(row),
        event,
        Capacity.objects.select_related("owner").get(code=row["capacity"]),
        row["quantity"],
        begins_at=row["begins_at"],
        ends_at=row["ends_at"],
    )


def _agree(row: Told, event: EventDossier, made_on: str) -> None:
    action = add_action(_acting(row), _task(row, made_on), source=event)
    if done := row.get("done"):
        day = datetime.date.fromisoformat(done["on"])
        with clock.at(_morning(done["on"])):
            finish_action(_acting(done), action, done_on=day, evidence=done["evidence"], language=done["language"])


def _close(row: Told, code: str) -> None:
    with clock.at(_morning(row["on"])):
        event = EventDossier.objects.get(code=code)
        services.close_event(_acting(row), event, row["note"], language=row["language"])


def _task(row: Told, made_on: str) -> Values:
    return {
        "title": row["title"],
        "language": row["language"],
        "responsible": _organisation(row["responsible"]),
        "made_on": datetime.date.fromisoformat(made_on),
        "due_on": datetime.date.fromisoformat(row["due_on"]),
        "groups": row["groups"],
        "illustrative": True,
        "source": _INVENTED,
    }


def _recommend(row: Told, code: str) -> None:
    data = {
        "text": row["text"],
        "language": row["language"],
        "made_on": datetime.date.fromisoformat(row["made_on"]),
        "groups": row["groups"],
        "illustrative": True,
        "source": _INVENTED,
    }
    with clock.at(_morning(row["made_on"])):
        add_recommendation(_acting(row), data, source=EventDossier.objects.get(code=code))


def _with_times(row: Told) -> dict[str, Any]:
    times = {name: datetime.datetime.fromisoformat(row[name]) for name in ("begins_at", "ends_at") if name in row}
    return {**row, **times}


def _with_organisations(row: Told) -> dict[str, Any]:
    names = ("organisation", "caller", "called")
    found: dict[str, Any] = {name: _organisation(row[name]) for name in names if name in row}
    if "agreement" in row:
        found["agreement"] = AgreementRow.objects.filter(code=row["agreement"]).first()
    return {**row, **found}


def _organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), datetime.UTC)
