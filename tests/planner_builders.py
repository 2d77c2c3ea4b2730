"""An evening for tests of the planner: Brussels with an incident at Pepinster, neighbours with teams, and texts.

The Hague may help Brussels under a treaty; Luxembourg may help The Hague under a text that leaves it open; France may
not help The Hague at all. Stockholm belongs to no group and sees nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from django.test import Client

from noaber.apps.accounts.acting import SESSION_KEY, Acting
from noaber.apps.accounts.enums import Role, Status, TlpLabel
from noaber.apps.accounts.models import Organisation, SharingGroup
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import Incident, Need
from noaber.apps.planner.services.incidents import IncidentData, NeedData, open_incident
from noaber.apps.registry.enums import AgreementOrigin
from noaber.apps.registry.models import AgreementRow, Capacity
from noaber.apps.registry.services.agreements import assume_approval, fill_row
from noaber.core.agreements.encode import encode_agreement
from noaber.core.deadlines import within
from noaber.core.problems import NotAllowed
from noaber.reference.legal_texts import agreements
from registry_builders import author_for, make_acting, make_capacity, make_group, make_organisation

EVENING = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
"""18:00 in Brussels."""
TEXTS = ("NL-BE-1984", "BNL-2006", "EU-UCPM-2013")
APPROVAL_MINUTES = 20


@dataclass
class Evening:
    """Who is there."""

    be: Organisation
    nl: Organisation
    lu: Organisation
    fr: Organisation
    se: Organisation
    group: SharingGroup

    @classmethod
    def make(cls) -> Evening:
        be, nl, lu, fr = (make_organisation(code) for code in ("BE-NCCN", "NL-NCC", "LU-HCPN", "FR-COGIC"))
        se = make_organisation("SE-MCF")
        evening = cls(be, nl, lu, fr, se, make_group("NEIGHBOURS", member=[be, nl, lu, fr]))
        keeper = make_organisation("BNL-SG")
        for text in agreements():
            if text.id in TEXTS:
                keep_text(keeper, text.id)
        for organisation in (be, nl):
            for level in ("state", "region", "local"):
                assume(organisation, level=level)
        return evening

    @cached_property
    def brussels(self) -> Acting:
        return make_acting(self.be, Role.DUTY_OFFICER)

    @cached_property
    def hague(self) -> Acting:
        return make_acting(self.nl, Role.DUTY_OFFICER)

    @cached_property
    def stockholm(self) -> Acting:
        return make_acting(self.se, Role.DUTY_OFFICER)

    def team(self, owner: Organisation, code: str, **fields: Any) -> Capacity:
        """A capacity that the group sees: four pump teams at Maastricht, except for `fields`."""
        shared = {"groups": [self.group.code], "tlp": "AMBER", "territory": owner.country, "now": EVENING}
        return make_capacity(owner, code, **shared | fields)

    def own_and_neighbour(self) -> None:
        """Two pump teams of Brussels at Liège, five of The Hague at Eindhoven."""
        self.team(self.be, "LIEGE", territory="BE33", quantity=2, lon=5.57, lat=50.63, mobilisation_minutes=20)
        self.team(self.nl, "EINDHOVEN", territory="NL41", quantity=5, lon=5.47, lat=51.44, mobilisation_minutes=20)

    def incident(self, acting: Acting | None = None, *needs: NeedData, **changes: Any) -> Incident:
        """A flood at Pepinster that needs six pump teams within six hours, unless said otherwise."""
        status = changes.pop("status", Status.EXERCISE)
        asked = needs or (wanted("HCP", 6, 360),)
        return open_incident(acting or self.brussels, self.data(**changes), asked, status=status, language="en")

    def data(self, **changes: Any) -> IncidentData:
        fields: dict[str, Any] = {
            "title": "Pepinster, Vesdre valley",
            "hazard": "flood",
            "severity": Severity.EXTREME,
            "place": "Pepinster",
            "territory": "BE335",
            "lon": 5.8,
            "lat": 50.57,
            "tlp": TlpLabel.AMBER,
            "groups": [self.group],
        }
        return IncidentData(**fields | changes)


def wanted(capability: str, quantity: int, minutes: int, *, useless_after: int | None = None, **facts: Any) -> NeedData:
    """A need as it is stated in the evening: so many minutes from then on."""
    moments = {"needed_by": within(minutes, stated_at=EVENING)}
    if useless_after is not None:
        moments["useless_after"] = within(useless_after, stated_at=EVENING)
    return NeedData(capability, quantity, **moments, **facts)


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """What is done inside is refused for one of these reasons."""
    with pytest.raises(NotAllowed) as error:
        yield
    assert error.value.problem.code in codes


def need_of(incident: Incident, code: str = "n1") -> Need:
    return incident.needs.get(code=code)


def keep_text(keeper: Organisation, code: str) -> AgreementRow:
    """A text of the reference data in the inventory, for everyone."""
    text = next(text for text in agreements() if text.id == code)
    row = AgreementRow(owner=keeper, code=code, origin=AgreementOrigin.REFERENCE, tlp=TlpLabel.CLEAR)
    fill_row(row, text, encode_agreement(text))
    row.save()
    return row


def assume(organisation: Organisation, *, level: str = "", agreement_id: str = "") -> None:
    assume_approval(
        author_for(organisation),
        organisation,
        level=level,
        agreement_id=agreement_id,
        minutes=APPROVAL_MINUTES,
        as_of=EVENING.date(),
        note="",
        now=EVENING,
    )


def client_of(acting: Acting) -> Client:
    """A browser in which that person is signed in and acts for their organisation."""
    client = Client()
    client.force_login(acting.person)
    session = client.session
    session[SESSION_KEY] = acting.organisation.code
    session.save()
    return client
