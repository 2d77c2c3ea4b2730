"""The next unit that fits a need which someone left open: the quickest that can come, of those who did not lose it."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.planner.models import Incident
from noaber.apps.planner.presenters.incident_page import outlook_of
from noaber.apps.planner.queries.helpers import Helper
from noaber.apps.planner.queries.need_coverage import NeedCoverage, coverage_of
from noaber.web.clock import now

MOST_LOOKED_AT = 12


@dataclass(frozen=True)
class NextHelp:
    """Who could come next, and when."""

    helper: Helper
    arrives_at: datetime.datetime
    is_late: bool
    late_minutes: int


def next_help_context(acting: Acting, incident: Incident, need_code: str) -> dict[str, Any]:
    """What the desk says beside a need that nobody covers; `next_help` is None where nobody fits."""
    found = coverage_of(acting.organisation, incident, now())
    one = next((one for one in found.open if one.need.code == need_code), None) if found else None
    return {"next_help": find_next_help(acting, incident, one) if one else None, "need_is_open": one is not None}


def find_next_help(acting: Acting, incident: Incident, one: NeedCoverage) -> NextHelp | None:
    outlook = outlook_of(acting, incident)
    ranking = outlook.ranking(one.need.code, most=MOST_LOOKED_AT)
    lost_by = one.uncovered.loss.by if one.uncovered and one.uncovered.loss else ""
    able = [helper for helper in ranking.able if helper.unit.owner != lost_by] if ranking else []
    helper = next((helper for helper in able if helper.minutes is not None), None)
    if helper is None or helper.minutes is None:
        return None
    arrives_at = outlook.situation.problem.now + datetime.timedelta(minutes=helper.minutes)
    late = math.ceil((arrives_at - one.needed_by).total_seconds() / 60)
    return NextHelp(helper, arrives_at, late > 0, max(0, late))
