"""Who is there and what is to be done: capacities, contacts, recommendations with their actions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from noaber.apps.accounts.models import Organisation
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.actions.subjects import decode_subject
from noaber.apps.library.links import linked_with_all
from noaber.apps.registry.models import Capacity
from noaber.apps.registry.queries.contact_gaps import GapRow, contact_gaps
from noaber.apps.registry.queries.lists import capabilities_by_capacity
from noaber.apps.registry.seen import seen_capacities
from noaber.apps.reports.facts import ActionFact, AdviceFact, ContactFact, OwnerFact
from noaber.web.clock import has_come


def owner_facts(reader: Organisation, status: str) -> tuple[OwnerFact, ...]:
    """The teams that may go, owner by owner, as the owners let `reader` see them."""
    listed: dict[str, list[Capacity]] = defaultdict(list)
    rows = list(seen_capacities(reader, status))
    for row in rows:
        listed[row.owner.code].append(row)
    codes = capabilities_by_capacity([row.pk for row in rows])
    return tuple(_owner(code, listed[code], codes) for code in sorted(listed))


def _owner(code: str, rows: list[Capacity], codes: dict[int, tuple[str, ...]]) -> OwnerFact:
    teams: dict[str, int] = defaultdict(int)
    for row in rows:
        for capability in codes.get(row.pk, ()):
            teams[capability] += row.seen_available  # type: ignore[attr-defined]
    oldest = min(row.state_at for row in rows).date()
    return OwnerFact(code, rows[0].owner.name, len(rows), dict(sorted(teams.items())), oldest)


def contact_facts(reader: Organisation, status: str, on: date) -> tuple[ContactFact, ...]:
    """Which function is there for which field, and whether one may rely on it."""
    return tuple(_contact(row) for row in contact_gaps(reader, status, on=on))


def _contact(row: GapRow) -> ContactFact:
    return ContactFact(row.organisation.code, {cell.field: cell.state for cell in row.cells})


def advice_facts(reader: Organisation, on: date) -> tuple[tuple[AdviceFact, ...], list[str]]:
    """The recommendations that one sees, each with the actions that it led to; and the labels of all of these."""
    seen = Recommendation.objects.visible_to(reader).order_by("number")
    listed = [one for one in seen if has_come(one.made_on)]
    linked = linked_with_all(reader, list(listed))
    labels = [one.tlp for one in listed]
    facts = []
    for one in listed:
        actions = [end.record for end in linked.get(one.pk, ()) if isinstance(end.record, Action)]
        labels += [action.tlp for action in actions]
        facts.append(_advice(one, actions, on))
    return tuple(facts), labels


def _advice(one: Recommendation, actions: list[Action], on: date) -> AdviceFact:
    subject = decode_subject(one.about)
    return AdviceFact(
        number=one.number,
        text=one.text,
        language=one.language,
        state=one.state,
        made_on=one.made_on,
        made_by=one.made_by,
        parties=subject.parties if subject else (),
        actions=tuple(_action(action, on) for action in sorted(actions, key=lambda action: action.number)),
    )


def _action(action: Action, on: date) -> ActionFact:
    return ActionFact(
        action.number,
        action.title,
        action.language,
        action.responsible.code,
        action.state,
        action.due_on,
        action.is_overdue(on),
    )
