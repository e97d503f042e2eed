from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "concivis.directory"
    label = "directory"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.catalogue import kinds, sources
        from concivis.directory import attention, cards, personal, record_words, yearly
        from concivis.directory.actions import claims, noting
        from concivis.hubs import hooks, webhooks
        from concivis.hubs.permissions import Permission
        from concivis.shell import schedule

        record_words.register()
        attention.register()
        yearly.register()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        webhooks.register_event(noting.EVENT, _("An organisation of the directory was changed"))
        people.personal_data.append(personal.personal_data)
        schedule.every(minutes=60 * 24)(claims.forget_old_claims)
        hooks.office_pages.append(
            hooks.OfficePage(_("Organisations"), "directory:office_organisations", Permission.VIEW_OFFICE)
        )
