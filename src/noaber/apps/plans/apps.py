"""Annual plans and multi-year programmes: objectives, actions, evidence; progress that is derived."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "noaber.apps.plans"
    label = "plans"
