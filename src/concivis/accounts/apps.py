from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "concivis.accounts"
    label = "accounts"
