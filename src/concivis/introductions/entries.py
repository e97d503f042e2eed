"""What can be introduced: a public initiative or organisation, and who answers for it."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses, language_of
from concivis.directory import policies as directory
from concivis.directory.models import Organisation, Steward
from concivis.directory.queries import by_public_id
from concivis.directory.queries import public as public_organisations
from concivis.hubs import letters
from concivis.hubs.models import Hub
from concivis.initiatives import queries as initiatives
from concivis.initiatives.actions.owners import find_key, letter_language
from concivis.initiatives.enums import Purpose
from concivis.initiatives.models import Initiative
from concivis.introductions.models import Side

INITIATIVE, ORGANISATION = "initiative", "organisation"
ADDRESS = re.compile(
    r"(?:/(initiative|organisation)s/|^(initiative|organisation):)([0-9A-Za-z]{3,16})(?:[/?#]|$)"
)
MOST_OF_A_PERSON = 30


@dataclass(frozen=True)
class Entry:
    """A public entry. Nothing of `email` and `name` is shown to anybody without consent."""

    kind: str
    public_id: str
    title: str
    title_language: str  # BCP 47
    hub: Hub | None
    email: str
    name: str
    language: str  # of the letters
    initiative: Initiative | None = None
    organisation: Organisation | None = None

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.public_id}"

    @property
    def url(self) -> str:
        page = "initiatives:initiative" if self.initiative else "directory:organisation"
        return reverse(page, args=[self.public_id])


def find(kind: str, public_id: str) -> Entry | None:
    """The public entry at an address, also where it was merged into another. At most five queries."""
    if kind == INITIATIVE:
        found = initiatives.public().select_related("hub").filter(public_id=public_id).first()
        return of_initiative(found) if found else None
    known = by_public_id(public_id) if kind == ORGANISATION else None
    if known is None or not public_organisations().filter(pk=known.pk).exists():
        return None
    return of_organisation(known)


def at_address(text: str) -> Entry | None:
    """The public entry whose page has this address; also "initiative:4f…"."""
    found = ADDRESS.search(text.strip())
    return find(found[1] or found[2], found[3]) if found else None


def of_initiative(initiative: Initiative) -> Entry:
    return Entry(
        kind=INITIATIVE,
        public_id=initiative.public_id,
        title=initiative.title,
        title_language=initiative.language,
        hub=initiative.hub,
        email=initiative.owner_email,
        name=initiative.owner_name,
        language=letter_language(initiative),
        initiative=initiative,
    )


def of_organisation(organisation: Organisation, steward: Steward | None = None) -> Entry:
    """Who looks after it answers; where nobody does, the organisation's own mail address."""
    answers = steward or organisation.stewards.first()
    email = answers.email if answers else organisation.email
    spoken = (
        answers.language
        if answers
        else organisation.language or (organisation.hub.language if organisation.hub else "")
    )
    return Entry(
        kind=ORGANISATION,
        public_id=organisation.public_id,
        title=organisation.name,
        title_language=organisation.name_language or organisation.language,
        hub=organisation.hub,
        email=email.lower(),
        name=answers.name if answers else "",
        language=language_of(email) or letters.interface_language(spoken),
        organisation=organisation,
    )


def of_side(side: Side) -> Entry | None:
    """What a side stands for, as far as it is still public."""
    if side.initiative is not None:
        return of_initiative(side.initiative) if side.initiative.is_public else None
    return find(ORGANISATION, side.organisation.public_id) if side.organisation else None


def of_key(key: str) -> Entry | None:
    """The public entry that the holder of a mailed key looks after: an owner's of the register, a steward's of the
    directory."""
    owner = find_key(key, Purpose.EDIT)
    if owner is not None:
        return of_initiative(owner.initiative) if owner.is_open and owner.initiative.is_public else None
    steward = directory.steward_of(key)
    if steward is None or not public_organisations().filter(pk=steward.organisation_id).exists():
        return None
    return of_organisation(steward.organisation, steward)


def of_person(user: User) -> list[Entry]:
    """The public entries that somebody signed in looks after. Three queries."""
    own = [address.lower() for address in confirmed_addresses(user)]
    kept = initiatives.public().select_related("hub").filter(Q(owner=user) | Q(owner_email__in=own))
    public = public_organisations().values("pk")
    stewards = Steward.objects.filter(user=user, organisation__in=public).select_related("organisation__hub")
    return [
        *map(of_initiative, kept[:MOST_OF_A_PERSON]),
        *(of_organisation(each.organisation, each) for each in stewards[:MOST_OF_A_PERSON]),
    ]


def of_address(email: str) -> list[Initiative]:
    """The public initiatives looked after with a mail address."""
    return list(initiatives.public().select_related("hub").filter(owner_email=email.strip().lower())[:5])


def pair_of(first: str, second: str) -> str:
    return " ".join(sorted((first, second)))
