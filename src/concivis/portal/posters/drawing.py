"""A poster as a tagged PDF, and as a small picture to look at first."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, override

from concivis.portal.posters.subjects import Poster
from concivis.shell import typeset
from concivis.shell.codes import qr_svg
from concivis.shell.templatetags.shell import text_direction

TEMPLATE = Path(__file__).with_name("poster.typ")


def pdf(poster: Poster) -> bytes:
    return typeset.pdf(TEMPLATE, given(poster), poster.hub.created_at)


def preview(poster: Poster) -> str:
    """The code alone, as the address of a picture within the page."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(poster.address).encode()).decode()


def given(poster: Poster) -> dict[str, Any]:
    """What the template reads."""
    first = poster.texts[0]
    with override(first.language):
        alternative = gettext("QR code with the address %(address)s") % {"address": poster.readable}
    return {
        "format": poster.format,
        "colour": poster.hub.colour,
        "hub": poster.hub.name,
        "title": first.title or poster.hub.name,
        "lang": typeset.lang(first.language),
        "texts": [
            {
                "lang": typeset.lang(each.language),
                "rtl": text_direction(each.language) == "rtl",
                "title": each.title,
                "text": each.text,
            }
            for each in poster.texts
        ],
        "qr": qr_svg(poster.address),
        "alternative": alternative,
        "address": poster.address,
        "readable": poster.readable,
    }
