"""Who holds the presidency when, and the handover dossier that writes itself."""

from __future__ import annotations

from django.apps import AppConfig


class PresidencyConfig(AppConfig):
    name = "noaber.apps.presidency"
    label = "presidency"
