from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "concivis.exchange"
    label = "exchange"
