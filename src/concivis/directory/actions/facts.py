"""What is said of an organisation, its ties and its people: plain values that forms, imports and the API hand over."""

import datetime as dt
from dataclasses import dataclass, field

from concivis.catalogue.enums import Support
from concivis.directory.enums import NameUse, OrganisationKind, PersonField, TieKind, TieUnit
from concivis.places.models import Place


@dataclass(frozen=True, kw_only=True)
class NameFacts:
    name: str
    language: str = ""  # BCP 47
    use: NameUse = NameUse.OTHER


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """All of an entry but its ties, people, memberships and logo. Languages are BCP 47, ids primary keys."""

    kind: OrganisationKind
    name: str
    is_diaspora: bool = False
    name_language: str = ""
    transliterated: str = ""
    other_names: tuple[NameFacts, ...] = ()
    legal_form: str = ""
    register_scheme: str = ""
    register_number: str = ""
    place: Place | None = None
    address: str = ""
    address_public: bool = False
    email: str = ""
    phone: str = ""
    represents: str | None = None  # ISO 3166-1; of consulates and embassies only
    competent_for: frozenset[int] = field(default_factory=frozenset)  # regions
    terms: frozenset[int] = field(default_factory=frozenset)
    spoken: tuple[str, ...] = ()
    language: str = ""  # of the texts
    description: str = ""
    activities_here: str = ""
    activities_there: str = ""
    partners_abroad: str = ""
    website: str = ""
    links: tuple[str, ...] = ()
    needs: tuple[Support, ...] = ()
    offers: tuple[Support, ...] = ()
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class TieFacts:
    kind: TieKind
    country: str = ""  # ISO 3166-1; may be left out where there is a place
    place: Place | None = None
    number: int | None = None
    unit: TieUnit | str = ""
    since: int | None = None  # a year
    note: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """`public`: the fields that the person agreed to show everybody; `agreed_on`, `agreed_how`: when and how."""

    name: str
    is_pseudonym: bool = False
    email: str = ""
    phone: str = ""
    address: str = ""
    messenger: str = ""
    public: frozenset[PersonField] = field(default_factory=frozenset)
    agreed_on: dt.date | None = None
    agreed_how: str = ""


@dataclass(frozen=True, kw_only=True)
class RoleFacts:
    function: str
    since: dt.date | None = None
    left_on: dt.date | None = None
