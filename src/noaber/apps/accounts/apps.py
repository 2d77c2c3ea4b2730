from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "noaber.apps.accounts"
    label = "accounts"
