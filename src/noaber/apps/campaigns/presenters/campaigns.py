"""The pages of a campaign: a matrix of how far each organisation is, the same as columns of a file, who is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.models import Organisation
from noaber.apps.campaigns.enums import CampaignState, Part
from noaber.apps.campaigns.items import FIELD_LABELS
from noaber.apps.campaigns.models import Ask, Campaign, Frozen
from noaber.apps.campaigns.progress import AskProgress, Progress
from noaber.core.campaigns import Tally
from noaber.web.clock import now
from noaber.web.tables import Column

STATE_LOOKS: Final[dict[str, tuple[str, str]]] = {
    CampaignState.DRAFT: ("", "edit"),
    CampaignState.OPEN: ("tag--info", "part"),
    CampaignState.CLOSED: ("tag--ok", "lock"),
}


@dataclass(frozen=True)
class StateView:
    label: str
    css: str
    icon: str


def state_view(campaign: Campaign) -> StateView:
    if campaign.state == CampaignState.OPEN and campaign.deadline_at < now():
        return StateView(str(_("deadline passed")), "tag--warn", "clock")
    css, icon = STATE_LOOKS[campaign.state]
    return StateView(str(campaign.get_state_display()), css, icon)


@dataclass(frozen=True)
class CellView:
    """One part of one organisation in the matrix; empty where it is not asked."""

    part: str
    label: str
    ask: Ask | None
    tally: Tally


@dataclass(frozen=True)
class SignedView:
    """How the signature of an organisation stands: none, the newest version, or changed since."""

    version: Frozen | None
    is_current: bool

    @property
    def state(self) -> str:
        if self.version is None:
            return "unsigned"
        return "signed" if self.is_current else "changed"


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation in the matrix."""

    organisation: Organisation
    cells: tuple[CellView, ...]
    total: Tally
    signed: SignedView


def organisation_row(organisation: Organisation, progress: Progress, signed: SignedView) -> OrganisationRow:
    found = {one.ask.part: one for one in progress.asks}
    cells = tuple(_cell(part, found.get(part)) for part in Part)
    return OrganisationRow(organisation, cells, progress.total, signed)


def _cell(part: Part, progress: AskProgress | None) -> CellView:
    if progress is None:
        return CellView(part.value, str(part.label), None, Tally())
    return CellView(part.value, str(part.label), progress.ask, progress.tally)


@dataclass(frozen=True)
class FieldRow:
    """One field over all organisations."""

    part: str
    label: str
    tally: Tally


def field_rows(asks: Iterable[AskProgress]) -> list[FieldRow]:
    """How far each asked field is, in the order of the parts."""
    sums: dict[tuple[str, str], Tally] = {}
    for progress in asks:
        for name, tally in progress.by_field.items():
            key = (progress.ask.part, name)
            sums[key] = sums.get(key, Tally()) + tally
    return [
        FieldRow(str(part.label), str(FIELD_LABELS[part][name]), sums[part.value, name])
        for part in Part
        for name in FIELD_LABELS[part]
        if (part.value, name) in sums
    ]


@dataclass(frozen=True)
class ProgressRow:
    """One field of one organisation, as a file has it."""

    organisation: str
    part: str
    field: str
    tally: Tally


def progress_rows(asks: Iterable[AskProgress]) -> list[ProgressRow]:
    return [
        ProgressRow(
            progress.ask.organisation.code,
            str(progress.ask.get_part_display()),
            str(FIELD_LABELS[progress.ask.part][name]),
            tally,
        )
        for progress in asks
        for name, tally in progress.by_field.items()
    ]


PROGRESS_COLUMNS: Final = (
    Column("organisation", _("Organisation"), lambda row: row.organisation),
    Column("part", _("Part"), lambda row: row.part),
    Column("field", _("Field"), lambda row: row.field),
    Column("asked", _("Asked"), lambda row: row.tally.asked, numeric=True),
    Column("confirmed", _("Right as it was"), lambda row: row.tally.confirmed, numeric=True),
    Column("corrected", _("Corrected"), lambda row: row.tally.corrected, numeric=True),
    Column("added", _("Added"), lambda row: row.tally.added, numeric=True),
    Column("unknown", _("Unknown"), lambda row: row.tally.unknown, numeric=True),
    Column("not-ours", _("Not ours"), lambda row: row.tally.not_ours, numeric=True),
    Column("open", _("Open"), lambda row: row.tally.open, numeric=True),
)


@dataclass(frozen=True)
class CampaignRow:
    """A campaign in the list, with how far it is for the reader."""

    campaign: Campaign
    tally: Tally
    is_ours: bool

    @property
    def state(self) -> StateView:
        return state_view(self.campaign)


CAMPAIGN_COLUMNS: Final = (
    Column("title", _("Campaign"), lambda row: row.campaign.title),
    Column("owner", _("Asked by"), lambda row: row.campaign.owner.code),
    Column("deadline", _("To be answered by"), lambda row: row.campaign.deadline_on),
    Column("state", _("State"), lambda row: list(STATE_LOOKS).index(row.campaign.state)),
    Column("open", _("Open"), lambda row: row.tally.open, numeric=True),
)
