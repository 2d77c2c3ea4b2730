"""Assumed approval times for their page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.registry.models import ApprovalAssumption
from noaber.apps.registry.presenters.agreements import title_of
from noaber.apps.registry.presenters.legal_words import LEVELS
from noaber.apps.registry.services.agreements import assumption_digest
from noaber.core.agreements import Agreement, Level
from noaber.web.tables import Column


@dataclass(frozen=True)
class AssumptionView:
    pk: int
    agreement: str
    """The id of the text; empty for a level."""
    title: str
    minutes: int
    answers_for_it: str
    as_of: date
    note: str
    key: str
    digest: str
    """Names what is shown of it."""


def target_key(agreement_id: str = "", level: str = "") -> str:
    """Names for what something is assumed."""
    return f"{agreement_id}/{level}"


def present_assumptions(rows: Iterable[ApprovalAssumption], texts: Iterable[Agreement]) -> list[AssumptionView]:
    """Levels last: they stand in for texts without a number of their own."""
    titles = {text.id: title_of(text) for text in texts}
    views = [
        AssumptionView(
            pk=row.pk,
            agreement=row.agreement_id if row.agreement_id in titles else "",
            title=_title(row, titles),
            minutes=row.minutes,
            answers_for_it=row.answers_for_it,
            as_of=row.as_of,
            note=row.note,
            key=target_key(row.agreement_id, row.level),
            digest=assumption_digest(row),
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: (not view.agreement, view.title))


def _title(row: ApprovalAssumption, titles: dict[str, str]) -> str:
    if row.agreement_id:
        return titles.get(row.agreement_id, row.agreement_id)
    return _("every other text of the level: %(level)s") % {"level": LEVELS[Level(row.level)]}


COLUMNS: Final = (
    Column("text", gettext_lazy("For"), lambda view: view.title),
    Column("minutes", gettext_lazy("Minutes, assumed"), lambda view: view.minutes, numeric=True),
    Column("as-of", gettext_lazy("As of"), lambda view: view.as_of),
    Column("by", gettext_lazy("Who answers for it"), lambda view: view.answers_for_it),
    Column("note", gettext_lazy("Where it comes from"), lambda view: view.note),
)
