from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TwinningConfig(AppConfig):
    name = "concivis.twinning"
    label = "twinning"

    def ready(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.catalogue import kinds, sources
        from concivis.directory import hooks as organisations
        from concivis.hubs import hooks, matters
        from concivis.hubs.permissions import Permission
        from concivis.shell import schedule
        from concivis.twinning import (
            agreement_words,
            answers,
            attention,
            cards,
            journey_words,
            letters,
            profile_cards,
            record_words,
            side_words,
            yearly_words,
        )
        from concivis.twinning.actions import finder, noting, profiles, sides
        from concivis.twinning.office import first_page

        record_words.register()
        journey_words.register()
        side_words.register()
        agreement_words.register()
        yearly_words.register()
        noting.register_events()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        sources.register(profile_cards.KIND, profile_cards.drafts)
        kinds.register(profile_cards.KIND, profile_cards.WORDS)
        hooks.on_hub_changed.append(profile_cards.refresh_of_hub)
        hooks.office_pages += [
            hooks.OfficePage(_("Partnerships"), "twinning:office_partnerships", Permission.VIEW_OFFICE),
        ]
        matters.register_kind(matters.Kind(attention.KIND, _("Partnerships")))
        hooks.matters.append(attention.for_the_desk)
        hooks.office_figures.append(first_page.figures)
        hooks.office_steps.append(first_page.steps)
        hooks.office_pages.append(
            hooks.OfficePage(_("Partner finder"), "twinning:office_finder", Permission.VIEW_OFFICE)
        )
        schedule.every(minutes=60)(profiles.withdraw_expired)
        schedule.every(minutes=60)(finder.ensure_fitted)
        schedule.every(minutes=60 * 24)(sides.forget_expired_keys)
        organisations.references.append(
            organisations.Reference(
                "twinning.Side", "organisation", card=("partnership", "partnership__public_id")
            )
        )
        organisations.on_changed.append(cards.refresh_of_organisation)
        organisations.after_merge.append(cards.refresh_of_organisations)
        people.personal_data.append(answers.personal_data)
        people.personal_data.append(letters.personal_data)
        hooks.office_pages.append(
            hooks.OfficePage(_("Activities"), "twinning:office_all_activities", Permission.VIEW_OFFICE)
        )
