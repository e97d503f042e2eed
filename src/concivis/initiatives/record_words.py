"""The record's lines of this room, in words."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs.record_words import register as words


def register() -> None:
    words("initiative.recorded", _("entered an initiative"))
    words("initiatives.recorded", _("entered {count} initiatives from a list"))
    words("initiatives.taken_back", _("took back {deleted} initiatives that came from a list"))
    words("initiative.mail_confirmed", _("confirmed the mail address of a new initiative"))
    words("initiative.edited", _("changed an initiative"))
    words("initiative.edited_by_owner", _("changed an initiative as its owner"))
    words("initiative.published", _("made an initiative public"))
    words("initiative.asked_back", _("asked the owner of an initiative something"))
    words("initiative.answered", _("answered the office's question about an initiative"))
    words("initiative.declined", _("declined an initiative"))
    words("initiative.seen", _("looked at what the owner of an initiative changed"))
    words("initiative.confirmed", _("confirmed that an initiative is still valid"))
    words("initiative.confirmed_by_owner", _("confirmed as its owner that an initiative is still valid"))
    words("initiative.archived", _("archived an initiative"))
    words("initiative.archived_by_owner", _("archived an initiative as its owner"))
    words("initiative.restored", _("took an initiative out of the archive"))
    words("initiative.restored_by_owner", _("took an initiative out of the archive as its owner"))
    words("initiative.owner_changed", _("changed who looks after an initiative"))
    words("initiative.translated", _("wrote an initiative in {language}"))
    words("initiative.translation_removed", _("removed the {language} translation of an initiative"))
    words("initiative.update_added", _("added an update to an initiative"))
    words("initiative.update_changed", _("changed an update of an initiative"))
    words("initiative.update_removed", _("removed an update of an initiative"))
    words("initiative.picture_added", _("added a picture to an initiative"))
    words("initiative.picture_changed", _("changed what is said of a picture of an initiative"))
    words("initiative.picture_removed", _("removed a picture of an initiative"))
    words("initiative.paper_added", _("added a document to an initiative"))
    words("initiative.paper_removed", _("removed a document of an initiative"))
    words("initiative.written_to", _("wrote to the owner of an initiative by the form on its page"))
    words("initiative.organisation_matched", _("found an organisation of an initiative in the directory"))
    words("initiative.deleted", _("deleted an initiative for good"))
    words("register.rules", _("changed when owners are asked and entries archived"))
