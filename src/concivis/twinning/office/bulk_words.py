"""What the actions on many partnerships are called, what they ask, what they say when they are done."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from concivis.shell.templatetags.shell import number
from concivis.twinning.actions.bulk import Bulk

LABELS: Mapping[Bulk, str | Promise] = {
    Bulk.PUBLISH: _("Make public"),
    Bulk.UNPUBLISH: _("Take out of public sight"),
    Bulk.FIELDS: _("Change fields of work"),
    Bulk.ADOPT: _("Take over"),
    Bulk.ASK: _("Ask the other side to confirm"),
    Bulk.JOURNEY: _("Begin the ten steps"),
}
CONSEQUENCES: Mapping[Bulk, str | Promise] = {
    Bulk.PUBLISH: _(
        "Everybody will see them on your page, on the map and in the lists, with their dates and sources."
    ),
    Bulk.UNPUBLISH: _("Only your office, and other sides that you asked, will see them. Nothing is deleted."),
    Bulk.FIELDS: _("The fields that you choose are added or removed; all others stay as they are."),
    Bulk.ADOPT: _(
        "Your office will keep them: it can correct them, add to them and answer for them. Their sources stay."
    ),
    Bulk.ASK: _(
        "Each gets a letter, in a language of its country, with a link to confirm or correct its side. It goes to the "
        "contact that you know there, the coordinator first."
    ),
    Bulk.JOURNEY: _(
        "Each begins today; the days on which its steps are due are a suggestion you can change."
    ),
}


def question(action: Bulk, count: int) -> str:
    return _with(QUESTIONS[action](count), count)


def consequence(action: Bulk) -> str:
    return str(CONSEQUENCES[action])


def done(action: Bulk, count: int) -> str:
    return _with(DONE[action](count), count)


def _with(text: str, count: int) -> str:
    return text % {"n": number(count)}


QUESTIONS: Mapping[Bulk, Callable[[int], str]] = {
    Bulk.PUBLISH: lambda n: ngettext("Make %(n)s partnership public?", "Make %(n)s partnerships public?", n),
    Bulk.UNPUBLISH: lambda n: ngettext(
        "Take %(n)s partnership out of public sight?", "Take %(n)s partnerships out of public sight?", n
    ),
    Bulk.FIELDS: lambda n: ngettext(
        "Change the fields of work of %(n)s partnership?",
        "Change the fields of work of %(n)s partnerships?",
        n,
    ),
    Bulk.ADOPT: lambda n: ngettext("Take over %(n)s partnership?", "Take over %(n)s partnerships?", n),
    Bulk.ASK: lambda n: ngettext(
        "Ask the other side of %(n)s partnership to confirm?",
        "Ask the other sides of %(n)s partnerships to confirm?",
        n,
    ),
    Bulk.JOURNEY: lambda n: ngettext(
        "Begin the ten steps with %(n)s partnership?", "Begin the ten steps with %(n)s partnerships?", n
    ),
}
DONE: Mapping[Bulk, Callable[[int], str]] = {
    Bulk.PUBLISH: lambda n: ngettext(
        "%(n)s partnership is public now.", "%(n)s partnerships are public now.", n
    ),
    Bulk.UNPUBLISH: lambda n: ngettext(
        "%(n)s partnership is out of public sight now.", "%(n)s partnerships are out of public sight now.", n
    ),
    Bulk.FIELDS: lambda n: ngettext(
        "The fields of work of %(n)s partnership were changed.",
        "The fields of work of %(n)s partnerships were changed.",
        n,
    ),
    Bulk.ADOPT: lambda n: ngettext(
        "Your office keeps %(n)s partnership more now.", "Your office keeps %(n)s partnerships more now.", n
    ),
    Bulk.ASK: lambda n: ngettext(
        "The other side of %(n)s partnership is asked; the letter is on its way.",
        "The other sides of %(n)s partnerships are asked; the letters are on their way.",
        n,
    ),
    Bulk.JOURNEY: lambda n: ngettext(
        "The ten steps have begun with %(n)s partnership.",
        "The ten steps have begun with %(n)s partnerships.",
        n,
    ),
}
