"""Presidencies of three centres, and the handover from Brussels to The Hague; Düsseldorf observes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from actions_builders import make_centres
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.presidency import services
from noaber.apps.presidency.models import HandoverDossier, Presidency
from noaber.apps.presidency.values import DossierData, PresidencyData
from registry_builders import make_acting

ON = datetime.date(2024, 12, 19)
NOW = datetime.datetime(2024, 12, 19, 9, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Handover:
    """Who takes part."""

    brussels: Acting
    hague: Acting
    dusseldorf: Acting
    giver: Presidency
    receiver: Presidency

    @property
    def giving_director(self) -> Acting:
        return make_acting(self.brussels.organisation, Role.DIRECTOR)

    @property
    def receiving_director(self) -> Acting:
        return make_acting(self.hague.organisation, Role.DIRECTOR)


def make_presidency(acting: Acting, holder: Acting, year: int, **fields: Any) -> Presidency:
    return services.put_down_presidency(acting, PresidencyData(organisation=holder.organisation, year=year, **fields))


def make_handover() -> Handover:
    brussels, hague, dusseldorf = make_centres()
    giver = make_presidency(brussels, brussels, 2024, priorities={"en": "Stronger cooperation."})
    receiver = make_presidency(brussels, hague, 2025)
    return Handover(brussels, hague, dusseldorf, giver, receiver)


def make_dossier(handover: Handover, **fields: Any) -> HandoverDossier:
    given: dict[str, Any] = {"on": ON, "tlp": TlpLabel.GREEN, "groups": ["BENELUX"]}
    data = DossierData(**given | fields)
    return services.begin_dossier(handover.brussels, handover.giver, handover.receiver, data)
