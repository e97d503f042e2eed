from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "concivis.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from concivis.catalogue import hub_cards

        hub_cards.connect()
