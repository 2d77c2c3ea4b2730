"""The network that is installed, the one that is being built, and the builds before, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.roads.enums import BuildState
from noaber.apps.roads.models import NetworkBuild
from noaber.apps.roads.network.installed import find_network, why_not_used
from noaber.apps.roads.presenters.minutes import said_percent, said_seconds, said_size
from noaber.apps.roads.services.extracts import ExtractFile
from noaber.core.json_input import parse_instant
from noaber.core.traveltime.progress import Phase
from noaber.web.tables import Column
from noaber.web.wording import problem

PHASE_WORDS: Final[dict[str, str | Promise]] = {
    "": gettext_lazy("Starting"),
    Phase.WAYS: gettext_lazy("Reading the roads"),
    Phase.NODES: gettext_lazy("Reading where they lie"),
    Phase.KEEPING: gettext_lazy("Keeping what can be driven in both directions"),
    Phase.CONTRACTING: gettext_lazy("Joining stretches without a junction"),
    Phase.ORDERING: gettext_lazy("Ordering the junctions"),
    Phase.CUSTOMISING: gettext_lazy("Computing the minutes of each vehicle"),
    Phase.WRITING: gettext_lazy("Writing the network"),
}
STATE_TAGS: Final[dict[str, tuple[str, str]]] = {
    BuildState.RUNNING: ("tag--info", "clock"),
    BuildState.DONE: ("tag--ok", "yes"),
    BuildState.FAILED: ("tag--bad", "no"),
    BuildState.CANCELLED: ("", "no"),
    BuildState.DIED: ("tag--bad", "warn"),
}
"""The class and the icon of each state."""


@dataclass(frozen=True)
class SourceRow:
    """An extract that the installed network was built from."""

    name: str
    size: str
    data_at: datetime | None
    is_joined: bool


@dataclass(frozen=True)
class Installed:
    """The network that minutes are routed on."""

    sources: tuple[SourceRow, ...]
    nodes: int
    segments: int
    built_at: datetime
    size: str


@dataclass(frozen=True)
class BuildRow:
    """A build, running or over."""

    build: NetworkBuild
    tag: str
    icon: str
    why: str
    seconds: float

    @property
    def duration(self) -> str:
        return said_seconds(self.seconds)

    @property
    def phase(self) -> str:
        return str(PHASE_WORDS[self.build.phase])

    @property
    def percent(self) -> int:
        return int(self.build.share * 100)

    @property
    def said_percent(self) -> str:
        return said_percent(self.percent)


@dataclass(frozen=True)
class ExtractRow:
    """An extract in the folder."""

    file: ExtractFile

    @property
    def size(self) -> str:
        return said_size(self.file.size_bytes)


BUILD_COLUMNS: Final = (
    Column("when", gettext_lazy("When"), lambda row: row.build.asked_at),
    Column("who", gettext_lazy("Who"), lambda row: row.build.asked_by.display_name),
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.build.organisation.code),
    Column("sources", gettext_lazy("Extracts"), lambda row: ", ".join(row.build.sources)),
    Column("result", gettext_lazy("Result"), lambda row: row.build.get_state_display()),
    Column("why", gettext_lazy("Why"), lambda row: row.why),
    Column("seconds", gettext_lazy("Seconds"), lambda row: round(row.seconds), numeric=True),
)
SHOWN_COLUMNS: Final = (
    *(column for column in BUILD_COLUMNS if column.key in ("when", "who", "sources", "result")),
    Column("duration", gettext_lazy("Duration"), lambda row: row.seconds, numeric=True),
)
"""Who stands there with their organisation, and why below the result."""


def find_installed() -> Installed | None:
    """The network in use; None where minutes are estimated."""
    network = find_network()
    if network is None:
        return None
    sources = tuple(
        SourceRow(source.name, said_size(source.size_bytes), parse_instant(source.data_at), source.is_joined)
        for source in network.sources
    )
    files = Path(settings.NOABER_NETWORK).iterdir()
    size = said_size(sum(file.stat().st_size for file in files))
    return Installed(sources, network.n_nodes, network.n_segments, network.built_at, size)


def said_why_not_used() -> str:
    """What is wrong with the network that lies here; nothing where none does."""
    found = why_not_used()
    return problem(found) if found else ""


def build_rows(builds: Iterable[NetworkBuild], at: datetime) -> list[BuildRow]:
    return [_row(build, at) for build in builds]


def _row(build: NetworkBuild, at: datetime) -> BuildRow:
    tag, icon = STATE_TAGS[build.state]
    return BuildRow(build, tag, icon, _why(build), ((build.ended_at or at) - build.asked_at).total_seconds())


def _why(build: NetworkBuild) -> str:
    """Why there is no new network from it."""
    if build.found_problem:
        where = Path(build.found_problem.where).name
        return f"{where}: {problem(build.found_problem)}" if where else problem(build.found_problem)
    if build.cancelled_by:
        return _("By %(name)s. The network in use stayed.") % {"name": build.cancelled_by.display_name}
    if build.state == BuildState.DIED:
        return _("Its process is gone: it was killed, or the machine was restarted. The network in use stayed.")
    return ""
