from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "concivis.shell"
    label = "shell"
