"""What someone was asked to find out before the exercise began; who and when is invented, the gaps are not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.demo.cast import acting_as
from noaber.apps.mapping.services.questions import Asking, ask
from noaber.apps.registry.models import AgreementRow
from noaber.web import clock

_ASKED_AT: Final = datetime.datetime(2021, 6, 7, 8, 0, tzinfo=datetime.UTC)
_ASKER: Final = "bnl-sg"
_ASKING: Final = "BNL-SG"


@dataclass(frozen=True)
class _Asked:
    text: str
    field: str
    organisation: str
    person: str
    due_on: datetime.date


_QUESTIONS: Final = (
    _Asked("NL-BE-1984", "cost_rule", "NL-NCC", "L. Denkbeeld", datetime.date(2021, 7, 5)),
    _Asked("NL-BE-1984", "command_rule", "NL-NCC", "L. Denkbeeld", datetime.date(2021, 9, 1)),
    _Asked("BE-DE-1980", "in_force", "DE-NW", "S. Krüger", datetime.date(2021, 7, 15)),
    _Asked("BE-LU-2015", "cost_rule", "BE-NCCN", "C. Dubois", datetime.date(2021, 7, 30)),
    _Asked("LU-DE-1978", "channels", "LU-HCPN", "V. Hypothèse", datetime.date(2021, 9, 1)),
)


def load_questions() -> None:
    """Ask them, through the service, on the day on which they were asked."""
    acting = acting_as(_ASKER, _ASKING)
    with clock.at(_ASKED_AT):
        for asked in _QUESTIONS:
            organisation = Organisation.objects.get(code=asked.organisation)
            asking = Asking(organisation, asked.due_on, function=asked.person)
            ask(acting, AgreementRow.objects.get(code=asked.text), asked.field, asking, now=clock.now())
