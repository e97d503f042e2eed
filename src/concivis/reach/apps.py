from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReachConfig(AppConfig):
    name = "concivis.reach"
    label = "reach"

    def ready(self) -> None:
        from concivis.hubs import hooks, record_words
        from concivis.hubs.permissions import Permission
        from concivis.reach import yearly
        from concivis.reach.actions import close_days
        from concivis.reach.public import on_home
        from concivis.shell import schedule

        record_words.register("reach.set", _("said what the reach is compared with"))
        yearly.register()
        schedule.every(minutes=10)(close_days)
        hooks.home_pieces.append((90, on_home))
        hooks.office_pages.append(
            hooks.OfficePage(_("Reach"), "reach:office", Permission.VIEW_OFFICE, rank=70)
        )
