"""What an organisation says of itself, in further languages."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions.noting import noted
from concivis.directory.actions.recording import locked
from concivis.directory.models import Organisation, OrganisationText
from concivis.shell.content import Origin, require_language


@transaction.atomic
def translate_organisation(
    *, by: User | None, organisation: Organisation, language: str, origin: Origin, texts: Mapping[str, str]
) -> OrganisationText | None:
    """The texts in a further language, of the source as it is now; all empty takes the translation out.

    Raises ValidationError by field for the language of the original and for what is no language.
    """
    organisation = locked(organisation)
    language = require_language(language)
    if language == organisation.language:
        raise ValidationError({"language": gettext("This is the language of the original.")})
    kept = {name: texts.get(name, "").strip() for name in Organisation.TRANSLATED}
    row = organisation.translations.filter(language=language).first()
    if not any(kept.values()):
        if row:
            row.delete()
            noted(organisation, by, "organisation.translated", language=language)
        return None
    row = row or OrganisationText(of=organisation, language=language)
    row.origin, row.of_revision = origin, organisation.text_revision
    for name, value in kept.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    noted(organisation, by, "organisation.translated", language=language)
    return row
