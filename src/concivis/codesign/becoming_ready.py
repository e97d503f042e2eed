"""What this room registers of recommendations, answers and measures when the site starts."""

from django.utils.translation import gettext_lazy as _

from concivis.catalogue import kinds, sources
from concivis.codesign import becoming, cards, hooks, outcome_matters, outcome_words, reader_letters, wording
from concivis.codesign.actions import box, following
from concivis.codesign.models import Process
from concivis.hubs import hooks as hubs
from concivis.hubs import webhooks
from concivis.shell import schedule


def register() -> None:
    sources.register(cards.KIND, cards.drafts)
    kinds.register(cards.KIND, cards.WORDS)
    hubs.on_hub_changed.append(cards.refresh_of_hub)
    hubs.home_pieces.append((15, wording.on_home))
    hooks.on_process_changed.append(_refresh)
    hooks.fates.append(becoming.fates)
    outcome_words.register()
    outcome_matters.register()
    reader_letters.register()
    webhooks.register_event("codesign.recommendation", _("A recommendation was handed over"))
    webhooks.register_event("codesign.answer", _("A recommendation was answered"))
    webhooks.register_event("codesign.measure", _("A measure was added or moved on"))
    schedule.every(minutes=60 * 12)(following.remind)
    schedule.every(minutes=60 * 24)(following.forget_unconfirmed)
    schedule.every(minutes=60 * 24)(box.forget_audio)


def _refresh(process: Process) -> None:
    cards.refresh([process.pk])
