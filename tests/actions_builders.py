"""Recommendations and actions with sensible defaults, and the three centres that agree on them."""

from __future__ import annotations

import datetime
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from noaber.apps.actions import services
from noaber.apps.actions.models import Action, Recommendation
from registry_builders import make_acting, make_group, make_organisation

WORKSHOP = datetime.date(2024, 6, 4)


def make_centres() -> tuple[Acting, Acting, Acting]:
    """Policy officers of Brussels and The Hague, members of one group, and of Düsseldorf, which observes it."""
    brussels, hague, dusseldorf = (make_organisation(code) for code in ("BE-NCCN", "NL-NCC", "DE-NW"))
    make_group("BENELUX", member=[brussels, hague], observer=[dusseldorf])
    one, other, third = (make_acting(centre, Role.POLICY_OFFICER) for centre in (brussels, hague, dusseldorf))
    return one, other, third


def make_action(acting: Acting, *, came_from: Any = None, **fields: Any) -> Action:
    given: dict[str, Any] = {
        "title": "Test the contact list each quarter",
        "language": "en",
        "responsible": acting.organisation,
        "made_on": WORKSHOP,
    }
    return services.add_action(acting, given | fields, source=came_from)


def make_recommendation(acting: Acting, *, came_from: Any = None, about: Any = None, **fields: Any) -> Recommendation:
    given: dict[str, Any] = {"text": "Share one contact list.", "language": "en", "made_on": WORKSHOP}
    return services.add_recommendation(acting, given | fields, about=about, source=came_from)
