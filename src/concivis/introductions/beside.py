"""What the radar says in the register of initiatives: beside the form, and below a public entry."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from concivis.catalogue import radar
from concivis.directory.models import Organisation
from concivis.initiatives.hooks import Written
from concivis.initiatives.models import Initiative
from concivis.introductions import entries, explaining, index, queries
from concivis.introductions.models import Introduction
from concivis.introductions.queries import sides_of

FIELDS = {radar.Tag.THEME: "themes", radar.Tag.GROUP: "target_groups"}  # boxes of the form
SHORTEST = 8  # letters, from which a text says something


@dataclass(frozen=True)
class Proposal:
    """A box of the form that the text speaks for; its author ticks it."""

    tick: str
    label: str


def beside_form(request: HttpRequest, written: Written) -> str:
    """Who already does this, and boxes to tick. Reads public cards only."""
    if len(f"{written.title}{written.summary}".strip()) < SHORTEST:
        return ""
    found = explaining.told(queries.findings_for(entry_of(written)))
    return _render("introductions/_beside.html", found=found, proposals=proposals(written))


def below_page(request: HttpRequest, initiative: Initiative) -> str:
    """Others like it, with the page of all of them, and how to be introduced. Nothing of who reads is in it."""
    return _below("initiative", initiative.public_id, initiative.title, bool(initiative.owner_email))


def below_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """The same on the page of an organisation, where a hub keeps it."""
    return _below("organisation", organisation.public_id, organisation.name, organisation.hub_id is not None)


def on_own_page(request: HttpRequest, initiative: Initiative, key: str) -> str:
    """On the page of who looks after it: who else does this, and the introductions so far."""
    return _own(entries.of_initiative(initiative), reverse("introductions:mine", args=[key]))


def on_own_organisation(request: HttpRequest, organisation: Organisation, key: str) -> str:
    """`key`: of the mailed link; "" where somebody is signed in."""
    own = entries.of_organisation(organisation)
    page = ["introductions:mine", key] if key else ["introductions:own", own.kind, own.public_id]
    return _own(own, reverse(page[0], args=page[1:]))


def entry_of(written: Written) -> radar.Entry:
    """A form as the radar reads it. What is ticked replaces what the text speaks for."""

    def codes(scheme: radar.Tag) -> frozenset[str]:
        return frozenset(term.code for term in written.terms if term.scheme_id == scheme)

    return radar.Entry(
        id=f"initiative:{written.initiative.public_id}" if written.initiative else "",
        hub=written.hub.slug,
        kind="initiative",
        texts={written.language or "": radar.Text(written.title, f"{written.summary}\n{written.story}")},
        countries=frozenset(written.countries),
        places=tuple(
            radar.Place(place.public_id, place.country_id, place.latitude, place.longitude)
            for place in written.places
        ),
        themes=codes(radar.Tag.THEME),
        target_groups=codes(radar.Tag.GROUP),
        goals=codes(radar.Tag.GOAL),
        needs=frozenset(written.needs),
        offers=frozenset(written.offers),
    )


def proposals(written: Written) -> list[Proposal]:
    """Boxes that are not ticked yet, surest first. One query besides the gazetteer's."""
    text = f"{written.title}\n{written.summary}\n{written.story}"
    found = radar.suggest_tags(text, written.language or None, places=index.lookup)
    ticked = {(term.scheme_id, term.code) for term in written.terms}
    new = [each for each in found if each.kind in FIELDS and (each.kind, each.code) not in ticked]
    labels = explaining.term_labels({each.code for each in new}) if new else {}
    return [
        Proposal(f"{FIELDS[each.kind]}:{each.code}", labels[each.kind, each.code])
        for each in new
        if (each.kind, each.code) in labels
    ]


def _below(kind: str, public_id: str, title: str, can_ask: bool) -> str:
    context = {
        "found": explaining.told(queries.findings_for_card(kind, public_id)),
        "alike_url": reverse(f"introductions:{kind}_alike", args=[public_id]),
        "ask_url": reverse("introductions:ask", args=[kind, public_id]) if can_ask else "",
        "title": title,
    }
    if not (context["found"] or can_ask):
        return ""
    return render_to_string("introductions/_below.html", context)


def _own(own: entries.Entry, url: str) -> str:
    waiting = Introduction.objects.open().filter(pk__in=sides_of(own).values("introduction")).count()
    return render_to_string("introductions/_own.html", {"url": url, "waiting": waiting})


def _render(template: str, **context: list[explaining.Told] | list[Proposal]) -> SafeString | str:
    if not any(context.values()):
        return ""
    return render_to_string(template, context)
