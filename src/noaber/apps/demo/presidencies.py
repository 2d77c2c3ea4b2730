"""The presidencies from 2021 on and two handovers, told through the services, each on its day.

Who held it and what for has a source, or follows from the fixed order; the dossiers are illustrative and say so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.models import Organisation
from noaber.apps.demo.cast import acting_as
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import link
from noaber.apps.meetings.models import Meeting
from noaber.apps.presidency import services
from noaber.apps.presidency.enums import Basis
from noaber.apps.presidency.models import HandoverDossier, Presidency
from noaber.apps.presidency.values import DossierData, PresidencyData
from noaber.apps.records.history import Author
from noaber.core.presidency.dossier import Section
from noaber.reference.files import read_data_json
from noaber.web import clock

_FILE: Final = "demo/presidencies.json"
Told = Mapping[str, Any]


def load_presidencies() -> None:
    """Bring in presidencies and handovers. A dossier is made of all else, so it comes after that."""
    told = read_data_json(_FILE)
    held = {row["year"]: _put_down(told, row) for row in told["presidencies"]}
    for row in told["handovers"]:
        _hand_over(row, held)


def _put_down(told: Told, row: Told) -> Presidency:
    with clock.at(_morning(row.get("on", f"{row['year'] - 1}-12-01"))):
        return services.put_down_presidency(
            _acting(told),
            PresidencyData(
                organisation=Organisation.objects.get(code=row["organisation"]),
                year=row["year"],
                basis=Basis(row["basis"]),
                priorities=row.get("priorities", {}),
                source=row["source"],
            ),
        )


def _hand_over(row: Told, held: Mapping[int, Presidency]) -> None:
    acting = _acting(row)
    day = datetime.date.fromisoformat(row["on"])
    data = DossierData(on=day, tlp=TlpLabel(row["tlp"]), groups=row["groups"], illustrative=True)
    with clock.at(_morning(row["on"])):
        dossier = services.begin_dossier(acting, held[row["giver"]], held[row["receiver"]], data)
        for note in row["notes"]:
            services.keep_note(acting, dossier, Section(note["section"]), note["text"], language=note["language"])
        version = services.make_ready(acting, dossier)
        if "meeting" in row:
            _speak_of(acting, dossier, day)
    for signed in row["signed"]:
        with clock.at(_morning(signed["on"])):
            services.sign(_acting(signed), dossier, seen=version.digest)


def _speak_of(acting: Acting, dossier: HandoverDossier, day: datetime.date) -> None:
    """The meeting at which it was handed over."""
    meeting = Meeting.objects.get(starts_on=day)
    link(Author.of(acting), meeting, Relation.ABOUT, dossier, now=clock.now())


def _acting(row: Told) -> Acting:
    return acting_as(row["by"], row["organisation"])


def _morning(day: str) -> datetime.datetime:
    """Nine o’clock, UTC."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), datetime.UTC)
