"""Plans: begun, changed, adopted, taken up again, closed; and their state kept at the end of a quarter."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db import transaction

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.accounts.sharing import readers_of
from noaber.apps.library.enums import Relation
from noaber.apps.library.services.links import check_seen, link
from noaber.apps.plans.enums import PlanKind, PlanState, VersionKind
from noaber.apps.plans.frozen import freeze_state, freeze_text
from noaber.apps.plans.models import LONGEST_TITLE, Comment, Plan, PlanSnapshot
from noaber.apps.plans.permissions import check_can_adopt
from noaber.apps.plans.queries import objectives_of
from noaber.apps.plans.services.common import (
    check_optional,
    check_years,
    keep_version,
    lock_plan,
    save_numbered,
    step,
    tell,
)
from noaber.apps.plans.standing import plan_on
from noaber.apps.plans.values import PlanData
from noaber.apps.records.enums import ChangeAction
from noaber.apps.records.history import Author, change, keep_history
from noaber.apps.records.sharing import group_keys
from noaber.apps.records.words import check_words
from noaber.core.plans.quarters import quarter_of
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.reference.texts import LANGUAGES
from noaber.web.clock import now

_FIELDS: Final = ("first_year", "last_year", "programme", "tlp", "illustrative", "source", "language")


def add_plan(acting: Acting, data: PlanData) -> Plan:
    """Begin a plan; it belongs to the organisation that does.

    Raises
    ------
    NotAllowed
        Where the role does not work on the cooperation.
    InvalidInput
        Without a title, or where the years do not fit.
    NotFound
        Where the organisation does not see the programme.
    """
    acting.check_may(Permission.COOPERATE)
    values = _values(acting.organisation, data, within=None)
    with transaction.atomic():
        plan = Plan(owner=acting.organisation, kind=data.kind, **values)
        save_numbered(plan)
        plan.groups.set(group_keys(data.groups).values())
        keep_history(acting, plan, ChangeAction.ADDED)
        tell(plan)
        return plan


def change_plan(acting: Acting, plan: Plan, data: PlanData) -> None:
    """Change what a plan is called, its years, and whom it reaches. Its kind and number stay."""
    values = _values(acting.organisation, data, within=plan.programme_id)
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        saw = list(readers_of(locked))
        if not locked.is_writable:
            values = {name: values[name] for name in ("tlp", "source")}
        change(acting, locked, values)
        locked.groups.set(group_keys(data.groups).values())
        tell(locked, *saw)


def _values(reader: Organisation, data: PlanData, *, within: int | None) -> dict[str, Any]:
    """The checked values; `within` is the programme it is part of already, which may have been withdrawn since."""
    titles = {
        code: check_words(data.titles[code], f"title_{code}", longest=LONGEST_TITLE)
        for code in LANGUAGES
        if data.titles.get(code, "").strip()
    }
    if not titles:
        raise InvalidInput([Problem("plan.no-title", "title_en")])
    check_years(data.first_year, data.last_year)
    if data.kind == PlanKind.ANNUAL and data.last_year != data.first_year:
        raise InvalidInput([Problem("plan.one-year", "last_year")])
    if data.programme is not None:
        if data.kind != PlanKind.ANNUAL:
            raise InvalidInput([Problem("plan.part-is-annual", "programme")])
        check_seen(reader, data.programme)
        if data.programme.is_withdrawn and data.programme.pk != within:
            raise InvalidInput([Problem("plan.programme-withdrawn", "programme")])
        if not data.programme.first_year <= data.first_year <= data.programme.last_year:
            raise InvalidInput([Problem("plan.not-a-part", "programme", {"years": data.programme.years})])
    values = {name: getattr(data, name) for name in _FIELDS}
    return values | {"titles": titles, "text": check_optional(data.text, "text")}


def adopt_plan(
    acting: Acting, plan: Plan, *, adopted_on: datetime.date, adopted_by: str, decision: Any | None = None
) -> None:
    """A director puts down that the plan was adopted, by which decision; its text is kept as it stands.

    An open consultation ends by that.

    Raises
    ------
    NotAllowed
        Unless a director of the keeper does so, and while a comment waits for its answer.
    """
    words = check_words(adopted_by, "adopted_by", longest=200)
    if adopted_on > acting.today:
        raise InvalidInput([Problem("plan.adopted-ahead", "adopted_on")])
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        check_can_adopt(acting.roles, owner=locked.owner_id, kept=keeps(acting.organisation))
        if open_comments := Comment.objects.filter(consultation__plan=locked, outcome="").count():
            raise NotAllowed("plan.unanswered", count=open_comments)
        step(acting, locked, PlanState.ADOPTED, adopted_on=adopted_on, adopted_by=words)
        locked.consultations.filter(closed_at__isnull=True).update(closed_at=now())
        content = freeze_text(locked, objectives_of(acting.organisation, locked))
        keep_version(acting, locked, VersionKind.ADOPTED, content)
        if decision is not None:
            check_seen(acting.organisation, decision)
            link(Author.of(acting), decision, Relation.LED_TO, locked, now=now())
        tell(locked)


def revise_plan(acting: Acting, plan: Plan, *, reason: str) -> None:
    """Make an adopted plan a draft again; what was adopted is kept, so that both can be compared."""
    words = check_words(reason, "reason")
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        if locked.state != PlanState.ADOPTED:
            raise NotAllowed("plan.step-gone")
        step(acting, locked, PlanState.DRAFT, reason=words)
        tell(locked)


def close_plan(acting: Acting, plan: Plan) -> None:
    """Its time is over: its state is kept, and nothing of it changes any more."""
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        step(acting, locked, PlanState.CLOSED)
        freeze_plan(acting, locked)
        tell(locked)


def freeze_plan(acting: Acting, plan: Plan) -> PlanSnapshot:
    """Keep the state of a plan for the quarter of today. Kept again in the same quarter, the later one stands."""
    today = acting.today
    with transaction.atomic():
        locked = lock_plan(acting, plan)
        content = freeze_state(plan_on(acting.organisation, locked, today).objectives)
        snapshot, _created = PlanSnapshot.objects.update_or_create(
            plan=locked,
            on=quarter_of(today).last_on,
            defaults={"at": now(), "by": Author.of(acting).by, "content": content | {"today": today.isoformat()}},
        )
        tell(locked)
        return snapshot
