"""The page `docs/reference/states.md`, drawn from the transition table.

`python -m noaber.core.messages.diagram > docs/reference/states.md` writes it; a house test fails when it is out of
date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from noaber.core.messages.states import State
from noaber.core.messages.transitions import GUARDS, ROWS, Actor, Move, Row, Subject

_INTRODUCTION = """\
# States and transitions

Made from the table in `src/noaber/core/messages/transitions.py` by
`python -m noaber.core.messages.diagram > docs/reference/states.md`; do not edit it here. What the messages are and
how they fold: [message-flow.md](../algorithms/message-flow.md).

A number is the row of the table; C is the consumer, who asks and receives, S the supplier, who owns and sends. Steps
without a number of their own (a question, a price, a note on where teams are) change no state.
"""

_TITLES = {
    Subject.REQUEST: "Request",
    Subject.OFFER: "Offer",
    Subject.DEPLOYMENT: "Deployment",
    Subject.COST: "Cost file",
}
_NOTES = {
    Subject.REQUEST: "DRAFT and AUTHORISED are kept by the site: no message has been sent yet. Timer and sum (rows 8 "
    "and 13) are derived whenever the exchange is read. An answer to a line (row 4) acknowledges too.",
    Subject.OFFER: "The offer's id stays the id of the deployment that comes of it.",
    Subject.DEPLOYMENT: "Rows 18 to 21 leave the state and raise or lower the flags `extension_pending` and "
    "`return_pending`; both go down when the teams leave.",
    Subject.COST: "No message carries it yet, so no step leads here.",
}
_ACTORS = {
    Actor.CONSUMER: "C",
    Actor.SUPPLIER: "S",
    Actor.EITHER: "C or S",
    Actor.SYSTEM: "system",
    Actor.AUTHORITY: "authority",
}


def draw_page() -> str:
    """The whole page, as Markdown with one Mermaid diagram for each kind of thing."""
    parts = [_INTRODUCTION]
    for subject, title in _TITLES.items():
        parts.append(f"## {title}\n\n{_NOTES[subject]}\n\n```mermaid\n{draw_diagram(subject)}\n```\n")
    parts.append("## The table\n\n" + "\n".join(_table()) + "\n")
    return "\n".join(parts)


def draw_diagram(subject: Subject) -> str:
    """The Mermaid state diagram of one kind of thing; moves between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row, move in _moves(subject):
        between = (move.source.value if move.source else "[*]", move.target.value)
        label = f"{row.number} {_ACTORS[row.actor]}"
        if label not in arrows.setdefault(between, []):
            arrows[between].append(label)
    lines = [f"    {source} --> {target}: {', '.join(labels)}" for (source, target), labels in arrows.items()]
    ends = [f"    {state} --> [*]" for state in _ends(subject)]
    return "\n".join(["stateDiagram-v2", *lines, *ends])


def _moves(subject: Subject) -> Iterator[tuple[Row, Move]]:
    for row in ROWS:
        if row.subject is subject:
            yield from ((row, move) for move in row.moves)


def _ends(subject: Subject) -> list[str]:
    """The states that no move leaves."""
    moves = [move for _, move in _moves(subject)]
    left = {move.source for move in moves}
    return list(dict.fromkeys(move.target.value for move in moves if move.target not in left))


def _table() -> Iterator[str]:
    yield "| # | Object | From | To | Message | Actor | Guard |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in ROWS:
        cells = (
            str(row.number),
            _TITLES[row.subject],
            _states(move.source for move in row.moves),
            _states(move.target for move in row.moves),
            ", ".join(row.messages) or "none",
            _ACTORS[row.actor],
            _guard(row),
        )
        yield f"| {' | '.join(cells)} |"


def _states(states: Iterable[State | None]) -> str:
    return ", ".join(dict.fromkeys(state.value if state else "(none)" for state in states))


def _guard(row: Row) -> str:
    words = [GUARDS[row.guard]] if row.guard else []
    if row.needs:
        words.append(f"needs and clears `{row.needs}`")
    if row.sets:
        words.append(f"sets `{row.sets}`")
    return "; ".join(words)


if __name__ == "__main__":
    sys.stdout.write(draw_page())
