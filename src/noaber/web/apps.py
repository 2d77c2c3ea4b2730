from django.apps import AppConfig
from django.forms import CharField


class WebConfig(AppConfig):
    name = "noaber.web"
    label = "web"

    def ready(self) -> None:
        """Every text of every form is fit for every file it may leave in; every database folds texts alike."""
        from noaber.web.forms import check_text
        from noaber.web.ordering import follow_connections

        follow_connections()
        CharField.default_validators = [*CharField.default_validators, check_text]
