"""Campaigns of the mapping: what is asked of whom, until when, and what was signed off."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "noaber.apps.campaigns"
    label = "campaigns"
