"""The steps of events, their parts, risks and reserved teams."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from events_builders import BEGINS, ENDS, event_data, make_event, make_partner, make_risk
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.events import services
from noaber.apps.events.enums import Impact, Likelihood
from noaber.apps.events.models import EventDossier, EventPartner
from noaber.apps.events.values import RiskData
from planner_builders import EVENING
from registry_builders import make_acting, make_capacity, make_organisation
from steps import Step

AFTERWARDS = ENDS + datetime.timedelta(hours=1)


def of_brussels() -> tuple[Acting, Any]:
    brussels = make_acting(make_organisation("BE-NCCN"), Role.POLICY_OFFICER)
    return brussels, make_organisation("NL-NCC")


def with_event(make: Callable[[Acting, EventDossier], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    def made() -> tuple[Acting, Any]:
        brussels, _ = of_brussels()
        event = make_event(brussels)
        return brussels, make(brussels, event) if make else event

    return made


def closed(acting: Acting, event: EventDossier) -> EventDossier:
    services.call_off_event(acting, event, "Storm.", language="en")
    return event


def partner_to_come() -> tuple[Acting, Any]:
    brussels, hague = of_brussels()
    return brussels, (make_event(brussels), hague)


def partner() -> tuple[Acting, Any]:
    brussels, (event, hague) = partner_to_come()
    return brussels, make_partner(brussels, event, make_acting(hague, Role.POLICY_OFFICER))


def add_partner(acting: Acting, both: Any) -> None:
    event, organisation = both
    part = EventPartner(event=event)
    services.keep_part(acting, part, {"organisation": organisation, "role": "Neighbour", "language": "en"})


def teams(acting: Acting, event: EventDossier) -> Any:
    return event, make_capacity(acting.organisation, "PUMP-1")


def reserved(acting: Acting, event: EventDossier) -> Any:
    return event, hold(acting, teams(acting, event))


def hold(acting: Acting, both: Any) -> Any:
    return services.hold_teams(acting, *both, 1, begins_at=BEGINS, ends_at=ENDS)


HEAT = RiskData("heat", Likelihood.LIKELY, Impact.SERIOUS, "Hotter still.", "en", TlpLabel.AMBER)
STEPS = {
    "add_event": Step(of_brussels, lambda acting, _centre: make_event(acting), at=EVENING),
    "change_event": Step(
        with_event(),
        lambda acting, event: services.change_event(acting, event, event_data(acting, lead=event.lead, summary="Cup")),
        at=EVENING,
    ),
    "close_event": Step(
        with_event(), lambda acting, event: services.close_event(acting, event, "Water.", language="en"), at=AFTERWARDS
    ),
    "call_off_event": Step(
        with_event(), lambda acting, event: services.call_off_event(acting, event, "Storm.", language="en"), at=EVENING
    ),
    "reopen_event": Step(
        with_event(closed), lambda acting, event: services.reopen_event(acting, event, reason="Dry."), at=EVENING
    ),
    "keep_part": Step(partner_to_come, add_partner, at=EVENING),
    "remove_part": Step(partner, services.remove_part, at=EVENING),
    "add_risk": Step(with_event(), make_risk, at=EVENING),
    "change_risk": Step(
        with_event(make_risk), lambda acting, note: services.change_risk(acting, note, HEAT), at=EVENING
    ),
    "remove_risk": Step(with_event(make_risk), services.remove_risk, at=EVENING),
    "hold_teams": Step(with_event(teams), hold, at=EVENING),
    "free_teams_of": Step(with_event(reserved), lambda acting, both: services.free_teams_of(acting, *both), at=EVENING),
}
NO_STEPS: dict[str, str] = {}
