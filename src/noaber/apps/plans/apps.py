"""Annual plans and multi-year programmes: objectives, actions, evidence; progress that is derived."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = (
    "plan",
    "plan-new",
    "plan-edit",
    "plan-steps",
    "plan-compare",
    "plan-consultation",
    "plan-snapshot",
    "objective",
    "objective-new",
    "objective-edit",
    "indicator-new",
    "indicator",
)


class PlansConfig(AppConfig):
    name = "noaber.apps.plans"
    label = "plans"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy

        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.apps.plans.kinds import add_kinds
        from noaber.apps.plans.waiting import waiting_consultations, waiting_late
        from noaber.web.navigation import open_place
        from noaber.web.tabs import open_tab

        open_tab(
            "cooperation", url_name="plans", label=pgettext_lazy("of the cooperation", "Plans"), rank=30, covers=PAGES
        )
        open_place("cooperation", url_name="actions", covers={"plans", *PAGES})
        add_kinds()
        add_waiting(waiting_consultations)
        add_waiting(waiting_late)
