"""The partners of one place: rows to list and sort, figures, dates, bodies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from concivis.directory.models import Organisation
from concivis.places.models import Place
from concivis.places.names import fold
from concivis.places.queries.finding import distance_km
from concivis.shell import parts
from concivis.shell.templatetags.shell import number
from concivis.twinning import listing, queries, telling
from concivis.twinning.listing import Listed, ListedPlace
from concivis.twinning.models import Milestone

NAMES_SHOWN = 14


@dataclass(frozen=True)
class Partner:
    place: ListedPlace
    tie: Listed
    kilometres: float | None


def of_place(place: Place) -> list[Partner]:
    """One row for each partner in each partnership. Four queries."""
    ties = listing.listed(queries.of_place(place).order_by("pk"), dates=True)
    return [
        Partner(other, tie, distance(place, other)) for tie in ties for other in tie.others(place.public_id)
    ]


def distance(place: Place, other: ListedPlace) -> float | None:
    if place.latitude is None or place.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance_km(place.latitude, place.longitude, other.latitude, other.longitude)


SORTS: dict[str, Callable[[Partner], Any]] = {
    "name": lambda row: (fold(row.place.name), row.place.public_id),
    "country": lambda row: (fold(row.place.country_name), fold(row.place.name)),
    "since": lambda row: (row.tie.since is None, row.tie.since and row.tie.since.first, fold(row.place.name)),
    "distance": lambda row: (row.kilometres is None, row.kilometres or 0.0),
    "kind": lambda row: (row.tie.kind, fold(row.place.name)),
}


def ordered(partners: Sequence[Partner], sort: str) -> list[Partner]:
    """By one of SORTS, “-” the other way round; by name where the sort is not known."""
    by = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(partners, key=by, reverse=sort.startswith("-") and sort.removeprefix("-") in SORTS)


def headings() -> list[parts.Heading]:
    return [
        parts.Heading(gettext("Partner"), sort="name"),
        parts.Heading(gettext("Country"), sort="country"),
        parts.Heading(gettext("Kind"), sort="kind"),
        parts.Heading(gettext("State")),
        parts.Heading(gettext("Since"), sort="since", numeric=True),
        parts.Heading(gettext("Distance"), sort="distance", numeric=True),
    ]


def stats(partners: Sequence[Partner]) -> list[parts.Stat]:
    """How many partners, in how many countries; the farthest; the first."""
    found = [
        parts.Stat(len({row.place.public_id for row in partners}), gettext("partners")),
        parts.Stat(len({row.place.country for row in partners}), gettext("countries")),
    ]
    placed = [row for row in partners if row.kilometres is not None]
    if placed:
        farthest = max(placed, key=lambda row: row.kilometres or 0.0)
        note = gettext("kilometres to the farthest partner, %(place)s") % {"place": farthest.place.name}
        found.append(parts.Stat(round(farthest.kilometres or 0.0), note, url=farthest.tie.url))
    return found


def first(partners: Sequence[Partner]) -> Partner | None:
    """The partner with the earliest known signature."""
    dated = [row for row in partners if row.tie.since is not None]
    return min(dated, key=SORTS["since"]) if dated else None


def timeline(partners: Sequence[Partner]) -> list[parts.Event]:
    """Every dated event and public activity of these partnerships, oldest first, each with its source. Two queries."""
    ties = {row.tie.pk: row for row in partners}
    milestones = Milestone.objects.filter(partnership__in=ties).select_related("source", "side__place")
    activities = queries.public_activities().filter(partnership__in=ties)
    dated = [
        parts.Event(
            date=str(milestone.when),
            iso=milestone.when.iso,
            title=f"{ties[milestone.partnership_id].place.name}: {telling.sentence(milestone)}",
            text=" ".join(filter(None, [milestone.note, telling.decision(milestone)])),
            url=ties[milestone.partnership_id].tie.url,
            source=telling.source(milestone.source),
            tone=telling.tone(milestone),
        )
        for milestone in milestones
    ]
    lived = [_of_tie(ties[activity.partnership_id], telling.activity(activity)) for activity in activities]
    return telling.in_time([*dated, *lived])


def _of_tie(row: Partner, event: parts.Event) -> parts.Event:
    return replace(event, title=f"{row.place.name}: {event.title}", url=row.tie.url)


def bodies(place: Place) -> list[Organisation]:
    """Who acts for this place in its public partnerships. One query."""
    sides = queries.of_place(place).values("pk")
    acting = Organisation.objects.filter(sides__place=place, sides__partnership__in=sides, is_published=True)
    return list(acting.distinct())


def facts(place: Place) -> list[parts.Fact]:
    """What is known of the place itself. One query."""
    named = ", ".join(other_names(place))
    found = [
        parts.Fact(gettext("Also called"), named),
        parts.Fact(gettext("Country"), place.country.name, url=country_url(place.country_id)),
        parts.Fact(gettext("Region"), place.region.name if place.region else ""),
        parts.Fact(gettext("Kind"), place.get_kind_display()),
        parts.Fact(gettext("People"), written(place.population)),
        parts.Fact(gettext("Position"), position(place)),
    ]
    if place.geonames_id:
        address = f"https://www.geonames.org/{place.geonames_id}/"
        found.append(parts.Fact("GeoNames", str(place.geonames_id), url=address))
    if place.wikidata_id:
        address = f"https://www.wikidata.org/wiki/{place.wikidata_id}"
        found.append(parts.Fact("Wikidata", place.wikidata_id, url=address))
    if place.origin_note:
        found.append(parts.Fact(gettext("Why it is here"), place.origin_note))
    return found


def other_names(place: Place) -> list[str]:
    """Other names, first those of a known language, then those in other scripts; no spelling twice."""
    rows = place.names.exclude(name=place.name).exclude(kind="word").values_list("name", "language", "kind")
    ranked = sorted(rows, key=lambda row: (row[2] != "preferred", row[1] == "", row[0].isascii(), row[0]))
    kept: dict[str, str] = {}
    for name, _, _ in ranked:
        kept.setdefault(fold(name), name)
    kept.pop(fold(place.name), None)
    return list(kept.values())[:NAMES_SHOWN]


def country_url(code: str) -> str:
    return reverse("portal:country", args=[code])


def position(place: Place) -> str:
    """“51.6739° N, 7.8152° E”."""
    if place.latitude is None or place.longitude is None:
        return ""
    north = gettext("N") if place.latitude >= 0 else gettext("S")
    east = gettext("E") if place.longitude >= 0 else gettext("W")
    return f"{written(abs(place.latitude))}° {north}, {written(abs(place.longitude))}° {east}"


def written(value: float | None) -> str:
    return number(value, 4)
