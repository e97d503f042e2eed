from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "concivis.reports"
    label = "reports"

    def ready(self) -> None:
        from concivis.catalogue import kinds, sources
        from concivis.hubs import hooks
        from concivis.hubs.permissions import Permission
        from concivis.reports import attention, cards, record_words

        record_words.register()
        attention.register()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        hooks.office_pages.append(
            hooks.OfficePage(_("Reports"), "reports:office", Permission.WRITE_REPORTS, rank=45)
        )
