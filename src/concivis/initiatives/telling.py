"""An initiative in the reader's words: its facts, its card, its place on the map."""

from collections.abc import Sequence

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concivis.catalogue.enums import Support
from concivis.directory.enums import Direction
from concivis.initiatives.models import Initiative, SupportLine
from concivis.places.countries import country_name
from concivis.shell import content, worldmap
from concivis.shell.content import Shown
from concivis.shell.parts import Card, Fact
from concivis.shell.templatetags.shell import language_name

# what the interface calls a list of the vocabulary, and its scheme
SCHEMES = {"themes": "theme", "target_groups": "target-group", "goals": "sdg"}
SHORT = 220  # characters of a summary on a card
TONES = {"running": "good", "paused": "notice", "finished": "over"}


def shown(initiative: Initiative, exactly: str = "") -> Shown:
    """The texts in the reader's language; translations must be fetched."""
    wanted = content.reader_languages()
    return content.choose(initiative, initiative.translations.all(), wanted, exactly=exactly)


def capitalised(text: object) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]


def stage(initiative: Initiative) -> str:
    return capitalised(initiative.get_stage_display())


def where(initiative: Initiative) -> list[str]:
    """Towns with their countries, then the countries without a town."""
    towns = list(initiative.towns)  # type: ignore[attr-defined]
    of_towns = {town.country_id for town in towns}
    countries = [country.pk for country in initiative.countries.all() if country.pk not in of_towns]
    named = [f"{town.name}, {country_name(town.country_id)}" for town in towns]
    return named + sorted(country_name(code) for code in countries)


def card(initiative: Initiative, *, with_hub: bool = True) -> Card:
    told = shown(initiative)
    confirmed = (
        [gettext("confirmed %(day)s") % {"day": date_format(initiative.last_confirmed)}]
        if initiative.last_confirmed
        else []
    )
    places = where(initiative)
    return Card(
        title=told.texts["title"],
        url=reverse("initiatives:initiative", args=[initiative.public_id]),
        kicker=initiative.hub.name if with_hub else capitalised(initiative.get_kind_display()),
        summary=truncatechars(told.texts["summary"], SHORT),
        meta=[" · ".join(places[:3]), *confirmed] if places else confirmed,
        badge=stage(initiative),
        tone=TONES.get(initiative.stage, "neutral"),
        language=told.language,
    )


def facts(initiative: Initiative) -> list[Fact]:
    terms = {"theme": [], "target-group": [], "sdg": []}  # type: dict[str, list[str]]
    for term in initiative.labelled_terms:  # type: ignore[attr-defined]
        terms.setdefault(term.scheme_id, []).append(term.label)
    period = " – ".join(str(each) for each in (initiative.since, initiative.until) if each)
    return [
        Fact(gettext("Kind"), capitalised(initiative.get_kind_display())),
        Fact(gettext("Stage"), stage(initiative)),
        Fact(gettext("Since") if not initiative.until else gettext("When"), period),
        Fact(gettext("Where"), " · ".join(where(initiative))),
        Fact(gettext("Themes"), ", ".join(terms["theme"])),
        Fact(gettext("For"), ", ".join(terms["target-group"])),
        Fact(gettext("Goals"), ", ".join(terms["sdg"])),
        Fact(gettext("Languages"), ", ".join(map(language_name, initiative.languages))),
    ]


def organisations(initiative: Initiative) -> list[tuple[str, str, str]]:
    """(name, role, website) of those that may be named: public entries of the directory, and bare names."""
    found = []
    for each in initiative.involvements.all():
        known = each.organisation
        if known is None:
            found.append((each.name, str(each.get_role_display()), ""))
        elif known.is_published:
            found.append((known.name, str(each.get_role_display()), known.website))
    return found


def support(initiative: Initiative, direction: Direction) -> list[tuple[str, str]]:
    """(what, the sentence) of needs or offers."""
    lines: Sequence[SupportLine] = [
        line for line in initiative.support_lines.all() if line.direction == direction
    ]
    return [(str(Support(line.what).label), line.sentence) for line in lines]


def contact(initiative: Initiative) -> list[Fact]:
    """What the person agreed to show, no more."""
    labels = {"name": gettext("Name"), "email": gettext("Mail"), "phone": gettext("Telephone")}
    return [
        Fact(
            label,
            getattr(initiative, f"contact_{part}"),
            f"mailto:{initiative.contact_email}" if part == "email" else "",
        )
        for part, label in labels.items()
        if getattr(initiative, f"contact_{part}_public")
    ]


def map_of(initiative: Initiative, title: str) -> SafeString | None:
    """The hub's city and the towns, joined; None where no place has a position."""
    home = initiative.hub.place
    towns = [town for town in initiative.towns if town.latitude is not None]  # type: ignore[attr-defined]
    if not towns or home.latitude is None or home.longitude is None:
        return None
    points = [worldmap.Point(home.latitude, home.longitude, home.name, kind="home", radius=6)]
    points += [
        worldmap.Point(town.latitude, town.longitude, town.name) for town in towns if town.pk != home.pk
    ]
    arcs = [
        worldmap.Arc(home.latitude, home.longitude, town.latitude, town.longitude)
        for town in towns
        if town.pk != home.pk
    ]
    return worldmap.draw(points, arcs, title=title, fit=True, names=True)
