"""A dossier as a reader gets it: its sections, the words of their states, and what is not handed over."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from noaber.apps.accounts.labels import strictest
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.actions.enums import RecommendationState
from noaber.apps.campaigns.enums import CampaignState
from noaber.apps.events.enums import Impact, Likelihood
from noaber.apps.library.enums import Relation
from noaber.apps.meetings.enums import MeetingState
from noaber.apps.placements.enums import PlacementState
from noaber.apps.plans.enums import PlanState
from noaber.apps.plans.presenters.tables import STANDING_WORDS
from noaber.apps.presidency.enums import SECTION_NOTHING, SECTION_TITLES, DossierState
from noaber.apps.presidency.gap_words import TITLES, Names, count_in_words, list_url, names_of, worst_in_words
from noaber.apps.presidency.models import DossierNote, DossierVersion, HandoverDossier
from noaber.apps.presidency.queries import (
    every_line,
    frozen_lines,
    latest_version,
    lines_for,
    lines_now,
    notes_of,
)
from noaber.apps.presidency.sight import seen_records, url_of
from noaber.apps.registry.enums import ContactField
from noaber.core.messages.model import FreeText
from noaber.core.plans.progress import Standing
from noaber.core.presidency.dossier import End, Line, Section, Topic, left_out
from noaber.web.reader import reader_language
from noaber.web.tables import Column
from noaber.web.wording import number

DOSSIER_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    DossierState.DRAFT: ("", "edit"),
    DossierState.READY: ("tag--warn", "clock"),
    DossierState.GIVEN: ("tag--info", "part"),
    DossierState.HANDED_OVER: ("tag--ok", "yes"),
}
DAY_LABELS: Final[Mapping[Section, str | Promise]] = {
    Section.DONE: gettext_lazy("Done on"),
    Section.DECISIONS: gettext_lazy("Decided on"),
    Section.ACTIONS: gettext_lazy("Due on"),
    Section.RECOMMENDATIONS: gettext_lazy("Made on"),
    Section.PLANS: pgettext_lazy("a column", "Day"),
    Section.CONSULTATIONS: gettext_lazy("Open until"),
    Section.MEETINGS: gettext_lazy("Takes place on"),
    Section.EVENTS: gettext_lazy("Begins on"),
    Section.RISKS: gettext_lazy("Event begins on"),
    Section.GAPS: gettext_lazy("As of"),
    Section.CAMPAIGNS: gettext_lazy("To be answered by"),
    Section.EXCHANGES: gettext_lazy("Begins on"),
    Section.CONTACTS: gettext_lazy("To be verified again by"),
}
FRESHNESS_WORDS: Final[Mapping[str, str | Promise]] = {
    "fresh": pgettext_lazy("a contact point", "verified"),
    "soon": pgettext_lazy("a contact point", "to be verified soon"),
    "expired": pgettext_lazy("a contact point", "expired"),
    "never": pgettext_lazy("a contact point", "never verified"),
}
WITH_DAY: Final = frozenset(Section) - {Section.PLANS}


@dataclass(frozen=True)
class StateView:
    label: str
    css: str
    icon: str


def present_state(dossier: HandoverDossier) -> StateView:
    css, icon = DOSSIER_LOOKS[dossier.state]
    return StateView(str(dossier.get_state_display()), css, icon)


@dataclass(frozen=True)
class LineView:
    """One line; `url` where the reader sees its record today. A count of the gaps leads to the list of all of it."""

    line: Line
    url: str
    names: Names = field(default_factory=dict)

    @property
    def words(self) -> FreeText:
        """In the reader's language, else in English, else in the first one that there is."""
        if self.line.section is Section.GAPS:
            return FreeText(str(TITLES[Topic(self.line.kind)]), "")
        texts = self.line.texts
        language = next((code for code in (reader_language(), "en") if texts.get(code)), next(iter(texts), ""))
        return FreeText(texts.get(language, ""), language)

    @property
    def more(self) -> FreeText | None:
        line = self.line
        if line.section is Section.CONTACTS:
            field = str(ContactField(line.more).label)
            return FreeText(f"{field} · {line.phone}" if line.phone else field, "")
        if line.section is Section.GAPS:
            return FreeText(worst_in_words(line, self.names), "")
        return FreeText(line.more, line.more_language) if line.more else None

    @property
    def section_title(self) -> str:
        return str(SECTION_TITLES[self.line.section])

    @property
    def day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.line.on) if self.line.on else None

    @property
    def state(self) -> str:
        return state_in_words(self.line)

    @property
    def is_late(self) -> bool:
        return self.line.state in (Standing.LATE, "expired")

    @property
    def beside(self) -> str:
        """What it serves and came from: P-2025-01, 2.1."""
        if self.line.kind != "action":
            return ""
        return "; ".join(_end_in_words(end) for end in self.line.ends)


def _end_in_words(end: End) -> str:
    told = {"record": end.label}
    if end.state == Relation.SERVES:
        return _("serves objective %(record)s") % told
    return _("came from %(record)s") % told


def state_in_words(line: Line) -> str:
    """How it stands, in the reader's language."""
    return _STATES[line.section](line)


def _of(choices: Any) -> Callable[[Line], str]:
    return lambda line: str(choices(line.state).label)


def _standing(line: Line) -> str:
    return str(STANDING_WORDS[Standing(line.state)])


def _risk(line: Line) -> str:
    likelihood, _slash, impact = line.state.partition("/")
    return f"{Likelihood(likelihood).label}, {Impact(impact).label}"


def _decision(line: Line) -> str:
    if not line.ends:
        return _("no action yet")
    return ", ".join(f"{end.label} {STANDING_WORDS[Standing(end.state)]}" for end in line.ends)


def _plan(line: Line) -> str:
    """2 of 6 done, 1 late, of the actions that the reader sees."""
    counts = Counter(end.state for end in line.ends)
    total = len(line.ends) - counts[Standing.DROPPED]
    if not total:
        return f"{PlanState(line.state).label}, {_('no actions yet')}"
    told = {"done": number(counts[Standing.DONE]), "total": number(total)}
    done = ngettext("%(done)s of %(total)s done", "%(done)s of %(total)s done", counts[Standing.DONE]) % told
    late = counts[Standing.LATE]
    late_words = f", {ngettext('%(count)s late', '%(count)s late', late) % {'count': late}}" if late else ""
    return f"{PlanState(line.state).label}, {done}{late_words}"


def _campaign(line: Line) -> str:
    """open, 3 of 5 parts filled in, 2 signed: of the parts that the reader sees."""
    state = str(CampaignState(line.state).label)
    if not line.ends:
        return ", ".join((state, _("its parts are not shared")))
    counts = Counter(end.state for end in line.ends)
    signed = counts["signed"]
    told = {"done": number(counts["filled"] + signed), "total": number(len(line.ends)), "signed": number(signed)}
    words = ngettext(
        "%(done)s of %(total)s part filled in, %(signed)s signed",
        "%(done)s of %(total)s parts filled in, %(signed)s signed",
        len(line.ends),
    )
    return f"{state}, {words % told}"


def _nothing(_line: Line) -> str:
    return ""


_STATES: Final[Mapping[Section, Callable[[Line], str]]] = {
    Section.DONE: _nothing,
    Section.DECISIONS: _decision,
    Section.ACTIONS: _standing,
    Section.RECOMMENDATIONS: _of(RecommendationState),
    Section.PLANS: _plan,
    Section.CONSULTATIONS: _of(PlanState),
    Section.MEETINGS: _of(MeetingState),
    Section.EVENTS: _nothing,
    Section.RISKS: _risk,
    Section.GAPS: count_in_words,
    Section.CAMPAIGNS: _campaign,
    Section.EXCHANGES: _of(PlacementState),
    Section.CONTACTS: lambda line: str(FRESHNESS_WORDS[line.state]),
}


@dataclass(frozen=True)
class SectionView:
    """A section with its note; `kept_back` counts what the receiver may not see, for the giver alone."""

    section: Section
    lines: list[LineView]
    note: DossierNote | None
    kept_back: int

    @property
    def title(self) -> str:
        return str(SECTION_TITLES[self.section])

    @property
    def nothing(self) -> str:
        return str(SECTION_NOTHING[self.section])

    @property
    def day_label(self) -> str:
        return str(DAY_LABELS[self.section])

    @property
    def has_days(self) -> bool:
        return self.section in WITH_DAY

    @property
    def state_label(self) -> str:
        return _("How many") if self.section is Section.GAPS else _("State")

    @property
    def has_names(self) -> bool:
        """Whether a line names an organisation."""
        return any(one.line.who for one in self.lines)

    @property
    def has_states(self) -> bool:
        return any(one.state for one in self.lines)

    @property
    def note_words(self) -> FreeText | None:
        return FreeText(self.note.text, self.note.language) if self.note else None


@dataclass(frozen=True)
class DossierView:
    """The dossier for one reader. `version` is what lies before the directors; None while it is a draft."""

    dossier: HandoverDossier
    version: DossierVersion | None
    sections: list[SectionView]

    @property
    def lines(self) -> list[LineView]:
        return [line for section in self.sections for line in section.lines]

    @property
    def tlp(self) -> str:
        """The strictest label of all that stands in it."""
        return strictest(self.dossier.tlp, *(one.line.tlp for one in self.lines))

    @property
    def kept_back(self) -> int:
        return sum(section.kept_back for section in self.sections)

    @property
    def overdue(self) -> int:
        actions = (one for one in self.lines if one.line.section is Section.ACTIONS)
        return sum(one.is_late for one in actions)

    def count(self, *sections: Section) -> int:
        return sum(len(one.lines) for one in self.sections if one.section in sections)

    @property
    def count_done(self) -> int:
        return self.count(Section.DONE)

    @property
    def count_open(self) -> int:
        return self.count(Section.ACTIONS, Section.DECISIONS, Section.RECOMMENDATIONS)

    @property
    def count_coming(self) -> int:
        return self.count(Section.MEETINGS, Section.EVENTS)


def reads_whole(reader: Organisation, dossier: HandoverDossier) -> bool:
    """Whether it is one of the two between whom it passes: they read what they sign."""
    return not {dossier.giver.organisation_id, dossier.receiver.organisation_id}.isdisjoint(keeps(reader))


def present_dossier(reader: Organisation, dossier: HandoverDossier) -> DossierView:
    """The dossier as `reader` gets it: live while it is a draft, else as it was frozen."""
    version = None if dossier.is_draft else latest_version(dossier)
    every = lines_now(dossier) if version is None else frozen_lines(version)
    lines = every if reads_whole(reader, dossier) else lines_for(reader, every)
    is_giver = dossier.owner_id in keeps(reader)
    kept_back = left_out(every_line(dossier), every) if is_giver and version is None else {}
    views = list(view_lines(reader, lines))
    notes = notes_of(dossier, version)
    sections = [
        SectionView(
            section=section,
            lines=[view for view in views if view.line.section is section],
            note=notes.get(section),
            kept_back=kept_back.get(section, 0),
        )
        for section in Section
    ]
    return DossierView(dossier, version, sections)


def view_lines(reader: Organisation, lines: Sequence[Line]) -> Iterator[LineView]:
    """The lines, each leading to its record where the reader sees it."""
    seen = seen_records(reader, lines)
    for line in lines:
        if line.section is Section.GAPS:
            yield LineView(line, list_url(line), names_of(line, seen))
        else:
            record = seen.get(line.kind, {}).get(line.key)
            yield LineView(line, url_of(record) if record is not None else "")


LINE_COLUMNS: Final = (
    Column("section", gettext_lazy("Section"), lambda one: one.section_title),
    Column("number", gettext_lazy("Number"), lambda one: one.line.number),
    Column("what", gettext_lazy("What"), lambda one: one.words.text),
    Column("more", gettext_lazy("More about it"), lambda one: one.more.text if one.more else ""),
    Column("who", gettext_lazy("Who"), lambda one: one.line.who),
    Column("day", pgettext_lazy("a column", "Day"), lambda one: one.day),
    Column("state", gettext_lazy("State"), lambda one: one.state),
)
