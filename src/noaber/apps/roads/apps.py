"""The app opens the map."""

from django.apps import AppConfig

PAGES = ("closure-new",)


class RoadsConfig(AppConfig):
    name = "noaber.apps.roads"
    label = "roads"

    def ready(self) -> None:
        from noaber.web.navigation import open_place

        open_place("map", url_name="closures", covers=PAGES)
