"""Findings in the reader's language: how sure, what kind, and why."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concivis.catalogue import radar
from concivis.catalogue.enums import Support
from concivis.catalogue.models import Card
from concivis.introductions.queries import Alike
from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.vocabulary.models import Term

SURELY = 0.8  # from here on nearly all findings are right, see docs/decisions/0011-radar.md
REASONS = 4
MOST_NAMED = 4
TERMS = {
    radar.ReasonKind.THEME: radar.Tag.THEME,
    radar.ReasonKind.TARGET_GROUP: radar.Tag.GROUP,
    radar.ReasonKind.GOAL: radar.Tag.GOAL,
}


@dataclass(frozen=True)
class Told:
    """One finding as a list shows it."""

    title: str
    language: str  # of the title
    url: str
    hub: str
    says: str
    reasons: list[str]
    kind: str = ""  # of the card
    public_id: str = ""


class Names:
    """What places and terms are called, for all findings of a page at once. Two queries at most."""

    def __init__(self, reasons: Collection[radar.Reason]) -> None:
        places = _codes(reasons, [radar.ReasonKind.PLACE])
        terms = _codes(reasons, TERMS)
        named = Place.objects.filter(public_id__in=places).values_list("public_id", "name")
        self.places = dict(named) if places else {}
        self.terms = term_labels(terms) if terms else {}

    def term(self, scheme: radar.Tag, code: str) -> str:
        return self.terms.get((scheme, code), "")


def told(alike: Collection[Alike]) -> list[Told]:
    names = Names([reason for each in alike for reason in each.finding.reasons])
    return [_told(each, names) for each in alike]


def term_labels(codes: Collection[str]) -> dict[tuple[str, str], str]:
    """{(scheme, code): label in the reader's language}. One query."""
    found = Term.objects.filter(scheme__in=[*TERMS.values()], code__in=codes).with_labels()
    return {(term.scheme_id, term.code): term.label for term in found}


def says(finding: radar.Finding) -> str:
    """How sure the radar is of what kind."""
    surely = finding.confidence >= SURELY
    if finding.kind == radar.Kind.PARALLEL:
        return _("Surely does much the same") if surely else _("Perhaps does much the same")
    if finding.kind == radar.Kind.COMPLEMENTARY:
        return _("Surely complements it") if surely else _("Perhaps complements it")
    return (
        _("Surely works nearby on something else") if surely else _("Perhaps works nearby on something else")
    )


def sentence(reason: radar.Reason, names: Names) -> str:
    """Why, in one sentence; "" where there is nothing to name."""
    facts = reason.facts
    if isinstance(facts, radar.SharedTags):
        return _of_tags(reason.kind, facts.codes[:MOST_NAMED], names)
    if isinstance(facts, radar.Distance):
        if facts.kilometres < 1:
            return ""  # the same place: that is said
        return _("The places lie %(kilometres)d km apart.") % {"kilometres": round(facts.kilometres)}
    plain = {
        radar.ReasonKind.SUBJECT: _("Both texts speak of the same subject."),
        radar.ReasonKind.WORDS: _("Both texts share rare words."),
        radar.ReasonKind.MEANING: _("Both texts mean something alike."),
        radar.ReasonKind.SAME_TIME: _("Both run at the same time."),
    }
    return plain.get(reason.kind, "")


def _of_tags(kind: radar.ReasonKind, codes: Collection[str], names: Names) -> str:
    patterns: dict[radar.ReasonKind, tuple[str, Callable[[str], str]]] = {
        radar.ReasonKind.COUNTRY: (_("Both concern %(names)s."), country_name),
        radar.ReasonKind.PLACE: (_("Both work with %(names)s."), lambda code: names.places.get(code, "")),
        radar.ReasonKind.THEME: (_("Both have the theme %(names)s."), _term(names, radar.Tag.THEME)),
        radar.ReasonKind.TARGET_GROUP: (_("Both are for %(names)s."), _term(names, radar.Tag.GROUP)),
        radar.ReasonKind.GOAL: (_("Both serve the goal %(names)s."), _term(names, radar.Tag.GOAL)),
        radar.ReasonKind.NEED_MET: (_("They offer what is needed here: %(names)s."), _support),
        radar.ReasonKind.OFFER_WANTED: (_("They need what is offered here: %(names)s."), _support),
    }
    if kind == radar.ReasonKind.LANGUAGE:
        return _("Both are carried out in the same language.")
    pattern, name_of = patterns.get(kind, ("", str))
    named = ", ".join(filter(None, map(name_of, codes)))
    return pattern % {"names": named} if pattern and named else ""


def _term(names: Names, scheme: radar.Tag) -> Callable[[str], str]:
    return lambda code: names.term(scheme, code)


def _support(code: str) -> str:
    return str(Support(code).label) if code in Support.values else ""


def _told(each: Alike, names: Names) -> Told:
    language, title = title_of(each.card)
    sentences = [sentence(reason, names) for reason in each.finding.reasons if reason.contribution > 0]
    return Told(
        title=title,
        language=language,
        url=f"/{get_language()}{each.card.path}",
        hub=each.card.hub.name if each.card.hub else "",
        says=says(each.finding),
        reasons=list(dict.fromkeys(filter(None, sentences)))[:REASONS],
        kind=each.card.kind,
        public_id=each.card.public_id,
    )


def title_of(card: Card) -> tuple[str, str]:
    """(its language, the title) for the reader."""
    titles = {text.language: text.title for text in card.texts.all()}
    for language in (get_language() or "en", card.language):
        if language in titles:
            return language, titles[language]
    return next(iter(titles.items()), (card.language, ""))


def _codes(reasons: Collection[radar.Reason], kinds: Collection[radar.ReasonKind]) -> set[str]:
    return {
        code
        for reason in reasons
        if reason.kind in kinds and isinstance(reason.facts, radar.SharedTags)
        for code in reason.facts.codes
    }


def link_of(card: Card) -> tuple[str, str, str]:
    """(language of the title, the title, the address) for the reader."""
    return (*title_of(card), f"/{get_language()}{card.path}")


def kind_labels() -> list[tuple[str, str]]:
    """The kinds of findings, in the order in which they matter."""
    return [
        (radar.Kind.PARALLEL, _("Much the same")),
        (radar.Kind.COMPLEMENTARY, _("One has what the other needs")),
        (radar.Kind.NEIGHBOURING, _("Something else nearby")),
    ]


def reason_label(kind: radar.ReasonKind) -> str:
    """What a reason is called in a list of reasons."""
    labels = {
        radar.ReasonKind.COUNTRY: _("the same country"),
        radar.ReasonKind.PLACE: _("the same town"),
        radar.ReasonKind.NEARBY: _("towns near each other"),
        radar.ReasonKind.THEME: _("the same theme"),
        radar.ReasonKind.TARGET_GROUP: _("for the same people"),
        radar.ReasonKind.GOAL: _("the same goal"),
        radar.ReasonKind.LANGUAGE: _("the same language"),
        radar.ReasonKind.SUBJECT: _("the same subject in other words"),
        radar.ReasonKind.WORDS: _("rare words in both texts"),
        radar.ReasonKind.MEANING: _("a similar meaning"),
        radar.ReasonKind.NEED_MET: _("they offer what is needed"),
        radar.ReasonKind.OFFER_WANTED: _("they need what is offered"),
        radar.ReasonKind.SAME_TIME: _("at the same time"),
    }
    return labels[kind]
