"""Problem codes and their sentences: no code without a sentence, no sentence that nothing raises, each in its place."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

import noaber
from noaber.core.problems import PROBLEM_TEXTS, Problem, add_problem_texts

SOURCE = Path(noaber.__file__).parent
TEXT_FILES = ("problem_texts.py", "refusal_texts.py")
CODE = re.compile(r"([a-z]+)\.[a-z][\w.-]*(?<!\.json)")
TOLD_BY_CODE = ("Problem", "NotAllowed", "BadText")


@dataclass
class Strings(ast.NodeVisitor):
    """The strings of the source, without the texts themselves: whole ones, and patterns of composed ones."""

    whole: set[str] = field(default_factory=set)
    composed: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.whole.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)" for part in node.values]
        if re.match(r"[a-z]+\\\.", parts[0]):
            self.composed.add("".join(parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "add_problem_texts":
            return
        if name in TOLD_BY_CODE and node.args and isinstance(node.args[0], ast.Constant):
            self.told.add(str(node.args[0].value))
        self.generic_visit(node)


@cache
def strings() -> Strings:
    found = Strings()
    for file in SOURCE.rglob("*.py"):
        if file.name not in TEXT_FILES and "migrations" not in file.parts:
            found.visit(ast.parse(file.read_text(encoding="utf-8")))
    return found


@cache
def texts() -> dict[str, str]:
    """All of them: those of every package, and of the two modules outside packages that have their own."""
    for file in SOURCE.rglob(TEXT_FILES[0]):
        importlib.import_module(".".join(("noaber", *file.parent.relative_to(SOURCE).parts)))
    importlib.import_module("noaber.cluster")
    importlib.import_module("noaber.mirror")
    return PROBLEM_TEXTS


def test_every_code_has_its_text() -> None:
    families = {code.split(".")[0] for code in texts()}
    named = {text for text in strings().whole if (match := CODE.fullmatch(text)) and match[1] in families}
    assert (named | strings().told) - texts().keys() == set()


def test_every_text_is_raised_somewhere() -> None:
    """By its code, or by one that is composed of words that stand in the source."""
    found = strings()

    def is_composed(code: str) -> bool:
        matches = (re.fullmatch(pattern, code) for pattern in found.composed)
        return any(match and set(match.groups()) <= found.whole for match in matches)

    assert [code for code in texts() if code not in found.whole and not is_composed(code)] == []


def test_a_code_has_one_text() -> None:
    add_problem_texts({"input.missing": texts()["input.missing"]})
    with pytest.raises(KeyError, match="two texts"):
        add_problem_texts({"input.missing": "Another."})
    assert Problem("input.missing", params={"key": "lat"}).message == "“lat” is missing."


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="unknown problem code"):
        Problem("input.no-such-code")


def test_below_the_apps_no_problem_needs_their_texts() -> None:
    """Commands that work without Django tell problems too."""
    told, names = Strings(), []
    for file in [*SOURCE.glob("core/**/*.py"), *SOURCE.glob("reference/*.py"), *SOURCE.glob("*.py")]:
        told.visit(ast.parse(file.read_text(encoding="utf-8")))
        names.append(".".join(("noaber", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"))
    script = (
        f"import importlib; [importlib.import_module(name) for name in {names!r}];"
        "from noaber.core.problems import PROBLEM_TEXTS; print(*PROBLEM_TEXTS)"
    )
    known = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert told.told
    assert told.told - set(known) == set()
