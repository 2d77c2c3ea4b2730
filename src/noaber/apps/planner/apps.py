from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "noaber.apps.planner"
    label = "planner"
