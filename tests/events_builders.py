"""Events with sensible defaults: Brussels keeps the dossier, The Hague is a partner, Düsseldorf observes the group."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.events import services
from noaber.apps.events.enums import EventKind, Impact, Likelihood
from noaber.apps.events.models import EventDossier, EventPartner, LiaisonShift, RiskNote
from noaber.apps.events.values import EventData, RiskData
from planner_builders import EVENING, Evening

BEGINS = EVENING - datetime.timedelta(hours=6)
ENDS = EVENING + datetime.timedelta(days=2)


@dataclass(frozen=True)
class Cast:
    """Who prepares: Brussels and The Hague of one group, Düsseldorf that observes it, Stockholm that is no member."""

    evening: Evening
    brussels: Acting
    hague: Acting
    dusseldorf: Acting
    stockholm: Acting


def event_data(acting: Acting, **fields: Any) -> EventData:
    given: dict[str, Any] = {
        "code": "CUP-2021",
        "titles": {"en": "Cup final", "nl": "Bekerfinale"},
        "kind": EventKind.SPORT,
        "begins_at": BEGINS,
        "ends_at": ENDS,
        "lead": acting.organisation,
        "language": "en",
    }
    return EventData(**given | fields)


def make_event(acting: Acting, *, status: str = "Exercise", **fields: Any) -> EventDossier:
    return services.add_event(acting, status, event_data(acting, **fields))


def make_partner(acting: Acting, event: EventDossier, partner: Acting) -> EventPartner:
    part = EventPartner(event=event)
    services.keep_part(acting, part, {"organisation": partner.organisation, "role": "Neighbour", "language": "en"})
    return part


def make_risk(acting: Acting, event: EventDossier, tlp: str = "AMBER") -> RiskNote:
    data = RiskData("heat", Likelihood.LIKELY, Impact.SERIOUS, f"A risk for {tlp}.", "en", TlpLabel(tlp))
    return services.add_risk(acting, event, data)


def make_shift(acting: Acting, event: EventDossier, **fields: Any) -> LiaisonShift:
    given: dict[str, Any] = {
        "organisation": acting.organisation,
        "function": "Liaison officer",
        "begins_at": event.begins_at,
        "ends_at": event.begins_at + datetime.timedelta(hours=8),
        "phone": "+31 85 000 0009",
        "languages": ["nl"],
    }
    shift = LiaisonShift(event=event)
    services.keep_part(acting, shift, given | fields)
    return shift
