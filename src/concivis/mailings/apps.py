from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingsConfig(AppConfig):
    name = "concivis.mailings"
    label = "mailings"

    def ready(self) -> None:
        from concivis.hubs import record_words
        from concivis.mailings import sending
        from concivis.shell import schedule

        record_words.register("mailing.opened", _("began to send a letter to {count} addresses"))
        record_words.register("mailing.paused", _("stopped the sending of a letter"))
        record_words.register("mailing.resumed", _("went on sending a letter"))
        record_words.register("mailing.cancelled", _("called the sending of a letter off"))
        record_words.register("mailing.finished", _("had a letter sent to the last of its addresses"))
        schedule.every(minutes=1)(sending.send_due)
        schedule.every(minutes=60 * 24)(sending.forget_addresses)
