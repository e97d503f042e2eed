from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "concivis.exchange"
    label = "exchange"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.exchange import personal
        from concivis.exchange.iati import actions as iati
        from concivis.exchange.iati import beside
        from concivis.exchange.proposals import actions as proposals
        from concivis.exchange.sheets import tasks
        from concivis.exchange.takeout.tasks import forget_old_takeouts
        from concivis.hubs import hooks, record_words
        from concivis.hubs.permissions import Permission
        from concivis.initiatives import hooks as initiatives
        from concivis.shell import schedule

        hooks.office_pages.append(
            hooks.OfficePage(_("Imports"), "exchange:imports", Permission.IMPORT, rank=60)
        )
        schedule.every(minutes=60 * 24)(tasks.forget_old_sheets)
        schedule.every(minutes=60 * 24)(proposals.forget_old_files)
        schedule.every(minutes=60 * 24)(iati.forget_old_files)
        record_words.register("import.applied", _("imported the list {file}"))
        record_words.register("import.undone", _("took back the import of {file}"))
        hooks.office_pages.append(hooks.OfficePage(_("IATI"), "exchange:iati", Permission.IMPORT, rank=62))
        initiatives.on_office_page.append(beside.panel)
        record_words.register(
            "iati.publisher", _("changed under which identifier the city publishes by IATI")
        )
        record_words.register("iati.facts", _("changed what is said of an initiative for IATI"))
        hooks.office_pages.append(
            hooks.OfficePage(_("Take-out"), "exchange:takeouts", Permission.MANAGE_MEMBERS, rank=90)
        )
        schedule.every(minutes=60 * 6)(forget_old_takeouts)
        record_words.register("takeout.asked", _("asked for an archive of everything"))
        people.personal_data.append(personal.personal_data)
