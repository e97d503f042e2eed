"""The letters about a proposal's steps, for `mailings.kinds`: what happened, in sentences, and what comes next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concivis.mailings import kinds
from concivis.mailings.composing import LEAVE, Finished, message
from concivis.mailings.models import Letter
from concivis.proposals.actions import following
from concivis.proposals.enums import OUTCOMES, Event, State, Threshold, Verdict
from concivis.proposals.models import Answer, Follower, Happening, Proposal
from concivis.shell import content
from concivis.shell.markdown import to_text

REASONS = 1200  # characters of an answer that a letter quotes
FINISHED_LETTERS = 64  # kept: one for each step and language


@dataclass(frozen=True)
class Told:
    """A step, as a letter tells it. `note` is as somebody wrote it, in `language`."""

    on: dt.date
    sentence: str
    note: str
    language: str


def register() -> None:
    kinds.register(following.KIND, compose)
    kinds.register(following.OFFICE_KIND, compose_for_office)


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """None for who has left, and where the proposal is hidden, or its steps were taken back."""
    named = _named(letter)
    if named is None or named.told_at is None or not named.proposal.is_public:
        return None
    links = {}
    if letter.reference != following.AUTHOR:
        follower = Follower.objects.filter(pk=letter.reference, email=letter.address).first()
        if follower is None:
            return None
        links = {LEAVE: following.leave_url(follower)}
    finished = _finished(named.pk, named.told_at, letter.language, bool(links))
    return message(finished, letter.address, links) if finished else None


def compose_for_office(letter: Letter) -> EmailMultiAlternatives | None:
    named = _named(letter)
    if named is None:
        return None
    told = _told(named, named.proposal, letter.language)
    return message(_written(named.proposal, [told], letter.language, "office"), letter.address, {})


def _named(letter: Letter) -> Happening | None:
    rows = Happening.objects.select_related("proposal__hub", "proposal__rules")
    return rows.filter(pk=letter.mailing.object_id).first()


@lru_cache(maxsize=FINISHED_LETTERS)
def _finished(named: int, _told_at: dt.datetime, language: str, leaves: bool) -> Finished | None:
    """The same for all readers of a language. None where every step has become private since."""
    rows = Happening.objects.filter(told_with=named, is_public=True).select_related("proposal__hub")
    steps = list(rows)
    if not steps:
        return None
    proposal = steps[0].proposal
    told = [_told(step, proposal, language) for step in steps]
    return _written(proposal, told, language, "follower" if leaves else "author")


def _written(proposal: Proposal, told: Sequence[Told], language: str, reader: str) -> Finished:
    shown = content.choose(proposal, proposal.translations.all(), [language])
    context: dict[str, Any] = {
        "proposal": proposal,
        "hub": proposal.hub,
        "language": language,
        "title": shown.texts["title"],
        "title_language": shown.language,
        "steps": told,
        "reader": reader,
        "url": settings.BASE_URL + proposal.get_absolute_url(),
        "leave_url": LEAVE if reader == "follower" else "",
    }
    subject, _line, text = render_to_string("proposals/letters/steps.txt", context).strip().partition("\n\n")
    subject = " ".join(subject.split())
    html = render_to_string("proposals/letters/steps.html", {**context, "subject": subject})
    return Finished(subject, text.strip() + "\n", html)


def _told(step: Happening, proposal: Proposal, language: str) -> Told:
    on = step.at.astimezone(ZoneInfo(proposal.hub.timezone)).date()
    note, of = _note(step, proposal)
    return Told(on, _sentence(step, proposal), note, of or language)


def _note(step: Happening, proposal: Proposal) -> tuple[str, str]:
    """What somebody wrote about it, and in which language; ("", "") where the sentence says it all."""
    if step.event in (Event.ANSWERED, Event.DECIDED):
        answer = _answer(proposal, decided=step.event == Event.DECIDED)
        return (_shortened(to_text(answer.text)), answer.language) if answer else ("", "")
    if step.event == Event.ENDED:
        return step.note or proposal.outcome_note, step.language or proposal.hub.language
    if step.event == Event.HANDED_OVER and step.note == proposal.received_by:
        return "", ""
    return step.note, step.language


def _shortened(text: str) -> str:
    return text if len(text) <= REASONS else text[:REASONS].rsplit(" ", 1)[0] + " …"


def _answer(proposal: Proposal, *, decided: bool) -> Answer | None:
    answers = Answer.objects.filter(proposal=proposal, is_decision=decided)
    return answers.order_by("-given_on", "-pk").first()


def _sentence(step: Happening, proposal: Proposal) -> str:
    """In the active language."""
    match step.event:
        case Event.REACHED:
            return _reached(step)
        case Event.CLOSED:
            return _closed(step)
        case Event.WITHDRAWN:
            return _("Whoever proposed it has withdrawn it.")
        case Event.CORRECTED:
            return _("A word of the text was put right. The page shows what stood there before.")
        case Event.HANDED_OVER:
            if proposal.received_by:
                return _("It was handed over to: %(who)s.") % {"who": proposal.received_by}
            return _("It was handed over to the city.")
        case Event.ANSWERED | Event.DECIDED:
            return _answered(proposal, decided=step.event == Event.DECIDED)
        case Event.HEARD:
            return _("The proposer was heard.")
        case Event.DEBATED:
            return _("The council debated it.")
        case Event.MEASURE:
            return _("There is news of a measure.")
        case Event.ENDED if proposal.state in OUTCOMES:
            return _outcome(State(proposal.state))
    return str(Event(step.event).label)


def _reached(step: Happening) -> str:
    number = step.number or 0
    words = ngettext(
        "It has reached %(number)s signature. What follows: %(what)s.",
        "It has reached %(number)s signatures. What follows: %(what)s.",
        number,
    )
    return words % {"number": number, "what": Threshold(step.threshold).label}


def _closed(step: Happening) -> str:
    if step.number is None:
        return _("The collecting of signatures has ended.")
    words = ngettext(
        "The collecting of signatures has ended, with %(number)s signature.",
        "The collecting of signatures has ended, with %(number)s signatures.",
        step.number,
    )
    return words % {"number": step.number}


def _answered(proposal: Proposal, *, decided: bool) -> str:
    answer = (
        Answer.objects.filter(proposal=proposal, is_decision=decided).order_by("-given_on", "-pk").first()
    )
    if answer is None:
        return _("It was decided.") if decided else _("It was answered.")
    said = {"who": answer.body, "what": Verdict(answer.verdict).label}
    if decided:
        return _("%(who)s has decided: %(what)s.") % said
    return _("%(who)s has answered: %(what)s.") % said


def _outcome(state: State) -> str:
    match state:
        case State.REALISED:
            return _("It is realised.")
        case State.PARTLY_REALISED:
            return _("It is realised in part.")
        case _:
            return _("It will not be realised.")
