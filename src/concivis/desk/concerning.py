"""What an enquiry is about: the public card of anything that has one."""

from dataclasses import dataclass

from django.urls import get_script_prefix
from django.utils.translation import get_language

from concivis.catalogue import kinds
from concivis.catalogue.models import Card
from concivis.desk.models import Enquiry

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
