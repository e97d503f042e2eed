"""What people write, in many languages: a source text and its translations, each with a state.

A room's model takes `SourceText` and its translations take `Translation`:

    class Initiative(SourceText): title, summary, story = …; TRANSLATED = ("title", "summary", "story")
    class InitiativeText(Translation): of = ForeignKey(Initiative, related_name="translations"); the same fields

`text_revision` rises when the source text changes (`source_changed`); a translation knows of which revision it is, and
so whether it is outdated. What a reader sees is `choose`: their languages first, then the original, never by accident
of order. The component `shell/components/original.html` says in which language that is, and offers the original.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

LANGUAGE_LENGTH = 35  # BCP 47
TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Z]{2}|\d{3}))?$")


class TextState(models.TextChoices):
    """How good a text in a language is. Missing and outdated are computed, never stored."""

    ORIGINAL = "original", _("original")
    HUMAN = "human", _("translated by a person")
    MACHINE = "machine", _("translated by a machine")
    OUTDATED = "outdated", _("outdated")
    MISSING = "missing", _("missing")


class Origin(models.TextChoices):
    HUMAN = "human", _("a person")
    MACHINE = "machine", _("a machine")


class SourceText(models.Model):
    """`language`: BCP 47, of the text as it was written; its author is asked, it is never guessed silently."""

    language = models.CharField(_("language of the text"), max_length=LANGUAGE_LENGTH)
    text_revision = models.PositiveIntegerField(default=1)

    TRANSLATED: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def source_texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.TRANSLATED}


class Translation(models.Model):
    """A subclass adds `of`, its foreign key to the source, the translated fields, and the constraint `once`."""

    language = models.CharField(_("language"), max_length=LANGUAGE_LENGTH)
    origin = models.CharField(_("translated by"), max_length=8, choices=Origin)
    of_revision = models.PositiveIntegerField()  # the revision of the source that was translated
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def state_against(self, revision: int) -> TextState:
        if self.of_revision < revision:
            return TextState.OUTDATED
        return TextState(self.origin)


def origin_known(name: str) -> models.CheckConstraint:
    """The constraint every model of translations has."""
    return models.CheckConstraint(name=name, condition=Q(origin__in=Origin.values))


@dataclass(frozen=True)
class Shown:
    """A text as one reader sees it. `texts`: by field, a field without translation from the original."""

    texts: Mapping[str, str]
    language: str
    state: TextState
    original: str  # the language of the original

    @property
    def is_original(self) -> bool:
        return self.state == TextState.ORIGINAL


def choose(
    source: SourceText, translations: Iterable[Any], wanted: Sequence[str], *, exactly: str = ""
) -> Shown:
    """The text for a reader of `wanted` (best first). `exactly`: a language that the reader asked for by name.

    For each wanted language in turn: the original, a translation in just that language, one in another form of it
    ("de" for "de-AT"). Where there is none: the original. Outdated translations are shown, and say so.
    """
    rows = {row.language: row for row in translations}
    if exactly and (exactly == source.language or exactly in rows):
        return _shown(source, rows.get(exactly) if exactly != source.language else None)
    for tag in wanted:
        for fits in (lambda one, tag=tag: one == tag, lambda one, tag=tag: primary(one) == primary(tag)):
            if fits(source.language):
                return _shown(source, None)
            found = next((row for language, row in sorted(rows.items()) if fits(language)), None)
            if found is not None:
                return _shown(source, found)
    return _shown(source, None)


def reader_languages(also: Sequence[str] = ()) -> list[str]:
    """What the reader of this page reads, best first: the page's own language, then `also` (the hub's)."""
    active = get_language() or "en"
    return list(dict.fromkeys([active, primary(active), *also]))


def states(source: SourceText, translations: Iterable[Any], languages: Iterable[str]) -> dict[str, TextState]:
    """{language: state} for each of `languages`."""
    rows = {row.language: row.state_against(source.text_revision) for row in translations}
    rows[source.language] = TextState.ORIGINAL
    return {language: rows.get(language, TextState.MISSING) for language in languages}


def source_changed(source: SourceText, before: Mapping[str, str]) -> bool:
    """Raises the revision of the text if it differs from `before` (`source_texts()`); whether it did."""
    if source.source_texts() == dict(before):
        return False
    source.text_revision += 1
    return True


def put_translation(source: Any, language: str, texts: Mapping[str, str], origin: Origin) -> None:
    """What `source` says in another language, of the text as it stands now; what stood there is replaced."""
    source.translations.update_or_create(
        language=language, defaults={**texts, "origin": origin, "of_revision": source.text_revision}
    )


def primary(tag: str) -> str:
    """ "pt-BR" → "pt"."""
    return tag.split("-")[0].lower()


def require_language(tag: str, field: str = "language") -> str:
    """The tag in its usual writing. Raises ValidationError by `field` for what is no language that CLDR knows."""
    parts = tag.strip().replace("_", "-").split("-")
    written = "-".join([parts[0].lower(), *map(_written, parts[1:])])
    try:
        known = bool(TAG.match(written)) and bool(Locale.parse(written, sep="-"))
    except (UnknownLocaleError, ValueError):
        known = False
    if not known:
        words = gettext("“%(tag)s” is not a language that we know.")
        raise ValidationError({field: words % {"tag": tag[:20]}})
    return written


def _written(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _shown(source: SourceText, row: Any) -> Shown:
    original = source.source_texts()
    if row is None:
        return Shown(original, source.language, TextState.ORIGINAL, source.language)
    texts = {name: getattr(row, name) or text for name, text in original.items()}
    return Shown(texts, row.language, row.state_against(source.text_revision), source.language)
