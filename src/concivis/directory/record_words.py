"""The directory's lines of the record in words. They never name a person."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs import record_words


def register() -> None:
    for action, words in WORDS.items():
        record_words.register(action, words)


WORDS = {
    "organisation.recorded": _("recorded an organisation"),
    "organisation.changed": _("changed an organisation"),
    "organisation.confirmed": _("confirmed what is said of an organisation"),
    "organisation.published": _("made an organisation public"),
    "organisation.unpublished": _("took an organisation out of sight"),
    "organisation.removed": _("deleted an organisation"),
    "organisation.translated": _("changed a translation of what an organisation says"),
    "organisation.merged": _("merged two entries of one organisation"),
    "organisation.merge_undone": _("undid the merge of two organisations"),
    "organisation.not_the_same": _("noted that two organisations are not the same"),
    "organisation.claimed": _("asked to look after the entry of an organisation"),
    "organisation.claim_accepted": _("let somebody look after the entry of an organisation"),
    "organisation.claim_declined": _("declined that somebody looks after the entry of an organisation"),
    "organisation.steward_dismissed": _("took from somebody the care of an organisation’s entry"),
    "tie.added": _("noted a tie of an organisation abroad"),
    "tie.changed": _("changed a tie of an organisation abroad"),
    "tie.removed": _("took out a tie of an organisation abroad"),
    "network.joined": _("noted that an organisation belongs to a network"),
    "network.left": _("noted that an organisation left a network"),
    "network.removed": _("took out that an organisation belongs to a network"),
    "role.added": _("noted a person of an organisation"),
    "role.changed": _("changed the role of a person in an organisation"),
    "role.removed": _("took out the role of a person in an organisation"),
    "person.changed": _("changed what is noted of a person"),
    "person.consent_withdrawn": _("took back a consent to show something of a person"),
    "person.removed": _("deleted all that was noted of a person"),
}
