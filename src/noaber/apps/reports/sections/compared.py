"""Two reports compared, as chapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.apps.mapping.sides import neighbour_name
from noaber.apps.mapping.words import BETWEEN
from noaber.apps.registry.coded import capability_name
from noaber.apps.registry.presenters.legal_words import STANDINGS
from noaber.apps.reports.compare import Comparison, FigureChange, GapChange, TextChange
from noaber.apps.reports.facts import Figure, QuestionFact, TextFact
from noaber.apps.reports.parts import ReportTable, Section, Shown
from noaber.apps.reports.sections.texts import field_name
from noaber.apps.reports.words import in_language, said_basis
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.pdf import Run, Text
from noaber.web.tables import Column

FIGURES: Final[Mapping[str, Promise]] = {
    "texts": gettext_lazy("Texts in the inventory"),
    "texts-counted": gettext_lazy("Texts that count as in force"),
    "texts-checked": gettext_lazy("Texts that were checked"),
    "unknowns": gettext_lazy("Facts that nobody has established"),
    "unknowns-texts": gettext_lazy("Texts with such facts"),
    "unknowns-asked": gettext_lazy("Facts that someone was asked to find out"),
    "unknowns-late": gettext_lazy("Answers that are overdue"),
    "pairs": gettext_lazy("Directions between countries"),
    "pairs-complete": gettext_lazy("Directions with a text, everything established"),
    "pairs-open": gettext_lazy("Directions with a text, open facts"),
    "pairs-unknown": gettext_lazy("Directions for which it is not established"),
    "pairs-missing": gettext_lazy("Directions without a text"),
    "neighbours": gettext_lazy("Pairs of neighbours, %(what)s"),
    "gaps": gettext_lazy("Pairs with a gap, %(what)s"),
    "no-text": gettext_lazy("Pairs without any text, %(what)s"),
    "missing": gettext_lazy("Questions without a text, %(what)s"),
    "doubtful": gettext_lazy("Questions that a text may answer, %(what)s"),
    "people": gettext_lazy("People in the regions, %(what)s"),
    "closed": gettext_lazy("People reached within 60 minutes, borders closed, %(what)s"),
    "opened": gettext_lazy("People reached within 60 minutes, borders open, %(what)s"),
    "gaining": gettext_lazy("People who gain ten minutes or more, %(what)s"),
    "teams": gettext_lazy("Teams that may go, %(what)s"),
    "capacities": gettext_lazy("Capacities"),
    "owners": gettext_lazy("Owners of capacities"),
    "functions": gettext_lazy("Functions to be rung"),
    "functions-due": gettext_lazy("Functions missing, expired or never verified"),
    "asked": gettext_lazy("Things asked in campaigns"),
    "answered": gettext_lazy("Things answered in campaigns"),
    "signed": gettext_lazy("Results signed"),
    "advice": gettext_lazy("Recommendations"),
    "actions": gettext_lazy("Actions"),
    "actions-done": gettext_lazy("Actions done"),
    "actions-late": gettext_lazy("Actions that are late"),
}


def figure_name(key: str) -> str:
    """What a figure counts; those of a capability, or between countries or regions, say of which."""
    if key in FIGURES:
        return str(FIGURES[key])
    name = next(name for name in sorted(FIGURES, key=len, reverse=True) if key.startswith(f"{name}-"))
    rest = key.removeprefix(f"{name}-")
    return str(FIGURES[name]) % {"what": BETWEEN.get(rest) or capability_name(rest)}


def compared(found: Comparison) -> tuple[Section, ...]:
    """What changed, chapter by chapter."""
    return (
        Section("figures", _("Figures that changed"), (_figure_table(found),)),
        Section("gaps", _("Gaps closed and opened"), (_gap_table(found),)),
        Section(
            "unknowns",
            _("What was established"),
            (
                _question_table("answered", _("Facts that are established now"), found.answered),
                _question_table("new-unknowns", _("Facts that became unknown, or came with a new text"), found.asked),
            ),
        ),
        Section("texts", _("Texts"), (_text_table(found),)),
    )


def _figure_table(found: Comparison) -> ReportTable:
    return ReportTable(
        key="figures",
        caption=_("From %(old)s to %(new)s") % {"old": wording.day(found.on[0]), "new": wording.day(found.on[1])},
        columns=(
            Shown(Column("figure", _("Figure"), lambda row: figure_name(row.key)), _figure_cell, 4),
            Shown(
                Column("old", _("Before"), lambda row: row.old.value if row.old else None, numeric=True),
                lambda row: _value(row.old),
                1.6,
            ),
            Shown(
                Column("new", _("After"), lambda row: row.new.value if row.new else None, numeric=True),
                lambda row: _value(row.new),
                1.6,
            ),
            Shown(Column("change", _("Difference"), lambda row: row.difference, numeric=True), _difference, 1.2),
        ),
        rows=found.figures,
        default="figure",
        empty=_("No figure changed."),
    )


def _figure_cell(row: FigureChange) -> Text:
    return figure_name(row.key)


def _value(figure: Figure | None) -> Text:
    if figure is None:
        return Run(_("not asked"), quiet=True)
    return (wording.number(figure.value), "\n", Run(said_basis(figure), quiet=True))


def _difference(row: FigureChange) -> str:
    if row.difference is None:
        return "–"
    sign = "+" if row.difference > 0 else "−"
    return f"{sign}{wording.number(abs(row.difference))}"


def _gap_table(found: Comparison) -> ReportTable:
    return ReportTable(
        key="gap-changes",
        caption=_("Help at a hazard in one direction, pair by pair"),
        columns=(
            Shown(Column("pair", _("Neighbours"), _pair), _pair, 4),
            Shown(
                Column("closed", _("Closed"), lambda row: row.closed, numeric=True),
                lambda row: wording.number(row.closed),
            ),
            Shown(
                Column("opened", _("Opened"), lambda row: row.opened, numeric=True),
                lambda row: wording.number(row.opened),
            ),
        ),
        rows=found.gaps,
        default="-closed",
        empty=_("No gap was closed, and none opened."),
    )


def _pair(row: GapChange) -> str:
    return f"{neighbour_name(row.one)} – {neighbour_name(row.other)}"


def _question_table(key: str, caption: str, rows: tuple[QuestionFact, ...]) -> ReportTable:
    return ReportTable(
        key=key,
        caption=caption,
        columns=(
            Shown(Column("text", _("Text"), lambda row: row.text), lambda row: row.text, 2),
            Shown(Column("field", _("Field"), lambda row: field_name(row.field)), lambda row: field_name(row.field), 3),
        ),
        rows=rows,
        default="text",
        empty=_("None."),
    )


def _text_table(found: Comparison) -> ReportTable:
    return ReportTable(
        key="text-changes",
        caption=_("Texts that came, went, stand otherwise, or were checked anew"),
        columns=(
            Shown(Column("text", _("Text"), _title), _title, 3),
            Shown(Column("old", _("Before"), lambda row: _stands(row.old)), lambda row: _stands(row.old), 2),
            Shown(Column("new", _("After"), lambda row: _stands(row.new)), lambda row: _stands(row.new), 2),
        ),
        rows=found.texts,
        default="text",
        empty=_("No text changed."),
    )


def _title(row: TextChange) -> str:
    text = row.new or row.old
    return in_language(text.titles) if text else row.code


def _stands(text: TextFact | None) -> str:
    if text is None:
        return _("not in the inventory")
    words = (
        _("%(standing)s; checked on %(day)s")
        if has_come(text.checked_on)
        else _("%(standing)s; checked before the exercise")
    )
    return words % {"standing": STANDINGS[text.standing], "day": wording.day(text.checked_on)}
