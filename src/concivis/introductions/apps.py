from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    name = "concivis.introductions"
    label = "introductions"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.directory import hooks as directory
        from concivis.hubs import hooks as hubs
        from concivis.hubs import webhooks
        from concivis.hubs.permissions import Permission
        from concivis.initiatives import hooks as initiatives
        from concivis.introductions import (
            actions,
            attention,
            beside,
            beside_proposals,
            findings,
            index,
            personal,
            record_words,
            yearly,
        )
        from concivis.proposals import hooks as proposals
        from concivis.shell import schedule

        record_words.register()
        initiatives.beside_form.append(beside.beside_form)
        initiatives.on_page.append(beside.below_page)
        initiatives.on_own_page.append(beside.on_own_page)
        proposals.beside_form.append(beside_proposals.beside_form)
        proposals.on_page.append(beside_proposals.below_page)
        directory.on_page.append(beside.below_organisation)
        directory.on_own_page.append(beside.on_own_organisation)
        directory.references.append(directory.Reference("introductions.Side", "organisation", blocks=False))
        directory.after_merge.append(actions.follow_merge)
        schedule.every(minutes=60 * 6)(index.ensure_built)
        schedule.every(minutes=60 * 6)(findings.look_where_due)
        schedule.every(minutes=60 * 24)(actions.end_overdue)
        schedule.every(minutes=60 * 24)(actions.forget_contacts)
        webhooks.register_event("introduction.asked", _("One entry asked to be introduced to another"))
        webhooks.register_event(
            "introduction.brokered", _("The office asked two entries whether to introduce them")
        )
        webhooks.register_event("introduction.introduced", _("Two entries were introduced"))
        webhooks.register_event("introduction.declined", _("An introduction was declined"))
        webhooks.register_event("introduction.outcome", _("It was said what came of an introduction"))
        hubs.office_pages.append(
            hubs.OfficePage(_("The radar"), "introductions:radar", Permission.VIEW_OFFICE, rank=24)
        )
        hubs.office_pages.append(
            hubs.OfficePage(_("Introductions"), "introductions:office", Permission.EDIT_INITIATIVES, rank=26)
        )
        attention.register()
        yearly.register()
        people.personal_data.append(personal.personal_data)
        people.before_leaving.append(personal.before_leaving)
