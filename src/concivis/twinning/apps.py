from django.apps import AppConfig


class TwinningConfig(AppConfig):
    name = "concivis.twinning"
    label = "twinning"

    def ready(self) -> None:
        from concivis.catalogue import sources
        from concivis.twinning import cards

        sources.register(cards.KIND, cards.drafts)
