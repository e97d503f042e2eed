from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "concivis.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.catalogue import kinds, sources
        from concivis.directory import hooks as directory
        from concivis.hubs import hooks, webhooks
        from concivis.hubs.permissions import Permission
        from concivis.initiatives import (
            attention,
            cards,
            dated,
            freshness,
            personal,
            record_words,
            stories,
            yearly,
        )
        from concivis.shell import schedule

        record_words.register()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        directory.references.append(
            directory.Reference(
                "initiatives.Involvement", "organisation", card=("initiative", "initiative__public_id")
            )
        )
        directory.after_merge.append(cards.refresh_of_organisations)
        directory.on_changed.append(lambda organisation: cards.refresh_of_organisations([organisation]))
        webhooks.register_event("initiative.published", _("An initiative became public"))
        webhooks.register_event("initiative.changed", _("A public initiative was changed"))
        webhooks.register_event("initiative.updated", _("A public initiative told what happened"))
        webhooks.register_event("initiative.confirmed", _("A public initiative was confirmed as still valid"))
        webhooks.register_event("initiative.archived", _("An initiative was archived"))
        webhooks.register_event("initiative.restored", _("An initiative came back from the archive"))
        schedule.every(minutes=60 * 6)(freshness.keep_fresh)
        hooks.office_pages.append(
            hooks.OfficePage(_("Initiatives"), "initiatives:office", Permission.VIEW_OFFICE, rank=20)
        )
        hooks.office_figures.append(attention.figures)
        hooks.office_steps.append(attention.steps)
        hooks.dated.append(dated.of_hub)
        hooks.home_pieces.append((10, stories.on_home))
        attention.register()
        yearly.register()
        people.personal_data.append(personal.personal_data)
        people.before_leaving.append(personal.before_leaving)
