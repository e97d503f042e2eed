from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "concivis.desk"
    label = "desk"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.desk import concerning, enquiries, first_letters, personal, reminders, yearly
        from concivis.desk.actions import forgetting
        from concivis.desk.mail import fetching
        from concivis.desk.meetings import setting_up as meetings
        from concivis.desk.office import today
        from concivis.hubs import hooks
        from concivis.hubs.permissions import Permission
        from concivis.initiatives import hooks as register
        from concivis.shell import schedule
        from concivis.twinning import hooks as twinning

        hooks.office_pages.append(
            hooks.OfficePage(
                _("Today"), "desk:today", Permission.VIEW_OFFICE, rank=-1, count="desk:today_count"
            )
        )
        hooks.office_pages.append(
            hooks.OfficePage(_("Enquiries"), "desk:enquiries", Permission.WORK_AT_DESK, rank=10)
        )
        enquiries.register()
        register.on_page.append(concerning.on_initiative_page)
        twinning.letter_headers.append(first_letters.headers)
        yearly.register()
        meetings.register()
        people.personal_data.append(personal.personal_data)
        people.before_leaving.append(personal.before_leaving)
        hooks.office_figures.append(today.figures)
        schedule.every(minutes=60 * 24)(reminders.send_due)
        schedule.every(minutes=60 * 24)(forgetting.forget_due)
        schedule.every(minutes=5)(fetching.fetch_all)
