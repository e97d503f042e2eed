"""The agreement as text: the model articles, what a version still lacks, what its objectives say."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from concivis.hubs.choices import language_of_country
from concivis.shell.templatetags.shell import language_name
from concivis.twinning.access import Tie
from concivis.twinning.enums import AgreementState, ObjectiveState
from concivis.twinning.models import Agreement, Approval, Article, Partnership, Side
from concivis.vocabulary.models import TermLabel

TEXTS = Path(__file__).with_name("data") / "agreement.json"
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")  # BCP 47, as far as people write in
OBJECTIVES = "{objectives}"  # stands in an article where the common objectives are listed
UNNUMBERED = "preamble"
FALLBACK = "en"

Texts = dict[str, str]
"""{BCP 47 tag: text}"""


@dataclass(frozen=True)
class ArticleText:
    code: str
    heading: Texts
    body: Texts


@dataclass(frozen=True)
class Passage:
    """An article in one language, as it is read. `objectives`: listed after `before`; empty where it has none."""

    language: str
    heading: str
    before: Sequence[str]  # paragraphs
    objectives: Sequence["ObjectiveText"]
    after: Sequence[str]


@dataclass(frozen=True)
class ObjectiveText:
    """One common objective in the language it was agreed in, and its measure and day in words of that language."""

    text: str
    language: str
    details: str


# --- the model ---------------------------------------------------------------------------------------------


def model_languages() -> list[str]:
    """The languages in which there are model articles."""
    return list(_file()["words"]["title"])


def languages_of(partnership: Partnership) -> list[str]:
    """The official languages of the sides' countries, that of the office first; a language once."""
    sides = sorted(partnership.sides.all(), key=lambda side: not _is_keepers(partnership, side))
    spoken = [
        partnership.hub.language
        if partnership.hub and _is_keepers(partnership, side)
        else language_of_country(side.place.country_id)
        for side in sides
    ]
    return list(dict.fromkeys(spoken))


def model_title(partnership: Partnership, languages: Sequence[str]) -> Texts:
    return _filled(_file()["words"]["title"], partnership, languages)


def model_articles(partnership: Partnership, languages: Sequence[str]) -> list[ArticleText]:
    """The model articles with the partnership's names, fields and dates in them; empty in other languages.

    The article about languages only where there are several.
    """
    return [
        ArticleText(
            code=article["code"],
            heading=_filled(article["heading"], partnership, languages),
            body=_filled(_body(article, partnership), partnership, languages),
        )
        for article in _file()["articles"]
        if article["code"] != "languages" or len(languages) > 1
    ]


def word(name: str, language: str) -> str:
    """One of the document's own words in this language, in English where there is none."""
    texts: Texts = _file()["words"][name]
    return texts.get(base_of(language)) or texts[FALLBACK]


def base_of(tag: str) -> str:
    """“de-AT” → “de”."""
    return tag.partition("-")[0]


def locale_of(tag: str) -> Locale:
    try:
        return Locale.parse(base_of(tag))
    except (UnknownLocaleError, ValueError):
        return Locale(FALLBACK)


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TEXTS.read_text("utf-8"))
    return found


def _is_keepers(partnership: Partnership, side: Side) -> bool:
    return partnership.hub is not None and side.place_id == partnership.hub.place_id


def _body(article: Mapping[str, Any], partnership: Partnership) -> Texts:
    limited = article.get("limited") if partnership.valid_until else None
    texts: Texts = limited or article["body"]
    return texts


def _filled(texts: Texts, partnership: Partnership, languages: Sequence[str]) -> Texts:
    return {
        language: _with_facts(texts[base_of(language)], partnership, language, languages)
        if base_of(language) in texts
        else ""
        for language in languages
    }


def _with_facts(text: str, partnership: Partnership, language: str, languages: Sequence[str]) -> str:
    """`text` with {sides}, {fields}, {languages} and {until} in it; names of people's making are never read as such."""
    locale = locale_of(language)
    facts = {
        "{sides}": lambda: format_list([place.name for place in partnership.places_in_order], locale=locale),
        "{fields}": lambda: _fields(partnership, language),
        "{languages}": lambda: format_list([_named(tag, locale) for tag in languages], locale=locale),
        "{until}": lambda: day(partnership.valid_until, language) if partnership.valid_until else "",
    }
    pattern = "|".join(re.escape(name) for name in facts)
    return re.sub(pattern, lambda match: str(facts[match[0]]()), text)


def _fields(partnership: Partnership, language: str) -> str:
    labels = TermLabel.objects.filter(term__in=partnership.fields.all(), language=base_of(language))
    names = list(labels.order_by("term__position").values_list("label", flat=True))
    return format_list(names, locale=locale_of(language)) if names else word("fields_open", language)


def _named(tag: str, locale: Locale) -> str:
    return str(locale.languages.get(base_of(tag), tag))


def day(date: dt.date, language: str) -> str:
    return str(format_date(date, format="long", locale=locale_of(language)))


# --- reads -------------------------------------------------------------------------------------------------


def seen_by(tie: Tie) -> QuerySet[Agreement]:
    """The latest first, `complete`. What the keeper still writes on, only the keeper sees."""
    found = complete(Agreement.objects.filter(partnership=tie.partnership))
    return found if tie.keeps else found.exclude(state=AgreementState.DRAFT)


def fingerprint(texts: dict[str, Texts]) -> str:
    """Differs when any of the texts does."""
    return sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:32]


def complete(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With articles, sides and approvals: four more queries."""
    sides = Side.objects.select_related("place").order_by("position")
    approvals = Approval.objects.select_related("side__place", "given_by").order_by("given_at")
    return agreements.select_related("partnership__hub").prefetch_related(
        "articles", Prefetch("partnership__sides", sides), Prefetch("approvals", approvals)
    )


def passages(
    article: Article, languages: Sequence[str], objectives: Sequence[ObjectiveText]
) -> list[Passage]:
    """The article in each of the languages; `objectives` stand where its text says so."""
    found = []
    for language in languages:
        before, mark, after = article.body.get(language, "").partition(OBJECTIVES)
        found.append(
            Passage(
                language=language,
                heading=article.heading.get(language, ""),
                before=paragraphs(before),
                objectives=objectives if mark else [],
                after=paragraphs(after.replace(OBJECTIVES, "")),
            )
        )
    return found


def awaited(agreement: Agreement) -> list[Side]:
    """The sides whose approval is still to come; `agreement` from `complete`."""
    given = {approval.side_id for approval in agreement.approvals.all()}
    return [side for side in agreement.partnership.sides.all() if side.pk not in given]


def numbered(articles: Sequence[Article]) -> list[tuple[str, Article]]:
    """("1.", article); the preamble has no number."""
    found, number = [], 0
    for article in articles:
        number += article.code != UNNUMBERED
        found.append(("" if article.code == UNNUMBERED else f"{number}.", article))
    return found


def missing(agreement: Agreement) -> list[str]:
    """What has to be written before it can be proposed, in sentences; empty where nothing is missing."""
    articles = list(agreement.articles.all())
    if not articles:
        return [gettext("The agreement has no article yet.")]
    found = []
    for language in agreement.languages:
        if not agreement.title.get(language):
            found.append(gettext("The title in %(language)s.") % {"language": language_name(language)})
        found.extend(_missing_in(articles, language))
    if has_objectives(articles) and not objectives_of(agreement):
        found.append(
            gettext("A common objective that all sides agreed on; or take the article about objectives out.")
        )
    return found


def _missing_in(articles: Sequence[Article], language: str) -> list[str]:
    sentence = gettext("The article “%(article)s” in %(language)s.")
    return [
        sentence % {"article": name_of(article), "language": language_name(language)}
        for article in articles
        if not article.heading.get(language) or not article.body.get(language)
    ]


def name_of(article: Article) -> str:
    """Its first heading that is written."""
    return next((text for text in article.heading.values() if text), "") or gettext("without a heading")


def has_objectives(articles: Sequence[Article]) -> bool:
    return any(OBJECTIVES in text for article in articles for text in article.body.values())


def objectives_of(agreement: Agreement) -> list[ObjectiveText]:
    """As they were when it was proposed; of a draft, as they are agreed now (one query)."""
    draft = agreement.state == AgreementState.DRAFT
    rows = agreed_objectives(agreement.partnership) if draft else agreement.objectives
    return [_objective(row) for row in rows]


def agreed_objectives(partnership: Partnership) -> list[dict[str, str]]:
    """As `Agreement.objectives` keeps them. One query."""
    agreed = partnership.objectives.filter(state=ObjectiveState.AGREED)
    return [
        {"text": row.text, "measure": row.measure, "language": row.language, "due_on": row.due_on.isoformat()}
        for row in agreed
    ]


def _objective(row: Mapping[str, str]) -> ObjectiveText:
    language = row["language"]
    due = day(dt.date.fromisoformat(row["due_on"]), language)
    details = (
        word("objective", language).replace("{day}", due).replace("{measure}", row["measure"].rstrip("."))
    )
    return ObjectiveText(row["text"], language, details)


def paragraphs(text: str) -> list[str]:
    """Parted by empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
