"""The app opens the map."""

from django.apps import AppConfig


class RoadsConfig(AppConfig):
    name = "noaber.apps.roads"
    label = "roads"
