"""Introductions in the reader's words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concivis.introductions.entries import Entry
from concivis.introductions.enums import Answer, State
from concivis.introductions.models import Introduction, Side
from concivis.shell.parts import Fact

TONES = {
    State.ASKED: "notice",
    State.ACCEPTED: "notice",
    State.INTRODUCED: "good",
    State.DECLINED: "over",
    State.WITHDRAWN: "over",
    State.EXPIRED: "over",
}


@dataclass(frozen=True)
class Row:
    """An introduction as the page of one entry lists it."""

    title: str  # of the other side
    url: str  # "" where it is not public any more
    state: str
    tone: str
    day: str
    outcome: str


def row(introduction: Introduction, own: Entry) -> Row:
    other = next(
        side
        for side in introduction.sides.all()
        if (side.initiative, side.organisation) != (own.initiative, own.organisation)
    )
    return Row(
        title=other.title,
        url=page_of(other),
        state=state(introduction),
        tone=TONES.get(State(introduction.state), "neutral"),
        day=date_format(timezone.localtime(introduction.asked_at)),
        outcome=outcome(introduction),
    )


def state(introduction: Introduction) -> str:
    said = State.EXPIRED if _is_late(introduction) else State(introduction.state)
    return str(said.label)


def outcome(introduction: Introduction) -> str:
    """What came of it, and whether both sides say so; "" where nobody has said."""
    if not introduction.outcome:
        return ""
    said = introduction.get_outcome_display()
    both = [side.outcome for side in introduction.sides.all()]
    if both == [introduction.outcome, introduction.outcome]:
        return _("%(outcome)s (both sides say so)") % {"outcome": said}
    return str(said)


def asked_now(introduction: Introduction) -> str:
    """What somebody is told who has just asked or agreed."""
    if introduction.state == State.INTRODUCED:
        return _("You are introduced: both of you get a mail with the other’s contact.")
    return _("Thank you. As soon as the other side has answered, you get a mail.")


def stands_for(side: Side) -> str:
    """How it stands, for who holds the mailed link of one side; "" while they can still answer."""
    introduction = side.introduction
    if _is_late(introduction) or introduction.state == State.EXPIRED:
        return _("This was not answered in time, so that it is over. Nobody’s address was shown to anybody.")
    if introduction.state == State.WITHDRAWN:
        return _(
            "This was withdrawn: there is nothing to answer any more. Nobody’s address was shown to anybody."
        )
    if introduction.state == State.DECLINED:
        if side.answer == Answer.DECLINED:
            return _("You declined. Nobody’s address was shown to anybody.")
        return _("The other side would rather not be introduced. Nobody’s address was shown to anybody.")
    if introduction.state == State.INTRODUCED:
        return _("Both of you agreed: you are introduced.")
    if side.has_agreed:
        return _("You agreed. As soon as the other side has answered, you get a mail.")
    return ""


def contact(other: Side) -> list[Fact]:
    """What the other side agreed to show. Only for introductions to which both agreed."""
    return [
        Fact(_("Name"), other.contact_name),
        Fact(_("Mail"), other.contact_email, f"mailto:{other.contact_email}" if other.contact_email else ""),
        Fact(_("Telephone"), other.contact_phone),
    ]


def summary_of(side: Side) -> tuple[str, str]:
    """(text, language) of what is public about the other entry."""
    if side.initiative is not None and side.initiative.is_public:
        return side.initiative.summary, side.initiative.language
    if side.organisation is not None and side.organisation.is_published:
        return side.organisation.description[:600], side.organisation.language
    return "", ""


def _is_late(introduction: Introduction) -> bool:
    return introduction.state in {State.ASKED, State.ACCEPTED} and not introduction.is_open


def page_of(side: Side) -> str:
    """Where everybody reads about it; "" where it is not public any more."""
    shown = side.initiative or side.organisation
    if shown is None or (side.initiative and not side.initiative.is_public):
        return ""
    return shown.get_absolute_url()
