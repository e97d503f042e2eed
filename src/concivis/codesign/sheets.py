"""Sheets for paper: what a process is about in pictures with the way to its box, and ballots. Tagged PDF."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from concivis.codesign import wording
from concivis.codesign.forms.voting import words
from concivis.codesign.models import Process, Vote, VoteOption
from concivis.codesign.outcomes import Method
from concivis.shell import typeset
from concivis.shell.codes import qr_svg
from concivis.shell.templatetags.shell import text_direction

FOLDER = Path(__file__).parent
SHEET, BALLOTS = FOLDER / "sheet.typ", FOLDER / "ballots.typ"
PICTURES = FOLDER / "static" / "codesign" / "pictures"
STEPS = ("say", "hear", "answer", "do")  # names of the pictures


def picture(name: str) -> str:
    return (PICTURES / f"{name}.svg").read_text(encoding="utf-8")


def steps() -> list[tuple[str, str, str]]:
    """(picture, what is seen on it, a short sentence) of the way of a process, for who reads little."""
    return [
        ("say", gettext("A person speaks"), gettext("You say what you need.")),
        ("hear", gettext("An ear, and a sheet that is written on"), gettext("We listen and write it down.")),
        (
            "answer",
            gettext("A house, and a speech bubble with a tick"),
            gettext("The city answers: yes, or no and why."),
        ),
        ("do", gettext("Two hands build a wall"), gettext("You see what is done.")),
    ]


def sheet(process: Process) -> bytes:
    """One page: the question, four pictures with a sentence each, and the code that leads to the box."""
    told, language = wording.shown(process), get_language() or "en"
    address = settings.BASE_URL + reverse("codesign:box", args=[process.public_id])
    given = {
        "lang": typeset.lang(language),
        "rtl": text_direction(language) == "rtl",
        "colour": process.hub.colour,
        "hub": process.hub.name,
        "title": told.texts["title"],
        "title_lang": typeset.lang(told.language),
        "ask": gettext("What do you want to say?"),
        "steps": [{"svg": picture(name), "alt": seen, "text": sentence} for name, seen, sentence in steps()],
        "qr": qr_svg(address),
        "alternative": gettext("QR code with the address %(address)s") % {"address": address},
        "address": address,
        "promise": gettext("Without your name. In your language. Written or spoken."),
    }
    return typeset.pdf(SHEET, given, process.created_at)


def ballots(vote: Vote, options: list[VoteOption], made: list[str]) -> bytes:
    """A ballot for each code, two on a page."""
    language = get_language() or "en"
    address = settings.BASE_URL + reverse("codesign:ballot")
    dots = vote.method == Method.DOTS
    how = (
        gettext("You have %(dots)s dots. At most %(each)s on one recommendation.")
        % {"dots": vote.dots, "each": vote.dots_each}
        if dots
        else gettext("Write 1 beside the best, 2 beside the next one, and so on.")
    )
    given = {
        "lang": typeset.lang(language),
        "rtl": text_direction(language) == "rtl",
        "hub": vote.process.hub.name,
        "title": vote.title,
        "title_lang": typeset.lang(vote.language),
        "how": how,
        "options": [f"{option.recommendation.number}. {words(option)}" for option in options],
        "codes": made,
        "code_label": gettext("Your code, which counts once:"),
        "where": gettext("Vote here, or hand this sheet in:"),
        "qr": qr_svg(address),
        "alternative": gettext("QR code with the address %(address)s") % {"address": address},
        "address": address,
    }
    return typeset.pdf(BALLOTS, given, vote.made_at)
