"""An evening in which something of everything is there: shared with a group, between two, or with nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from exchange_world import World
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.api.keys import issue_key
from planner_builders import Evening, keep_text
from registry_builders import make_acting, make_contact

BASE = "/api/v1"


@dataclass
class Neighbourhood:
    """Brussels asks The Hague; Luxembourg belongs to the group and looks on; Stockholm belongs to nothing.

    `ids` fills the parameters of an address.
    """

    evening: Evening
    exchange: World
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls) -> Neighbourhood:
        evening = Evening.make()
        made = cls(evening, World(evening.be, evening.nl, evening.lu, evening.fr))
        made._fill()
        return made

    def _fill(self) -> None:
        evening = self.evening
        evening.own_and_neighbour()
        evening.team(evening.be, "HIDDEN", groups=[], tlp="RED")
        make_contact(evening.be, groups=[evening.group.code])
        private = keep_text(evening.be, "BE-LU-2015")
        private.tlp = TlpLabel.AMBER
        private.save()
        incident = evening.incident()
        request = self.exchange.send(case_id=incident.number)
        self.ids = {
            "code": evening.be.code,
            "number": incident.number,
            "message_id": request,
            "deployment_id": self.exchange.deploy(request),
        }

    def acting(self, who: str) -> Acting:
        return make_acting(getattr(self.evening, who))


class Reader:
    """Another system that reads with a key."""

    def __init__(self, acting: Acting, language: str = "en") -> None:
        self.client = Client()
        self.key = issue_key(acting.person, acting.organisation)
        self.language = language

    def get(self, path: str, **query: Any) -> HttpResponse:
        headers = {"Authorization": f"Bearer {self.key}", "Accept-Language": self.language}
        return self.client.get(f"{BASE}{path}", query, headers=headers)
