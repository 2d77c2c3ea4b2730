"""A whole report, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.accounts.labels import strictest
from noaber.apps.accounts.models import Organisation
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.queries import agreement_of, inventory_rows
from noaber.apps.registry.queries.contacts import seen_contacts
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.reports.facts import VERSION, Content
from noaber.apps.reports.figures import figures_of
from noaber.apps.reports.gather.campaigns import campaign_facts
from noaber.apps.reports.gather.minutes import minutes_fact
from noaber.apps.reports.gather.people import advice_facts, contact_facts, owner_facts
from noaber.apps.reports.gather.texts import gap_facts, matrix_facts, question_facts, text_facts
from noaber.apps.roads.enums import MinutesKind
from noaber.apps.roads.network.roads_now import roads_now
from noaber.apps.roads.presenters.provenance import provenance_on
from noaber.apps.roads.queries.closures import closures_at
from noaber.apps.roads.reach.grid import load_grid

LOWEST: Final = TlpLabel.GREEN
"""A report is never open to all by itself, however open its parts are."""

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What a report is about, besides everything.

    Parameters
    ----------
    capabilities
        Those of which the minutes are told, at `hazard`.
    """

    hazard: str
    capabilities: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"hazard": self.hazard, "capabilities": list(self.capabilities)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Asked:
        return cls(stored["hazard"], tuple(stored["capabilities"]))


def gather(reader: Organisation, status: str, at: datetime, asked: Asked, tell: Tell) -> Content:
    """Everything that `reader` sees of the mapping at the moment `at`; `tell` hears how far it is."""
    steps = 4 + len(asked.capabilities)
    on = at.date()
    tell("texts", 0, steps)
    rows = inventory_rows(reader)
    texts = tuple(map(agreement_of, rows))
    listed, (sides, matrix) = text_facts(rows, on), matrix_facts(texts, on)
    tell("gaps", 1, steps)
    gaps, questions = gap_facts(texts, on), question_facts(reader)
    minutes = []
    for number, capability in enumerate(asked.capabilities):
        tell("minutes", 2 + number, steps)
        minutes.append(minutes_fact(reader, status, at, capability, asked.hazard))
    tell("people", steps - 2, steps)
    owners, contacts = owner_facts(reader, status), contact_facts(reader, status, on)
    advice, advice_labels = advice_facts(reader, on)
    campaigns, campaign_labels = campaign_facts(reader, status, at)
    tell("figures", steps - 1, steps)
    roads = roads_now(reader, status, at)
    provenance = provenance_on(roads)
    content = Content(
        version=VERSION,
        made_at=at,
        on=on,
        organisation=reader.code,
        status=status,
        hazard=asked.hazard,
        tlp=highest([*_labels(reader, status, at, rows), *advice_labels, *campaign_labels]),
        roads_on=provenance.roads_on,
        closures=closures_at(reader, status, at).count(),
        figures=(),
        texts=listed,
        sides=sides,
        matrix=matrix,
        gaps=gaps,
        questions=questions,
        cells=load_grid().cells,
        minutes=tuple(minutes),
        owners=owners,
        contacts=contacts,
        advice=advice,
        campaigns=campaigns,
        is_day_built=provenance.is_day_built,
        has_main_roads=any(layer.kind is MinutesKind.COARSE for layer in roads.layers),
    )
    return figures_of(content)


def highest(labels: Iterable[str]) -> str:
    """The strictest label of all, at least `LOWEST`."""
    return strictest(*labels, LOWEST.value)


def _labels(reader: Organisation, status: str, at: datetime, rows: list[AgreementRow]) -> list[str]:
    """The labels of all that a report is made of, its recommendations and campaigns apart."""
    found = (seen_capacities(reader, status), seen_contacts(reader, status), closures_at(reader, status, at))
    used = [label for records in found for label in records.order_by().values_list("tlp", flat=True).distinct()]
    return [*(row.tlp for row in rows), *used]
