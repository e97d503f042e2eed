"""The demo's register: what the facts say of real organisations, and examples that say in their names what they are."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from concivis.catalogue.enums import Support
from concivis.directory import actions as directory
from concivis.directory.enums import OrganisationKind, TieKind
from concivis.directory.models import Organisation
from concivis.hubs.models import Hub
from concivis.initiatives import actions as initiatives
from concivis.initiatives.enums import InitiativeKind, OrganisationRole, Stage
from concivis.initiatives.models import Initiative
from concivis.places.models import Place
from concivis.shell.dates import PartialDate
from concivis.vocabulary.models import Term

FOLDER = Path(__file__).parent / "data" / "register"
Facts = Mapping[str, Any]


def register_of(slug: str, folder: Path = FOLDER) -> dict[str, list[dict[str, Any]]]:
    """`organisations` and `initiatives` of one office; no file: none."""
    path = folder / f"{slug}.json"
    if not path.exists():
        return {"organisations": [], "initiatives": []}
    content: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return content


def load_register(hub: Hub) -> None:
    """What is there already, by its name, stays as it is."""
    register = register_of(hub.slug)
    for facts in register["organisations"]:
        if not Organisation.objects.filter(hub=hub, name=facts["name"]).exists():
            _add_organisation(hub, facts)
    for facts in register["initiatives"]:
        if not Initiative.objects.filter(hub=hub, title=facts["title"]).exists():
            _add_initiative(hub, facts)


def _add_organisation(hub: Hub, facts: Facts) -> None:
    plain = ("name_language", "is_diaspora", "language", "description", "activities_here", "activities_there")
    made = directory.create_organisation(
        by=None,
        hub=hub,
        facts=directory.OrganisationFacts(
            kind=OrganisationKind(facts["kind"]),
            name=facts["name"],
            place=hub.place,
            spoken=tuple(facts.get("spoken", ())),
            terms=frozenset(term.pk for term in _terms(facts)),
            needs=tuple(map(Support, facts.get("needs", ()))),
            offers=tuple(map(Support, facts.get("offers", ()))),
            **{name: facts[name] for name in plain if name in facts},
        ),
        is_published=True,
        is_example=facts.get("is_example", True),
    )
    for tie in facts.get("ties", ()):
        place = _place(tie["place"]) if "place" in tie else None
        said = directory.TieFacts(kind=TieKind(tie["kind"]), country=tie.get("country", ""), place=place)
        directory.add_tie(by=None, organisation=made, facts=said)


def _add_initiative(hub: Hub, facts: Facts) -> None:
    """One that `waits` has been sent in by its owner, and nobody has looked at it yet."""
    is_example = facts.get("is_example", True)
    made = initiatives.record_initiative(
        by=None,
        hub=hub,
        facts=_said(hub, facts),
        owner=_owner(hub) if is_example else None,
        is_example=is_example,
    )
    if not facts.get("waits"):
        made = initiatives.publish(by=None, initiative=made, tell_owner=False)
    for language, text in facts.get("translations", {}).items():
        initiatives.translate(by=None, initiative=made, language=language, **text)
    for update in facts.get("updates", ()):
        when = PartialDate.parse(update["when"])
        initiatives.add_update(by=None, initiative=made, **{**update, "when": when})


def _owner(hub: Hub) -> initiatives.Owner:
    return initiatives.Owner(email=f"owner@{hub.slug}.example", name="Example", language=hub.language)


def _said(hub: Hub, facts: Facts) -> initiatives.InitiativeFacts:
    return initiatives.InitiativeFacts(
        title=facts["title"],
        language=facts["language"],
        kind=InitiativeKind(facts["kind"]),
        stage=Stage(facts["stage"]),
        summary=facts["summary"],
        started=PartialDate.parse(facts["started"]) if "started" in facts else None,
        languages=tuple(facts.get("languages", ())),
        countries=tuple(facts.get("countries", ())),
        places=tuple(map(_place, facts.get("places", ()))),
        terms=tuple(_terms(facts)),
        needs={Support(what): sentence for what, sentence in facts.get("needs", {}).items()},
        offers={Support(what): sentence for what, sentence in facts.get("offers", {}).items()},
        involved=tuple(_involved(hub, one) for one in facts.get("involved", ())),
    )


def _involved(hub: Hub, facts: Facts) -> initiatives.Involved:
    role = OrganisationRole(facts["role"])
    if "organisation" in facts:
        known: Organisation = Organisation.objects.get(hub=hub, name=facts["organisation"])
        return initiatives.Involved(organisation=known, role=role)
    return initiatives.Involved(name=facts["name"], role=role)


def _terms(facts: Facts) -> Sequence[Term]:
    """`terms` are named “scheme:code”."""
    pairs = [name.split(":") for name in facts.get("terms", ())]
    return [Term.objects.get(scheme=scheme, code=code) for scheme, code in pairs]


def _place(public_id: str) -> Place:
    return Place.objects.get(public_id=public_id)
