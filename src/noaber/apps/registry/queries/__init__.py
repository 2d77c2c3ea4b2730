"""Reads of the registry. Everything that an organisation is shown comes through here, with the sharing rule applied."""

from __future__ import annotations

from noaber.apps.registry.queries.agreements import (
    agreement_of,
    assumptions_of,
    get_agreement_row,
    inventory,
    inventory_rows,
    planning_agreements,
)
from noaber.apps.registry.queries.contacts import (
    contacts_to_verify,
    find_same,
    freshness_of,
    get_contact,
    is_expired,
    list_contacts,
    months_between_checks,
    number_to_ring,
    numbers_to_ring,
    seen_contacts,
)
from noaber.apps.registry.queries.planning import PlanningUnit, home_cover, planning_units

__all__ = [
    "PlanningUnit",
    "agreement_of",
    "assumptions_of",
    "contacts_to_verify",
    "find_same",
    "freshness_of",
    "get_agreement_row",
    "get_contact",
    "home_cover",
    "inventory",
    "inventory_rows",
    "is_expired",
    "list_contacts",
    "months_between_checks",
    "number_to_ring",
    "numbers_to_ring",
    "planning_agreements",
    "planning_units",
    "seen_contacts",
]
