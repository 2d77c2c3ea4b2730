"""Meetings and workshops: agenda, minutes written together, decisions with a number that lasts."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "noaber.apps.meetings"
    label = "meetings"
