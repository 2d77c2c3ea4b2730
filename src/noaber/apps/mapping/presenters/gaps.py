"""The gap list as a director reads it: pair by pair, what is missing, what is unknown, which texts cover the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from noaber.apps.actions.models import Recommendation
from noaber.apps.mapping.neighbours import territory_of
from noaber.apps.mapping.region import RegionQuery
from noaber.apps.mapping.sides import neighbour_name
from noaber.apps.mapping.words import NEARNESS, TIERS
from noaber.apps.registry.coded import capability_name, hazard_name
from noaber.apps.registry.presenters.agreements import title_of
from noaber.core.agreements import Agreement
from noaber.core.agreements.gaps import Lack, Pair, PairGaps, Way
from noaber.core.agreements.tiers import tier_of
from noaber.web.tables import Column

FEW: Final = 3
"""So many names are told one by one; more are counted."""


@dataclass(frozen=True)
class LackView:
    """One group of what is missing or unknown: in few words, and in full.

    Parameters
    ----------
    helps, hazards
        The names, where they are not all that was asked; empty for all.
    """

    way: str
    helps_words: str
    hazards_words: str
    helps: tuple[str, ...]
    hazards: tuple[str, ...]


@dataclass(frozen=True)
class TextName:
    """A text with its level, for a link."""

    code: str
    title: str
    year: str
    level: str


@dataclass(frozen=True)
class GapRow:
    """One pair of neighbours."""

    gaps: PairGaps
    one: str
    other: str
    nearness: str
    missing: tuple[LackView, ...]
    unknown: tuple[LackView, ...]
    texts: tuple[TextName, ...]
    doubtful: tuple[TextName, ...]
    set_aside: tuple[TextName, ...]
    recommendations: tuple[Recommendation, ...]

    @property
    def key(self) -> str:
        """The codes of the two, for machines."""
        return f"{self.gaps.pair.one} {self.gaps.pair.other}"

    @property
    def name(self) -> str:
        return f"{self.one} – {self.other}"

    @property
    def kind(self) -> str:
        if self.gaps.missing:
            return "missing"
        return "unknown" if self.gaps.unknown else "complete"


@dataclass(frozen=True)
class Scope:
    """What was asked: everything that a row may call "every"."""

    capabilities: tuple[str, ...]
    hazards: tuple[str, ...]


def gap_row(gaps: PairGaps, scope: Scope, recommendations: Sequence[Recommendation]) -> GapRow:
    """One pair, in the reader's language."""
    pair = gaps.pair
    return GapRow(
        gaps=gaps,
        one=neighbour_name(pair.one),
        other=neighbour_name(pair.other),
        nearness=str(NEARNESS[pair.nearness]),
        missing=tuple(_lack_view(lack, pair, scope) for lack in gaps.missing),
        unknown=tuple(_lack_view(lack, pair, scope) for lack in gaps.unknown),
        texts=tuple(map(text_name, gaps.texts)),
        doubtful=tuple(map(text_name, gaps.doubtful)),
        set_aside=tuple(map(text_name, gaps.set_aside)),
        recommendations=tuple(recommendations),
    )


def text_name(text: Agreement) -> TextName:
    year = str(text.year) if text.year else _("undated")
    return TextName(text.id, title_of(text), year, str(TIERS[tier_of(text)]))


def _lack_view(lack: Lack, pair: Pair, scope: Scope) -> LackView:
    helps = [capability_name(code) for code in lack.capabilities]
    hazards = [hazard_name(code) for code in lack.hazards]
    every_help = set(lack.capabilities) == set(scope.capabilities) and len(helps) > 1
    every_hazard = set(lack.hazards) == set(scope.hazards) and len(hazards) > 1
    return LackView(
        way=way_words(lack.way, pair),
        helps_words=_("every help") if every_help else _few_helps(helps, scope),
        hazards_words=_("every hazard") if every_hazard else _few_hazards(hazards, scope),
        helps=() if every_help else tuple(helps),
        hazards=() if every_hazard else tuple(hazards),
    )


def way_words(way: Way, pair: Pair) -> str:
    """Both ways; Belgium to France."""
    if way is Way.BOTH:
        return _("both ways")
    ends = (pair.one, pair.other) if way is Way.THERE else (pair.other, pair.one)
    return _("%(owner)s helps %(place)s") % {"owner": neighbour_name(ends[0]), "place": neighbour_name(ends[1])}


def _few_helps(names: Sequence[str], scope: Scope) -> str:
    if len(names) <= FEW:
        return ", ".join(names)
    counts = {"count": len(names), "all": len(scope.capabilities)}
    return ngettext("%(count)s of %(all)s helps", "%(count)s of %(all)s helps", len(names)) % counts


def _few_hazards(names: Sequence[str], scope: Scope) -> str:
    if len(names) <= FEW:
        return ", ".join(names)
    counts = {"count": len(names), "all": len(scope.hazards)}
    return ngettext("%(count)s of %(all)s hazards", "%(count)s of %(all)s hazards", len(names)) % counts


def lack_words(lacks: Iterable[LackView]) -> str:
    """In one line, for a file."""
    return "; ".join(f"{lack.way}: {lack.helps_words}, {lack.hazards_words}" for lack in lacks)


COLUMNS: Final = (
    Column("pair", gettext_lazy("Neighbours"), lambda row: row.name),
    Column("near", gettext_lazy("How near"), lambda row: row.nearness),
    Column("missing", gettext_lazy("No text"), lambda row: row.gaps.missing_count),
    Column("unknown", gettext_lazy("Unknown"), lambda row: row.gaps.unknown_count),
    Column("texts", gettext_lazy("Covered by"), lambda row: ", ".join(text.title for text in row.texts) or None),
    Column("advice", gettext_lazy("Recommended"), lambda row: len(row.recommendations)),
)


@dataclass(frozen=True)
class QuestionRow:
    """One help of one direction, for the file: at which hazards no text covers it, or may."""

    pair: str
    codes: str
    nearness: str
    way: str
    help_code: str
    help_name: str
    answer: str
    hazard_codes: str
    hazards: int
    texts: str
    union: bool


def question_rows(rows: Iterable[GapRow]) -> list[QuestionRow]:
    """Everything that is missing or unknown, help by help: what the files hold."""
    answers = ((_("no text"), "missing"), (pgettext("an answer", "unknown"), "unknown"))
    return [
        _question_row(row, answer, lack, capability)
        for row in rows
        for answer, name in answers
        for lack in getattr(row.gaps, name)
        for capability in lack.capabilities
    ]


def _question_row(row: GapRow, answer: str, lack: Lack, capability: str) -> QuestionRow:
    return QuestionRow(
        pair=row.name,
        codes=row.key,
        nearness=row.nearness,
        way=way_words(lack.way, row.gaps.pair),
        help_code=capability,
        help_name=capability_name(capability),
        answer=answer,
        hazard_codes=" ".join(lack.hazards),
        hazards=len(lack.hazards),
        texts=", ".join(text.code for text in (*row.texts, *row.doubtful)),
        union=row.gaps.union,
    )


FILE_COLUMNS: Final = (
    Column("pair", gettext_lazy("Neighbours"), lambda row: row.pair),
    Column("codes", gettext_lazy("Codes"), lambda row: row.codes),
    Column("near", gettext_lazy("How near"), lambda row: row.nearness),
    Column("way", gettext_lazy("Direction"), lambda row: row.way),
    Column("help", gettext_lazy("Help"), lambda row: row.help_code),
    Column("name", gettext_lazy("Name"), lambda row: row.help_name),
    Column("answer", gettext_lazy("Answer"), lambda row: row.answer),
    Column("count", gettext_lazy("Hazards"), lambda row: row.hazards, numeric=True),
    Column("hazards", gettext_lazy("Codes of the hazards"), lambda row: row.hazard_codes),
    Column("texts", gettext_lazy("Texts between them"), lambda row: row.texts),
    Column("union", gettext_lazy("Union mechanism"), lambda row: row.union),
)


def recommended_for(pair: Pair, listed: Iterable[tuple[Recommendation, Sequence[str]]]) -> list[Recommendation]:
    """The recommendations about this pair, or about places inside its two territories."""
    ends = (territory_of(pair.one), territory_of(pair.other))
    return [
        recommendation
        for recommendation, parties in listed
        if all(any(party.startswith(side) for party in parties) for side in ends)
    ]


def recommend_url(parties: Sequence[str], asked: RegionQuery) -> str:
    """Where a recommendation about a gap between some territories is written."""
    query = [("party", territory_of(party)) for party in parties]
    query += [(name, code) for name, code in (("capability", asked.capability), ("hazard", asked.hazard)) if code]
    return f"{reverse('recommendation-new')}?{urlencode(query)}"
