"""Why a candidate stands where it stands, in sentences a councillor understands.

Each sentence is about facts that the finder used, and its bar is the share that they have in the score. A sentence
names both places instead of saying “you”, so that it can stand in a letter, too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concivis.places.countries import country_name
from concivis.places.models import Place, Region
from concivis.shell.templatetags.shell import language_name, number, percent
from concivis.twinning.matching import reasons as said
from concivis.twinning.matching.reasons import Candidate, Kind, Reason

SHOWN = 3  # names and examples in a sentence
LEAST = 0.02  # a smaller share of the score is not worth a sentence
ALIKE = 1.25  # populations that differ by less are “about as large”
RESEMBLE = 0.6

LABELS: dict[Kind, str | Promise] = {
    Kind.SIZE: _("Size"),
    Kind.OPENNESS: _("Partners it has"),
    Kind.SHARED_PARTNERS: _("Shared partners"),
    Kind.CHAINS: _("Partners of partners"),
    Kind.NEIGHBOURS: _("Neighbours’ partnerships"),
    Kind.NEIGHBOURS_PARTNER: _("Partner of your neighbours"),
    Kind.PARTNERS_NEAR: _("Your partners near it"),
    Kind.COUNTRIES: _("The two countries"),
    Kind.REGIONS: _("The two regions"),
    Kind.LANGUAGE: _("Language"),
    Kind.DISTANCE: _("Distance"),
    Kind.NAME: _("Name"),
    Kind.FIELDS: _("Fields wanted"),
    Kind.RESIDENTS: _("Your residents’ ties"),
}


@dataclass(frozen=True)
class Explained:
    """One reason. `share`: of all that speaks for and against, 0 to 1; `speaks_for` or against."""

    kind: str
    label: str
    sentence: str
    share: float
    speaks_for: bool


@dataclass(frozen=True)
class Words:
    """Names of what the reasons speak of: places by primary key, regions by “FR.44”."""

    places: Mapping[int, str]
    regions: Mapping[str, str]

    def place(self, pk: Any) -> str:
        return self.places.get(pk, "?")

    def some(self, ids: Collection[Any]) -> str:
        """The first SHOWN names; “and 4 more” where there are more."""
        named = ", ".join(self.place(pk) for pk in list(ids)[:SHOWN])
        more = len(ids) - SHOWN
        if more <= 0:
            return named
        return ngettext("%(named)s and %(more)s more", "%(named)s and %(more)s more", more) % {
            "named": named,
            "more": number(more),
        }


def words_for(candidates: Iterable[Candidate], more: Collection[int] = ()) -> Words:
    """The names of everything that these candidates' reasons speak of, and of the places `more`. Two queries."""
    ids, codes = set(more), set()
    for candidate in candidates:
        ids.add(int(candidate.id))
        for reason in candidate.reasons:
            ids.update(places_of(reason))
            if isinstance(reason.facts, said.RegionTies):
                codes.update({reason.facts.region, reason.facts.own_region} - {""})
    places = dict(Place.objects.filter(pk__in=ids).values_list("pk", "name"))
    countries = {code.split(".")[0] for code in codes}
    rows = (
        Region.objects.filter(country__in=countries).values_list("country", "code", "name") if codes else ()
    )
    return Words(places, {f"{country}.{code}": name for country, code, name in rows})


def places_of(reason: Reason) -> set[int]:
    """Primary keys of the places that the sentence of this reason may name."""
    match reason.facts:
        case said.SharedPartners(partners=partners):
            found: Iterable[Any] = partners[:SHOWN]
        case said.NearbyTowns(towns=towns):
            found = towns[:SHOWN]
        case said.Chains(examples=pairs) | said.NeighbouringLinks(pairs=pairs):
            found = [place for pair in pairs[:SHOWN] for place in pair]
        case _:
            found = ()
    return {int(place) for place in found}


def explained(candidate: Candidate, own: str, words: Words) -> list[Explained]:
    """The reasons by their share, the largest first; `own`: the name of the place that asks."""
    whole = sum(abs(reason.contribution) for reason in candidate.reasons) or 1.0
    names = {"own": own, "other": words.place(int(candidate.id))}
    found = []
    for reason in candidate.reasons:
        share = abs(reason.contribution) / whole
        told = sentence(reason, names, words)
        if told and share >= LEAST:
            label = str(LABELS[reason.kind])
            found.append(Explained(reason.kind.value, label, told, share, reason.contribution > 0))
    return found


def for_letter(candidate: Candidate, own: str, words: Words, most: int = 4) -> list[str]:
    """What speaks for it, as one would write it to the other: only what there is, not what there is not."""
    present = candidate._replace(
        reasons=tuple(each for each in candidate.reasons if _worth_writing(each.facts))
    )
    return [each.sentence for each in explained(present, own, words) if each.speaks_for][:most]


def _worth_writing(facts: said.Facts) -> bool:
    match facts:
        case said.SizeFacts(population=theirs, own_population=ours):
            return bool(theirs and ours) and max(theirs, ours) <= ALIKE * min(theirs, ours)
        case said.SharedPartners(partners=found) | said.NearbyTowns(towns=found):
            return bool(found)
        case said.LanguageFacts(shared=found):
            return bool(found)
        case said.ResidentTies():
            return True
        case said.Chains() | said.NeighbouringLinks() | said.CountryTies() | said.RegionTies():
            return facts.links > 0
        case said.DistanceFacts(kilometres=far):
            return far is not None
        case _:  # of its name and of the number of its partners nobody writes to a town
            return False


def sentence(reason: Reason, names: Mapping[str, str], words: Words) -> str:
    """“Hamm and Toruń share 3 partners: …”; empty where there is nothing to say."""
    return SENTENCES[reason.kind](reason.facts, names, words)


def _size(facts: said.SizeFacts, names: Mapping[str, str], words: Words) -> str:
    theirs, ours = facts.population, facts.own_population
    said_so = {**names, "theirs": number(theirs), "ours": number(ours)}
    if not theirs:
        return gettext("How many people live in %(other)s is not known") % said_so
    if not ours:
        return gettext("%(other)s has %(theirs)s people") % said_so
    if max(theirs, ours) <= ALIKE * min(theirs, ours):
        return gettext("%(other)s is about as large as %(own)s: %(theirs)s and %(ours)s people") % said_so
    if theirs > ours:
        return gettext("%(other)s is larger than %(own)s: %(theirs)s and %(ours)s people") % said_so
    return gettext("%(other)s is smaller than %(own)s: %(theirs)s and %(ours)s people") % said_so


def _openness(facts: said.OpennessFacts, names: Mapping[str, str], words: Words) -> str:
    if not facts.links:
        return gettext("%(other)s has no partner on record yet") % names
    return ngettext(
        "%(other)s has %(n)s partner on record", "%(other)s has %(n)s partners on record", facts.links
    ) % {**names, "n": number(facts.links)}


def _shared(facts: said.SharedPartners, names: Mapping[str, str], words: Words) -> str:
    count = len(facts.partners)
    if not count:
        return gettext("%(own)s and %(other)s share no partner") % names
    return ngettext(
        "%(own)s and %(other)s share %(n)s partner: %(places)s",
        "%(own)s and %(other)s share %(n)s partners: %(places)s",
        count,
    ) % {**names, "n": number(count), "places": words.some(facts.partners)}


def _chains(facts: said.Chains, names: Mapping[str, str], words: Words) -> str:
    if not facts.links:
        return gettext("No partnership joins the partners of %(own)s and those of %(other)s") % names
    return ngettext(
        "%(n)s partnership joins the partners of %(own)s and those of %(other)s: %(pairs)s",
        "%(n)s partnerships join the partners of %(own)s and those of %(other)s, such as %(pairs)s",
        facts.links,
    ) % {**names, "n": number(facts.links), "pairs": _pairs(facts.examples, words)}


def _neighbours(facts: said.NeighbouringLinks, names: Mapping[str, str], words: Words) -> str:
    km = number(facts.within, 0)
    if not facts.links:
        return gettext("No towns near %(own)s are twinned with towns near %(other)s") % names
    return ngettext(
        "%(n)s partnership joins towns within %(km)s km of %(own)s and of %(other)s: %(pairs)s",
        "%(n)s partnerships join towns within %(km)s km of %(own)s and of %(other)s, such as %(pairs)s",
        facts.links,
    ) % {**names, "n": number(facts.links), "km": km, "pairs": _pairs(facts.pairs, words)}


def _neighbours_partner(facts: said.NearbyTowns, names: Mapping[str, str], words: Words) -> str:
    count = len(facts.towns)
    if not count:
        return gettext("No town near %(own)s is twinned with %(other)s") % names
    return ngettext(
        "%(n)s town within %(km)s km of %(own)s is twinned with %(other)s: %(places)s",
        "%(n)s towns within %(km)s km of %(own)s are twinned with %(other)s: %(places)s",
        count,
    ) % {
        **names,
        "n": number(count),
        "km": number(facts.within, 0),
        "places": words.some(facts.towns),
    }


def _partners_near(facts: said.NearbyTowns, names: Mapping[str, str], words: Words) -> str:
    count = len(facts.towns)
    if not count:
        return gettext("No partner of %(own)s lies near %(other)s") % names
    return ngettext(
        "%(n)s partner of %(own)s lies within %(km)s km of %(other)s: %(places)s",
        "%(n)s partners of %(own)s lie within %(km)s km of %(other)s: %(places)s",
        count,
    ) % {
        **names,
        "n": number(count),
        "km": number(facts.within, 0),
        "places": words.some(facts.towns),
    }


def _countries(facts: said.CountryTies, names: Mapping[str, str], words: Words) -> str:
    if not facts.country or not facts.own_country:
        return ""
    told = {
        "n": number(facts.links),
        "here": country_name(facts.own_country),
        "there": country_name(facts.country),
    }
    if facts.country == facts.own_country:
        return (
            ngettext(
                "%(n)s partnership joins places within one country: %(here)s",
                "%(n)s partnerships join places within one country: %(here)s",
                facts.links,
            )
            % told
        )
    return (
        ngettext(
            "%(n)s partnership joins the two countries, %(here)s and %(there)s",
            "%(n)s partnerships join the two countries, %(here)s and %(there)s",
            facts.links,
        )
        % told
    )


def _regions(facts: said.RegionTies, names: Mapping[str, str], words: Words) -> str:
    here, there = words.regions.get(facts.own_region, ""), words.regions.get(facts.region, "")
    if not here or not there:
        return ""
    told = {"n": number(facts.links), "here": here, "there": there}
    if facts.region == facts.own_region:
        return (
            ngettext(
                "%(n)s partnership joins places within one region: %(here)s",
                "%(n)s partnerships join places within one region: %(here)s",
                facts.links,
            )
            % told
        )
    return (
        ngettext(
            "%(n)s partnership joins the two regions, %(here)s and %(there)s",
            "%(n)s partnerships join the two regions, %(here)s and %(there)s",
            facts.links,
        )
        % told
    )


def _language(facts: said.LanguageFacts, names: Mapping[str, str], words: Words) -> str:
    if not facts.shared:
        return gettext("The two countries have no official language in common")
    shared = ", ".join(language_name(code.replace("_", "-")) for code in facts.shared)
    return ngettext(
        "A language in common: %(languages)s", "Languages in common: %(languages)s", len(facts.shared)
    ) % {"languages": shared}


def _distance(facts: said.DistanceFacts, names: Mapping[str, str], words: Words) -> str:
    if facts.kilometres is None:
        return gettext("How far apart they lie is not known")
    told = {**names, "km": number(facts.kilometres, 0)}
    if facts.is_domestic:
        return gettext("%(own)s and %(other)s lie %(km)s km apart, in the same country") % told
    return gettext("%(own)s and %(other)s lie %(km)s km apart") % told


def _name(facts: said.NameFacts, names: Mapping[str, str], words: Words) -> str:
    return gettext("The names resemble each other") if facts.likeness >= RESEMBLE else ""


def _fields(facts: said.WantedFields, names: Mapping[str, str], words: Words) -> str:
    if not facts.share:
        return ""
    return gettext("%(other)s works on %(share)s of the fields you want") % {
        **names,
        "share": percent(facts.share),
    }


def _pairs(pairs: Iterable[tuple[Any, Any]], words: Words) -> str:
    shown = [f"{words.place(a)} – {words.place(b)}" for a, b in list(pairs)[:SHOWN]]
    return ", ".join(shown)


def _residents(facts: said.ResidentTies, names: Mapping[str, str], words: Words) -> str:
    """Of the largest number that one organisation states: two may count the same families."""
    if facts.families:
        return ngettext(
            "%(n)s family from %(other)s lives in %(own)s, as an organisation there states",
            "%(n)s families from %(other)s live in %(own)s, as an organisation there states",
            facts.families,
        ) % {**names, "n": number(facts.families)}
    if facts.people:
        return ngettext(
            "%(n)s person from %(other)s lives in %(own)s, as an organisation there states",
            "%(n)s people from %(other)s live in %(own)s, as an organisation there states",
            facts.people,
        ) % {**names, "n": number(facts.people)}
    return ngettext(
        "%(n)s organisation in %(own)s has ties to %(other)s",
        "%(n)s organisations in %(own)s have ties to %(other)s",
        facts.organisations,
    ) % {**names, "n": number(facts.organisations)}


SENTENCES: dict[Kind, Callable[[Any, Mapping[str, str], Words], str]] = {
    Kind.SIZE: _size,
    Kind.OPENNESS: _openness,
    Kind.SHARED_PARTNERS: _shared,
    Kind.CHAINS: _chains,
    Kind.NEIGHBOURS: _neighbours,
    Kind.NEIGHBOURS_PARTNER: _neighbours_partner,
    Kind.PARTNERS_NEAR: _partners_near,
    Kind.COUNTRIES: _countries,
    Kind.REGIONS: _regions,
    Kind.LANGUAGE: _language,
    Kind.DISTANCE: _distance,
    Kind.NAME: _name,
    Kind.FIELDS: _fields,
    Kind.RESIDENTS: _residents,
}
