"""The texts: matrix, gaps, unknowns, and the sources with their last check."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.mapping.neighbours import Between
from noaber.apps.mapping.presenters.gaps import FEW, way_words
from noaber.apps.mapping.sides import neighbour_name
from noaber.apps.mapping.words import NEARNESS, TIERS
from noaber.apps.registry.coded import capability_name, hazard_name
from noaber.apps.registry.presenters.legal_words import FIELDS, STANDINGS
from noaber.apps.reports.facts import Content, GapFact, LackFact, QuestionFact, TextFact
from noaber.apps.reports.figures import pairs_of, size_of
from noaber.apps.reports.parts import ReportTable, Section, Shown
from noaber.apps.reports.words import ANSWERS, GROUNDS, MARKS, in_language, side_name, side_short
from noaber.core.agreements.gaps import Nearness, Pair, Way
from noaber.reference.region import GEONAMES_ATTRIBUTION, NATURAL_EARTH_ATTRIBUTION
from noaber.reference.vocabulary import load_capabilities, load_hazards
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.pdf import Cell, Heading, Matrix, Paragraph, Run, Text
from noaber.web.tables import Column

_BREAKS: Final = re.compile(r"(?<=[\w.])([/_?&=.-])(?=\w)")


def matrix(content: Content) -> Section:
    """Who may help whom, for any help at any hazard."""
    names = [side_name(side) for side in content.sides]
    rows = [
        (
            name,
            [
                Cell(MARKS[cell.kind] + (str(cell.open_facts) if cell.kind == "open" else ""), GROUNDS[cell.kind])
                for cell in row
            ],
        )
        for name, row in zip(names, content.matrix, strict=True)
    ]
    legend = [(Cell(MARKS[kind] or " ", GROUNDS[kind]), str(words)) for kind, words in ANSWERS.items()]
    table = Matrix(
        corner=_("The row helps the column"),
        columns=[side_short(side) for side in content.sides],
        rows=rows,
        caption=_("Who may help whom with any help at any hazard, as of %(day)s") % {"day": wording.day(content.on)},
        legend=legend,
    )
    note = _(
        "A figure beside a half circle counts the facts of the text named first that nobody has established. The Union "
        "mechanism, where both sides take part in it, is the last way for every pair and makes no cell better."
    )
    return Section("matrix", _("Who may help whom"), (table, Paragraph(note, quiet=True)))


# gaps


def gaps(content: Content) -> Section:
    """Pair by pair, the countries with what is missing help by help, the regions and districts in one table each."""
    lead = _(
        "A gap is a help at a hazard that no local, regional, Benelux or bilateral text covers in one direction. "
        "As of %(day)s."
    ) % {"day": wording.day(content.on)}
    return Section(
        "gaps",
        _("Gaps between neighbours"),
        (
            Paragraph(lead, quiet=True),
            _gap_table(content, Between.COUNTRIES, "gaps", _("Between countries")),
            _gap_table(content, Between.REGIONS, "gaps-regions", _("Between regions at a border")),
            _gap_table(content, Between.DISTRICTS, "gaps-districts", _("Between districts at a border")),
        ),
    )


def _gap_table(content: Content, between: Between, key: str, caption: str) -> ReportTable:
    every = pairs_of(content, between)
    lacking = [gap for gap in every if gap.missing or gap.unknown]
    rows = list(every) if between is Between.COUNTRIES else lacking
    return ReportTable(
        key=key,
        caption=caption,
        columns=(
            Shown(Column("pair", _("Neighbours"), pair_name), _pair_cell, 2.1),
            Shown(Column("missing", _("No text"), lambda gap: size_of(gap.missing)), _missing_cell, 1.7),
            Shown(Column("unknown", _("Unknown"), lambda gap: size_of(gap.unknown)), _unknown_cell, 2.1),
            Shown(Column("texts", _("Covered by"), _codes), lambda gap: _covered(content, gap), 2.8),
        ),
        rows=rows,
        default="-missing",
        empty=ngettext(
            "%(count)s pair was asked: a text covers every help at every hazard, both ways.",
            "%(count)s pairs were asked: for each of them some text covers every help at every hazard, both ways.",
            len(every),
        )
        % {"count": len(every)},
    )


def pair_name(gap: GapFact) -> str:
    return f"{neighbour_name(gap.one)} – {neighbour_name(gap.other)}"


def _pair_cell(gap: GapFact) -> Text:
    return (Run(pair_name(gap), bold=True), "\n", Run(str(NEARNESS[Nearness(gap.nearness)]), quiet=True))


def _missing_cell(gap: GapFact) -> Text:
    return _lacks(gap, gap.missing) or Run(_("nothing"), quiet=True)


def _unknown_cell(gap: GapFact) -> Text:
    return _lacks(gap, gap.unknown) or Run(_("nothing"), quiet=True)


def _lacks(gap: GapFact, lacks: tuple[LackFact, ...]) -> str:
    return "\n".join(_lack(gap, lack) for lack in lacks)


def _lack(gap: GapFact, lack: LackFact) -> str:
    way = way_words(Way(lack.way), Pair(gap.one, gap.other, Nearness(gap.nearness)))
    return _("%(way)s: %(helps)s; %(hazards)s") % {
        "way": way,
        "helps": helps_words(lack.capabilities),
        "hazards": hazards_words(lack.hazards),
    }


def helps_words(codes: tuple[str, ...]) -> str:
    """Every help; a few by name; else how many."""
    if set(codes) >= set(load_capabilities()):
        return _("every help")
    if len(codes) <= FEW:
        return ", ".join(map(capability_name, codes))
    return ngettext("%(count)s kind of help", "%(count)s kinds of help", len(codes)) % {"count": len(codes)}


def hazards_words(codes: tuple[str, ...]) -> str:
    if set(codes) >= set(load_hazards()):
        return _("every hazard")
    if len(codes) <= FEW:
        return ", ".join(map(hazard_name, codes))
    return ngettext("%(count)s hazard", "%(count)s hazards", len(codes)) % {"count": len(codes)}


def _codes(gap: GapFact) -> str | None:
    return ", ".join((*gap.texts, *gap.doubtful)) or None


def _covered(content: Content, gap: GapFact) -> Text:
    if gap.texts or gap.doubtful:
        sure = [text_name(content.text(code)) for code in gap.texts]
        maybe = [_("perhaps %(text)s") % {"text": text_name(content.text(code))} for code in gap.doubtful]
        return "\n".join([*sure, *maybe])
    return Run(_("the Union mechanism only") if gap.union else _("nothing at all"), quiet=True)


def text_name(text: TextFact) -> str:
    """Its title with the level and year."""
    year = str(text.year) if text.year else _("undated")
    return f"{in_language(text.titles)} ({TIERS[text.tier]}, {year})"


# unknowns


@dataclass(frozen=True)
class _Unknown:
    """A text with its open questions."""

    text: TextFact
    questions: tuple[QuestionFact, ...]


def unknowns(content: Content) -> Section:
    """Per text and per field."""
    by_text: dict[str, list[QuestionFact]] = {}
    for question in content.questions:
        by_text.setdefault(question.text, []).append(question)
    rows = [_Unknown(content.text(code), tuple(found)) for code, found in by_text.items()]
    rows.sort(key=lambda row: -len(row.questions))
    fields = Counter(question.field for question in content.questions).most_common()
    lead = _("Unknown is a value: something may well be written, and nobody has established what. As of %(day)s.")
    return Section(
        "unknowns",
        _("What is unknown"),
        (
            Paragraph(lead % {"day": wording.day(content.on)}, quiet=True),
            ReportTable(
                key="unknown-fields",
                caption=_("By field"),
                columns=(
                    Shown(
                        Column("field", _("Field"), lambda row: field_name(row[0])), lambda row: field_name(row[0]), 4
                    ),
                    Shown(Column("count", _("Texts"), lambda row: row[1], numeric=True), lambda row: str(row[1]), 1),
                ),
                rows=fields,
                default="-count",
                empty=_("Everything is established."),
            ),
            ReportTable(
                key="unknown-texts",
                caption=_("By text"),
                columns=(
                    Shown(
                        Column("text", _("Text"), lambda row: text_name(row.text)), lambda row: text_name(row.text), 2.4
                    ),
                    Shown(
                        Column("count", _("Open"), lambda row: len(row.questions), numeric=True),
                        lambda row: str(len(row.questions)),
                        "auto",
                    ),
                    Shown(Column("fields", _("Which"), lambda row: _field_list(row.questions)), _fields_cell, 4),
                ),
                rows=rows,
                default="-count",
                empty=_("Everything is established."),
            ),
        ),
    )


def _counted_field(row: tuple[str, int]) -> str:
    return field_name(row[0])


def _unknown_text(row: _Unknown) -> str:
    return text_name(row.text)


def field_name(name: str) -> str:
    return str(FIELDS[name])


def _field_list(questions: tuple[QuestionFact, ...]) -> str:
    return ", ".join(field_name(question.field) for question in questions)


def _fields_cell(row: _Unknown) -> Text:
    """The fields; those that someone was asked about say who, until when."""
    open_ones = [question for question in row.questions if not question.asked_of]
    asked = [question for question in row.questions if question.asked_of]
    lines = [_field_list(tuple(open_ones))] if open_ones else []
    lines += [_asked(question) for question in asked]
    return "\n".join(lines)


def _asked(question: QuestionFact) -> str:
    day = wording.day(question.due_on) if question.due_on else ""
    return _("%(field)s: asked of %(organisation)s by %(day)s") % {
        "field": field_name(question.field),
        "organisation": question.asked_of,
        "day": day,
    }


# sources


def sources(content: Content) -> Section:
    """Every text with how it stands, who checked it last, and where it is read."""
    return Section(
        "sources",
        _("Sources"),
        (
            ReportTable(
                key="sources",
                caption=_("Texts, with their last check and where they are read"),
                columns=(
                    Shown(Column("text", _("Text"), lambda text: in_language(text.titles)), _title_cell, 2.2),
                    Shown(Column("standing", _("Standing"), _standing), _standing, 1.1),
                    Shown(
                        Column("checked", _("Last check"), lambda text: text.checked_on),
                        lambda text: (wording.checked_day(text.checked_on), "\n", Run(text.checked_by, quiet=True)),
                        1.1,
                    ),
                    Shown(
                        Column("source", _("Read in"), lambda text: ", ".join(text.sources) or None), _source_cell, 4
                    ),
                ),
                rows=sorted(content.texts, key=lambda text: in_language(text.titles).casefold()),
                default="text",
            ),
            Heading(_("Places and roads"), level=2),
            Paragraph("\n".join(_reference(content))),
        ),
    )


def _title_cell(text: TextFact) -> Text:
    year = str(text.year) if text.year else _("undated")
    return (in_language(text.titles), "\n", Run(f"{text.code}, {TIERS[text.tier]}, {year}", quiet=True))


def _standing(text: TextFact) -> str:
    return str(STANDINGS[text.standing])


def _source_cell(text: TextFact) -> Text:
    if not text.sources:
        return Run(_("unknown"), quiet=True)
    addresses = list(dict.fromkeys(text.sources))
    last = len(addresses) - 1
    return [
        Run(
            _breakable(source) + ("\n" if number < last else ""),
            url=source if source.startswith("https://") else "",
        )
        for number, source in enumerate(addresses)
    ]


def _breakable(address: str) -> str:
    """An address that may be broken after its strokes and signs, and nowhere gets a hyphen."""
    return _BREAKS.sub("\\1\N{ZERO WIDTH SPACE}", address)


def _reference(content: Content) -> list[str]:
    return [_(GEONAMES_ATTRIBUTION), _(NATURAL_EARTH_ATTRIBUTION), _roads(content)]


def _roads(content: Content) -> str:
    if content.roads_on is None:
        if content.has_main_roads:
            return _("Roads: the main roads of the region, as public facts say them; minutes are approximate.")
        return _("Roads: none; minutes are estimated from the distance.")
    if not has_come(content.roads_on):
        return _("Roads: OpenStreetMap, © OpenStreetMap contributors")
    words = (
        _("Roads: OpenStreetMap, © OpenStreetMap contributors, network built on %(day)s")
        if content.is_day_built
        else _("Roads: OpenStreetMap, © OpenStreetMap contributors, as of %(day)s")
    )
    return words % {"day": wording.day(content.roads_on)}
