"""What people write into cells, made codes: a code itself, or a label in any language of the interface."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from concivis.places.languages import tag_of
from concivis.places.names import fold
from concivis.shell.languages import interface_codes
from concivis.shell.templatetags.shell import language_name
from concivis.vocabulary.models import Term, TermLabel

YES, NO = _("yes"), _("no")
YES_MARKS, NO_MARKS = (
    frozenset({"yes", "true", "1", "x", "ja", "si", "da", "oui"}),
    frozenset({"no", "false", "0"}),
)


def in_every_language(label: str | Promise) -> dict[str, str]:
    """{language: the label}."""
    found = {}
    for language in interface_codes():
        with override(language):
            found[language] = str(label)
    return found


class Words:
    """Permitted words. A label that means two things means the one of the reader's language, or nothing."""

    def __init__(
        self, labels: Mapping[str, Mapping[str, str]], also: Mapping[str, Iterable[str]] = {}
    ) -> None:
        """`labels`: {code: {language: label}}; `also`: {code: further spellings}."""
        self.labels = labels
        self._codes = {fold(code): code for code in labels}
        self._any: dict[str, set[str]] = defaultdict(set)
        self._also: dict[str, set[str]] = defaultdict(set)
        for code, spoken in labels.items():
            for label in spoken.values():
                self._any[fold(label)].add(code)
            for spelling in also.get(code, ()):
                self._also[fold(spelling)].add(code)
        self._in: dict[str, dict[str, str]] = {}

    def find(self, text: str) -> str | None:
        key = fold(text)
        if not key:
            return None
        if found := self._codes.get(key) or self._spoken_here.get(key):
            return found
        for wider in (self._any, self._also):
            if len(meant := wider.get(key, ())) == 1:
                return next(iter(meant))
        return None

    def say(self, code: str) -> str:
        """The label in the reader's language, or the code where the label would not lead back to it."""
        label = self.label(code)
        return label if label and self.find(label) == code else code

    def label(self, code: str) -> str:
        spoken = self.labels.get(code, {})
        active = get_language() or "en"
        return spoken.get(active) or spoken.get(active.split("-")[0]) or spoken.get("en") or code

    @property
    def _spoken_here(self) -> Mapping[str, str]:
        active = get_language() or "en"
        if active not in self._in:
            self._in[active] = {fold(self.label(code)): code for code in reversed(list(self.labels))}
        return self._in[active]


@cache
def choice_words(choices: type[TextChoices]) -> Words:
    return Words({member.value: in_every_language(member.label) for member in choices})


@cache
def yes_words() -> Words:
    labels = {"yes": in_every_language(YES), "no": in_every_language(NO)}
    return Words(labels, {"yes": YES_MARKS, "no": NO_MARKS})


class Vocabulary:
    """The terms of the vocabulary by scheme, read once: two queries."""

    def words(self, scheme: str) -> Words:
        return self._words.get(scheme) or Words({})

    def term(self, scheme: str, code: str) -> Term:
        return self._by_code[scheme, code]

    def of(self, term: int) -> Term:
        """By its key."""
        return self._terms[term]

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], Term]:
        return {(term.scheme_id, term.code): term for term in self._terms.values()}

    @cached_property
    def _terms(self) -> dict[int, Term]:
        return {term.pk: term for term in Term.objects.order_by("scheme", "position")}

    @cached_property
    def _words(self) -> dict[str, Words]:
        labels: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        also: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for each in self._terms.values():
            labels[each.scheme_id][each.code], also[each.scheme_id][each.code] = {}, []
        for term, language, label, synonyms in TermLabel.objects.values_list(
            "term", "language", "label", "synonyms"
        ):
            of = self._terms[term]
            labels[of.scheme_id][of.code][language] = label
            also[of.scheme_id][of.code] += synonyms
        return {scheme: Words(labels[scheme], also[scheme]) for scheme in labels}


def language_of(text: str) -> str | None:
    active = get_language() or "en"
    return tag_of(text, dict.fromkeys((active, *interface_codes())))


def say_language(tag: str) -> str:
    name = language_name(tag)
    return name if language_of(name) == tag else tag
