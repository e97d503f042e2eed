"""Translations of an entry."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.actions.writing import LONGEST
from concivis.initiatives.models import Initiative, InitiativeText
from concivis.shell import content
from concivis.shell.content import Origin

MOST_LANGUAGES = 30


@transaction.atomic
def translate(
    *,
    by: User | None,
    initiative: Initiative,
    language: str,
    title: str,
    summary: str = "",
    story: str = "",
    origin: Origin = Origin.HUMAN,
) -> InitiativeText:
    """The entry in another language, of its source as it stands now. Raises ValidationError by field."""
    of = locked(initiative)
    language = content.require_language(language)
    if language == of.language:
        raise ValidationError({"language": gettext("The entry itself is written in this language.")})
    if not title.strip():
        raise ValidationError({"title": gettext("A translation needs a title.")})
    known = of.translations.filter(language=language).first()
    if known is None and of.translations.count() >= MOST_LANGUAGES:
        raise ValidationError({"language": gettext("There are too many translations already.")})
    row = known or InitiativeText(of=of, language=language)
    row.title, row.summary, row.story = title.strip(), summary.strip(), story.strip()
    row.origin, row.of_revision = origin, of.text_revision
    for name, most in LONGEST.items():
        if len(getattr(row, name)) > most:
            raise ValidationError({name: gettext("At most %(most)s characters, please.") % {"most": most}})
    row.full_clean(exclude=["of"], validate_unique=False, validate_constraints=False)
    row.save()
    noted(of, by, "initiative.translated", {"language": language, "origin": str(origin)})
    return row


@transaction.atomic
def remove_translation(*, by: User, initiative: Initiative, language: str) -> None:
    of = locked(initiative)
    if of.translations.filter(language=language).delete()[0]:
        noted(of, by, "initiative.translation_removed", {"language": language})
