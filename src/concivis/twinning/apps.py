from django.apps import AppConfig


class TwinningConfig(AppConfig):
    name = "concivis.twinning"
    label = "twinning"

    def ready(self) -> None:
        from concivis.catalogue import sources
        from concivis.hubs import hooks
        from concivis.twinning import cards, record_words

        record_words.register()
        sources.register(cards.KIND, cards.drafts)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
