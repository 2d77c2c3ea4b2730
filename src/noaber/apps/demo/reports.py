"""The mapping report that Brussels had made when the exercise began."""

from __future__ import annotations

import datetime
from typing import Final

from noaber.apps.demo.cast import acting_as
from noaber.apps.reports.gather import Asked
from noaber.apps.reports.services import make_report_now
from noaber.web import clock

_ASKED: Final = Asked("flood", ("HCP", "BOAT", "AMB"))


def load_reports(opening: datetime.datetime) -> None:
    """Have it made, through the service, of what Brussels sees at that moment."""
    with clock.at(opening):
        make_report_now(acting_as("be-nccn-planner", "BE-NCCN"), _ASKED, status="Exercise", tlp="AMBER")
