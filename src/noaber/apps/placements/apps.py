"""Exchange programmes: calls, host places, applications, matching, placements and what was learned."""

from __future__ import annotations

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "noaber.apps.placements"
    label = "placements"
