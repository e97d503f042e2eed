"""What an office's programs are told of what it does: what is public of a proposal, and no person."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.webhooks import register_event


def register() -> None:
    register_event("proposal.changed", _("A public citizens’ proposal was paused, hidden, or goes on"))
    register_event("proposal.handed_over", _("A citizens’ proposal was handed over"))
    register_event("proposal.answered", _("A citizens’ proposal was answered"))
    register_event("proposal.decided", _("A citizens’ proposal was decided"))
    register_event("proposal.measure", _("There is news of a measure because of a citizens’ proposal"))
    register_event("proposal.ended", _("It is known what became of a citizens’ proposal"))
