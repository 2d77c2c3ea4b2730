"""The only writers of exchanges. Each checks who may, opens its transaction and tells who sees it."""

from __future__ import annotations

from noaber.apps.placements.services.applications import (
    change_application,
    erase_due,
    send_application,
    withdraw_application,
)
from noaber.apps.placements.services.matching import confirm_matching, place_by_hand
from noaber.apps.placements.services.placements import (
    keep_as_practice,
    move_stay,
    report_after,
    report_as_host_after,
    report_as_host_before,
    report_before,
    step_placement,
)
from noaber.apps.placements.services.places import add_place, change_place, rank_applicants
from noaber.apps.placements.services.programmes import (
    add_call,
    add_programme,
    change_call,
    change_programme,
    step_call,
)

__all__ = [
    "add_call",
    "add_place",
    "add_programme",
    "change_application",
    "change_call",
    "change_place",
    "change_programme",
    "confirm_matching",
    "erase_due",
    "keep_as_practice",
    "move_stay",
    "place_by_hand",
    "rank_applicants",
    "report_after",
    "report_as_host_after",
    "report_as_host_before",
    "report_before",
    "send_application",
    "step_call",
    "step_placement",
    "withdraw_application",
]
