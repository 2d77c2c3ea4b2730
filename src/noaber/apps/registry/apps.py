from django.apps import AppConfig

PAGES = (
    "agreement",
    "agreements",
    "agreement-edit",
    "agreement-field",
    "agreement-new",
    "agreements-compare",
    "assumptions",
    "capacities",
    "capacities-import",
    "capacities-preview",
    "capacities-states",
    "capacities-bulk",
    "capacities-bulk-edit",
    "capacity-package",
    "capacity",
    "capacity-edit",
    "capacity-new",
    "contact",
    "contact-edit",
    "contact-gaps",
    "contact-new",
    "contact-routine",
    "contacts",
    "home-cover",
    "organisation",
    "organisations",
    "vocabulary",
)


class RegistryConfig(AppConfig):
    name = "noaber.apps.registry"
    label = "registry"

    def ready(self) -> None:
        from noaber.web.navigation import navigation, open_place

        open_place("mapping", url_name="who-matrix", covers=PAGES)
        navigation.telephone_list = "telephone-list"
