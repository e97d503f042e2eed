from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "concivis.proposals"
    label = "proposals"

    def ready(self) -> None:
        self._writing_and_public()
        self._following()
        self._signing()
        self._office()

    def _writing_and_public(self) -> None:
        from concivis.catalogue import kinds, sources
        from concivis.hubs import hooks, webhooks
        from concivis.proposals import cards, dated, home, record_words
        from concivis.proposals.actions import sponsoring
        from concivis.shell import schedule

        record_words.register()
        sources.register(cards.KIND, cards.drafts)
        kinds.register(cards.KIND, cards.WORDS)
        hooks.on_hub_changed.append(cards.refresh_of_hub)
        hooks.dated.append(dated.of_hub)
        hooks.home_pieces.append((15, home.on_home))
        schedule.every(minutes=60)(sponsoring.end_overdue)
        webhooks.register_event("proposal.published", _("A citizens’ proposal became public"))
        webhooks.register_event("proposal.corrected", _("A published citizens’ proposal was put right"))
        webhooks.register_event("proposal.withdrawn", _("A public citizens’ proposal was withdrawn"))

    def _following(self) -> None:
        from concivis.accounts import hooks as people
        from concivis.proposals import forgetting, personal, telling, yearly
        from concivis.proposals import hooks as own
        from concivis.proposals.actions import following
        from concivis.shell import schedule

        own.on_happening.append(following.tell)
        telling.register()
        yearly.register()
        schedule.every(minutes=5)(following.tell_due)
        schedule.every(minutes=5)(following.take_over_signers)
        schedule.every(minutes=60 * 24)(forgetting.forget_due)
        people.personal_data.append(personal.personal_data)
        people.before_leaving.append(personal.before_leaving)

    def _signing(self) -> None:
        from concivis.hubs import webhooks
        from concivis.proposals import checks, closing, counting, signing_letters
        from concivis.shell import schedule

        register(checks.the_pepper_is_apart, Tags.security)
        schedule.steadily(seconds=1)(signing_letters.send_due)
        schedule.steadily(seconds=counting.EVERY)(counting.count_collecting)
        schedule.steadily(seconds=counting.EVERY)(closing.see_deadlines)
        schedule.every(minutes=1)(closing.close_due)
        schedule.every(minutes=60 * 24)(counting.reconcile)
        webhooks.register_event("proposal.reached", _("A citizens’ proposal reached a number of signatures"))
        webhooks.register_event("proposal.closed", _("A citizens’ proposal ended collecting signatures"))

    def _office(self) -> None:
        from concivis.hubs import hooks
        from concivis.hubs.permissions import Permission
        from concivis.proposals import attention, office_words, webhook_events
        from concivis.proposals.actions import handing
        from concivis.shell import schedule

        office_words.register()
        webhook_events.register()
        hooks.office_pages.append(
            hooks.OfficePage(
                _("Citizens’ initiatives"), "proposals:office", Permission.WORK_ON_PROPOSALS, rank=22
            )
        )
        hooks.office_figures.append(attention.figures)
        hooks.office_steps.append(attention.steps)
        attention.register()
        schedule.every(minutes=60 * 12)(handing.remind_due)
