from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "concivis.reports"
    label = "reports"
