"""What is said of an initiative, as plain values: what a form, a program or an import hands to the actions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from concivis.catalogue.enums import Support
from concivis.directory.models import Organisation
from concivis.initiatives.enums import InitiativeKind, OrganisationRole, Stage
from concivis.initiatives.models import Initiative
from concivis.places.models import Place
from concivis.shell.dates import PartialDate
from concivis.vocabulary.models import Term


@dataclass(frozen=True, kw_only=True)
class Involved:
    """An organisation of the directory, or the bare name of one that nobody has found there yet."""

    organisation: Organisation | None = None
    name: str = ""
    role: OrganisationRole = OrganisationRole.LEAD


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom others may write to. `public`: of "name", "email", "phone", what that person agreed to show everybody."""

    name: str = ""
    email: str = ""
    phone: str = ""
    public: frozenset[str] = frozenset()
    consent_on: dt.date | None = None
    consent_how: str = ""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Planned money for at most a year; `currency` by ISO 4217."""

    starts_on: dt.date
    ends_on: dt.date
    amount: Decimal
    currency: str = "EUR"


@dataclass(frozen=True, kw_only=True)
class Development:
    """What IATI needs of development cooperation. `dac_code`: five digits, "" where not known yet."""

    dac_code: str = ""
    budget: tuple[Budget, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Address:
    """A page of the web."""

    url: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class InitiativeFacts:
    """`language`: BCP 47, of the texts. `needs`, `offers`: {what: a sentence, or ""}. `related`: (kind, public id) of
    cards. `development`: None where it is no development cooperation."""

    title: str
    language: str
    kind: InitiativeKind = InitiativeKind.PROJECT
    stage: Stage = Stage.RUNNING
    summary: str = ""
    story: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    needs: Mapping[Support, str] = field(default_factory=dict)
    offers: Mapping[Support, str] = field(default_factory=dict)
    involved: tuple[Involved, ...] = ()
    contact: Contact = field(default_factory=Contact)
    links: tuple[Address, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    development: Development | None = None


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who looks after an entry. `language`: one of the interface's, of the letters."""

    email: str
    name: str = ""
    language: str = ""


def facts_of(initiative: Initiative) -> InitiativeFacts:
    """What stands, so that a change of one fact can be written as `replace(facts_of(it), title=…)`. Eight queries."""
    return InitiativeFacts(
        title=initiative.title,
        language=initiative.language,
        kind=InitiativeKind(initiative.kind),
        stage=Stage(initiative.stage),
        summary=initiative.summary,
        story=initiative.story,
        started=initiative.since,
        ended=initiative.until,
        languages=tuple(initiative.languages),
        countries=tuple(country.pk for country in initiative.countries.all()),
        places=tuple(initiative.places.all()),
        terms=tuple(initiative.terms.all()),
        needs=_support(initiative, "need"),
        offers=_support(initiative, "offer"),
        involved=tuple(
            Involved(organisation=each.organisation, name=each.name, role=OrganisationRole(each.role))
            for each in initiative.involvements.select_related("organisation")
        ),
        contact=_contact(initiative),
        links=tuple(Address(url=each.url, title=each.title) for each in initiative.web_links.all()),
        related=tuple((each.kind, each.object_id) for each in initiative.related_cards.all()),
        development=_development(initiative),
    )


def _support(initiative: Initiative, direction: str) -> dict[Support, str]:
    lines = initiative.support_lines.all()
    return {Support(each.what): each.sentence for each in lines if each.direction == direction}


def _contact(initiative: Initiative) -> Contact:
    public = {part for part in ("name", "email", "phone") if getattr(initiative, f"contact_{part}_public")}
    return Contact(
        name=initiative.contact_name,
        email=initiative.contact_email,
        phone=initiative.contact_phone,
        public=frozenset(public),
        consent_on=initiative.consent_on,
        consent_how=initiative.consent_how,
    )


def _development(initiative: Initiative) -> Development | None:
    if not initiative.is_development:
        return None
    lines = tuple(
        Budget(starts_on=each.starts_on, ends_on=each.ends_on, amount=each.amount, currency=each.currency)
        for each in initiative.budget_lines.all()
    )
    return Development(dac_code=initiative.dac_code, budget=lines)
