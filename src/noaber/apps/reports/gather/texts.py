"""The texts of a report: inventory, matrix, gaps, what nobody has established."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.apps.accounts.models import Organisation
from noaber.apps.mapping.models.questions import QuestionState
from noaber.apps.mapping.neighbours import Between, district_sides, pairs_between
from noaber.apps.mapping.questions import open_questions
from noaber.apps.mapping.region import RegionMatrix, region_matrix
from noaber.apps.mapping.region import RegionQuery as MatrixAsked
from noaber.apps.mapping.sides import Rows, sides_of
from noaber.apps.registry.models import AgreementRow
from noaber.apps.registry.queries import agreement_of
from noaber.apps.reports.facts import CellFact, GapFact, LackFact, QuestionFact, SideFact, TextFact
from noaber.core.agreements import Agreement, unknown_fields
from noaber.core.agreements.gaps import Lack, PairGaps, find_gaps
from noaber.core.agreements.narrow import EVERY_TEXT
from noaber.core.agreements.standing import standing_on
from noaber.core.agreements.tiers import tier_of
from noaber.reference.vocabulary import load_capabilities, load_hazards

LANGUAGES: Final = ("nl", "fr", "de", "en")


def text_facts(rows: list[AgreementRow], on: date) -> tuple[TextFact, ...]:
    """Each text with its standing on the day."""
    texts = {row.code: agreement_of(row) for row in rows}
    return tuple(_text(row, texts[row.code], tuple(texts.values()), on) for row in rows)


def _text(row: AgreementRow, text: Agreement, inventory: tuple[Agreement, ...], on: date) -> TextFact:
    return TextFact(
        code=text.id,
        titles={language: text.title.in_language(language) for language in LANGUAGES},
        year=text.year,
        tier=tier_of(text).value,
        standing=standing_on(text, inventory, on).value,
        keeper=row.owner.code,
        checked_on=text.checked.on,
        checked_by=text.checked.by,
        sources=tuple(source.address for source in text.sources),
        unknown=unknown_fields(text),
    )


def matrix_facts(
    texts: tuple[Agreement, ...], on: date
) -> tuple[tuple[SideFact, ...], tuple[tuple[CellFact, ...], ...]]:
    """Who may help whom: any help, any hazard; the countries with the states that act for themselves."""
    asked = MatrixAsked(capability=None, hazard=None, on=on, narrowing=EVERY_TEXT)
    matrix: RegionMatrix = region_matrix(sides_of(Rows.STATES), texts, asked)
    sides = tuple(SideFact(side.code, side.territory) for side in matrix.sides)
    rows = tuple(
        tuple(CellFact(cell.kind, cell.text.id if cell.text else "", cell.open_facts, cell.union) for cell in row)
        for row in matrix.rows
    )
    return sides, rows


def gap_facts(texts: tuple[Agreement, ...], on: date) -> tuple[GapFact, ...]:
    """Every help at every hazard, between countries, regions and districts at a border."""
    capabilities, hazards = tuple(load_capabilities()), tuple(load_hazards())
    return tuple(
        _gap(between, found)
        for between in Between
        for found in find_gaps(
            pairs_between(between),
            texts,
            capabilities=capabilities,
            hazards=hazards,
            on=on,
            organisations=district_sides(),
        )
    )


def _gap(between: Between, found: PairGaps) -> GapFact:
    return GapFact(
        between=between.value,
        one=found.pair.one,
        other=found.pair.other,
        nearness=found.pair.nearness.value,
        asked=found.asked,
        missing=tuple(map(_lack, found.missing)),
        unknown=tuple(map(_lack, found.unknown)),
        texts=tuple(text.id for text in found.texts),
        doubtful=tuple(text.id for text in found.doubtful),
        union=found.union,
    )


def _lack(lack: Lack) -> LackFact:
    return LackFact(lack.way.value, lack.capabilities, lack.hazards)


def question_facts(reader: Organisation) -> tuple[QuestionFact, ...]:
    """What nobody has established, with whom it was asked of."""
    return tuple(
        QuestionFact(
            question.text.id,
            question.field,
            question.state.value,
            question.asked.organisation.code if question.asked and question.state == QuestionState.ASSIGNED else "",
            question.due_on,
        )
        for question in open_questions(reader)
        if question.is_unknown
    )
