"""“Embed on your website”: composes the code for the city's own pages, with a look at the result."""

from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.initiatives.filters import InitiativeFilter
from concivis.portal.embeds.pages import MOST, USUAL
from concivis.portal.office.tabs import tabs
from concivis.shell.parts import Fact
from concivis.shell.templatetags.shell import absolute_url

WHAT = {
    "initiatives": _("Initiatives, by any filter"),
    "proposals": _("Citizens’ proposals"),
    "map": _("The map of everything"),
    "dates": _("What comes next"),
    "partnerships": _("Partner towns"),
}
TITLES = {
    "initiatives": _("Initiatives"),
    "proposals": _("Citizens’ proposals"),
    "map": _("Everything on a map"),
    "dates": _("What comes next"),
    "partnerships": _("Partner towns"),
}
LOOK_CHOICES = [
    ("auto", _("as the reader’s device says")),
    ("light", _("light")),
    ("dark", _("dark")),
]
LISTS = ("initiatives", "proposals", "dates", "partnerships")  # which take `most`
HEIGHT = 640  # pixels


class EmbedForm(InitiativeFilter):
    what = forms.ChoiceField(label=_("What is shown"), choices=list(WHAT.items()), required=False)
    page_language = forms.ChoiceField(
        label=_("Language of the page"), choices=settings.LANGUAGES, required=False
    )
    look = forms.ChoiceField(label=_("Light or dark"), choices=LOOK_CHOICES, required=False)
    most = forms.IntegerField(label=_("How many entries"), required=False, min_value=1, max_value=MOST)
    height = forms.IntegerField(label=_("Height in pixels"), required=False, min_value=100, max_value=3000)

    OWN = ("what", "page_language", "look", "most", "height")
    field_order = OWN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["hub"]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OWN]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.OWN]


@csp_update({"frame-src": [SELF]})
@office_view(Permission.VIEW_OFFICE)
@require_GET
def embed(request: HttpRequest, hub: Hub) -> HttpResponse:
    initial = {"page_language": get_language(), "most": USUAL, "height": HEIGHT}
    form = EmbedForm(request.GET or None, initial=initial)
    said = form.wanted()
    what = said.get("what") or "initiatives"
    language = said.get("page_language") or get_language() or "en"
    url = frame_url(hub, what, language, said)
    context = {
        "heading": gettext("Embed on your website"),
        "lead": gettext("A frame for the city’s own pages: it sets no cookie, needs no script and stays up to date."),
        "tabs": tabs(hub, "embed"),
        "form": form,
        "preview": url,
        "height": said.get("height") or HEIGHT,
        "code": code(url, title(hub, what, language), said.get("height") or str(HEIGHT)),
        "feeds": feeds(hub, language, said) if what == "initiatives" else [],
    }  # fmt: skip
    return office_page(request, hub, "portal/office/embed.html", context)


def frame_url(hub: Hub, what: str, language: str, said: dict[str, str]) -> str:
    """The path of the embedded page with what was chosen."""
    query = filters(said) if what == "initiatives" else {}
    if what in LISTS and said.get("most") not in (None, str(USUAL)):
        query["most"] = said["most"]
    if said.get("look") not in (None, "auto"):
        query["look"] = said["look"]
    with override(language):
        path = reverse(f"portal:embed_{what}", args=[hub.slug])
    return f"{path}?{urlencode(query)}" if query else path


def title(hub: Hub, what: str, language: str) -> str:
    """What a screen reader says of the frame, in the language of the page around it."""
    with override(language):
        return f"{TITLES[what]} · {hub.name}"


def code(path: str, title: str, height: str) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" frameborder="0"></iframe>',
        absolute_url(path),
        title,
        height,
    )


def feeds(hub: Hub, language: str, said: dict[str, str]) -> list[Fact]:
    """The same list for programs."""
    with override(language):
        stem = reverse("initiatives:of_hub", args=[hub.slug]).rstrip("/")
    query = f"?{urlencode(filters(said))}" if filters(said) else ""
    kinds = [("JSON Feed", "feed.json"), ("Atom", "atom"), (gettext("Calendar"), "ics")]
    urls = [(label, absolute_url(f"{stem}.{extension}{query}")) for label, extension in kinds]
    return [Fact(label, url, url) for label, url in urls]


def filters(said: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if name not in EmbedForm.OWN}
