"""The app opens the map."""

from django.apps import AppConfig

PAGES = ("closures", "closure-new", "map-places", "map-regions", "network")


class RoadsConfig(AppConfig):
    name = "noaber.apps.roads"
    label = "roads"

    def ready(self) -> None:
        from noaber.apps.accounts.feed import at_each_look
        from noaber.apps.registry.placing import ask_boundaries
        from noaber.apps.roads.queries.boundaries import codes_at
        from noaber.apps.roads.services.closures import tell_turns
        from noaber.web.navigation import open_place

        at_each_look(tell_turns)
        ask_boundaries(codes_at)
        open_place("map", url_name="map", covers=PAGES)
