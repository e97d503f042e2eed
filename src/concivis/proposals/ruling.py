"""The rules of a hub in plain words, for who proposes and who signs."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concivis.proposals.enums import Asked, Eligible, Means, Threshold
from concivis.proposals.models import Rules, RulesText, Step
from concivis.shell import content, markdown
from concivis.shell.parts import Fact
from concivis.shell.templatetags.shell import number


@dataclass(frozen=True)
class Own:
    """What the hub itself says of its rules, as HTML, in `language`."""

    eligibility: SafeString | str
    legal: SafeString | str
    privacy: SafeString | str
    language: str


def facts(rules: Rules) -> list[Fact]:
    """Who may, how many, how long, what is asked and kept. One query."""
    return [
        Fact(_("Who may propose and sign"), who(rules)),
        Fact(_("First supporters"), first_supporters(rules)),
        Fact(_("How many signatures, and what they lead to"), " · ".join(map(step_words, rules.steps.all()))),
        Fact(_("How long it can be signed"), days(rules.open_days)),
        Fact(_("How soon the office looks at it"), within(rules.review_days)),
        Fact(_("How soon the city answers"), within(rules.answer_days)),
        Fact(_("Who else may support it"), _others(rules)),
        Fact(_("How one signs"), listed(Means, rules.means)),
        Fact(_("What signers are asked"), listed(Asked, rules.asked) or _("only their mail address")),
        Fact(_("How long the signatures are kept"), _kept(rules)),
    ]


def who(rules: Rules) -> str:
    people = listed(Eligible, rules.eligible) or _("everybody")
    if rules.min_age is None:
        return people
    return _("%(people)s, from the age of %(age)s") % {"people": people, "age": rules.min_age}


def first_supporters(rules: Rules) -> str:
    if not rules.sponsors:
        return ""
    words = ngettext(
        "Before the office looks at it, %(n)s person has to support it, within %(days)s days.",
        "Before the office looks at it, %(n)s people have to support it, within %(days)s days.",
        rules.sponsors,
    )
    return words % {"n": number(rules.sponsors), "days": rules.sponsor_days}


def step_words(step: Step) -> str:
    words = ngettext("%(n)s signature: %(what)s", "%(n)s signatures: %(what)s", step.number)
    return words % {"n": number(step.number), "what": Threshold(step.threshold).label}


def days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": number(count)}


def within(count: int) -> str:
    return ngettext("within %(n)s day", "within %(n)s days", count) % {"n": number(count)}


def listed(words: type[Eligible | Asked | Means], codes: Collection[str]) -> str:
    known = {each.value: str(each.label) for each in words}
    return ", ".join(known[code] for code in codes if code in known)


def own_words(rules: Rules, texts: Collection[RulesText] | None = None) -> Own | None:
    """In the reader's language, else the hub's, else any. One query."""
    rows = {row.language: row for row in (rules.texts.all() if texts is None else texts)}
    if not rows:
        return None
    wanted = content.reader_languages([rules.hub.language])
    found = next((rows[tag] for tag in wanted if tag in rows), next(iter(rows.values())))
    return Own(_html(found.eligibility), _html(found.legal), _html(found.privacy), found.language)


def _html(text: str) -> SafeString | str:
    return markdown.to_html(text) if text.strip() else ""


def _others(rules: Rules) -> str:
    return _("everybody; it is counted apart from the signatures") if rules.has_consultative else ""


def _kept(rules: Rules) -> str:
    words = ngettext(
        "until %(n)s day after the end; then only the numbers stay",
        "until %(n)s days after the end; then only the numbers stay",
        rules.retention_days,
    )
    return words % {"n": number(rules.retention_days)}
