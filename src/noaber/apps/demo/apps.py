from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "noaber.apps.demo"
    label = "demo"
