"""What every record is: shared, numbered, written once, kept in its history. It knows no noun of the domain."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    name = "noaber.apps.records"
    label = "records"

    def ready(self) -> None:
        autodiscover_modules("kinds")
