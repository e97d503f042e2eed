"""What needs attention, in sentences, with the page where something is done about it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concivis.twinning import journey, listing

if TYPE_CHECKING:
    from concivis.twinning.attention import Matter

# reason → (name of the page where one acts, what the link to it says)
PAGES: Mapping[str, tuple[str, str | Promise]] = {
    "waiting": ("office_partner", _("Confirm or correct")),
    "differs": ("office_partner", _("Compare what they say")),
    "step_overdue": ("office_journey", _("Go to the step")),
    "renewal": ("office_dates", _("Note the renewal")),
    "unconfirmed": ("office_partner", _("Ask them to confirm")),
    "dormant": ("office_activity_new", _("Wake it: note an activity")),
    "quiet": ("office_activity_new", _("Note an activity")),
    "successor": ("office_contacts", _("Name a successor")),
    "long_suspended": ("office_dates", _("Look at its dates")),
}
REASONS: Mapping[str, str | Promise] = {
    "waiting": _("waiting for your word"),
    "differs": _("the other side says something else"),
    "step_overdue": _("a step is overdue"),
    "renewal": _("renewal is due"),
    "unconfirmed": _("not confirmed by the other side"),
    "dormant": _("dormant"),
    "quiet": _("no activity for long"),
    "successor": _("nobody to take over"),
    "long_suspended": _("suspended for over two years"),
}


def url(matter: "Matter") -> str:
    of_tie = matter.hub.slug, matter.partnership.public_id
    if matter.step is not None:
        return reverse("twinning:office_step", args=[*of_tie, matter.step.pk])
    return reverse(f"twinning:{PAGES[matter.reason][0]}", args=of_tie)


def action(matter: "Matter") -> str:
    return str(PAGES[matter.reason][1])


def sentence(matter: "Matter") -> str:
    return SENTENCES[matter.reason](matter)


def _waiting(matter: "Matter") -> str:
    keeper = matter.partnership.hub
    words = {"office": keeper.name if keeper else "", "day": _day(matter.since)}
    return gettext("The office of %(office)s asked you on %(day)s to confirm it.") % words


def _differs(matter: "Matter") -> str:
    side = matter.side
    place = side.place.name if side else ""
    if side and side.state_said == "ended":
        return gettext("%(place)s says that this is not, or no longer, a partnership of theirs.") % {
            "place": place
        }
    if side and side.state_said not in ("", matter.partnership.state):
        words = {"place": place, "state": listing.state_label(side.state_said)}
        return gettext("%(place)s says that the state is: %(state)s.") % words
    return gettext("%(place)s gives dates that you have not taken over.") % {"place": place}


def _step(matter: "Matter") -> str:
    step = matter.step
    title = journey.label(step, get_language() or "en") if step else ""
    return gettext("“%(step)s” was due on %(day)s.") % {"step": title, "day": _day(matter.day)}


def _renewal(matter: "Matter") -> str:
    if matter.about.startswith("ran out"):
        return gettext("The agreement ran out on %(day)s.") % {"day": _day(matter.day)}
    return gettext("The agreement runs out on %(day)s.") % {"day": _day(matter.day)}


def _unconfirmed(matter: "Matter") -> str:
    place = matter.side.place.name if matter.side else ""
    if matter.side and matter.side.asked_at:
        words = {"place": place, "day": _day(matter.side.asked_at.date())}
        return gettext("%(place)s was asked on %(day)s and has not answered.") % words
    return gettext("%(place)s was never asked to confirm it.") % {"place": place}


def _dormant(matter: "Matter") -> str:
    return gettext(
        "It sleeps: the last activity was on %(day)s. A visit, a call of the mayors, a greeting at a "
        "festivity wakes it, as soon as it is noted."
    ) % {"day": _day(matter.day)}


def _quiet(matter: "Matter") -> str:
    if matter.day is None:
        return gettext("No activity has been noted yet.")
    return gettext("The last activity was on %(day)s.") % {"day": _day(matter.day)}


def _successor(matter: "Matter") -> str:
    return gettext("Nobody of the team has a successor who could take over.")


def _suspended(matter: "Matter") -> str:
    return gettext("It has been suspended since %(day)s. Resume it, or leave it until later.") % {
        "day": _day(matter.day)
    }


SENTENCES: Mapping[str, Callable[["Matter"], str]] = {
    "waiting": _waiting,
    "differs": _differs,
    "step_overdue": _step,
    "renewal": _renewal,
    "unconfirmed": _unconfirmed,
    "dormant": _dormant,
    "quiet": _quiet,
    "successor": _successor,
    "long_suspended": _suspended,
}


def _day(day: object) -> str:
    return str(date_format(day, "DATE_FORMAT")) if day else ""  # type: ignore[arg-type]
