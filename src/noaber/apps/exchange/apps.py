from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "noaber.apps.exchange"
    label = "exchange"
