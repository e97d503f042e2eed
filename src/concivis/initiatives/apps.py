from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "concivis.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from concivis.catalogue import kinds, sources
        from concivis.directory import hooks as directory
        from concivis.hubs import hooks, webhooks
        from concivis.initiatives import cards, record_words

        record_words.register()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        directory.references.append(directory.Reference("initiatives.Involvement", "organisation"))
        directory.after_merge.append(cards.refresh_of_organisations)
        directory.on_changed.append(lambda organisation: cards.refresh_of_organisations([organisation]))
        webhooks.register_event("initiative.published", _("An initiative became public"))
        webhooks.register_event("initiative.changed", _("A public initiative was changed"))
        webhooks.register_event("initiative.updated", _("A public initiative told what happened"))
        webhooks.register_event("initiative.confirmed", _("A public initiative was confirmed as still valid"))
        webhooks.register_event("initiative.archived", _("An initiative was archived"))
        webhooks.register_event("initiative.restored", _("An initiative came back from the archive"))
