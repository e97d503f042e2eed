from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "concivis.directory"
    label = "directory"
