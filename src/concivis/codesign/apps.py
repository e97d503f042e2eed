from django.apps import AppConfig


class CodesignConfig(AppConfig):
    name = "concivis.codesign"
    label = "codesign"

    def ready(self) -> None:
        from concivis.codesign import becoming_ready

        becoming_ready.register()
