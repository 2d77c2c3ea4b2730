"""The app opens two places: the desk, and the assistance with everything that belongs to it."""

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "noaber.apps.planner"
    label = "planner"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from noaber.apps.exchange.home_load import tell_loads
        from noaber.apps.exchange.need_deadlines import add_deadlines
        from noaber.apps.library.beside import add_finder
        from noaber.apps.planner.places import find_places
        from noaber.apps.planner.presenters.counts import count_assistance, count_desk
        from noaber.apps.planner.presenters.maps import incident_layer
        from noaber.apps.planner.queries.deadlines import find_deadlines
        from noaber.apps.planner.queries.home_loads import find_loads
        from noaber.apps.roads.presenters.map_layers import add_layer
        from noaber.web.navigation import open_place

        open_place("desk", url_name="desk", count=count_desk)
        open_place("assistance", url_name="incidents", covers=ASSISTANCE, count=count_assistance)
        add_layer(incident_layer)
        tell_loads(find_loads)
        add_deadlines(find_deadlines)
        add_finder(_("Places"), find_places)


ASSISTANCE = frozenset(
    {
        "incident",
        "incident-new",
        "incident-edit",
        "incident-review",
        "incident-ask",
        "joint-plan",
        "joint-review",
        "need",
        "need-new",
        "requests",
        "request",
        "draft",
        "deployment",
        "case-journal",
    }
)
