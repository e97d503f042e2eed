"""What the cells of one table are read against: words, countries, towns, the organisations of the directory."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from concivis.directory.models import NameKey, Organisation
from concivis.directory.naming import key_of
from concivis.exchange.gazetteer import DatabaseGazetteer
from concivis.exchange.matching import MATCHED, Decision
from concivis.exchange.notes import Note
from concivis.exchange.records import End
from concivis.exchange.resolving import resolve
from concivis.exchange.sheets.words import Vocabulary
from concivis.hubs.models import Hub
from concivis.places.countries import country_code, country_name
from concivis.places.models import Country, Place
from concivis.shell.chunks import chunks

NUMBERED = re.compile(r"^(.*?)\s*#\s*(\w{1,16})\s*$", re.ASCII | re.DOTALL)
MOST_NAMED = 3  # towns that could be meant, in a sentence
CHUNK = 500


class Known:
    """Towns are looked for together (`find_towns`); everything else is read once, when it is first asked for."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.vocabulary = Vocabulary()
        self._towns: dict[tuple[str, str], Place | Note] = {}
        self._places: dict[str, Place] = {}
        self._organisations: dict[str, Organisation] = {}

    @cached_property
    def countries(self) -> frozenset[str]:
        """Those that anything here can lie in."""
        return frozenset(Country.objects.values_list("pk", flat=True))

    # --- towns ---------------------------------------------------------------------------------------------

    def find_towns(self, written: Collection[tuple[str, str]]) -> None:
        """`written`: (what a cell says, the country that the row says, or ""). A few queries for all of them."""
        unknown = [each for each in dict.fromkeys(written) if each not in self._towns]
        numbered = {each: found[2] for each in unknown if (found := NUMBERED.match(each[0]))}
        self.read_places(set(numbered.values()))
        for each, number in numbered.items():
            self._towns[each] = self._places.get(number) or Note("town_number_unknown", {"number": number})
        named = [each for each in unknown if each not in numbered]
        for each, place in zip(named, self._named(named), strict=True):
            self._towns[each] = place

    def town(self, text: str, hint: str) -> Place | Note:
        """The town, or why none is found."""
        if (text, hint) not in self._towns:
            self.find_towns([(text, hint)])
        return self._towns[text, hint]

    def read_places(self, public_ids: Collection[str]) -> None:
        """So that `place` asks no query for each."""
        for chunk in chunks(set(public_ids) - self._places.keys(), CHUNK):
            found = Place.objects.filter(public_id__in=chunk).select_related("country")
            self._places.update({each.public_id: each for each in found})

    def place(self, public_id: str) -> Place | None:
        self.read_places([public_id])
        return self._places.get(public_id)

    def say_place(self, public_id: str, *, numbered: bool) -> str:
        """“Hamm, Germany”; with our number, so that it is found again without a doubt: “Hamm, Germany #gn2911240”."""
        place = self.place(public_id)
        if place is None:
            return f"#{public_id}"
        text = f"{place.name}, {country_name(place.country_id)}"
        return f"{text} #{public_id}" if numbered else text

    def _named(self, written: Sequence[tuple[str, str]]) -> list[Place | Note]:
        if not written:
            return []
        ends = [_end(*each) for each in written]
        distinct = list(dict.fromkeys(ends))
        decisions = dict(zip(distinct, resolve(distinct, DatabaseGazetteer()), strict=True))
        meant = {each.place for each in decisions.values() if each.place}
        meant |= {each.place for decision in decisions.values() for each in decision.proposals[:MOST_NAMED]}
        places: dict[int, Place] = {}
        for chunk in chunks(meant, CHUNK):
            places |= Place.objects.select_related("country", "region").in_bulk(chunk)
        self._places.update({each.public_id: each for each in places.values()})
        return [
            _decided(text, decisions[end], places) for (text, _hint), end in zip(written, ends, strict=True)
        ]

    # --- organisations -------------------------------------------------------------------------------------

    def organisation_named(self, text: str) -> Organisation | Note | None:
        """The one of this number or just this name; None where the directory has none, or several, of the name."""
        if found := NUMBERED.match(text):
            numbered = self.organisation(found[2])
            return numbered or Note("organisation_number_unknown", {"number": found[2]})
        meant = self._by_key.get(key_of(text), set())
        return self._by_pk[next(iter(meant))] if len(meant) == 1 else None

    def organisation(self, public_id: str) -> Organisation | None:
        return self._by_public_id.get(public_id)

    def say_organisation(self, public_id: str, *, numbered: bool) -> str:
        organisation = self.organisation(public_id)
        if organisation is None:
            return f"#{public_id}"
        return f"{organisation.name} #{public_id}" if numbered else organisation.name

    @cached_property
    def _by_pk(self) -> dict[int, Organisation]:
        here = Organisation.objects.standing().filter(Q(hub=self.hub) | Q(hub=None))
        return {each.pk: each for each in here}

    @cached_property
    def _by_public_id(self) -> dict[str, Organisation]:
        return {each.public_id: each for each in self._by_pk.values()}

    @cached_property
    def _by_key(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for key, pk in NameKey.objects.values_list("key", "organisation"):
            if pk in self._by_pk:
                found[key].add(pk)
        return found


def _end(text: str, hint: str) -> End:
    """“Hamm”, “Hamm, Germany”, “Halle, Sachsen-Anhalt, DE”."""
    name, _comma, rest = text.partition(",")
    if not rest:
        return End(name.strip()[:200], hint)
    around, _comma, last = rest.rpartition(",")
    if country_code(last):
        return End(name.strip()[:200], country_code(last) or "", admin=around.strip()[:200])
    return End(name.strip()[:200], hint, admin=rest.strip()[:200])


def _decided(text: str, decision: Decision, places: dict[int, Place]) -> Place | Note:
    if decision.how in MATCHED and decision.place in places:
        return places[decision.place]
    likely = [places[each.place] for each in decision.proposals[:MOST_NAMED] if each.place in places]
    if likely:
        named = "; ".join(_told_apart(place) for place in likely)
        return Note("town_ambiguous", {"text": text[:60], "towns": named})
    return Note("town_unknown", {"text": text[:60]})


def _told_apart(place: Place) -> str:
    parts = [place.name, place.region.name if place.region else "", country_name(place.country_id)]
    return _("%(town)s (#%(number)s)") % {
        "town": ", ".join(filter(None, parts)),
        "number": place.public_id,
    }
