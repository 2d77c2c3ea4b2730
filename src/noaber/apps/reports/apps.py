"""The mapping report, as pages and as PDF."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "noaber.apps.reports"
    label = "reports"
