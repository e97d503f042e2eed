"""An organisation as its public page tells it. Of people only what they agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.template.defaultfilters import truncatechars
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, ngettext

from concivis.catalogue.kinds import kind
from concivis.catalogue.models import Card
from concivis.catalogue.queries import cards as catalogue_cards
from concivis.directory import hooks, listing
from concivis.directory.enums import Direction, TieKind, TieUnit
from concivis.directory.models import NetworkMembership, Organisation, Role, Tie
from concivis.places.countries import country_name
from concivis.shell import parts, worldmap
from concivis.shell.content import Shown, choose, reader_languages
from concivis.shell.jsonld import CONTEXT
from concivis.shell.templatetags.shell import absolute_url, language_name, number

SHORT = 240  # characters of a summary on a card
BESIDE = 12  # cards of other rooms that name the organisation


@dataclass(frozen=True)
class TieTold:
    kind: str
    where: str
    url: str  # of the town or the country
    number: str  # “forty families” in figures: “40 families”
    since: int | None
    note: str
    source: str


@dataclass(frozen=True)
class PersonTold:
    """Fields without consent are empty. A pseudonym says that it is one."""

    function: str
    name: str
    is_pseudonym: bool
    email: str
    phone: str
    address: str
    messenger: str


def text(organisation: Organisation, exactly: str = "") -> Shown:
    """What it says of itself, in the reader's language where there is a translation. One query."""
    hub = organisation.hub
    wanted = reader_languages([hub.language] if hub else [])
    return choose(organisation, organisation.translations.all(), wanted, exactly=exactly)


def ties(organisation: Organisation) -> list[TieTold]:
    """One query."""
    return [tie(each) for each in organisation.ties.select_related("place")]


def tie(told: Tie) -> TieTold:
    country = country_name(told.country_id)
    return TieTold(
        kind=str(TieKind(told.kind).label),
        where=f"{told.place.name}, {country}" if told.place else country,
        url=told.place.get_absolute_url() if told.place else "",
        number=counted(told.number, told.unit),
        since=told.since,
        note=told.note,
        source=told.source,
    )


def counted(count: int | None, unit: str) -> str:
    if not count:
        return ""
    shown = {"n": number(count)}
    if unit == TieUnit.FAMILIES:
        return ngettext("%(n)s family", "%(n)s families", count) % shown
    return ngettext("%(n)s person", "%(n)s people", count) % shown


def people(organisation: Organisation) -> list[PersonTold]:
    """Who may be named or written to, of those who are there today. Two queries."""
    there = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    consented = Q(person__consents__withdrawn_at=None, person__consents__isnull=False)
    found = organisation.roles.filter(there & consented).distinct().select_related("person")
    return [person(role) for role in found.prefetch_related("person__consents")]


def person(role: Role) -> PersonTold:
    told = role.person
    agreed = {each.field for each in told.consents.all() if each.withdrawn_at is None}

    def shown(name: str) -> str:
        return str(getattr(told, name)) if name in agreed else ""

    return PersonTold(
        function=role.function,
        name=shown("name"),
        is_pseudonym=told.is_pseudonym and "name" in agreed,
        email=shown("email"),
        phone=shown("phone"),
        address=shown("address"),
        messenger=shown("messenger"),
    )


def networks(organisation: Organisation) -> list[NetworkMembership]:
    """The public networks it belongs to now. One query."""
    public = Organisation.objects.public()
    return list(organisation.networks.filter(until=None, network__in=public).select_related("network"))


def members(organisation: Organisation) -> list[NetworkMembership]:
    """Its public members. One query."""
    public = Organisation.objects.public()
    found = organisation.members.filter(until=None, member__in=public).select_related("member")
    return list(found.order_by("member__folded"))


def facts(organisation: Organisation) -> list[parts.Fact]:
    """Of an organisation from `listing.complete`."""
    place, represents = organisation.place, organisation.represents_id
    spoken = [language_name(each.language) for each in organisation.spoken.all()]
    register = f"{organisation.register_scheme} {organisation.register_number}".strip()
    return [
        parts.Fact(gettext("Also called"), "; ".join(_alternate(organisation))),
        parts.Fact(gettext("Represents"), country_name(represents) if represents else ""),
        parts.Fact(
            gettext("Competent for"), _list(region.name for region in organisation.competent_for.all())
        ),
        parts.Fact(gettext("Town"), place.name if place else "", place.get_absolute_url() if place else ""),
        parts.Fact(gettext("Address"), organisation.address if organisation.address_public else ""),
        parts.Fact(gettext("Speaks"), _list(spoken)),
        parts.Fact(gettext("Legal form"), organisation.legal_form),
        parts.Fact(gettext("Register"), register),
        parts.Fact(gettext("Website"), organisation.website, organisation.website),
        parts.Fact(gettext("Mail address"), organisation.email, _reached("mailto", organisation.email)),
        parts.Fact(gettext("Telephone"), organisation.phone, _reached("tel", organisation.phone)),
    ]


def _list(words: Iterable[str]) -> str:
    return str(get_text_list(list(words), gettext("and")))


def _reached(scheme: str, at: str) -> str:
    return f"{scheme}:{at}" if at else ""


def beside(organisation: Organisation) -> list[parts.Card]:
    """Public cards of what names the organisation: initiatives, partnerships. One query each, and three for all."""
    named = Q(pk__in=())
    for reference in hooks.references:
        if reference.card:
            kind_of, to_id = reference.card
            rows = reference.rows._default_manager.filter(**{reference.field: organisation})
            named |= Q(kind=kind_of, public_id__in=list(rows.values_list(to_id, flat=True)))
    return [_card(each) for each in catalogue_cards().filter(named)[:BESIDE]]


def star(organisation: Organisation, told: Iterable[Tie]) -> SafeString | str:
    """A map of its town and the towns of its ties; "" where fewer than one of them lies anywhere."""
    home = organisation.place
    towns = {tie.place.pk: tie.place for tie in told if tie.place and tie.place.latitude is not None}
    if not towns:
        return ""
    points = [
        worldmap.Point(each.latitude or 0, each.longitude or 0, label=each.name, url=each.get_absolute_url())
        for each in towns.values()
    ]
    arcs = []
    if home and home.latitude is not None and home.longitude is not None:
        points.insert(
            0, worldmap.Point(home.latitude, home.longitude, label=home.name, kind="home", radius=6)
        )
        arcs = [
            worldmap.Arc(home.latitude, home.longitude, each.latitude or 0, each.longitude or 0)
            for each in towns.values()
            if each.pk != home.pk
        ]
    return worldmap.draw(points, arcs, title=organisation.name, fit=True, names=True)


def jsonld(organisation: Organisation, shown: Shown) -> dict[str, Any]:
    place, page = organisation.place, absolute_url(organisation.get_absolute_url())
    described = shown.texts["description"]
    same = [organisation.website, *(link.url for link in organisation.links.all())]
    return {
        "@context": CONTEXT,
        "@type": SCHEMA_TYPES.get(organisation.kind, "Organization"),
        "@id": page,
        "url": page,
        "name": organisation.name,
        **({"alternateName": names} if (names := _alternate(organisation)) else {}),
        **({"description": described} if described else {}),
        **({"sameAs": links} if (links := [url for url in same if url]) else {}),
        **({"email": organisation.email} if organisation.email else {}),
        **({"telephone": organisation.phone} if organisation.phone else {}),
        **({"logo": absolute_url(organisation.logo_url)} if organisation.logo else {}),
        **({"location": _city(place)} if place else {}),
        "areaServed": [{"@type": "Country", "identifier": code} for code in _countries(organisation)],
        "knowsLanguage": [each.language for each in organisation.spoken.all()],
    }


SCHEMA_TYPES = {
    "association": "NGO", "foundation": "NGO", "school": "School", "university": "CollegeOrUniversity",
    "company": "Corporation", "municipality": "GovernmentOrganization", "public_authority": "GovernmentOrganization",
    "consulate": "GovernmentOffice", "embassy": "GovernmentOffice",
}  # fmt: skip


def _alternate(organisation: Organisation) -> list[str]:
    names = [organisation.transliterated, *(each.name for each in organisation.other_names.all())]
    return [name for name in names if name]


def _city(place: Any) -> dict[str, Any]:
    return {
        "@type": "City",
        "@id": absolute_url(place.get_absolute_url()),
        "name": place.name,
        "containedInPlace": {"@type": "Country", "identifier": place.country_id},
    }


def _countries(organisation: Organisation) -> list[str]:
    return list(dict.fromkeys(tie.country_id for tie in organisation.ties.all()))


def _card(card: Card) -> parts.Card:
    text = next(iter(card.texts.all()))
    return parts.Card(
        title=text.title,
        url=f"{get_script_prefix()}{get_language()}{card.path}",
        kicker=str(kind(card.kind).one),
        summary=truncatechars(text.summary, SHORT),
        language="" if text.language == "mul" else text.language,
    )


def exchanged(organisation: Organisation) -> list[tuple[str, list[str]]]:
    """(“needs”, [“volunteers”, …]) where there is any."""
    found = [(each, listing.supports(organisation, each)) for each in Direction]
    return [(str(each.label), [str(one.label) for one in said]) for each, said in found if said]
