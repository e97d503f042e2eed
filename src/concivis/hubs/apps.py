from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "concivis.hubs"
    label = "hubs"

    def ready(self) -> None:
        from concivis.hubs import departures, record_words

        record_words.register_own()
        departures.connect()
