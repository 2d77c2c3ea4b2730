"""Is a set of agreements sound? What no single field shows: order of days, relations, codes, languages.

An error makes the set unusable (an answer from it could be wrong); a warning is for whoever keeps it true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from noaber.core.agreements.model import UNKNOWN, Agreement, Level
from noaber.core.agreements.scope import Scope
from noaber.core.agreements.wording import Wording
from noaber.core.problems import InvalidInput, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCodes:
    """The code lists that a set is checked against; `None` leaves a list unchecked."""

    capabilities: Collection[str] | None = None
    hazards: Collection[str] | None = None
    roles: Collection[str] | None = None
    channels: Collection[str] | None = None


def find_problems(agreements: Sequence[Agreement], known: KnownCodes | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a set of agreements.

    Parameters
    ----------
    agreements
        The whole set: relations are looked up in it.
    known
        Code lists to check against.

    Returns
    -------
    tuple of Problem
        At "/ID/field"; errors and warnings.
    """
    codes = known or KnownCodes()
    ids = {agreement.id for agreement in agreements}
    problems = [*_duplicates(agreements), *_circles(agreements), *_overreach(agreements)]
    for agreement in agreements:
        for check in _CHECKS:
            problems.extend(check(agreement))
        problems.extend(_relations(agreement, ids))
        problems.extend(_code_problems(agreement, codes))
    return tuple(problems)


def check_agreements(agreements: Sequence[Agreement], known: KnownCodes | None = None) -> None:
    """Raise `InvalidInput` with every error of a set; warnings pass."""
    errors = [problem for problem in find_problems(agreements, known) if problem.severity is Severity.ERROR]
    if errors:
        raise InvalidInput(errors)


def _at(agreement: Agreement, field: str) -> str:
    return f"/{agreement.id}/{field}"


def _duplicates(agreements: Iterable[Agreement]) -> Iterable[Problem]:
    counts = Counter(agreement.id for agreement in agreements)
    for identifier, count in counts.items():
        if count > 1:
            yield Problem("input.duplicate", f"/{identifier}/id", {"id": identifier})


def _days(agreement: Agreement) -> Iterable[Problem]:
    """Signed, then in force, then ended; never the other way round."""
    named = [(name, getattr(agreement, name)) for name in ("signed", "in_force", "valid_until")]
    known = [(name, day) for name, day in named if isinstance(day, date)]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            yield Problem("agreements.day-order", _at(agreement, later), {"earlier": earlier, "later": later})
    if agreement.counted_from and agreement.in_force is not UNKNOWN:
        yield Problem("agreements.counted-from", _at(agreement, "counted_from"))


def _sides(agreement: Agreement) -> Iterable[Problem]:
    for name in ("providers", "receivers"):
        if not getattr(agreement, name).all_codes:
            yield Problem("agreements.no-territory", _at(agreement, name), {"field": name})
    if not agreement.parties:
        yield Problem("agreements.no-party", _at(agreement, "parties"))


def _sources(agreement: Agreement) -> Iterable[Problem]:
    numbers = {source.number for source in agreement.sources}
    if len(numbers) < len(agreement.sources):
        yield Problem("agreements.source-twice", _at(agreement, "sources"))
    if not numbers:
        yield Problem("agreements.no-source", _at(agreement, "sources"), severity=Severity.WARNING)
    for name, remark in agreement.remarks.items():
        for number in remark.sources:
            if number not in numbers:
                where = _at(agreement, f"remarks/{name}/sources")
                yield Problem("input.reference", where, {"kind": "source", "id": number})


def _languages(agreement: Agreement) -> Iterable[Problem]:
    for place, wording in wordings_of(agreement):
        if not wording.is_complete:
            languages = ", ".join(wording.languages)
            params = {"languages": languages}
            yield Problem("agreements.languages", _at(agreement, place), params, Severity.WARNING)


def wordings_of(agreement: Agreement) -> Iterable[tuple[str, Wording]]:
    """Every wording of an agreement, with its place."""
    for field in fields(agreement):
        value = getattr(agreement, field.name)
        if isinstance(value, Wording):
            yield field.name, value
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Wording):
                    yield f"{field.name}/{index}", item
    for name, remark in agreement.remarks.items():
        if remark.supposed is not None:
            yield f"remarks/{name}/supposed", remark.supposed


def _union(agreement: Agreement) -> Iterable[Problem]:
    """The Union is shown apart; a text of another level must not speak for it, nor the other way round."""
    if (agreement.level is Level.UNION) != ("EU" in agreement.parties):
        yield Problem("agreements.union-level", _at(agreement, "level"))


_CHECKS: tuple[Callable[[Agreement], Iterable[Problem]], ...] = (_days, _sides, _sources, _languages, _union)


def _relations(agreement: Agreement, ids: Collection[str]) -> Iterable[Problem]:
    """What is supplemented or implemented must be there; a text that is replaced may be named by its title only."""
    for name in ("supplements", "implements"):
        for identifier in getattr(agreement, name):
            if identifier not in ids:
                yield Problem("input.reference", _at(agreement, name), {"kind": "agreement", "id": identifier})


def _overreach(agreements: Sequence[Agreement]) -> Iterable[Problem]:
    """A nearer text cannot put an end to a farther one: an arrangement of two communes replaces no treaty."""
    by_id = {text.id: text for text in agreements}
    for text in agreements:
        for replaced in (by_id[identifier] for identifier in text.replaces if identifier in by_id):
            if text.level.rank < replaced.level.rank:
                params = {"id": replaced.id, "level": replaced.level.value}
                yield Problem("agreements.overreach", _at(text, "replaces"), params)


def _circles(agreements: Sequence[Agreement]) -> Iterable[Problem]:
    """A text cannot stand, through others, on itself; nor replace itself."""
    below = {text.id: text.supplements + text.implements for text in agreements}
    replaced = {text.id: text.replaces for text in agreements}
    for name, edges in (("implements", below), ("replaces", replaced)):
        for start in edges:
            if _reaches_itself(start, edges):
                yield Problem("agreements.circle", f"/{start}/{name}", {"id": start})


def _reaches_itself(start: str, edges: dict[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    queue = list(edges[start])
    while queue:
        current = queue.pop()
        if current == start:
            return True
        if current not in seen:
            seen.add(current)
            queue.extend(edges.get(current, ()))
    return False


def _code_problems(agreement: Agreement, known: KnownCodes) -> Iterable[Problem]:
    """Codes that no list has."""
    used = {
        ("help_types", "capability"): (_codes_of(agreement.help_types), known.capabilities),
        ("hazards", "hazard"): (_codes_of(agreement.hazards), known.hazards),
        ("requester_roles", "role"): (_roles_of(agreement.requester_roles), known.roles),
        ("granter_roles", "role"): (_roles_of(agreement.granter_roles), known.roles),
        ("channels", "channel"): (_listed(agreement.channels), known.channels),
    }
    for (name, kind), (codes, listed) in used.items():
        for code in codes:
            if listed is not None and code not in listed:
                yield Problem("input.reference", _at(agreement, name), {"kind": kind, "id": code})


def _codes_of(scope: Scope) -> tuple[str, ...]:
    return tuple(sorted(scope.yes | scope.no | scope.unknown))


def _listed(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _roles_of(value: object) -> tuple[str, ...]:
    return tuple(authority.role for authority in value) if isinstance(value, tuple) else ()
