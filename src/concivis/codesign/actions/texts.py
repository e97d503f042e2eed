"""Translations of recommendations, answers and measures: one way for all three."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.recommending import noted
from concivis.codesign.models import Answer, Measure, Recommendation
from concivis.shell.content import Origin, put_translation, require_language

Source = Recommendation | Answer | Measure


def recommendation_of(source: Source) -> Recommendation:
    return source if isinstance(source, Recommendation) else source.recommendation


@transaction.atomic
def translate(
    *, by: User | None, source: Source, language: str, texts: Mapping[str, str], origin: Origin = Origin.HUMAN
) -> None:
    """Writes what it says in another language; a field left empty is shown in the original. Raises ValidationError."""
    tag = require_language(language)
    if tag == source.language:
        raise ValidationError({"language": gettext("This is the language of the original.")})
    said = {name: texts.get(name, "").strip() for name in source.TRANSLATED}
    first = source.TRANSLATED[0]
    if not any(said.values()) or (first == "title" and not said["title"]):
        raise ValidationError({first: gettext("Please fill this in.")})
    put_translation(source, tag, said, origin)
    noted(recommendation_of(source), by, "codesign.text_translated", details={"language": tag})


@transaction.atomic
def remove_translation(*, by: User | None, source: Source, language: str) -> None:
    gone, _each = source.translations.filter(language=language).delete()
    if gone:
        noted(recommendation_of(source), by, "codesign.translation_removed", details={"language": language})
