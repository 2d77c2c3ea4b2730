from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "noaber.apps.registry"
    label = "registry"
