"""Two reports compared: figures that changed, gaps closed and opened, what was unknown and is not any more. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from noaber.apps.reports.facts import Content, Figure, GapFact, LackFact, QuestionFact, TextFact
from noaber.core.agreements.gaps import Way

Pair = tuple[str, str, str]
"""Between what, one, other."""
Question = tuple[Pair, str, str, str]
"""A pair, from whom to whom, help and hazard."""


@dataclass(frozen=True)
class FigureChange:
    """A figure that is in both, or in one of them."""

    key: str
    old: Figure | None
    new: Figure | None

    @property
    def difference(self) -> int | None:
        return self.new.value - self.old.value if self.old and self.new else None


@dataclass(frozen=True)
class GapChange:
    """Between two neighbours: how many questions without a text have one now, and the other way round."""

    between: str
    one: str
    other: str
    closed: int
    opened: int


@dataclass(frozen=True)
class TextChange:
    """A text that came, went, stands otherwise, or was checked anew."""

    code: str
    old: TextFact | None
    new: TextFact | None


@dataclass(frozen=True)
class Comparison:
    """What differs between an older and a newer report."""

    on: tuple[date, date]
    figures: tuple[FigureChange, ...]
    gaps: tuple[GapChange, ...]
    answered: tuple[QuestionFact, ...]
    asked: tuple[QuestionFact, ...]
    texts: tuple[TextChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.gaps or self.answered or self.asked or self.texts)


def compare(old: Content, new: Content) -> Comparison:
    """What changed from `old` to `new`."""
    before, after = _questions(old), _questions(new)
    return Comparison(
        on=(old.on, new.on),
        figures=tuple(_figures(old, new)),
        gaps=tuple(_gaps(old, new)),
        answered=tuple(question for key, question in before.items() if key not in after),
        asked=tuple(question for key, question in after.items() if key not in before),
        texts=tuple(_texts(old, new)),
    )


def _questions(content: Content) -> dict[tuple[str, str], QuestionFact]:
    return {(question.text, question.field): question for question in content.questions}


def _figures(old: Content, new: Content) -> Iterator[FigureChange]:
    before, after = ({figure.key: figure for figure in content.figures} for content in (old, new))
    for key in dict.fromkeys([*after, *before]):
        change = FigureChange(key, before.get(key), after.get(key))
        if change.difference != 0:
            yield change


def _gaps(old: Content, new: Content) -> Iterator[GapChange]:
    before, after = set(_missing(old)), set(_missing(new))
    closed = Counter(question[0] for question in before - after)
    opened = Counter(question[0] for question in after - before)
    for pair in sorted(closed.keys() | opened.keys()):
        yield GapChange(*pair, closed[pair], opened[pair])


def _missing(content: Content) -> Iterator[Question]:
    """Each question that no text answers, by itself."""
    for gap in content.gaps:
        for lack in gap.missing:
            yield from _of_lack(gap, lack)


def _of_lack(gap: GapFact, lack: LackFact) -> Iterator[Question]:
    pair = (gap.between, gap.one, gap.other)
    ways = (Way.THERE, Way.BACK) if lack.way == Way.BOTH else (Way(lack.way),)
    for way in ways:
        for capability in lack.capabilities:
            for hazard in lack.hazards:
                yield pair, way.value, capability, hazard


def _texts(old: Content, new: Content) -> Iterator[TextChange]:
    before, after = ({text.code: text for text in content.texts} for content in (old, new))
    for code in sorted(before.keys() | after.keys()):
        change = TextChange(code, before.get(code), after.get(code))
        if change.old != change.new and _says_otherwise(change):
            yield change


def _says_otherwise(change: TextChange) -> bool:
    if change.old is None or change.new is None:
        return True
    old, new = change.old, change.new
    return (old.standing, old.checked_on) != (new.standing, new.checked_on)
