"""The only writers of the registry. Each opens its transaction, writes, adds to the history, and wakes open pages."""

from __future__ import annotations

from noaber.apps.records.history import Author
from noaber.apps.registry.services.agreements import (
    assume_approval,
    forget_assumption,
    record_check,
    save_local_agreement,
)
from noaber.apps.registry.services.capacities import (
    add_capacity,
    change_capacity,
    report_state,
    set_home_cover,
    withdraw_capacity,
)
from noaber.apps.registry.services.contacts import (
    SameFunction,
    save_contact,
    set_routine,
    verify_contact,
    withdraw_contact,
)
from noaber.apps.registry.services.demo import load_demo
from noaber.apps.registry.services.imports import (
    ImportCounts,
    ImportPlan,
    RowAction,
    Sharing,
    import_capacities,
    plan_import,
)
from noaber.apps.registry.services.reference import load_reference

__all__ = [
    "Author",
    "ImportCounts",
    "ImportPlan",
    "RowAction",
    "SameFunction",
    "Sharing",
    "add_capacity",
    "assume_approval",
    "change_capacity",
    "forget_assumption",
    "import_capacities",
    "load_demo",
    "load_reference",
    "plan_import",
    "record_check",
    "report_state",
    "save_contact",
    "save_local_agreement",
    "set_home_cover",
    "set_routine",
    "verify_contact",
    "withdraw_capacity",
    "withdraw_contact",
]
