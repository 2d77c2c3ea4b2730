"""Who holds the presidency when, and the handover dossier that writes itself."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = (
    "presidency",
    "presidency-new",
    "presidency-edit",
    "handover",
    "handover-new",
    "handover-edit",
    "handover-note",
    "handover-back",
    "handover-compare",
)


class PresidencyConfig(AppConfig):
    name = "noaber.apps.presidency"
    label = "presidency"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.planner.presenters.ahead import add_ahead
        from noaber.apps.planner.presenters.waiting import add_waiting
        from noaber.apps.presidency.ahead import handover_ahead
        from noaber.apps.presidency.kinds import add_kinds
        from noaber.apps.presidency.waiting import waiting_dossiers
        from noaber.web.navigation import open_place
        from noaber.web.tabs import open_tab

        open_tab("cooperation", url_name="presidencies", label=_("Presidency"), rank=80, covers=PAGES)
        open_place("cooperation", url_name="actions", covers={"presidencies", *PAGES})
        add_kinds()
        add_waiting(waiting_dossiers)
        add_ahead(handover_ahead)
