from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "concivis.catalogue"
    label = "catalogue"
