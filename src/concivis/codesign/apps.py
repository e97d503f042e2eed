from django.apps import AppConfig


class CodesignConfig(AppConfig):
    name = "concivis.codesign"
    label = "codesign"

    def ready(self) -> None:
        """Nothing to register yet."""
