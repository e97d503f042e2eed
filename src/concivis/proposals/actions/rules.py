"""The rules of a hub: a change makes the next version, and a proposal keeps the one it was published under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.proposals import enums
from concivis.proposals.models import Rules, RulesText, Step
from concivis.proposals.queries import current_rules
from concivis.shell.conflicts import EditConflict
from concivis.shell.content import require_language

TEXTS = ("eligibility", "legal", "privacy")
PLAIN = (
    "is_open", "min_age", "sponsors", "sponsor_days", "review_days", "open_days", "confirm_hours", "answer_days",
    "assurance", "has_consultative", "needs_check", "has_paper", "electorate", "electorate_on", "retention_days",
)  # fmt: skip
LISTS = ("eligible", "asked", "means")


@dataclass(frozen=True)
class RulesFacts:
    """One version without its texts. `steps`: {threshold: signatures}; `areas`: as `Rules.areas`."""

    is_open: bool = True
    min_age: int | None = None
    eligible: tuple[str, ...] = ()
    sponsors: int = 0
    sponsor_days: int = 90
    review_days: int = 10
    open_days: int = 180
    confirm_hours: int = 24
    answer_days: int = 60
    asked: tuple[str, ...] = ()
    means: tuple[str, ...] = (enums.Means.MAIL,)
    assurance: str = enums.Assurance.LOW
    has_consultative: bool = True
    needs_check: bool = False
    has_paper: bool = True
    areas: tuple[Mapping[str, Any], ...] = ()
    electorate: int | None = None
    electorate_on: date | None = None
    retention_days: int = 180
    steps: Mapping[str, int] = field(default_factory=dict)


def facts_of(rules: Rules) -> RulesFacts:
    """What stands, so that one fact is changed by `replace`. One query."""
    told: dict[str, Any] = {name: getattr(rules, name) for name in PLAIN}
    told |= {name: tuple(getattr(rules, name)) for name in LISTS}
    return RulesFacts(
        **told,
        areas=tuple(rules.areas),
        steps={step.threshold: step.number for step in rules.steps.all()},
    )


@transaction.atomic
def make_rules(*, by: User | None, hub: Hub, facts: RulesFacts, after: int | None = None) -> Rules:
    """The next version, in force from now on for what is published from now on; the texts go on. The same rules again
    make no version.

    `after`: the number of the version that was changed (0: none yet). Raises `EditConflict` where another is in force
    by now, ValidationError by field.
    """
    _check(facts, hub)
    Hub.objects.select_for_update().get(pk=hub.pk)  # two versions are not made at once
    before = current_rules(hub)
    stands = before.number if before else 0
    if after is not None and after != stands:
        raise EditConflict(stands)
    if before is not None and facts_of(before) == facts:
        return before
    made = _create(by, hub, stands + 1, facts)
    if before is not None:
        _copy_texts(before, made)
    record.write(
        hub=hub, by=by, action="proposals.rules", kind="proposal_rules", object_id=str(made.number),
        details={"number": made.number},
    )  # fmt: skip
    return made


@transaction.atomic
def write_text(*, by: User | None, hub: Hub, language: str, texts: Mapping[str, str]) -> Rules:
    """What people read in one language. Where something was published under this version, the next one says it: what
    people have read when they signed stays."""
    tag = require_language(language)
    Hub.objects.select_for_update().get(pk=hub.pk)
    rules = current_rules(hub)
    if rules is None:
        raise ValidationError(gettext("First set the rules."))
    said = {name: texts.get(name, "").strip() for name in TEXTS}
    row = rules.texts.filter(language=tag).first()
    if row is not None and {name: getattr(row, name) for name in TEXTS} == said:
        return rules
    if rules.proposals.filter(published_at__isnull=False).exists():
        rules = _next_with_texts(by, hub, rules)
    rules.texts.update_or_create(language=tag, defaults=said)
    record.write(
        hub=hub, by=by, action="proposals.rules_text", kind="proposal_rules", object_id=str(rules.number),
        details={"language": tag, "number": rules.number},
    )  # fmt: skip
    return rules


def _next_with_texts(by: User | None, hub: Hub, rules: Rules) -> Rules:
    made = _create(by, hub, rules.number + 1, facts_of(rules))
    _copy_texts(rules, made)
    return made


def _create(by: User | None, hub: Hub, number: int, facts: RulesFacts) -> Rules:
    made = Rules.objects.create(
        hub=hub,
        number=number,
        made_by=by,
        areas=[dict(area) for area in facts.areas],
        **{name: getattr(facts, name) for name in PLAIN},
        **{name: list(getattr(facts, name)) for name in LISTS},
    )
    Step.objects.bulk_create(
        Step(rules=made, threshold=threshold, number=needed)
        for threshold, needed in facts.steps.items()
        if needed
    )
    return made


def _copy_texts(before: Rules, made: Rules) -> None:
    RulesText.objects.bulk_create(
        RulesText(rules=made, language=text.language, **{name: getattr(text, name) for name in TEXTS})
        for text in before.texts.all()
    )


def _check(facts: RulesFacts, hub: Hub) -> None:
    wrong: dict[str, str] = {}
    if not set(facts.means) - {enums.Means.PAPER}:
        wrong["means"] = gettext("Choose at least one way to sign.")
    if (facts.electorate is None) != (facts.electorate_on is None):
        wrong["electorate_on"] = gettext("Say of which day the number of people who may sign is.")
    if facts.electorate_on and facts.electorate_on > today_in(hub):
        wrong["electorate_on"] = gettext("This day has not come yet.")
    if facts.needs_check and enums.Asked.NAME not in facts.asked:
        wrong["asked"] = gettext("Without a name, nobody can be found in the register: ask for it.")
    codes = [str(area["code"]) for area in facts.areas]
    if len(set(codes)) < len(codes):
        wrong["areas"] = gettext("Two districts have the same code.")
    if wrong:
        raise ValidationError(wrong)
