from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "concivis.places"
    label = "places"
