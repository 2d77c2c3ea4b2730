"""What can be wrong with an input, and the exceptions that carry it.

A reader collects every problem, not the first one, and raises them together. The English sentence of each code
stands in the `problem_texts.py` of the package that raises it; pages translate it by that sentence. A sentence is
whole, with a full stop, the thing's own name and, where there is one, the next step; its placeholders are named.

    NoaberError
    ├── InvalidInput    the input cannot be used; carries every problem found
    ├── NotAllowed      understood, but a rule forbids it; carries the one reason
    └── NotFound        there is no such thing, or the asker may not know of it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PROBLEM_TEXTS: dict[str, str] = {}


def add_problem_texts(texts: Mapping[str, str]) -> None:
    """Make the sentences of a package known, by code.

    Its `__init__` does so, and Python runs that before any module of the package: no problem is without its sentence.
    """
    for code, text in texts.items():
        if PROBLEM_TEXTS.setdefault(code, text) != text:
            raise KeyError(f"two texts for the problem code {code!r}")


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where.

    Parameters
    ----------
    code
        Stable, never shown to a user.
    where
        The place in the input: a JSON pointer, "row 12, column lon", an XPath or a line.
    params
        What the sentence names, by the placeholders of its text.
    """

    code: str
    where: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.code not in PROBLEM_TEXTS:
            raise KeyError(f"unknown problem code {self.code!r}")

    @property
    def text(self) -> str:
        """The English sentence as it is translated, with its placeholders."""
        return PROBLEM_TEXTS[self.code]

    @property
    def message(self) -> str:
        """The English sentence, with its parameters filled in."""
        return self.text % self.params

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class NoaberError(Exception):
    """The root of every error that Noaber raises on purpose."""


class InvalidInput(NoaberError):
    """An input that cannot be used."""

    def __init__(self, problems: Iterable[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        super().__init__("; ".join(str(problem) for problem in self.problems))


class NotAllowed(NoaberError):
    """A step that a rule forbids, with the reason."""

    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.problem = Problem(code, where, params)
        super().__init__(str(self.problem))


class NotFound(NoaberError):
    """There is no such thing, as far as the asker may know."""
