"""The app opens the map."""

from django.apps import AppConfig

PAGES = ("closures", "closure-new", "map-places")


class RoadsConfig(AppConfig):
    name = "noaber.apps.roads"
    label = "roads"

    def ready(self) -> None:
        from noaber.web.navigation import open_place

        open_place("map", url_name="map", covers=PAGES)
