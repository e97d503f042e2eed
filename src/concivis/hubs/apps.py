from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "concivis.hubs"
    label = "hubs"

    def ready(self) -> None:
        from concivis.hubs import deliveries, departures, record_words
        from concivis.shell import schedule

        record_words.register_own()
        departures.connect()
        schedule.every(minutes=1)(deliveries.deliver_due)
        schedule.every(minutes=60 * 24)(deliveries.forget_old)
