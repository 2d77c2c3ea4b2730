from django.apps import AppConfig
from django.forms import CharField


class WebConfig(AppConfig):
    name = "noaber.web"
    label = "web"

    def ready(self) -> None:
        """Every text of every form is fit for every file it may leave in."""
        from noaber.web.forms import check_text

        CharField.default_validators = [*CharField.default_validators, check_text]
