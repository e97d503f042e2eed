from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "concivis.reach"
    label = "reach"
