"""Plans with sensible defaults; the centres are those of `actions_builders`."""

from __future__ import annotations

import datetime
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role, TlpLabel
from noaber.apps.actions.models import Action
from noaber.apps.plans import services
from noaber.apps.plans.enums import PlanKind
from noaber.apps.plans.models import Objective, Plan
from noaber.apps.plans.values import ObjectiveData, PlanData
from registry_builders import make_acting

MADE_ON = datetime.date(2024, 6, 24)


def make_plan(acting: Acting, **fields: Any) -> Plan:
    given: dict[str, Any] = {
        "kind": PlanKind.ANNUAL,
        "titles": {"en": "Annual plan 2024", "fr": "Plan annuel 2024"},
        "first_year": 2024,
        "last_year": 2024,
        "tlp": TlpLabel.AMBER,
        "groups": ["BENELUX"],
    }
    return services.add_plan(acting, PlanData(**given | fields))


def make_programme(acting: Acting, **fields: Any) -> Plan:
    given = {
        "kind": PlanKind.MULTI_YEAR,
        "titles": {"en": "Programme 2025-2028"},
        "first_year": 2025,
        "last_year": 2028,
    }
    return make_plan(acting, **given | fields)


def make_objective(acting: Acting, plan: Plan, title: str = "Know who may help", **fields: Any) -> Objective:
    parent = fields.pop("parent", None)
    given: dict[str, Any] = {
        "title": title,
        "language": "en",
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "responsible": acting.organisation,
    }
    return services.add_objective(acting, plan, ObjectiveData(**given | fields), parent=parent)


def make_serving(acting: Acting, objective: Objective, title: str = "Read every text", **fields: Any) -> Action:
    given: dict[str, Any] = {
        "title": title,
        "language": "en",
        "responsible": acting.organisation,
        "made_on": MADE_ON,
        "groups": ["BENELUX"],
    }
    return services.add_action_for(acting, objective, given | fields)


def director_of(acting: Acting) -> Acting:
    return make_acting(acting.organisation, Role.DIRECTOR)
