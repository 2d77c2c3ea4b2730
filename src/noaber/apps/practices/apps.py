"""Practices and lessons: what was learned where, found again, reused, checked."""

from __future__ import annotations

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "noaber.apps.practices"
    label = "practices"
