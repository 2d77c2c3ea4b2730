"""What was recommended and what is to be done: one list, whoever asked for it."""

from __future__ import annotations

from django.apps import AppConfig

ACTION_PAGES = ("action", "action-edit", "action-new", "actions-calendar")
RECOMMENDATION_PAGES = ("recommendation", "recommendation-edit", "recommendation-new")


class ActionsConfig(AppConfig):
    name = "noaber.apps.actions"
    label = "actions"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from django.utils.translation import pgettext_lazy

        from noaber.apps.actions.kinds import add_kinds
        from noaber.apps.actions.reminders import count_pressing, waiting_actions
        from noaber.apps.actions.subjects import MAPPED
        from noaber.apps.library.panel import add_start
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.web.navigation import open_place
        from noaber.web.tabs import open_tab

        covers = {*ACTION_PAGES, *RECOMMENDATION_PAGES, "recommendations"}
        open_place("cooperation", url_name="actions", covers=covers, count=count_pressing)
        open_tab(
            "cooperation",
            url_name="actions",
            label=pgettext_lazy("of the cooperation", "Actions"),
            rank=40,
            covers=ACTION_PAGES,
        )
        open_tab(
            "cooperation",
            url_name="recommendations",
            label=_("Recommendations"),
            rank=50,
            covers=RECOMMENDATION_PAGES,
        )
        add_kinds()
        add_start(MAPPED, url_name="recommendation-new", label=_("Recommend something"))
        add_start(MAPPED, url_name="action-new", label=_("Make an action"))
        add_waiting(waiting_actions)
