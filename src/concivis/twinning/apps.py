from django.apps import AppConfig


class TwinningConfig(AppConfig):
    name = "concivis.twinning"
    label = "twinning"
