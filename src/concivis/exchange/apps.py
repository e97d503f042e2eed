from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "concivis.exchange"
    label = "exchange"

    def ready(self) -> None:
        from concivis.exchange.sheets import tasks
        from concivis.hubs import hooks, record_words
        from concivis.hubs.permissions import Permission
        from concivis.shell import schedule

        hooks.office_pages.append(
            hooks.OfficePage(_("Imports"), "exchange:imports", Permission.IMPORT, rank=60)
        )
        schedule.every(minutes=60 * 24)(tasks.forget_old_sheets)
        record_words.register("import.applied", _("imported the list {file}"))
        record_words.register("import.undone", _("took back the import of {file}"))
