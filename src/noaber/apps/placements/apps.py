"""Exchange programmes: calls, host places, applications, matching, placements and what was learned."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = (
    "exchange-programme",
    "exchange-programme-new",
    "exchange-programme-edit",
    "exchange-call",
    "exchange-call-new",
    "exchange-call-edit",
    "host-place",
    "host-place-new",
    "host-place-edit",
    "host-ranking",
    "exchange-application",
    "exchange-application-new",
    "exchange-application-edit",
    "exchange-matching",
    "exchange-placements",
    "exchange-placement",
    "exchange-calendar",
    "exchange-applications",
)


class PlacementsConfig(AppConfig):
    name = "noaber.apps.placements"
    label = "placements"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.placements.kinds import add_kinds
        from noaber.apps.placements.waiting import waiting_exchanges
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.web.navigation import open_place
        from noaber.web.tabs import open_tab

        open_tab("cooperation", url_name="exchanges", label=_("Exchanges"), rank=70, covers=PAGES)
        open_place("cooperation", url_name="actions", covers={"exchanges", *PAGES})
        add_kinds()
        add_waiting(waiting_exchanges)
