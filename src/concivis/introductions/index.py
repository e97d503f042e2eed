"""The radar's index of this installation: built by a job, kept as a folder, read by every process that asks.

What was published or changed since the build lies over it. What was withdrawn since is left out where findings become
cards again (`queries.findings_for`).
"""

import json
import threading
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from concivis.catalogue import radar
from concivis.catalogue.models import Card
from concivis.catalogue.queries import cards
from concivis.places.models import PlaceName
from concivis.places.sizes import NAME_TIERS

INTRODUCED = (
    "initiative",
    "organisation",
)  # who asks to be introduced, and what an office looks through weekly
KINDS = (*INTRODUCED, "proposal")
CHUNK = 1000
SPELLINGS = 500  # in one question to the gazetteer
LATE = timedelta(minutes=1)  # a card is stamped before its transaction ends, and seen after


class Kept:
    """The index as this process knows it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.stamp: tuple[str, int] | None = None
        self.index: radar.Index | None = None
        self.upto: datetime | None = None
        self.added: dict[str, datetime] = {}


kept = Kept()


def folder() -> Path:
    return Path(settings.DATA) / "radar"


def is_there() -> bool:
    """Whether an index was ever built. No query."""
    return (folder() / "as_of.json").exists()


def build() -> int:
    """Reads all public cards anew and puts the index in its place; returns how many it holds."""
    began = timezone.now()
    made = radar.Index.build(
        map(entry_of, _known().iterator(CHUNK)),
        reader(),
    )
    made.save(folder())
    (folder() / "as_of.json").write_text(json.dumps(began.isoformat()), encoding="utf-8")
    return len(made)


def ensure_built() -> None:
    """Builds where cards changed since, or where no index is; an installation without cards needs none."""
    as_of = _as_of()
    changed = Card.objects.filter(kind__in=KINDS)
    if as_of is not None:
        changed = changed.filter(changed_at__gt=as_of - LATE)
    if changed.exists():
        build()


def current() -> radar.Index | None:
    """The index with what changed since its build; None before the first. One query, more where cards changed."""
    try:
        stamp = (str(folder()), (folder() / "as_of.json").stat().st_mtime_ns)
    except OSError:
        return None
    with kept.lock:
        if kept.stamp != stamp:
            _load(stamp)
        if kept.index is not None and kept.upto is not None:
            _overlay(kept.index, kept.upto)
        return kept.index


def reader() -> radar.Reader:
    return radar.Reader(places=lookup)


def lookup(spellings: Collection[str]) -> Mapping[str, list[radar.KnownPlace]]:
    """The places called so, in any language: one query for five hundred spellings."""
    found: dict[str, list[radar.KnownPlace]] = {}
    asked = sorted(spellings)
    for start in range(0, len(asked), SPELLINGS):
        names = PlaceName.objects.filter(tier__in=NAME_TIERS, folded__in=asked[start : start + SPELLINGS])
        rows = names.values_list(
            "folded", "place__public_id", "place__country", "place__population"
        ).distinct()
        for folded, identity, country, population in rows:
            found.setdefault(folded, []).append(radar.KnownPlace(identity, country, population or 0))
    return found


def identity_of(card: Card) -> str:
    return f"{card.kind}:{card.public_id}"


def entry_of(card: Card) -> radar.Entry:
    """What the radar knows of a card, of what `catalogue.queries.cards` brings along."""
    terms = list(card.terms.all())

    def codes(scheme: radar.Tag) -> frozenset[str]:
        return frozenset(term.code for term in terms if term.scheme_id == scheme)

    return radar.Entry(
        id=identity_of(card),
        hub=card.hub.slug if card.hub else "",
        kind=card.kind,
        texts={text.language: radar.Text(text.title, text.summary) for text in card.texts.all()},
        countries=frozenset(country.pk for country in card.countries.all()),
        places=tuple(
            radar.Place(place.public_id, place.country_id, place.latitude, place.longitude)
            for place in card.places.all()
        ),
        themes=codes(radar.Tag.THEME),
        target_groups=codes(radar.Tag.GROUP),
        goals=codes(radar.Tag.GOAL),
        languages=frozenset(card.languages),
        needs=frozenset(card.needs),
        offers=frozenset(card.offers),
        begins=card.from_date,
        ends=card.to_date,
    )


def _known() -> QuerySet[Card]:
    return cards(kinds=KINDS)


def _as_of() -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((folder() / "as_of.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _load(stamp: tuple[str, int]) -> None:
    kept.forget()
    try:
        kept.index = radar.Index.load(folder(), reader())
    except (OSError, ValueError, KeyError):  # replaced while we read, or of another version
        return
    kept.stamp, kept.upto = stamp, _as_of()


def _overlay(index: radar.Index, upto: datetime) -> None:
    changed = Card.objects.filter(kind__in=KINDS, changed_at__gt=upto - LATE)
    rows = changed.values_list("pk", "kind", "public_id", "changed_at")
    unseen = [pk for pk, kind, public_id, at in rows if kept.added.get(f"{kind}:{public_id}") != at]
    for start in range(0, len(unseen), CHUNK):
        for card in _known().filter(pk__in=unseen[start : start + CHUNK]):
            index.add(entry_of(card))
            kept.added[identity_of(card)] = card.changed_at
            kept.upto = max(kept.upto or upto, card.changed_at)
