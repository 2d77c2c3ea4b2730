"""Incidents as links and search know them; of the node's own status, since Actual, Exercise and Test never mix."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.planner.models import Incident, Need
from noaber.apps.records.index_document import IndexDocument
from noaber.apps.records.kinds import Kind, add_kind
from noaber.core.messages.model import FreeText


def _incidents(reader: Organisation, status: str) -> QuerySet[Incident]:
    return Incident.objects.visible_to(reader).filter(status=status)


def _searched(incident: Incident) -> IndexDocument:
    return IndexDocument(
        title=(FreeText(incident.number, ""), FreeText(incident.title, incident.language)),
        texts=(FreeText(incident.place, ""), FreeText(incident.note, incident.language)),
        codes=(
            f"hazard:{incident.hazard}",
            f"territory:{incident.territory}",
            *sorted({f"capability:{need.capability}" for need in incident.needs.all()}),
        ),
        organisations=(incident.owner,),
        owner=incident.owner,
        on=incident.opened_at.date(),
        status=incident.status,
    )


add_kind(
    Kind(
        code="incident",
        label=_("incident"),
        plural=_("incidents"),
        icon="assistance",
        model=Incident,
        title=str,
        searched=_searched,
        related=("owner", "needs"),
        parts=((Need, "incident"),),
        visible_of=_incidents,
        by_label=True,
    )
)
