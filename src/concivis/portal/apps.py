from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "concivis.portal"
    label = "portal"
