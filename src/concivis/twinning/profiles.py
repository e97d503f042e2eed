"""Reads of the profiles of municipalities that look for a partner."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.places.countries import country_name
from concivis.shell import parts
from concivis.shell.templatetags.shell import language_name, number
from concivis.twinning.models import PartnerProfile
from concivis.vocabulary.models import Term

MOST_NAMED = 30  # countries, and languages
MOST_PEOPLE = 50_000_000  # that a form takes for the size of a municipality


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a reader of the list asks for. `country`: where the municipality lies; `size`: of the reader's own."""

    country: str = ""
    partners_in: str = ""
    field: str = ""
    language: str = ""
    size: int | None = None


def open_profiles(on: dt.date | None = None) -> QuerySet[PartnerProfile]:
    """What everybody sees on the day `on` (today): published by a public hub, not expired, not withdrawn."""
    return PartnerProfile.objects.filter(
        hub__is_published=True,
        published_at__isnull=False,
        withdrawn_at__isnull=True,
        expires_on__gte=on or timezone.localdate(),
    )


def with_all(found: QuerySet[PartnerProfile]) -> QuerySet[PartnerProfile]:
    """With hub, place and fields: one more query, whatever the number of rows."""
    fields = Prefetch("fields", Term.objects.with_labels().order_by("position"))
    return found.select_related("hub__place__country", "hub__place__region").prefetch_related(fields)


def wanted(found: QuerySet[PartnerProfile], by: Wanted) -> QuerySet[PartnerProfile]:
    """Those that fit. What a profile leaves open fits everybody."""
    if by.country:
        found = found.filter(hub__place__country=by.country)
    if by.field:
        found = found.filter(fields__scheme="field", fields__code=by.field)
    if by.partners_in:
        found = _names(found, "countries", by.partners_in)
    if by.language:
        found = _names(found, "languages", by.language)
    if by.size is not None:
        smallest = Q(smallest__isnull=True) | Q(smallest__lte=by.size)
        found = found.filter(smallest, Q(largest__isnull=True) | Q(largest__gte=by.size))
    return found


def _names(found: QuerySet[PartnerProfile], column: str, code: str) -> QuerySet[PartnerProfile]:
    """Those whose list of codes is empty or holds `code`. As text: SQLite cannot look into a list."""
    as_text = f"{column}_as_text"
    found = found.annotate(**{as_text: Cast(column, TextField())})
    return found.filter(Q(**{f"{as_text}__contains": f'"{code}"'}) | Q(**{as_text: "[]"}))


def of_hub(hub: Hub) -> PartnerProfile | None:
    """The hub's profile that is not withdrawn; it may have expired. Two queries."""
    return with_all(PartnerProfile.objects.filter(hub=hub, withdrawn_at__isnull=True)).first()


def looking_places(on: dt.date | None = None) -> dict[int, str]:
    """{a place's primary key: the public id of its open profile}. One query."""
    return dict(open_profiles(on).order_by("published_at").values_list("hub__place", "public_id"))


def is_shown(profile: PartnerProfile, on: dt.date | None = None) -> bool:
    """Whether everybody sees it; its hub must be fetched."""
    fresh = profile.expires_on >= (on or timezone.localdate())
    return fresh and profile.withdrawn_at is None and profile.hub.is_published


def contact(profile: PartnerProfile) -> str:
    """The mail address to write to: that of the profile with consent, else the office's public one, else ""."""
    return profile.contact_email if profile.contact_public else profile.hub.contact_email


def facts(profile: PartnerProfile) -> list[parts.Fact]:
    """What is looked for, in the reader's words. Hub, place and fields must be fetched."""
    place = profile.hub.place
    return [
        parts.Fact(gettext("Municipality"), place.name, url=place.get_absolute_url()),
        parts.Fact(gettext("Country"), country_name(place.country_id)),
        parts.Fact(gettext("Region"), place.region.name if place.region else ""),
        parts.Fact(gettext("People"), number(place.population) if place.population else ""),
        parts.Fact(gettext("Fields of work"), ", ".join(term.label for term in profile.fields.all())),
        parts.Fact(gettext("Looks for a partner in"), countries(profile)),
        parts.Fact(gettext("Size of the partner"), size(profile)),
        parts.Fact(gettext("Answers letters in"), languages(profile)),
    ]


def countries(profile: PartnerProfile) -> str:
    named = sorted(country_name(code) for code in profile.countries)
    return ", ".join(named) or gettext("any country")


def languages(profile: PartnerProfile) -> str:
    codes: Sequence[str] = profile.languages or [profile.language]
    return ", ".join(language_name(code) for code in codes)


def size(profile: PartnerProfile) -> str:
    if profile.smallest is not None and profile.largest is not None:
        words = gettext("%(smallest)s to %(largest)s people")
    elif profile.smallest is not None:
        words = gettext("from %(smallest)s people")
    elif profile.largest is not None:
        words = gettext("up to %(largest)s people")
    else:
        return gettext("any size")
    return words % {"smallest": number(profile.smallest), "largest": number(profile.largest)}


def address(profile: PartnerProfile) -> str:
    return reverse("twinning:looking_profile", args=[profile.public_id])
