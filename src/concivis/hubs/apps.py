from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "concivis.hubs"
    label = "hubs"
