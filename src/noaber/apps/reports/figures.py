"""The figures of the overview, computed from the facts of a report. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from noaber.apps.mapping.neighbours import Between
from noaber.apps.mapping.sides import NATIONAL
from noaber.apps.registry.contact_state import Freshness
from noaber.apps.reports.facts import Content, Figure, GapFact, LackFact, MinutesFact
from noaber.core.agreements.gaps import Way
from noaber.core.agreements.standing import Standing

COUNTED: Final = (Standing.IN_FORCE, Standing.COUNTED)
RELIABLE: Final = (Freshness.FRESH, Freshness.SOON)
WITHIN: Final = 1
"""Of 30, 60 and 120 minutes, the middle one."""
_DONE: Final = "done"


def figures_of(content: Content) -> Content:
    """The same content with its figures, each with its day."""
    return replace(
        content, figures=(*_of_texts(content), *_of_gaps(content), *_of_minutes(content), *_of_people(content))
    )


def size_of(lacks: tuple[LackFact, ...]) -> int:
    """How many questions: a help at a hazard in one direction is one."""
    return sum(len(lack.capabilities) * len(lack.hazards) * (2 if lack.way == Way.BOTH else 1) for lack in lacks)


def pairs_of(content: Content, between: Between) -> tuple[GapFact, ...]:
    return tuple(gap for gap in content.gaps if gap.between == between)


def kind_of(gap: GapFact) -> str:
    """Missing, unknown or complete."""
    if gap.missing:
        return "missing"
    return "unknown" if gap.unknown else "complete"


def is_without_text(gap: GapFact) -> bool:
    """Whether nothing at all that was asked is, or may be, covered."""
    return size_of(gap.missing) == gap.asked


def _of_texts(content: Content) -> Iterator[Figure]:
    on = content.on
    yield Figure("texts", len(content.texts), on)
    yield Figure("texts-counted", sum(text.standing in COUNTED for text in content.texts), on)
    oldest = min((text.checked_on for text in content.texts), default=on)
    yield Figure("texts-checked", len(content.texts), oldest)
    yield Figure("unknowns", len(content.questions), on)
    yield Figure("unknowns-texts", len({question.text for question in content.questions}), on)
    yield Figure("unknowns-asked", sum(bool(question.asked_of) for question in content.questions), on)
    late = sum(question.due_on is not None and question.due_on < on for question in content.questions)
    yield Figure("unknowns-late", late, on)
    countries = [index for index, side in enumerate(content.sides) if side.code in NATIONAL.values()]
    cells = [content.matrix[row][column] for row in countries for column in countries if row != column]
    yield Figure("pairs", len(cells), on)
    for kind in ("complete", "open", "unknown", "missing"):
        yield Figure(f"pairs-{kind}", sum(cell.kind == kind for cell in cells), on)


def _of_gaps(content: Content) -> Iterator[Figure]:
    on = content.on
    for between in Between:
        gaps = pairs_of(content, between)
        yield Figure(f"neighbours-{between.value}", len(gaps), on)
        yield Figure(f"gaps-{between.value}", sum(bool(gap.missing) for gap in gaps), on)
        yield Figure(f"no-text-{between.value}", sum(map(is_without_text, gaps)), on)
        yield Figure(f"missing-{between.value}", sum(size_of(gap.missing) for gap in gaps), on)
        yield Figure(f"doubtful-{between.value}", sum(size_of(gap.unknown) for gap in gaps), on)


def _of_minutes(content: Content) -> Iterator[Figure]:
    for minutes in content.minutes:
        yield from _of_capability(minutes, content.on)


def _of_capability(minutes: MinutesFact, on: date) -> Iterator[Figure]:
    every = minutes.regions[-1]
    values = {
        "people": every.people,
        "closed": every.closed[WITHIN],
        "opened": every.opened[WITHIN],
        "gaining": every.gaining,
        "teams": minutes.teams,
    }
    for key, value in values.items():
        yield Figure(f"{key}-{minutes.capability}", value, on, minutes.basis)


def _of_people(content: Content) -> Iterator[Figure]:
    on = content.on
    states = [owner.oldest_state_on for owner in content.owners if owner.oldest_state_on]
    yield Figure("capacities", sum(owner.capacities for owner in content.owners), min(states, default=on))
    yield Figure("owners", len(content.owners), on)
    functions = [state for contact in content.contacts for state in contact.fields.values()]
    yield Figure("functions", len(functions), on)
    yield Figure("functions-due", sum(state not in RELIABLE for state in functions), on)
    actions = {action.number: action for advice in content.advice for action in advice.actions}.values()
    yield Figure("asked", sum(campaign.asked for campaign in content.campaigns), on)
    yield Figure("answered", sum(campaign.answered for campaign in content.campaigns), on)
    yield Figure("signed", sum(campaign.signed_on is not None for campaign in content.campaigns), on)
    yield Figure("advice", len(content.advice), on)
    yield Figure("actions", len(actions), on)
    yield Figure("actions-done", sum(action.state == _DONE for action in actions), on)
    yield Figure("actions-late", sum(action.late for action in actions), on)
