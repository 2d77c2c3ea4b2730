"""What every record is: shared, numbered, written once, kept in its history. It knows no noun of the domain."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "noaber.apps.records"
    label = "records"
