from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "concivis.initiatives"
    label = "initiatives"
