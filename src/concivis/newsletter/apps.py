from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "concivis.newsletter"
    label = "newsletter"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.hubs import hooks, record_words
        from concivis.hubs.permissions import Permission
        from concivis.mailings import kinds
        from concivis.newsletter import personal, watching, writing, yearly
        from concivis.newsletter.actions import subscribing, watches
        from concivis.shell import schedule

        for action, words in {
            "subscription.confirmed": _("confirmed a subscription of letters"),
            "subscription.ended": _("ended a subscription of letters"),
            "newsletter.composed": _("began newsletter {number}"),
            "newsletter.changed": _("changed newsletter {number}"),
            "newsletter.deleted": _("deleted the draft of newsletter {number}"),
            "newsletter.sent": _("sent newsletter {number}"),
        }.items():
            record_words.register(action, words)
        hooks.office_pages.append(
            hooks.OfficePage(_("Newsletter"), "newsletter:office", Permission.SEND_NEWSLETTER, rank=40)
        )
        kinds.register("newsletter", writing.compose)
        kinds.register("watch", watching.compose)
        yearly.register()
        people.personal_data.append(personal.personal_data)
        schedule.every(minutes=60)(watches.tell_due)
        schedule.every(minutes=60 * 24)(subscribing.forget_unconfirmed)
