"""The mapping report, as pages and as PDF."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = ("reports", "report", "report-new", "report-compare")


class ReportsConfig(AppConfig):
    name = "noaber.apps.reports"
    label = "reports"

    def ready(self) -> None:
        from noaber.apps.reports.kinds import add_kinds
        from noaber.web.navigation import open_place

        open_place("mapping", url_name="agreements", covers=PAGES)
        add_kinds()
