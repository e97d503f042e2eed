"""Names of languages in many languages, as people write them."""

from collections.abc import Iterable
from functools import cache

from babel import Locale, localedata

from concivis.places.names import fold
from concivis.shell.content import TAG

SHORT_TAG = 2  # letters of a tag of ISO 639-1


def tag_of(text: str, languages: Iterable[str]) -> str | None:
    """The BCP 47 tag that `text` means: a tag, a name in one of `languages`, or the name a language gives itself."""
    written = fold(text)
    return next((tag for language in languages if (tag := names(language).get(written))), None)


@cache
def names(language: str) -> dict[str, str]:
    """{name or tag folded: tag}, in `language`, also under the name that a language gives itself."""
    named = {str(tag): str(name) for tag, name in Locale.parse(language, sep="-").languages.items()}
    found = {fold(tag): tag for tag in named} | {fold(name): tag for tag, name in named.items()}
    for tag in named:
        if len(tag) == SHORT_TAG and localedata.exists(tag):
            found.setdefault(fold(str(Locale.parse(tag).languages.get(tag, tag))), tag)
    tags = {name: tag.replace("_", "-") for name, tag in found.items()}
    return {name: tag for name, tag in tags.items() if TAG.match(tag)}
