"""The diagram of the states is drawn from the table, and is fresh."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from noaber.core.messages.diagram import draw_diagram, draw_page
from noaber.core.messages.transitions import ROWS, Subject

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "states.md"


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_page(), (
        "the table has changed: python -m noaber.core.messages.diagram > docs/reference/states.md"
    )


def test_the_command_prints_the_page() -> None:
    command = [sys.executable, "-m", "noaber.core.messages.diagram"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert printed.stdout == draw_page()


@pytest.mark.parametrize("subject", Subject)
def test_each_diagram_has_every_move_and_nothing_else(subject: Subject) -> None:
    moves = {
        (move.source.value if move.source else "[*]", move.target.value)
        for row in ROWS
        if row.subject is subject
        for move in row.moves
    }
    head, *arrows = draw_diagram(subject).splitlines()
    drawn = {re.fullmatch(r" {4}(\S+) --> (\S+?)(?:: .+)?", line).groups() for line in arrows}
    assert head == "stateDiagram-v2"
    assert {arrow for arrow in drawn if arrow[1] != "[*]"} == moves
