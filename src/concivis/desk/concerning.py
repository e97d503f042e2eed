"""What an enquiry is about: the public card of anything that has one."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from concivis.catalogue import kinds
from concivis.catalogue.models import Card
from concivis.desk.models import Enquiry
from concivis.hubs.models import Hub
from concivis.initiatives.models import Initiative
from concivis.twinning.cards import KIND as PARTNERSHIP
from concivis.twinning.queries import in_office as ties_in_office

LONGEST = 60


@dataclass(frozen=True)
class Concern:
    kind: str
    public_id: str
    kind_label: str
    title: str
    url: str

    @property
    def written(self) -> str:
        """As it stands in an address or a form: initiative:ab12."""
        return f"{self.kind}:{self.public_id}"


def find(written: str) -> Concern | None:
    """`written`: kind:id, or the address of a page here. None for what has no public card. Two queries at most."""
    written = written.strip()[:500]
    if "/" in written:
        return _by_address(written)
    kind, _colon, public_id = written.partition(":")
    return _of(kind, public_id)


def of(enquiry: Enquiry) -> Concern | None:
    """None, too, where its card is no longer public. Two queries at most."""
    return _of(enquiry.concerns_kind, enquiry.concerns_id)


def on_initiative_page(request: HttpRequest, initiative: Initiative) -> str:
    """For `initiatives.hooks.on_page`: the way to ask the office about it."""
    if not initiative.hub.is_published:
        return ""
    url = f"{reverse('desk:ask', args=[initiative.hub.slug])}?about=initiative:{initiative.public_id}"
    return format_html('<p><a href="{}" rel="nofollow">{}</a></p>', url, gettext("Ask the office about it"))


def in_office(enquiry: Enquiry, hub: Hub) -> Concern | None:
    """As `of`, and a partnership of the office that is not public. Three queries at most."""
    found = of(enquiry)
    if found is not None or enquiry.concerns_kind != PARTNERSHIP:
        return found
    tie = ties_in_office(hub).filter(public_id=enquiry.concerns_id).first()
    if tie is None:
        return None
    url = reverse("twinning:office_tie", args=[hub.slug, tie.public_id])
    return Concern(PARTNERSHIP, tie.public_id, str(kinds.kind(PARTNERSHIP).one), tie.title, url)


def _of(kind: str, public_id: str) -> Concern | None:
    if not kind or not public_id or len(kind) + len(public_id) > LONGEST:
        return None
    return _told(Card.objects.filter(kind=kind, public_id=public_id).prefetch_related("texts").first())


def _by_address(address: str) -> Concern | None:
    """https://here/en/initiatives/ab12/ → the card of which that is the page."""
    path = "/" + address.split("?")[0].split("#")[0].split("://")[-1].partition("/")[2]
    language, _slash, rest = path.removeprefix(get_script_prefix()).partition("/")
    if not language or not rest:
        return None
    return _told(Card.objects.filter(path="/" + rest).prefetch_related("texts").first())


def _told(card: Card | None) -> Concern | None:
    if card is None:
        return None
    texts = {text.language: text.title for text in card.texts.all()}
    language = get_language() or "en"
    title = texts.get(language) or texts.get(card.language) or next(iter(texts.values()), card.public_id)
    label = str(kinds.kind(card.kind).one)
    return Concern(card.kind, card.public_id, label, title, f"{get_script_prefix()}{language}{card.path}")
