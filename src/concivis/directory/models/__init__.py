from concivis.directory.enums import OrganisationKind
from concivis.directory.models.organisations import (
    Exchange,
    Link,
    Merge,
    NameKey,
    NetworkMembership,
    NotTheSame,
    Organisation,
    OrganisationQuerySet,
    OrganisationText,
    OtherName,
    Spoken,
    Tie,
)
from concivis.directory.models.people import Claim, Consent, Person, Role, Steward

__all__ = [
    "Claim",
    "Consent",
    "Exchange",
    "Link",
    "Merge",
    "NameKey",
    "NetworkMembership",
    "NotTheSame",
    "Organisation",
    "OrganisationKind",
    "OrganisationQuerySet",
    "OrganisationText",
    "OtherName",
    "Person",
    "Role",
    "Spoken",
    "Steward",
    "Tie",
]
