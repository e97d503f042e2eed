from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "concivis.desk"
    label = "desk"
