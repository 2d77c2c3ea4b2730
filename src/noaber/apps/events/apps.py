"""Dossiers of major events: dates, places, roles, liaison roster, reserved capacities."""

from __future__ import annotations

from django.apps import AppConfig

PAGES = ("event", "event-new", "event-edit", "event-close", "event-part-new", "event-part", "events-calendar")


class EventsConfig(AppConfig):
    name = "noaber.apps.events"
    label = "events"

    def ready(self) -> None:
        from noaber.apps.events.ahead import events_ahead
        from noaber.apps.events.kinds import add_kinds
        from noaber.apps.planner.presenters.ahead import add_ahead
        from noaber.web.navigation import open_place

        open_place("events", url_name="events", covers=PAGES)
        add_kinds()
        add_ahead(events_ahead)
