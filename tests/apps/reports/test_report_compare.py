"""What a comparison of two reports says; and what is stored is read back as it was."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from noaber.apps.reports.compare import compare
from noaber.apps.reports.enums import Basis
from noaber.apps.reports.facts import (
    Content,
    Figure,
    GapFact,
    LackFact,
    QuestionFact,
    TextFact,
    decode_content,
    digest_of,
    encode_content,
)
from noaber.apps.reports.figures import figures_of
from noaber.apps.reports.gather.whole import highest

ON = datetime.date(2024, 6, 24)


def make_gap(*missing: LackFact, one: str = "FR", other: str = "NL") -> GapFact:
    return GapFact("countries", one, other, "next-but-one", 8, missing, (), (), (), True)


def make_text(code: str = "NL-BE-1984", **fields: Any) -> TextFact:
    given: dict[str, Any] = {
        "code": code,
        "titles": {"en": code},
        "year": 1984,
        "tier": "bilateral",
        "standing": "in-force",
        "keeper": "NL-NCC",
        "checked_on": ON,
        "checked_by": "somebody",
        "sources": ("https://example.org/a",),
        "unknown": ("cost_rule",),
    }
    return TextFact(**given | fields)


def make_content(**fields: Any) -> Content:
    given: dict[str, Any] = {
        "version": 1,
        "made_at": datetime.datetime(2024, 6, 24, 12, 0, tzinfo=datetime.UTC),
        "on": ON,
        "organisation": "NL-NCC",
        "status": "Exercise",
        "hazard": "flood",
        "tlp": "GREEN",
        "roads_on": None,
        "closures": 0,
        "figures": (),
        "texts": (make_text(),),
        "sides": (),
        "matrix": (),
        "gaps": (make_gap(LackFact("both", ("HCP", "BOAT"), ("flood", "storm"))),),
        "questions": (QuestionFact("NL-BE-1984", "cost_rule", "open"),),
        "cells": (),
        "minutes": (),
        "owners": (),
        "contacts": (),
        "advice": (),
        "campaigns": (),
    }
    return figures_of(Content(**given | fields))


def test_a_report_says_nothing_new_against_itself() -> None:
    assert compare(make_content(), make_content()).is_empty


def test_what_is_stored_is_read_back_as_it_was() -> None:
    content = make_content()
    stored = json.loads(json.dumps(encode_content(content)))

    assert decode_content(stored) == content
    assert digest_of(stored) == digest_of(encode_content(content))
    assert digest_of(stored) != digest_of(encode_content(replace(content, hazard="fire")))


def test_gaps_are_counted_question_by_question_in_each_direction() -> None:
    before = make_content()
    narrower = make_gap(LackFact("there", ("HCP",), ("flood", "storm")), LackFact("back", ("AMB",), ("flood",)))
    after = make_content(gaps=(narrower,))

    [change] = compare(before, after).gaps

    assert (change.one, change.other) == ("FR", "NL")
    assert (change.closed, change.opened) == (6, 1)
    [back] = compare(after, before).gaps
    assert (back.closed, back.opened) == (1, 6)


def test_a_figure_tells_old_and_new_with_its_day() -> None:
    before, after = make_content(), make_content(questions=(), on=ON + datetime.timedelta(days=30))

    found = compare(before, after)
    changed = {change.key: change for change in found.figures}

    assert changed["unknowns"].old == Figure("unknowns", 1, ON, Basis.COUNTED)
    assert changed["unknowns"].new == Figure("unknowns", 0, ON + datetime.timedelta(days=30), Basis.COUNTED)
    assert changed["unknowns"].difference == -1
    assert "texts" not in changed
    assert [(question.text, question.field) for question in found.answered] == [("NL-BE-1984", "cost_rule")]
    assert found.asked == ()


def test_a_text_that_ended_or_came_is_told() -> None:
    before = make_content(texts=(make_text(), make_text("BE-FR-1981")))
    after = make_content(texts=(make_text(standing="ended"), make_text("LU-NL-2025"), make_text("BE-FR-1981")))

    assert [(change.code, change.old is None) for change in compare(before, after).texts] == [
        ("LU-NL-2025", True),
        ("NL-BE-1984", False),
    ]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [([], "GREEN"), (["CLEAR"], "GREEN"), (["GREEN", "AMBER+STRICT", "AMBER"], "AMBER+STRICT"), (["RED"], "RED")],
)
def test_the_label_is_the_strictest_of_all_and_never_open_to_everyone(labels: list[str], expected: str) -> None:
    assert highest(labels) == expected
