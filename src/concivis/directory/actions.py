"""Changes of the directory. For now: the bodies and committees that act for a side of a partnership."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.places.names import fold


@transaction.atomic
def record_organisation(
    *,
    by: User | None,
    hub: Hub | None,
    kind: OrganisationKind,
    name: str,
    place: Place | None = None,
    website: str = "",
    source_url: str = "",
) -> Organisation:
    """The hub's organisation of this name in this place, made or brought up to date.

    The name is compared folded, so that a second spelling makes no second organisation. Raises ValidationError
    for a name without letters.
    """
    folded = fold(name)
    if not folded:
        raise ValidationError(gettext("An organisation needs a name."))
    known = Organisation.objects.select_for_update().filter(hub=hub, folded=folded, place=place).first()
    facts = {"kind": kind, "name": name.strip(), "website": website, "source_url": source_url}
    if known and all(getattr(known, field) == value for field, value in facts.items()):
        return known
    organisation = known or Organisation(public_id=secrets.token_hex(5), hub=hub, folded=folded, place=place)
    for field, value in facts.items():
        setattr(organisation, field, value)
    organisation.full_clean(validate_unique=False, validate_constraints=False)
    organisation.save()
    record.write(
        hub=hub,
        by=by,
        action="organisation.changed" if known else "organisation.recorded",
        kind="organisation",
        object_id=organisation.public_id,
    )
    return organisation
