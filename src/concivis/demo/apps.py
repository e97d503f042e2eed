from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "concivis.demo"
    label = "demo"
