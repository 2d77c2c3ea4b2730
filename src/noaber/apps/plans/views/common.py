"""What the pages of plans share."""

from __future__ import annotations

from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.models import Organisation
from noaber.apps.accounts.queries import keeps
from noaber.apps.plans.enums import OVER, PLAN_STEPS, PlanState
from noaber.apps.plans.forms.plans import QuickActionForm
from noaber.apps.plans.models import Plan
from noaber.apps.plans.permissions import can_adopt, can_word
from noaber.apps.records.permissions import can_change


def rights(acting: Acting, plan: Plan) -> dict[str, bool]:
    """What the reader may do with a plan, for its templates."""
    kept = keeps(acting.organisation)
    changes = can_change(acting.roles, owner=plan.owner_id, kept=kept)
    return {
        "is_kept": plan.owner_id in kept,
        "may_change": changes,
        "may_word": can_word(acting.roles, owner=plan.owner_id, kept=kept, is_writable=plan.is_writable),
        "may_add": changes and plan.state not in OVER,
        "may_adopt": can_adopt(acting.roles, owner=plan.owner_id, kept=kept) and plan.is_writable,
        "may_consult": changes and plan.state == PlanState.DRAFT and plan.programme_id is None,
        "may_withdraw": changes and plan.adopted_on is None and PlanState.WITHDRAWN in PLAN_STEPS[plan.state],
        "may_take_up": changes and plan.is_withdrawn,
    }


def quick_action_form(acting: Acting, data: Any = None) -> QuickActionForm:
    initial = {"responsible": acting.organisation.code}
    return QuickActionForm(data, initial=initial, organisations=Organisation.objects.all(), auto_id=False)
