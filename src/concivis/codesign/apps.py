from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodesignConfig(AppConfig):
    name = "concivis.codesign"
    label = "codesign"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.codesign import (
            attention,
            becoming_ready,
            dated,
            keeping,
            personal,
            record_words,
            yearly,
        )
        from concivis.hubs import hooks
        from concivis.hubs.permissions import Permission
        from concivis.shell import schedule

        record_words.register()
        schedule.every(minutes=60 * 3)(keeping.keep)
        hooks.office_pages.append(
            hooks.OfficePage(_("Co-design"), "codesign:office", Permission.WORK_ON_CODESIGN, rank=32)
        )
        hooks.office_figures.append(attention.figures)
        hooks.office_steps.append(attention.steps)
        hooks.dated.append(dated.of_hub)
        attention.register()
        yearly.register()
        people.personal_data.append(personal.personal_data)
        people.before_leaving.append(personal.before_leaving)
        becoming_ready.register()
