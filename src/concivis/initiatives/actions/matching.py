"""An organisation that was only named becomes one of the directory."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions import record_organisation
from concivis.directory.models import Organisation, OrganisationKind
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.models import Involvement


@transaction.atomic
def match_organisation(*, by: User | None, involvement: Involvement, organisation: Organisation) -> None:
    """The named one is this entry of the directory of the same hub. Raises ValidationError."""
    initiative = locked(involvement.initiative)
    if organisation.hub_id not in (None, initiative.hub_id) or organisation.merged_into_id:
        raise ValidationError(gettext("This organisation is not in the directory here."))
    bare = initiative.involvements.filter(pk=involvement.pk, organisation=None).first()
    if bare is None:
        return
    if initiative.involvements.filter(organisation=organisation, role=bare.role).exists():
        bare.delete()  # it stands there already, in the same role
    else:
        bare.organisation, bare.name = organisation, ""
        bare.save()
    noted(initiative, by, "initiative.organisation_matched", {"organisation": organisation.public_id})


@transaction.atomic
def add_to_directory(*, by: User | None, involvement: Involvement) -> Organisation:
    """A new entry of the directory under the name as it was written, and the match."""
    initiative = involvement.initiative
    made = record_organisation(
        by=by, hub=initiative.hub, kind=OrganisationKind.ASSOCIATION, name=involvement.name, place=None
    )
    match_organisation(by=by, involvement=involvement, organisation=made)
    return made
